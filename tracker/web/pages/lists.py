"""Lists of records of one kind, with the filters, the search and the paging that programs have."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.filters.fields import MAX_SEARCH, ChoicesFilter, DayFilter, ReferencesFilter, ShelfFilterSet
from tracker.filters.parameters import refuse
from tracker.filters.registry import FILTERSETS
from tracker.lib import canonical
from tracker.lib.text import fold, search_terms
from tracker.models import Condition, Publication
from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Order, page_of
from tracker.web.answering import ShownPage
from tracker.web.english import in_language, of_name
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.pages.registry import PAGES

LIMIT = 50
SEEN = 3
"""How many fields of the form above a list are seen before one opens the others."""

ORDERS = {"name": Order("folded"), "date": Order("earliest", instead="latest", empty=dt.date.min)}


@dataclass(frozen=True)
class ListPage:
    """A list: the kind of its records, what it is called, what stands in it, and the name of its route."""

    kind: str
    title: Callable[[], str]
    rows: Callable[[PageRequest], QuerySet[Publication]]
    route: str


@dataclass(frozen=True)
class FilterChoice:
    """A menu, or a field, of the form above a list."""

    name: str
    label: str
    value: str
    options: list[tuple[str, str]]
    is_day: bool = False


def of_kind(kind: str) -> ListPage:
    """Return the list of all records of a kind."""

    def rows(asked: PageRequest) -> QuerySet[Publication]:
        return published.records(kind, asked.moment)

    return ListPage(kind, lambda: words.first_capital(field_labels.many(kind)), rows, f"pages-{kind}")


def of_parties(role: str, title: Callable[[], str], route: str) -> ListPage:
    """Return the list of those parties that published records name in a role."""
    return ListPage("party", title, lambda asked: published.parties_as(role, asked.moment), route)


def show(asked: PageRequest, listed: ListPage) -> ShownPage:
    """Show a page of a list; raises ValidationError, by parameter, for a filter that cannot be read."""
    check_list(asked, listed.kind)
    params = asked.params
    filterset = FILTERSETS[listed.kind](filters_of(params, listed.kind), listed.rows(asked), moment=asked.moment)
    if not filterset.is_valid():
        raise ValidationError({name: [str(each) for each in found] for name, found in filterset.errors.items()})
    rows = searched(filterset.qs, params.get("search", ""))
    ordering = _ordering(params, listed.kind)
    page = page_of(
        rows,
        orders=ORDERS,
        ordering=ordering,
        unique="public_id",
        limit=LIMIT,
        moment=asked.moment,
        cursor=asked.cursor,
    )
    return ShownPage(
        "web/list.html",
        {
            "title": listed.title(), "count": rows.count(), **_form(_choices(filterset, params, listed.kind)),
            "search": params.get("search", ""), "ordering": ordering,
            "is_dated": KINDS[listed.kind].serializer.dated_by is not None,
            "rows": _in_order([_row(row) for row in page.rows], ordering, is_all=not (page.next or page.previous)),
            "is_filtered": bool(filterset.asked or params.get("search")),
            "path": asked.request.path, "feed": asked.feed,
            "next": asked.here(cursor=page.next) if page.next else "",
            "previous": asked.here(cursor=page.previous) if page.previous else "",
        },
        forms=_files(asked, listed),
    )  # fmt: skip


def check_list(asked: PageRequest, kind: str) -> None:
    """Raise ValidationError for a parameter that a list of a kind has not."""
    filters = FILTERSETS[kind]
    asked.check([*filters.base_filters, "search", "ordering", "cursor"], filters.lists())


def filters_of(params: dict[str, str], kind: str) -> dict[str, str]:
    """Return those parameters of an address that are filters of a kind."""
    return {name: value for name, value in params.items() if name in FILTERSETS[kind].base_filters}


def searched(rows: QuerySet[Publication], text: str) -> QuerySet[Publication]:
    """Return the rows that have each word, and each phrase between quotes, of a text in them."""
    if len(text) > MAX_SEARCH:
        refuse("search", _("At most %s characters.") % MAX_SEARCH)
    for word in search_terms(text):
        rows = rows.filter(search__contains=word)
    return rows


def _ordering(params: dict[str, str], kind: str) -> str:
    asked = params.get("ordering", "-date" if KINDS[kind].serializer.dated_by else "name")
    if asked.lstrip("-") not in ORDERS or asked.startswith("--"):
        refuse("ordering", _("“%(found)s” is unknown; allowed are %(allowed)s.") % {
            "found": asked[:40], "allowed": "name, date, -name, -date",
        })  # fmt: skip
    return asked


def _row(row: Publication) -> dict[str, Any]:
    """Return what a list says of a record."""
    document = canonical.load(row.document)
    dated_by = KINDS[row.kind].serializer.dated_by
    return {
        "kind": row.kind, "id": row.public_id, "language": _language(row.kind, row.public_id, document),
        "name": name_of(row.kind, row.public_id, row.name), "sentence": PAGES[row.kind].sentence(document),
        "date": words.partial_date(document[dated_by]) if dated_by else "",
    }  # fmt: skip


def _language(kind: str, public_id: str, document: dict[str, Any]) -> str:
    """Return the attribute for the language of a record's name: of sources, those in English are known."""
    if kind == "document":
        return in_language("en") if document["language"] == "en" else ""
    return of_name(kind, public_id)


