"""What templates of pages say with one tag: links to records as of the moment asked for, and numbers in words."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import template
from django.urls import is_valid_path, reverse
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from tracker.lib import canonical
from tracker.models import Basis, Claim
from tracker.records import field_labels, words
from tracker.records.registry import KINDS
from tracker.reporting.shelf import wording
from tracker.web import english
from tracker.web.names import name_of
from tracker.web.page_request import EMBED, PageRequest
from tracker.web.pages.facts import Piece

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: Any, name: str, *args: str, **params: Any) -> str:
    """Return the address of a page as of the moment that this one shows."""
    asked: PageRequest | None = context.get("asked")
    # A page of an error is about no moment.
    return reverse(name, args=args) if asked is None else asked.address(name, *args, **params)


@register.simple_tag(takes_context=True)
def record(context: Any, kind: str, reference: dict[str, Any]) -> SafeString:
    """Return the name of a record as a link to its page."""
    # The title of a source in English is marked as one. Of others it is not known: some are the desk's own words.
    source = context.get("source_languages", {}).get(reference["id"], "") if kind == "document" else ""
    language = english.in_language(source) if source == "en" else english.of_name(kind, reference["id"])
    return _link(context["asked"], kind, reference["id"], reference.get("name") or reference["id"], language)


def _link(asked: PageRequest, kind: str, public_id: str, name: str, language: str) -> SafeString:
    return format_html('<a href="{}"{}>{}</a>', asked.record(kind, public_id), language, name_of(kind, public_id, name))


@register.simple_tag(takes_context=True)
def pieces(context: Any, found: list[Piece]) -> SafeString:
    """Return values in words, those of records as links, separated by commas."""
    return format_html_join(", ", "{}", ((_piece(context["asked"], piece),) for piece in found))


def _piece(asked: PageRequest, piece: Piece) -> SafeString:
    if piece.kind and piece.id:
        return _link(asked, piece.kind, piece.id, piece.text, english.of_name(piece.kind, piece.id))
    if piece.url:
        return format_html('<a href="{0}" rel="external nofollow">{0}</a>', piece.url)
    if piece.is_unknown:
        return format_html('<span class="unknown">{}</span>', piece.text)
    return english.english(piece.text) if piece.is_english else conditional_escape(piece.text)


@register.simple_tag
def named(row: Any) -> SafeString:
    """Return what a published record is called, with its language where that is another than the page's."""
    if row.kind == "document" and canonical.load(row.document).get("language") == "en":
        return english.english(row.name)
    return called(row.kind, {"id": row.public_id, "name": row.name})


@register.simple_tag
def language_of(kind: str, public_id: str) -> SafeString:
    """Return the attribute that says in which language the name of a record is, where that is not the page's."""
    return english.of_name(kind, public_id)


@register.simple_tag(takes_context=True)
def quoted(context: Any, claim: dict[str, Any]) -> SafeString:
    """Return the words that a claim quotes, in the language of their source."""
    language = context.get("source_languages", {}).get(claim["document"]["id"], "")
    return format_html("<q{}>{}</q>", english.in_language(language), claim["quote"])


@register.simple_tag
def called(kind: str, document: dict[str, Any]) -> SafeString:
    """Return what a record is called whose document is at hand."""
    name, language = name_of(kind, document["id"], document["name"]), english.of_name(kind, document["id"])
    return format_html("<span{}>{}</span>", language, name) if language else conditional_escape(name)


@register.filter
def plain(value: str) -> str:
    """Return a sentence without the marks of its languages."""
    return english.plain(value)


@register.filter
def claimed(value: str) -> SafeString:
    """Return what a claim asserts as people write it; what is no date or number is in the register's own words."""
    shown = words.for_people(value)
    is_text = shown == value and any(letter.isalpha() for letter in value)
    return english.english(value) if is_text else conditional_escape(shown)


@register.filter(name="english")
def in_english(value: str) -> SafeString:
    """Return words of the register, marked as English where the page is not."""
    return english.english(value)


@register.filter
def cell_place(field: str, kind: str) -> str:
    """Return what a cell of an imported file says a value of, in words: `Entry 1, allocation: dataset of a source`."""
    valued = _VALUED.fullmatch(field)
    if valued is None or valued["basis"] not in Basis.values:
        return wording.place_of(kind, field)
    texts = {"what": wording.place_of(kind, valued["row"]), "basis": Basis(valued["basis"]).label}
    return _("%(what)s, value (%(basis)s)") % texts


_VALUED = re.compile(r"(?P<row>.+)\.value \((?P<basis>\w+)\)")
"""How the cells of a file name the value of an entry or an item."""


