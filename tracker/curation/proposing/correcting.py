"""Setting a proposal right before it is accepted: the few fields that a text most often says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tracker.curation.proposing.drafts import Draft
from tracker.records import field_labels

_PLAIN = (
    "name", "office", "held_from", "held_to", "aid_type", "announced", "date", "started", "stated", "base", "area",
    "location", "quantity",
)  # fmt: skip
_ENTRY = ("stage", "amount", "currency", "date")


@dataclass(frozen=True)
class Correction:
    """A field of a draft that can be set right: the name of its input, what it is called, and its value."""

    name: str
    label: str
    value: str
    choices: list[tuple[str, Any]]


def corrections_of(draft: Draft) -> list[Correction]:
    """Return the fields of a draft that can be set right."""
    if draft.problem:
        return []
    document = draft.document
    found = [
        _correction(draft.kind, name, name, document[name]) for name in _PLAIN if isinstance(document.get(name), str)
    ]  # fmt: skip
    for number, row in enumerate(document.get("items", []), start=1):
        label = f"{field_labels.part_label(draft.kind, 'items', 'quantity')}: {row['platform'] or row['description']}"
        found.append(Correction(f"items-{number}-quantity", label, str(row["quantity"]), []))
    for number, row in enumerate(document.get("entries", []), start=1):
        for name in _ENTRY:
            if name in row:
                label = field_labels.part_label(draft.kind, "entries", name)
                found.append(Correction(f"entries-{number}-{name}", label, str(row[name]), _choices(draft.kind, name)))
    return found


def _correction(kind: str, name: str, field: str, value: str) -> Correction:
    choices = getattr(field_labels.fields_of(kind)[field], "choices", None)
    listed = list(choices.items()) if choices else []
    if listed and value not in dict(listed):
        # What says nothing stays so: a list without an empty line would choose its first.
        listed.insert(0, (value, value or "–"))
    return Correction(name, field_labels.label_of(kind, field), value, listed)


def _choices(kind: str, name: str) -> list[tuple[str, Any]]:
    field = field_labels.part_fields(field_labels.fields_of(kind)["entries"])[name]
    choices = getattr(field, "choices", None) if name == "stage" else None
    return list(choices.items()) if choices else []


def corrected(draft: Draft, given: Mapping[str, Any]) -> Draft:
    """Return a draft with what was given for its fields, by the names of `corrections_of`; what is left out stays."""
    document = dict(draft.document)
    for correction in corrections_of(draft):
        said = given.get(correction.name)
        if said is None or str(said).strip() == correction.value:
            continue
        name, _dash, rest = correction.name.partition("-")
        if not rest:
            document[name] = str(said).strip()
            continue
        number, _dash, field = rest.partition("-")
        rows = [dict(row) for row in document[name]]
        rows[int(number) - 1][field] = str(said).strip()
        document[name] = rows
    return replace(draft, document=document)
