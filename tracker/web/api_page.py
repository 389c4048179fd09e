"""Where newcomers to the API start: three things to try in place, then all that there is."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.filters.change_sets import ChangeSetFilterSet
from tracker.filters.claims import ClaimFilterSet
from tracker.filters.contributions import ContributionFilterSet, LedgerFilterSet
from tracker.filters.registry import FILTERSETS
from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.reporting.named.questions import own_parameters
from tracker.reporting.named.tables import NAMED
from tracker.reporting.shelf import published
from tracker.reporting.tables.parameters import PARAMETERS
from tracker.web.answering import ShownPage
from tracker.web.files import NAMES
from tracker.web.page_request import PageRequest


@dataclass(frozen=True)
class ApiAddress:
    """What can be asked for: its address, and by which parameters it is narrowed."""

    name: str
    sentence: str
    address: str
    parameters: tuple[str, ...]


def api(asked: PageRequest) -> ShownPage:
    """Show where programs start: three things to try, then tables, lists, details, files and what is about them."""
    pledge = published.records("pledge", asked.moment).order_by("public_id").values_list("public_id", flat=True).first()
    details = [asked.with_moment(reverse("pledges-detail", args=[pledge]), {})] if pledge else []
    forms = [
        {"name": name, "form": form,
         "address": asked.with_moment(reverse("pledges-list"), {"format": form})}
        for form, name in NAMES.items()
    ]  # fmt: skip
    european = {"format": "csv", "dialect": "excel-eu"}
    forms.append({"name": _("CSV for spreadsheets that write a decimal comma"), "form": "csv&dialect=excel-eu",
                  "address": asked.with_moment(reverse("pledges-list"), european)})  # fmt: skip
    context: dict[str, Any] = {
        "title": _("The API"), "base": asked.origin + reverse("index"), "tries": list(_tries(asked)),
        "tables": list(_tables(asked)), "lists": list(_lists(asked)), "details": details, "formats": forms,
        "index": reverse("index"), "reference": reverse("api-docs"), "schema": reverse("api-schema"),
        "columns": reverse("columns"), "desk": reverse("desk-docs"),
    }  # fmt: skip
    return ShownPage("web/api.html", context)


def _tries(asked: PageRequest) -> Iterator[dict[str, str]]:
    """Yield three questions that are answered in place, each by its address."""
    for question, route, params in (
        (_("What has each country promised and allocated?"), "table-country-summary", {}),
        (_("Which are the three largest allocations, row by row?"), "contributions-list",
         {"stage": "allocation", "ordering": "-eur", "limit": "3", "fields": "contributor,date,eur"}),
        (_("What did Germany pledge? A name, a code or an id will do."), "pledges-list",
         {"contributor": "Germany", "limit": "3", "fields": "name"}),
    ):  # fmt: skip
        address = asked.with_moment(reverse(route), params)
        yield {"question": question, "address": address, "shown": unquote(address)}


def _tables(asked: PageRequest) -> Iterator[ApiAddress]:
    for named in NAMED.values():
        asks = (*own_parameters(named), *named.filter_names)
        address = asked.with_moment(reverse(f"table-{named.id}"), {})
        yield ApiAddress(str(named.title), str(named.sentence), address, asks)
    address = asked.with_moment(reverse("table-contributions"), {"rows": "contributor", "stage": "allocation"})
    asks = (*PARAMETERS, *ContributionFilterSet.base_filters)
    said = _("Any two sets of dimensions, added up: who, to whom, what, when, at which stage.")
    yield ApiAddress(_("A table of your own"), said, address, asks)


def _lists(asked: PageRequest) -> Iterator[ApiAddress]:
    said = _("Each contributor’s part of each step. A sum is of one stage, and net: overlaps counted once.")
    ledger = asked.with_moment(reverse("contributions-list"), {"stage": "allocation", "counting": "net"})
    yield ApiAddress(_("The ledger"), said, ledger, tuple(LedgerFilterSet.base_filters))
    for kind, each in sorted(KINDS.items(), key=lambda kind: kind[0] != "pledge"):
        for plural in each.addresses:
            name = words.first_capital(field_labels.many(kind)) if plural == each.plural else _ROLES[plural]()
            address = asked.with_moment(reverse(f"{plural}-list"), {})
            yield ApiAddress(name, "", address, tuple(FILTERSETS[kind].base_filters))
    said = _("What documents assert, with the quoted words, and what became of it.")
    yield ApiAddress(
        _("Claims"), said, asked.with_moment(reverse("claims-list"), {}), tuple(ClaimFilterSet.base_filters)
    )
    said = _("What was changed on a day, why, and by which publishing.")
    address = asked.with_moment(reverse("change-sets-list"), {})
    yield ApiAddress(_("Changes"), said, address, tuple(ChangeSetFilterSet.base_filters))


_ROLES = {"contributors": lambda: _("Contributors"), "beneficiaries": lambda: _("Beneficiaries")}