@register.filter
def day(value: Any) -> str:
    """Return a day or a moment as a day in words."""
    return words.day(value.date() if hasattr(value, "date") else value)


@register.filter
def moment(value: Any) -> str:
    """Return a moment in words."""
    return words.moment(value)


@register.filter
def partial_date(value: Any) -> str:
    """Return a partial date of a document in words."""
    return words.partial_date(value)


@register.filter
def linked_data(value: dict[str, Any]) -> SafeString:
    """Return what a page says in the words of schema.org: data, that no browser runs."""
    text = canonical.dump(value).replace("<", "\\u003c").replace("&", "\\u0026")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))


@register.filter
def grouped(value: Any) -> str:
    """Return a whole number with its digits grouped."""
    return words.number(int(value))


@register.filter
def exactly(value: str) -> str:
    """Return an exact number with its digits grouped."""
    return words.number(Decimal(value))


@register.filter
def support(value: str) -> str:
    """Return on what a claim rests, in words: on a passage that is here, on a row of a file, or on less."""
    return {
        Claim.Support.PASSAGE: _("These words were found in the text of the source."),
        Claim.Support.ROW: _("A row of the publisher’s file says so."),
        Claim.Support.REFERENCE: _("The source is named; no words of it are quoted."),
        Claim.Support.NOT_HELD: _("Quoted from a text that is not kept here: its fingerprint shows which text it was."),
        Claim.Support.BROKEN: _("The quoted words are not found there, or the value is another by now."),
    }[Claim.Support(value)]


@register.filter
def passage(claim: dict[str, Any]) -> str:
    """Return where in its source the words of a claim stand."""
    if claim["passage_start"] is not None:
        texts = {"start": words.number(claim["passage_start"]), "end": words.number(claim["passage_end"])}
        return _("characters %(start)s to %(end)s") % texts
    match = _ROWS.fullmatch(str(claim["locator"]))
    if match is None:
        return str(claim["locator"])
    found = {"rows": match["rows"], "columns": match["columns"]}
    return _("row %(rows)s, columns %(columns)s") % found if match["columns"] else _("row %(rows)s") % found


_ROWS = re.compile(r"rows? (?P<rows>[\d–, ]+?)(?:, columns? (?P<columns>[A-Z–, ]+))?")
"""Where an import says that its rows stand."""


@register.filter
def verdict(value: str) -> str:
    """Return what became of a claim, in words."""
    return str(Claim.Verdict(value).label)


@register.simple_tag(takes_context=True)
def page(context: Any, kind: str, public_id: str) -> str:
    """Return the address of a record's page."""
    found: str = context["asked"].record(kind, public_id)
    return found


@register.simple_tag
def report_address(kind: str, public_id: str, field: str = "") -> str:
    """Return the address of the form that says what is wrong with a field of a record."""
    asked = {"kind": kind, "id": public_id} | ({"field": field} if field else {})
    return f"{reverse('report')}?{urlencode(asked)}"


@register.simple_tag(takes_context=True)
def embed_code(context: Any) -> str:
    """Return the HTML that shows a page in a frame of another; empty where the page has no frame of its own."""
    asked: PageRequest = context["asked"]
    path = f"{asked.request.path}{EMBED}"
    if not is_valid_path(path):
        return ""
    where = conditional_escape(f"{asked.origin}{asked.with_moment(path, dict(asked.params))}")
    title = conditional_escape(context["title"])
    return f'<iframe src="{where}" title="{title}" width="100%" height="620" loading="lazy"></iframe>'


@dataclass(frozen=True)
class MenuEntry:
    """A link of a menu."""

    name: str
    address: str
    is_current: bool


MENU = (
    ("explore", _lazy("Explore")),
    ("tables-index", _lazy("Tables")),
    ("contributors", _lazy("Contributors")),
    ("pages-pledge", _lazy("Pledges")),
    ("pages-initiative", _lazy("Initiatives")),
    ("pages-meeting", _lazy("Meetings")),
    ("pages-incident", _lazy("Incidents")),
    ("changes", _lazy("Changes")),
)


@register.simple_tag(takes_context=True)
def navigation(context: Any) -> list[MenuEntry]:
    """Return the main menu; the entry under which a page stands is current."""
    return [_entry(context, route, str(name)) for route, name in MENU]


@register.simple_tag(takes_context=True)
def register_lists(context: Any) -> list[MenuEntry]:
    """Return the list of each kind of record."""
    return [_entry(context, f"pages-{kind}", words.first_capital(field_labels.many(kind))) for kind in KINDS]


def _entry(context: Any, route: str, name: str) -> MenuEntry:
    where = address(context, route)
    request = context.get("request")
    return MenuEntry(name, where, request is not None and request.path.startswith(where.partition("?")[0]))
