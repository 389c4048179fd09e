"""Claims of drafts: a claim for each document that rows name, with what is read in which of their cells."""

from collections.abc import Mapping
from typing import Any

from tracker.curation.importing.plans import Document
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.locators import Locators
from tracker.exchange.drafting.pledge_parts import Parts
from tracker.exchange.drafting.sources import Documents
from tracker.exchange.inbound.workbook_types import column_name
from tracker.exchange.profiles.base import Profile
from tracker.models import Document as Source
from tracker.records.engine.row_cells import Cells, line_of, read_cell

_PARTS = ("items", "entries", "shares", "links")
_SAYS_NOTHING = ("", "unknown", "withheld")

_Told = tuple[int, str, dict[str, Any]]
"""The number of a row, a field, and what is kept of the cell that tells it."""


class RowClaims:
    """Makes the claims of the pledges of one table, whose columns are at `places`."""

    def __init__(self, profile: Profile, documents: Documents, places: Mapping[str, int]) -> None:
        self.profile = profile
        self.documents = documents
        self._letters = {name: column_name(place + 1) for name, place in places.items()}
        self._locators = Locators(places)

    def of(self, parts: Parts, document: Document) -> list[Document]:
        """Return the claims about a pledge that `document` describes: its rows, and what is read in each cell."""
        # An umbrella can have amounts from rows that are of its tranches.
        rows = {line.number: line for _part, line, _columns in parts.told}
        told = self._told(parts, _values_by_part(document))
        claims = []
        # Several sources often stand in the same rows.
        said: dict[tuple[int, ...], Document] = {}
        for source, own in self._sources([rows[number] for number in sorted(rows)]).items():
            numbers = tuple(line.number for line in own)
            if numbers not in said:
                cells = _cells(set(numbers), told)
                said[numbers] = {"locator": self._locators.of(own)} | ({"cells": cells} if cells else {})
            claims.append({"document": source} | said[numbers])
        return claims

    def _sources(self, lines: list[FileLine]) -> dict[str, list[FileLine]]:
        """Return the documents that rows name, each with these rows; the dataset itself, where it is a source."""
        found: dict[str, list[FileLine]] = {}
        if self.profile.address:
            own = self.documents.of_address(self.profile.address, self.profile.title, Source.Kind.DATASET)
            found[own] = list(lines)
        for line in lines:
            for document in self.documents.named_in(line, self.profile.sources):
                found.setdefault(document, []).append(line)
        return found

    def _told(self, parts: Parts, values: dict[str, Document]) -> list[_Told]:
        """Return what cells tell of a pledge. What is said of the whole comes first."""
        found = []
        for part, line, columns in sorted(parts.told, key=lambda one: bool(one[0])):
            own = values.get(part, {})
            for name, column in columns.items():
                value = str(own.get(name, ""))
                if value not in _SAYS_NOTHING:
                    field = f"{part}.{name}" if part else name
                    cell = f"{self._letters.get(column, '')}{line.number}"
                    found.append((line.number, field, read_cell(field, value, cell)))
        return found


def _values_by_part(document: Document) -> dict[str, Document]:
    """Return the values of each part of a pledge, and by no name its own: a part has what it is worth, too."""
    found = {"": document}
    for name in _PARTS:
        found |= {line_of(name, row): row for row in document.get(name, ())}
    for row in document["valuations"]:
        part, _dot, name = line_of("valuations", row).partition(".")
        found[part] = found[part] | {name: row["amount"]}
    return found


def _cells(rows: set[int], told: list[_Told]) -> Cells:
    """Return what cells of `rows` tell, each field once."""
    found: dict[str, dict[str, Any]] = {}
    for number, field, cell in told:
        if number in rows:
            found.setdefault(field, cell)
    return list(found.values())
