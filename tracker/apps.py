"""The one Django app of the tracker."""

import gc

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TrackerConfig(AppConfig):
    """The register: desk, door and shelf."""

    name = "tracker"
    verbose_name = _("Defence Aid Tracker")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Look for garbage less often: a publishing makes millions of objects, and next to no cycles of them."""
        gc.set_threshold(200_000, 20, 100)