def _in_order(rows: list[dict[str, Any]], ordering: str, *, is_all: bool) -> list[dict[str, Any]]:
    """Return the rows of a page by their names in its language, where the page has all rows of the list."""
    if ordering not in ("name", "-name") or not is_all:
        return rows
    return sorted(rows, key=lambda row: (fold(row["name"]), row["id"]), reverse=ordering == "-name")


def _files(asked: PageRequest, listed: ListPage) -> list[dict[str, str]]:
    """Return where the whole list is as a file."""
    kept = {*FILTERSETS[listed.kind].base_filters, "search"}
    params = {name: value for name, value in asked.params.items() if name in kept}
    return file_links(asked, listed.route, params, ALL_FORMS)


def _choices(filterset: ShelfFilterSet, params: dict[str, str], kind: str) -> list[FilterChoice]:
    """Return the fields of the form: menus of words, and what else is asked for."""
    found = []
    for name, each in type(filterset).base_filters.items():
        value = params.get(name, "")
        if isinstance(each, ChoicesFilter):
            options = [(word, _word(kind, name, word)) for word in each.allowed]
            found.append(FilterChoice(name, _label(kind, name, each), value, options))
        elif isinstance(each, DayFilter):
            found.append(
                FilterChoice(name, _("From day") if name == "date_from" else _("To day"), value, [], is_day=True)
            )
        elif value or isinstance(each, ReferencesFilter):
            found.append(FilterChoice(name, _label(kind, name, each), value, []))
    return found


def _form(choices: list[FilterChoice]) -> dict[str, list[FilterChoice]]:
    """Return the fields of a form in two parts: the first few, and what is asked for; and what one opens."""
    first = [each for at, each in enumerate(choices) if at < SEEN or each.value]
    return {"choices": first, "further": [each for each in choices if each not in first]}


def _label(kind: str, name: str, each: Any) -> str:
    if name in field_labels.fields_of(kind):
        return field_labels.label_of(kind, name)
    for outer, one in field_labels.fields_of(kind).items():
        if hasattr(one, "child") and name in getattr(one.child, "fields", ()):
            return field_labels.part_label(kind, outer, name)
    own = {
        "condition_state": _("Condition"), "amount_from": _("Amount from"), "amount_to": _("Amount to"),
        "within": _("Within"),
    }  # fmt: skip
    return own.get(name) or words.first_capital(field_labels.one(name) if name in KINDS else name.replace("_", " "))


def _word(kind: str, name: str, word: str) -> str:
    """Return what a choice is called."""
    if name == "condition_state":
        return str(Condition.State(word).label)
    fields = field_labels.fields_of(kind)
    places = [fields[name]] if name in fields else [
        one.child.fields[name] for one in fields.values()
        if hasattr(one, "child") and name in getattr(one.child, "fields", ())
    ]  # fmt: skip
    for one in places:
        label = field_labels.choice_of(one, word)
        if label:
            return label
    return word.replace("_", " ")
