"""A record's document as facts of a page: each with its label, its value in words, and what sources say of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.lib.column_types import DATE, DECIMAL
from tracker.models import Basis, Stage
from tracker.records import field_labels, words
from tracker.records.engine import places
from tracker.records.engine.references import Reference
from tracker.records.engine.types import Document
from tracker.records.engine.value_types import each_of, type_of
from tracker.records.registry import KINDS
from tracker.web.cell_claims import read_in
from tracker.web.names import name_of, of_aid_kind

HEADING = frozenset({"id", "name", "description", "claims"})
"""The fields that stand elsewhere on a page than among its facts."""

MOST_ROWS, MOST_READ = 16, 8
"""How many rows of a list a page shows, and of how many it says beside each which cells of a file say it."""

MOST_FILES = 2
"""How many of the rows of a file that say a value stand beside it; all are named with the record's sources."""

ROOM_FOR_CELLS, MOST_CELLS = 30, 10
"""How many cells of files stand on a page beside all claims about a whole record, and beside each at most."""

_AMOUNTS = ("amount", "low", "high")

_NO_WORDS = frozenset({"currency", "locator", "passage", "sha256", "short_name", "time_zone", "alpha_2"})
"""Fields of text that is neither English nor of another language."""


@dataclass(frozen=True)
class Piece:
    """A value in words; of a record, with its kind and id, so that a page can link to it."""

    text: str
    kind: str = ""
    id: str = ""
    is_number: bool = False
    is_unknown: bool = False
    is_english: bool = False
    """Whether it is in the register's own words."""
    url: str = ""


@dataclass
class Fact:
    """One value of a record, and the claims on it; `path` is how claims name the field."""

    path: str
    label: str
    pieces: list[Piece]
    claims: list[Document] = field(default_factory=list)

    @property
    def is_contested(self) -> bool:
        """Whether a source says otherwise, or what it says is not decided."""
        return any(claim["verdict"] != "adopted" for claim in self.claims)


@dataclass
class PartTable:
    """The rows of one list of a document, such as the items of a pledge."""

    name: str
    label: str
    columns: list[str]
    rows: list[list[Fact]]
    claims: list[list[Document]]

    paths: list[str]

    more: int = 0
    """How many rows there are that are not shown."""

    def lines(self) -> Iterator[tuple[list[Fact], list[Document], str]]:
        """Yield each row with the claims on it, and what claims call it."""
        return zip(self.rows, self.claims, self.paths, strict=True)


def facts_of(kind: str, document: Document, *, without: Iterable[str] = ()) -> list[Fact]:
    """Return the single values of a document that say something, in its order."""
    left_out = {*HEADING, *without}
    found = []
    for name, one in field_labels.fields_of(kind).items():
        if name in left_out or _is_list_of_rows(one) or document.get(name) in (None, "", []):
            continue
        pieces = pieces_of(one, document[name], document)
        found.append(Fact(name, field_labels.label_of(kind, name), pieces, claims_on(document, name)))
    return found


def parts_of(kind: str, document: Document, *, without: Iterable[str] = ()) -> list[PartTable]:
    """Return the lists of a document that have rows; a column in which none says anything is left out."""
    found = []
    for name, one in field_labels.fields_of(kind).items():
        if name not in {*HEADING, *without} and _is_list_of_rows(one) and document.get(name):
            found.append(part_of(kind, document, name))
    return found


def part_of(kind: str, document: Document, name: str) -> PartTable:
    """Return one list of a document; its lines are named by what they are about, so that none shows its number."""
    inner = field_labels.part_fields(field_labels.fields_of(kind)[name])
    every = places.named_rows(KINDS[kind].published(), document, name)
    named = every[:MOST_ROWS]
    rows = [row for _key, row in named]
    is_short = len(every) <= MOST_READ
    shown = [
        each for each in inner
        if each != "number" and any(_says(_meant(each, row)) for row in rows) and not _goes_along(each, inner, rows)
    ]  # fmt: skip
    paths = [f"{name}[{key}]" for key, _row in named]
    headings = {each: _("Of what") if each == "entry" else field_labels.part_label(kind, name, each) for each in shown}
    return PartTable(
        name, field_labels.label_of(kind, name), [headings[each] for each in shown],
        [[Fact(each, "", _cell_of(inner[each], each, row, document)) for each in shown] for row in rows],
        [claims_on(document, paths[at], _in_file(name, row, at + 1) if is_short else None)
         for at, row in enumerate(rows)],
        paths, len(every) - len(named),
    )  # fmt: skip


def _cell_of(one: Any, name: str, row: Document, document: Document) -> list[Piece]:
    """Return a value of a row; another row that it means by its number is said by what that is."""
    lists = {"entry": "entries" if row.get("entry") else "items", "item": "items", "part_of": "items"}
    number = _meant(name, row)
    if name in lists and isinstance(number, int):
        meant = next((each for each in document.get(lists[name], ()) if each["number"] == number), None)
        return [Piece(_called(meant) if meant else str(number))]
    return pieces_of(one, row.get(name), row)


