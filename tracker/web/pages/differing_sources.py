"""Where sources differ on a record: what the register has, and what else is said, with the verdict."""

from dataclasses import dataclass
from typing import Any

from tracker.records import words
from tracker.records.engine import places
from tracker.records.registry import KINDS
from tracker.reporting.shelf import wording
from tracker.web.english import english
from tracker.web.pages.facts import Document, named_path


@dataclass(frozen=True)
class Rivals:
    """One field on which claims differ: its name, the value that stands, and the claims, adopted ones first."""

    field: str
    place: str
    value: str
    claims: list[Document]


def rivals(kind: str, document: Document) -> list[Rivals]:
    """Return the fields of a record on which a claim was not adopted, in the order of the claims."""
    claims = [claim for claim in document.get("claims", ()) if claim["field"]]
    fields = dict.fromkeys(claim["field"] for claim in claims if claim["verdict"] != "adopted")
    return [
        Rivals(
            field, wording.place_of(kind, named_path(kind, document, field)), value_at(kind, document, field),
            sorted((claim for claim in claims if claim["field"] == field), key=lambda each: str(each["verdict"])),
        )
        for field in fields
    ]  # fmt: skip


def value_at(kind: str, document: Document, field: str) -> str:
    """Return what a record has at a field, in words; empty where there is nothing, or a whole line."""
    place = places.find(KINDS[kind].published(), document, field)
    if place is None or not hasattr(place.field, "in_words") or _is_line(place.value):
        return ""
    row, _dot, name = place.path.rpartition(".")
    currency = places.find(KINDS[kind].published(), document, f"{row}.currency" if row else "currency")
    if name == "amount" and currency is not None and currency.value and place.value is not None:
        return words.money(place.value, currency.value)
    if isinstance(place.value, dict) and "edtf" in place.value:
        return words.partial_date(place.value)
    said = str(place.field.in_words(place.value))
    return english(said) if said == place.value else said


def _is_line(value: Any) -> bool:
    return isinstance(value, dict) and not {"edtf", "qualifier", "id"} & value.keys()
