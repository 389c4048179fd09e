"""Pages of text: the data and how to take it, the methodology, and who stands behind it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.reporting.named.rules import SECTIONS
from tracker.web.answering import ShownPage
from tracker.web.dataset import dataset
from tracker.web.examples import examples
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.page_request import PageRequest


def methodology(asked: PageRequest) -> ShownPage:
    """Explain how the tables are made, with examples from the register, and every rule under its id."""
    context = {"title": _("How we count"), "sections": SECTIONS.items(), "examples": examples(asked)}
    return ShownPage("web/methodology.html", context)


def about(asked: PageRequest) -> ShownPage:
    """Say what this is, how to cite it, and how to report an error."""
    contact = settings.CONTACT
    return ShownPage("web/about.html", {
        "title": _("About"), "publisher": settings.PUBLISHER, "contact": contact,
        "contact_address": f"mailto:{contact}" if "@" in contact and "/" not in contact else contact,
    })  # fmt: skip


def register_as_dataset(asked: PageRequest) -> dict[str, Any]:
    """Return the whole register as a data set."""
    files = [
        each | {"name": f"{name}, {each['name']}"}
        for name, route, part in ((_("Pledges"), "pages-pledge", ()),
                                  (_("From pledge to delivery"), "named-table", ("stage-funnel",)))
        for each in file_links(asked, route, {}, ("csv", "json", "parquet"), *part)
    ]  # fmt: skip
    said = _("A register of military, financial and humanitarian support between states: every number with "
             "its source, and every earlier version.")  # fmt: skip
    return dataset(asked, _("Defence Aid Tracker"), said, files, asked.origin + reverse("home"))


def data(asked: PageRequest) -> ShownPage:
    """Say how to take the data: whole lists, tables and charts as files, and the API."""
    lists = [
        {
            "name": words.first_capital(field_labels.many(kind)), "address": asked.address(f"pages-{kind}"),
            "files": file_links(asked, f"pages-{kind}", {}, ALL_FORMS),
        }
        for kind in KINDS
    ]  # fmt: skip
    context: dict[str, Any] = {
        "title": _("Data"), "lists": lists, "dictionary": reverse("columns"),
        "schema": reverse("api-schema"), "ledger": reverse("contributions-list"), "origin": asked.origin,
        "dataset": register_as_dataset(asked),
    }  # fmt: skip
    return ShownPage("web/data.html", context)
