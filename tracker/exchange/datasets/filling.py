"""Filling: what a file says and nobody can read changes nothing; it stays as the dataset said it before.

So do the amounts of a stage for which the file has no column at all.
"""

import re
from typing import Any

from tracker.curation.importing.plans import Draft
from tracker.exchange.drafting.pledge_parts import STAGE

_PART = re.compile(r"(items|entries)\[(\d+)\]\.(\w+)")

_WITH = {"amount": ("currency",), "quantity": ("quantity_words",), "description": ("platform", "category")}
"""What goes with a field that cannot be read."""

Row = dict[str, Any]


def fill(draft: Draft, last: dict[str, Any]) -> None:
    """Put into a draft, where its cells could not be read, what the dataset said last (`last`, as it is compared).

    A row of a list is the one in the same place among those of its stage or its description, where there are as many
    as before; else the value is unknown.
    """
    document = draft.document
    for path in draft.unread:
        found = _PART.fullmatch(path)
        if path == "claims":
            _keep_claims(document, last)
        elif path.startswith(STAGE):
            _keep_stage(document, last["lines"], path.removeprefix(STAGE))
        elif found is None:
            _copy(document, last, path)
        else:
            part, number, name = found.groups()
            _fill_part(document, last["lines"], part, int(number), name)
    draft.document = document


def _keep_stage(document: Row, lines: list[list[Row]], stage: str) -> None:
    """Keep the amounts of a stage: on its entries where there are as many as before, else on entries of their own."""
    items, entries, valuations = lines
    own = [entry for entry in document.get("entries", ()) if entry["stage"] == stage]
    were = [entry for entry in entries if entry["stage"] == stage]
    names = {item["number"]: item.get("description") for item in items}
    places = {item.get("description"): item["number"] for item in document.get("items", ())}
    for place, entry in enumerate(were):
        valued = [value for value in valuations if value.get("entry") == entry["number"]]
        if len(own) == len(were):
            number = own[place]["number"]
        elif own and not valued:
            continue
        else:
            # Beside others of the stage it would count units twice.
            bare = {name: value for name, value in entry.items() if name not in ("item", "quantity") or not own}
            number = len(document.setdefault("entries", [])) + 1
            kept = bare | {"number": number} | {"item": places.get(names.get(entry.get("item")))}
            document["entries"].append({name: value for name, value in kept.items() if value is not None})
        document.setdefault("valuations", []).extend(value | {"entry": number} for value in valued)
    if not document.get("valuations", True):
        del document["valuations"]


def _fill_part(document: Row, lines: list[list[Row]], part: str, number: int, name: str) -> None:
    items, entries, valuations = lines
    before = items if part == "items" else entries
    row = next(row for row in document[part] if row["number"] == number)
    twin = _twin(document[part], row, before, "description" if part == "items" else "stage")
    if name == "description":
        # What an item is can tell it from others no more: the place has to do.
        twin = before[number - 1] if len(before) == len(document[part]) else None
    if twin is None:
        return
    if name != "value":
        for also in (name, *_WITH.get(name, ())):
            _copy(row, twin, also)
        return
    key = "item" if part == "items" else "entry"
    own = [value for value in valuations if value.get(key) == twin["number"]]
    known = document.setdefault("valuations", [])
    known += [value | {key: number} for value in own]
    if not known:
        del document["valuations"]


def _keep_claims(document: Row, last: Row) -> None:
    """Keep the sources that the dataset named last, where a cell with one could not be read."""
    named = {claim["document"] for claim in document.get("claims", ())}
    kept = [{"document": public_id} for public_id in last.get("claims", ()) if public_id not in named]
    if kept:
        document["claims"] = [*document.get("claims", ()), *kept]


def _twin(rows: list[Row], row: Row, before: list[Row], told_by: str) -> Row | None:
    alike = [one for one in rows if one.get(told_by) == row.get(told_by)]
    were = [one for one in before if one.get(told_by) == row.get(told_by)]
    return were[alike.index(row)] if len(alike) == len(were) else None


def _copy(into: Row, source: Row, name: str) -> None:
    if name in source:
        into[name] = source[name]
