"""A record's document as facts of a page: each with its label, its value in words, and what sources say of it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.records import labels, words
from tracker.records.engine.references import Reference
from tracker.records.engine.types import Document

HEADING = frozenset({"id", "name", "description", "claims"})
"""The fields that stand elsewhere on a page than among its facts."""

_AMOUNTS = ("amount", "low", "high")


@dataclass(frozen=True)
class Piece:
    """A value in words; of a record, with its kind and id, so that a page can link to it."""

    text: str
    kind: str = ""
    id: str = ""
    is_number: bool = False
    is_unknown: bool = False
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

    def lines(self) -> Iterator[tuple[list[Fact], list[Document], str]]:
        """Yield each row with the claims on it, and what claims call it."""
        return zip(self.rows, self.claims, self.paths, strict=True)


def facts_of(kind: str, document: Document, *, without: Iterable[str] = ()) -> list[Fact]:
    """Return the single values of a document that say something, in its order."""
    left_out = {*HEADING, *without}
    found = []
    for name, one in labels.fields_of(kind).items():
        if name in left_out or _is_list_of_rows(one) or document.get(name) in (None, "", []):
            continue
        pieces = pieces_of(one, document[name], document)
        found.append(Fact(name, labels.label_of(kind, name), pieces, claims_on(document, name)))
    return found


def parts_of(kind: str, document: Document, *, without: Iterable[str] = ()) -> list[PartTable]:
    """Return the lists of a document that have rows; a column in which none says anything is left out."""
    found = []
    for name, one in labels.fields_of(kind).items():
        if name not in {*HEADING, *without} and _is_list_of_rows(one) and document.get(name):
            found.append(part_of(kind, document, name))
    return found


def part_of(kind: str, document: Document, name: str) -> PartTable:
    """Return one list of a document."""
    inner = labels.part_fields(labels.fields_of(kind)[name])
    rows = document[name]
    paths = [f"{name}[{identity_of(row, at)}]" for at, row in enumerate(rows, start=1)]
    shown = [each for each in inner if any(_says(row.get(each)) for row in rows) and not _goes_along(each, rows)]
    return PartTable(
        name, labels.label_of(kind, name), [labels.part_label(kind, name, each) for each in shown],
        [[Fact(each, "", pieces_of(inner[each], row.get(each), row)) for each in shown] for row in rows],
        [claims_on(document, path) for path in paths], paths,
    )  # fmt: skip


def _says(value: Any) -> bool:
    return value not in (None, "", [], False)


def _goes_along(name: str, rows: list[Document]) -> bool:
    """Tell whether a field is shown with another: a currency stands behind its amount."""
    return name == "currency" and any("amount" in row for row in rows)


def identity_of(row: Document, position: int) -> str:
    """Return what stands for a row in the path of a field."""
    for name in ("number", "contributor", "party", "target"):
        if row.get(name):
            return str(row[name]["id"] if isinstance(row[name], dict) else row[name])
    return str(position)


def claims_on(document: Document, path: str) -> list[Document]:
    """Return the claims of a document on a field, or on what is inside it."""
    inside = re.compile(re.escape(path) + r"($|[.\[])")
    return [claim for claim in document.get("claims", ()) if inside.match(claim["field"])]


def _is_list_of_rows(one: serializers.Field) -> bool:
    return isinstance(one, serializers.ListSerializer)


def pieces_of(one: Any, value: Any, row: Document) -> list[Piece]:
    """Return a value of a document in words; `row` is what it stands in."""
    if value in (None, "", []):
        return []
    if isinstance(value, list):
        inner = getattr(one, "child_relation", None) or getattr(one, "child", None)
        return [piece for each in value for piece in pieces_of(inner, each, row)]
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
    label = labels.choice_of(one, value)
    if label is not None:
        return Piece(label, is_unknown=value == "unknown")
    name = getattr(one, "field_name", "")
    if name in _AMOUNTS and row.get("currency"):
        return Piece(words.money(value, row["currency"]), is_number=True)
    if isinstance(one, serializers.DecimalField) or isinstance(value, (int, float)):
        return Piece(words.number(Decimal(str(value))), is_number=True)
    if isinstance(one, serializers.DateField):
        return Piece(words.partial_date({"edtf": value}))
    if str(value).startswith(("https://", "http://")):
        return Piece(str(value), url=str(value))
    return Piece(str(value))