def _meant(name: str, row: Document) -> Any:
    """Return a value of a row; what a valuation is of, an entry or an item, is one column."""
    return row["entry"] or row.get("item") if name == "entry" else row.get(name)


_LINE = re.compile(r"(\w+)\[(.+)\](.*)")


def named_path(kind: str, document: Document, path: str) -> str:
    """Return the path of a claim with its line called as people call it: `items[Eurofighter Typhoon].quantity`."""
    match = _LINE.fullmatch(path)
    if match is None or not isinstance(document.get(match[1]), list):
        return path
    rows = places.named_rows(KINDS[kind].published(), document, match[1])
    row = next((row for key, row in rows if key == match[2]), None)
    return f"{match[1]}[{_called(row).replace(']', '')}]{match[3]}" if isinstance(row, dict) else path


def _called(row: Document) -> str:
    """Return what a line of a list is: a platform, a step and its date, a party."""
    if "stage" in row:
        return " ".join([str(Stage(row["stage"]).label), *([words.partial_date(row["date"])] if row["date"] else [])])
    if "basis" in row:
        return str(Basis(row["basis"]).label)
    for name in ("platform", "description", "category", "contributor", "party", "official", "target", "title"):
        if row.get(name):
            return _name(name, row[name]) if isinstance(row[name], dict) else str(row[name])
    return str(row.get("number", ""))


def _name(field: str, reference: Document) -> str:
    kind = "party" if field in ("contributor", "party") else field
    return name_of(kind, str(reference["id"]), str(reference["name"]))


def _in_file(name: str, row: Document, at: int) -> str:
    """Return what the cells of an imported file call a row: by number, and a valuation by what it values."""
    if name != "valuations":
        return f"{name}[{row.get('number') or at}]"
    about, number = ("entries", row["entry"]) if row["entry"] is not None else ("items", row["item"])
    return f"{about}[{number}].value ({row['basis']})"


def _says(value: Any) -> bool:
    return value not in (None, "", [], False)


def _goes_along(name: str, inner: Document, rows: list[Document]) -> bool:
    """Tell whether a field is shown with another: a currency behind its amount, the item that a value is of."""
    if name == "item" and "entry" in inner and "basis" in inner:
        return True
    return name == "currency" and any("amount" in row for row in rows)


def claims_on(document: Document, path: str, in_file: str | None = "") -> list[Document]:
    """Return the claims of a document on a field, or on what is inside it, and the cells of files that say it.

    `in_file` is what those call the field, where that is another; None leaves the cells out.
    """
    inside = _inside(path)
    claims = document.get("claims", ())
    found = [claim for claim in claims if inside.match(claim["field"])]
    return found if in_file is None else [*found, *islice(read_in(claims, _inside(in_file or path)), MOST_FILES)]


def _inside(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path) + r"($|[.\[])")


def _is_list_of_rows(one: serializers.Field) -> bool:
    return isinstance(one, serializers.ListSerializer)


def pieces_of(one: Any, value: Any, row: Document) -> list[Piece]:
    """Return a value of a document in words; `row` is what it stands in."""
    if value in (None, "", []):
        return []
    if isinstance(value, list):
        return [piece for each in value for piece in pieces_of(each_of(one), each, row)]
    if isinstance(value, dict):
        return [_object(one, value)]
    if isinstance(value, bool):
        return [Piece(_("yes") if value else _("no"))]
    return [_plain(one, value, row)]


def _object(one: Any, value: Document) -> Piece:
    if "edtf" in value:
        return Piece(words.partial_date(value))
    if "qualifier" in value:
        return Piece(words.quantity(value), is_number=True, is_unknown=value["qualifier"] in ("unknown", "withheld"))
    kind = one.kind if isinstance(one, Reference) else value.get("kind", "")
    return Piece(str(value.get("name") or value.get("id") or ""), kind, str(value.get("id", "")))


def _plain(one: Any, value: Any, row: Document) -> Piece:
    label = field_labels.choice_of(one, value)
    if label is not None:
        return Piece(label, is_unknown=value == "unknown")
    name = getattr(one, "field_name", "")
    if name == "aid_kind":
        return Piece(of_aid_kind(str(value)))
    if name in _AMOUNTS and row.get("currency"):
        return Piece(words.money(value, row["currency"]), is_number=True)
    if type_of(one) == DECIMAL or isinstance(value, (int, float)):
        return Piece(words.number(Decimal(str(value))), is_number=True)
    if type_of(one) == DATE:
        return Piece(words.partial_date({"edtf": value}))
    if isinstance(one, serializers.TimeField):
        return Piece(str(value)[:5])
    if name == "language":
        return Piece(str(words.locale().languages.get(value, value)))
    if str(value).startswith(("https://", "http://")):
        return Piece(str(value), url=str(value))
    return Piece(str(value), is_english=bool(name) and name not in _NO_WORDS)


def cells_each(claims: int, room: int = ROOM_FOR_CELLS) -> str:
    """Return how many cells of a file stand beside each of some claims, as a slice."""
    return f":{min(MOST_CELLS, max(1, room // max(1, claims)))}"
