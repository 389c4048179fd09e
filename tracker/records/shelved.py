"""What the shelf derives from a document: its columns, its facets, its references and its claims."""

import datetime as dt
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from tracker.lib import canonical
from tracker.lib.partial_dates import UNKNOWN, PartialDate, stored
from tracker.lib.text import fold
from tracker.models import Claim
from tracker.records.engine.base import searched_text
from tracker.records.engine.coverage import Coverage, coverage
from tracker.records.engine.document_field import KeyPath
from tracker.records.engine.references import CARRIED, carried_references, reference_from
from tracker.records.engine.types import Document, Key
from tracker.records.registry import KINDS

CLAIM = "claim"
COVERED = ("pledge", "package", "meeting", "incident", "initiative", "official", "requirement")
"""The kinds of records that report facts."""
_LISTED_BY = ("contributor", "category")
NOT_ASKED = frozenset({"rate_policy", "basis", "link", "per", "role", "tier"})
"""Choices by which no filter looks: rows of theirs would be a tenth of all."""

ListingRow = tuple[str, str, int | None, dt.date | None]
"""Contributor, category, year and day."""


def columns(kind: str, document: Document, text: str = "") -> dict[str, Any]:
    """Return the columns of a publication that its document determines; `text` is that as JSON, where it is at hand."""
    text = text or canonical.dump(document)
    date = _date(kind, document)
    found = coverage_of(kind, document)
    name = (document.get("name") or document.get("quote") or document.get("value") or document["id"])[:250]
    return {
        "document": text,
        "sha256": canonical.digest(text),
        "name": name,
        "folded": fold(name)[:500],
        "search": searched_text(document),
        "earliest": date.earliest,
        "latest": date.latest,
        "values_said": found.said,
        "values_supported": found.supported,
    }


def coverage_of(kind: str, document: Document) -> Coverage:
    """Return the coverage of a document; what records only refer to, such as parties and sources, reports no facts."""
    return coverage(_serializer(kind), document) if kind in COVERED else Coverage()


@cache
def _serializer(kind: str) -> Any:
    return KINDS[kind].serializer()


def _date(kind: str, document: Document) -> PartialDate:
    """Return the date by which the records of a kind are put in time."""
    dated_by = KINDS[kind].serializer.dated_by if kind in KINDS else None
    dated = document.get(dated_by) if dated_by else None
    return stored(dated["edtf"]) if dated else UNKNOWN


def references(kind: str, document: Document) -> Iterator[tuple[Any, Any, Key]]:
    """Yield container, key and target of each reference in `document`, outer before inner."""
    if kind == CLAIM:
        yield document, "document", ("document", document["document"]["id"])
        return
    fields, listed, lists = _places(kind)
    for name, target in listed:
        for index, reference in enumerate(document.get(name) or ()):
            yield document[name], index, (target, reference["id"])
    for rows, keys in (([document], fields), *((document.get(name) or (), keys) for name, keys in lists)):
        for row in rows:
            for key, target in keys:
                reference = row.get(key)
                if reference is not None:
                    yield row, key, (target, reference["id"])
                    for inner, kind_of_inner in carried_references(target).items():
                        # Whoever reads on may have put another reference in its place.
                        yield row[key], inner, (kind_of_inner, row[key][inner]["id"])


_Fields = list[tuple[str, str]]
"""Keys, and the kind of record that each refers to."""


@cache
def _places(kind: str) -> tuple[_Fields, _Fields, list[tuple[str, _Fields]]]:
    """Return the fields of a kind that refer to a record, those that list records, and those of rows in a list."""
    own: _Fields = []
    listed: _Fields = []
    rows: dict[str, _Fields] = {}
    for path, target in KINDS[kind].references:
        match path:
            case (name,):
                own.append((name, target))
            case (name, "*"):
                listed.append((name, target))
            case (name, "*", key):
                rows.setdefault(name, []).append((key, target))
            # What remains is what references carry, such as the category of a platform.
    return own, listed, list(rows.items())


