"""What a contributor is asked about: its pledges, and the figures of one of them."""

from dataclasses import dataclass
from typing import Any

from tracker.lib import canonical
from tracker.models import Publication
from tracker.records.engine import places
from tracker.records.registry import KINDS
from tracker.reporting.shelf import published, references, wording
from tracker.web.page_request import PageRequest
from tracker.web.pages.answers import as_asked
from tracker.web.pages.differing_sources import value_at
from tracker.web.pages.facts import named_path

ASKED = ("amount", "quantity", "announced", "date", "fraction")
"""The fields of a pledge that its contributor is asked about."""

MOST_PLEDGES = 500


@dataclass(frozen=True)
class OwnFigure:
    """A field of a pledge as it is published: how claims name it, what it is called, and its value."""

    path: str
    label: str
    value: str
    kept: str
    """The value as it is kept where it is confirmed: the same, whatever language it was read in."""


def own_pledges(asked: PageRequest, contributor: str) -> list[Publication]:
    """Return the published pledges of a contributor, the newest first."""
    found = references.rows(references.Referring("pledge", "contributor", 0), contributor, asked.moment)
    return list(found.only("kind", "public_id", "name")[:MOST_PLEDGES])


def document_of(asked: PageRequest, pledge: str) -> dict[str, Any]:
    """Return the published document of a pledge."""
    row = published.records("pledge", asked.moment).filter(public_id=pledge).get()
    found: dict[str, Any] = canonical.load(row.document)
    return found


def own_figures(document: dict[str, Any]) -> list[OwnFigure]:
    """Return the figures of a pledge that say something."""
    found = []
    for path in places.places(KINDS["pledge"].published(), document):
        if path.rpartition(".")[2] in ASKED:
            value = value_at("pledge", document, path)
            if value:
                label = wording.place_of("pledge", named_path("pledge", document, path))
                found.append(OwnFigure(path, label, value, as_asked("pledge", document, path)))
    return found
