"""The WSGI application, for gunicorn and its like."""

import os
from importlib import import_module
from threading import Thread

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

# Of the server alone: commands and the worker take their time.
os.environ.setdefault("STATEMENT_TIMEOUT", "60")

application = get_wsgi_application()

# Else the first reader of each process would wait for all pages to be imported, and for a second until it can draw.
import_module(settings.ROOT_URLCONF)
Thread(target=import_module("tracker.web.charts.drawing").start, name="start of drawing", daemon=True).start()