def facets(kind: str, document: Document) -> list[tuple[str, str]]:
    """Return the names and values by which a document is found, in a fixed order."""
    found: dict[tuple[str, str], None] = {}
    if kind == CLAIM:
        record = document["record"]
        found[("verdict", document["verdict"])] = None
        found[("record", f"{record['kind']}:{record['id']}")] = None
        found[("record_kind", record["kind"])] = None
        if document["support"] == Claim.Support.NOT_HELD:
            # Of these alone somebody asks how many there are.
            found[("support", document["support"])] = None
    else:
        for name, *below in _asked_choices(kind):
            for row in document.get(name) or () if below else (document,):
                key = below[-1] if below else name
                if row.get(key):
                    found[(key, str(row[key]))] = None
    for container, key, (target, public_id) in references(kind, document):
        name = key if isinstance(key, str) else _list_name(kind, target)
        path = container[key].get("path")
        if path is None:
            found[(name, public_id)] = None
        else:
            # It is found by those above it as well; this tells which of them it is.
            found[(_itself(name), public_id)] = None
            for value in path:
                found[(name, value)] = None
    if kind == "category":
        for value in document["path"]:
            found[("within", value)] = None
    return sorted(found)


@cache
def _asked_choices(kind: str) -> list[KeyPath]:
    return [path for path in KINDS[kind].choices if path[-1] not in NOT_ASKED]


def _itself(name: str) -> str:
    return f"{name}_itself"


@cache
def facets_naming(kind: str) -> tuple[str, ...]:
    """Return the facets under which whatever refers to a record of `kind` has the public id of that, in order."""
    names = {facet_of(path) for each in KINDS.values() for path, target in each.references if target == kind}
    return tuple(sorted(map(_itself, names) if "path" in CARRIED.get(kind, ()) else names))


def facet_of(path: KeyPath) -> str:
    """Return the facet of the references at `path`: the name of the field, or of the list, such as `leads`."""
    return path[-2] if path[-1] == "*" else path[-1]


def listings(kind: str, document: Document, found: list[tuple[str, str]]) -> list[ListingRow]:
    """Return contributor, category, year and day of each list that a pledge with the facets `found` stands in.

    The contributor is empty in the lists of all contributors, and so is the category. Other kinds have no lists.
    """
    if kind != "pledge":
        return []
    date = _date(kind, document)
    day = date.earliest or date.latest
    contributors, categories = ([value for name, value in found if name == wanted] for wanted in _LISTED_BY)
    return [
        (contributor, category, day.year if day else None, day)
        for contributor in ("", *contributors)
        for category in ("", *categories)
    ]


def _list_name(kind: str, target: str) -> str:
    """Return the name of the list field of `kind` that holds references to `target`, such as `leads`."""
    return next(facet_of(path) for path, to in KINDS[kind].references if path[-1] == "*" and to == target)


def claims(kind: str, document: Document) -> dict[Key, Document]:
    """Return the documents of the claims inside the document of a record."""
    record = {"kind": kind, "id": document["id"]}
    return {(CLAIM, claim["id"]): claim | {"record": record} for claim in document.get("claims", ())}


def relinked(target: Key, document: Document, published: Callable[[Key], Document | None]) -> Document:
    """Return what others say of the record `target` that `document` describes, and of what it refers to itself."""
    reference = reference_from(target[0], document)
    for inner, kind_of_inner in carried_references(target[0]).items():
        # What is said of a platform may still call its category as it was.
        other = published((kind_of_inner, reference[inner]["id"]))
        reference |= {inner: reference_from(kind_of_inner, other)} if other else {}
    return reference


def relink(kind: str, document: Document, published: Callable[[Key], Document | None]) -> bool:
    """Make each reference in `document` say what `published` gives of its target; tell whether anything changed.

    The document is changed in place. A reference of which nothing is said stays as it is.
    """
    changed = False
    for container, key, target in references(kind, document):
        found = published(target)
        if found is not None:
            reference = relinked(target, found, published)
            changed = changed or reference != container[key]
            container[key] = reference
    path = document.get("path")
    if kind in KINDS:
        KINDS[kind].serializer.complete(document)
    return changed or document.get("path") != path
