"""The WSGI application, for gunicorn and its like."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Of the server alone: commands and the worker take their time.
os.environ.setdefault("STATEMENT_TIMEOUT", "60")

application = get_wsgi_application()
