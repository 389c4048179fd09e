"""Settings of the admin's theme, django-unfold: its words, its colours and where its menu comes from."""

from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _

UNFOLD: dict[str, Any] = {
    "SITE_TITLE": _("Defence Aid Tracker"),
    "SITE_HEADER": _("Defence Aid Tracker"),
    "SITE_SUBHEADER": _("The desk"),
    "SITE_SYMBOL": "shield",
    "SITE_URL": "/",
    "SITE_FAVICONS": [
        {"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("tracker/favicon.svg")}
    ],
    "SHOW_BACK_BUTTON": True,
    "BORDER_RADIUS": "6px",
    "STYLES": [
        lambda request: static("tracker/admin.css"), lambda request: static("tracker/review.css"),
        lambda request: static("tracker/lists.css"), lambda request: static("tracker/twins.css"),
        lambda request: static("tracker/proposals.css"),
    ],
    "SCRIPTS": [
        lambda request: static("tracker/admin.js"), lambda request: static("tracker/search.js"),
        lambda request: static("tracker/lines.js"), lambda request: static("tracker/lists.js"),
        lambda request: static("tracker/twins.js"), lambda request: static("tracker/drafts.js"),
    ],
    "COLORS": {
        # A calm blue, with enough contrast for white text from 600 on.
        "primary": {
            "50": "oklch(97% .014 240)", "100": "oklch(94% .03 240)", "200": "oklch(88% .06 240)",
            "300": "oklch(79% .1 240)", "400": "oklch(68% .13 240)", "500": "oklch(58% .14 242)",
            "600": "oklch(48% .13 244)", "700": "oklch(42% .12 245)", "800": "oklch(36% .1 246)",
            "900": "oklch(31% .08 247)", "950": "oklch(23% .06 248)",
        },
    },
    "SIDEBAR": {
        "show_search": True,
        "show_all_applications": False,
    },
}  # fmt: skip
