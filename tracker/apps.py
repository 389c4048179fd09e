"""The one Django app of the tracker."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    """The register: desk, door and shelf."""

    name = "tracker"
    verbose_name = _("Defence Aid Tracker")
    default_auto_field = "django.db.models.BigAutoField"
