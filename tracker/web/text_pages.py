"""Pages of text: the data and how to take it, the methodology, and who stands behind it."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.records import labels, words
from tracker.records.registry import KINDS
from tracker.reporting.named.rules import SECTIONS
from tracker.web.answering import ShownPage
from tracker.web.files import MEDIA_TYPES, file_links
from tracker.web.page_request import PageRequest


def methodology(asked: PageRequest) -> ShownPage:
    """Explain how the tables are made, with every rule under its id."""
    return ShownPage("web/methodology.html", {"title": _("How we count"), "sections": SECTIONS.items()})


def about(asked: PageRequest) -> ShownPage:
    """Say what this is, how to cite it, and how to report an error."""
    return ShownPage("web/about.html", {"title": _("About")})


def dataset(asked: PageRequest) -> dict[str, Any]:
    """Return what the register is in the words of schema.org, for search engines of data."""
    files = [
        {"@type": "DataDownload", "encodingFormat": MEDIA_TYPES[form], "name": str(name),
         "contentUrl": f"{asked.origin}{path}.{form}"}
        for name, path in ((_("Pledges"), "/pledges"), (_("From pledge to delivery"), "/tables/stage-funnel"))
        for form in ("csv", "json", "parquet")
    ]  # fmt: skip
    found: dict[str, Any] = {
        "@context": "https://schema.org/", "@type": "Dataset", "name": _("Defence Aid Tracker"),
        "description": _("A register of military, financial and humanitarian support between states: every number with "
                         "its source, and every earlier version."),
        "url": asked.origin + reverse("home"), "isAccessibleForFree": True, "distribution": files,
        "keywords": [_("military aid"), _("Ukraine"), _("defence"), _("humanitarian aid")],
    }  # fmt: skip
    if not asked.is_empty:
        found |= {"dateModified": asked.moment.isoformat(), "version": asked.moment.isoformat()}
    return found


def data(asked: PageRequest) -> ShownPage:
    """Say how to take the data: whole lists, tables and charts as files, and the API."""
    lists = [
        {
            "name": words.first_capital(labels.many(kind)), "address": asked.address(f"pages-{kind}"),
            "files": file_links(asked, f"pages-{kind}", {}, ("csv", "json", "xlsx", "parquet")),
        }
        for kind in KINDS
    ]  # fmt: skip
    context: dict[str, Any] = {
        "title": _("Data"), "lists": lists, "dictionary": reverse("columns"), "api": reverse("api-docs"),
        "schema": reverse("api-schema"), "ledger": reverse("contributions-list"), "origin": asked.origin,
        "dataset": dataset(asked),
    }  # fmt: skip
    return ShownPage("web/data.html", context)
