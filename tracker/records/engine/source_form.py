"""Documents in the form in which sources write them, so that the two can be compared field by field."""

from typing import Any

from tracker.lib import canonical
from tracker.records.engine.types import Document

LINES = ("items", "entries", "valuations")
"""Fields that name one another by number, and so change together."""
OURS = ("id", "links", "rate_policy")
"""Fields of which no dataset says anything."""


def written(document: Document) -> Document:
    """Return a document of the desk as a source would write it: references as ids, dates and quantities as text."""
    return {name: value for name, value in ((key, _written(value)) for key, value in document.items()) if value}


def _written(value: Any) -> Any:
    if isinstance(value, list):
        return [_written(row) for row in value]
    if not isinstance(value, dict):
        return value
    for key in ("edtf", "text"):
        if key in value:
            return value[key]
    if "id" in value and "name" in value:
        return value["id"]
    return {name: inner for name, inner in ((key, _written(part)) for key, part in value.items()) if _says(inner)}


def _says(value: Any) -> bool:
    return value not in (None, "", [], False)


def compared(document: Document) -> dict[str, Any]:
    """Return what of a pledge is compared with a source: its lines as one field, its claims by their documents.

    What valuations name as their source is left out: it names the release.
    """
    fields = {name: value for name, value in document.items() if name not in (*OURS, "claims", *LINES)}
    valuations = [
        {name: value for name, value in row.items() if name != "source"} for row in document.get("valuations", ())
    ]
    fields["lines"] = [document.get("items", []), document.get("entries", []), valuations]
    fields["claims"] = sorted({claim["document"] for claim in document.get("claims", [])})
    return fields


def is_same(one: Any, other: Any) -> bool:
    """Tell whether a field of two documents as they are compared says the same; lines may stand in any order."""
    return bool(one == other) or (_are_lines(one) and _are_lines(other) and _unnumbered(one) == _unnumbered(other))


def _are_lines(value: Any) -> bool:
    return isinstance(value, list) and len(value) == len(LINES) and all(isinstance(part, list) for part in value)


def _unnumbered(lines: list[list[Document]]) -> list[list[str]]:
    """Return items and entries with what they are worth, without their numbers, in an order of their own."""
    items, entries, valuations = lines
    named = {item["number"]: _bare(item) for item in items}
    return [
        sorted(canonical.dump([_bare(row), _worth(valuations, "item", row["number"])]) for row in items),
        sorted(
            canonical.dump([_bare(row), named.get(row.get("item")), _worth(valuations, "entry", row["number"])])
            for row in entries
        ),
        sorted(canonical.dump(row) for row in valuations if not row.get("item") and not row.get("entry")),
    ]


def _bare(row: Document) -> Document:
    return {name: value for name, value in row.items() if name not in ("number", "item", "entry")}


def _worth(valuations: list[Document], part: str, number: int) -> list[str]:
    return sorted(canonical.dump(_bare(row)) for row in valuations if row.get(part) == number)
