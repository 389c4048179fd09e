"""What a page offers as data, in the words of schema.org: for search engines of data."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.web.page_request import PageRequest


def dataset(
    asked: PageRequest, name: str, description: str, forms: Iterable[dict[str, str]], address: str
) -> dict[str, Any]:
    """Return a data set: what it is, where it stays, its licence, and its forms as `file_links` gives them."""
    found: dict[str, Any] = {
        "@context": "https://schema.org/", "@type": "Dataset", "name": name, "description": description,
        "url": address, "isAccessibleForFree": True, "license": asked.licence.address,
        "creator": {"@type": "Organization", "name": _("Defence Aid Tracker"), "url": asked.origin},
        "keywords": [_("military aid"), _("Ukraine"), _("defence"), _("humanitarian aid")],
        "distribution": [
            {"@type": "DataDownload", "encodingFormat": each["media_type"], "name": each["name"],
             "contentUrl": f"{asked.origin}{each['address']}"}
            for each in forms
        ],
    }  # fmt: skip
    if not asked.is_empty:
        found |= {"dateModified": asked.moment.isoformat(), "version": asked.moment.isoformat(),
                  "identifier": asked.cited}  # fmt: skip
    return found
