"""The charts that stand on pages are drawn as the kept drawings are.

`CHARTS=renew pytest -n 0 tests/web/test_standing_charts.py` draws these anew: look at them before you keep them. Words,
links and colours are the same to the letter, places to within three pixels, as fonts differ between machines.
"""

import os
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import get

pytestmark = pytest.mark.django_db
KEPT = Path(__file__).with_name("standing")
ROOT = Path(__file__).resolve().parents[2]
NEAR = 3
"""How many pixels a place may differ."""

STANDING = {
    "front": "/front.svg",
    "contributors": "/explore.svg?rows=contributor&columns=aid_type&stage=allocation",
    "years-as-lines": "/explore.svg?rows=year&columns=aid_type&stage=allocation&chart=lines",
    "pledged-and-contested": "/explore.svg?rows=contributor&columns=none&stage=pledge",
    "years-side-by-side": "/explore.svg?rows=year&columns=stage",
    "small-multiples": "/explore.svg?rows=year&columns=aid_type&stage=allocation&chart=multiples",
    "deployed": "/explore.svg?rows=contributor&columns=platform&measure=quantity&nature=deployment",
    "stage-funnel": "/tables/stage-funnel.svg",
    "by-group": "/tables/by-group.svg",
    "source-of-equipment": "/tables/source-of-equipment.svg",
    "by-month": "/tables/by-month.svg",
    "contributor": "/parties/DEU.svg",
    "waterfall": "/changes/table.svg?rows=contributor&columns=aid_type&stage=allocation&from=2025-01-01",
    "map": "/tables/deployments.svg",
    "map-of-contributors": "/explore.svg?rows=contributor&columns=none&stage=allocation&chart=map",
}  # fmt: skip
"""Each chart by the name of its drawing, and its address."""

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PLACES = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "viewBox"}


@pytest.fixture
def aid(register: Desk) -> None:
    """Aid of two contributors at several stages and times: joint, undated, of unknown value, and contested."""
    factories.daily_rates()
    contested = {"field": "entries[pledge].amount", "document": "nato-discusses-better-deterrence", "verdict": "open"}
    said = [
        contested | {"value": value, "reason": "Reports say otherwise."} for value in ("EUR 400 million", "650m EUR")
    ]
    made = (
        ("One", ("DEU",), "military", "2023-05-01", "500000000.00", said),
        ("Two", ("NLD",), "financial", "2024-03-01", "250000000.00", []),
        ("Joint", ("DEU", "NLD"), "humanitarian", "2024-07-01", "100000000.00", []),
        ("Without a date", ("DEU",), "military", "2022/2024", "300000000.00", []),
        ("Unknown", ("NLD",), "military", "2025-01-01", None, []),
    )
    for name, parties, kind, date, amount, claims in made:
        money = {"amount": amount, "currency": "EUR"} if amount else {}
        entries = [{"stage": stage, "date": date, **money} for stage in ("pledge", "commitment", "allocation")]
        shares = [{"contributor": party} for party in parties]
        register.pledge(name=name, aid_type=kind, shares=shares, entries=entries, claims=claims)
    register.publish()


def differences(kept: str, drawn: str) -> list[str]:
    """Return where two drawings differ in more than some pixels."""
    one, other = (list(ElementTree.fromstring(text).iter()) for text in (kept, drawn))
    if len(one) != len(other):
        return [f"{len(one)} parts and {len(other)}"]
    return [
        f"{first.tag}: {first.attrib} {first.text} – {second.attrib} {second.text}"
        for first, second in zip(one, other, strict=True)
        if first.tag != second.tag or first.text != second.text or not _alike(first.attrib, second.attrib)
    ]


def _alike(one: dict[str, str], other: dict[str, str]) -> bool:
    if one.keys() != other.keys():
        return False
    return all(_near(one[name], other[name]) if name in _PLACES else one[name] == other[name] for name in one)


def _near(one: str, other: str) -> bool:
    places, others = (list(map(float, _NUMBER.findall(text))) for text in (one, other))
    if _NUMBER.sub("", one) != _NUMBER.sub("", other) or len(places) != len(others):
        return False
    return all(abs(first - second) <= NEAR for first, second in zip(places, others, strict=True))


def _rounded(svg: str) -> str:
    """Return a drawing with whole pixels in its paths, which is shorter and as good."""
    return re.sub(r' (?:d|transform)="[^"]*"', lambda found: re.sub(r"(\d)\.\d+", r"\1", found[0]), svg)


def test_every_standing_chart_is_drawn_as_its_kept_drawing(aid: None) -> None:
    found = {}
    for name, address in STANDING.items():
        answer = Client().get(address)
        assert answer.status_code == 200, address
        drawn, kept = answer.content.decode(), KEPT / f"{name}.svg"
        # A part of a mark has no label of its own: it would be made of the names of fields.
        assert not re.search(r'<line[^>]* aria-label="', drawn), name
        if os.environ.get("CHARTS") == "renew":
            KEPT.mkdir(exist_ok=True)
            kept.write_text(_rounded(drawn))
        found[name] = differences(kept.read_text(), drawn)
    assert {name: each[:3] for name, each in found.items() if each} == {}
    assert {file.stem for file in KEPT.iterdir()} == STANDING.keys()


def test_another_drawing_is_told_from_the_kept_one() -> None:
    kept = (KEPT / "pledged-and-contested.svg").read_text()
    for old, new in (("#2b7bb5", "#2b7bb6"), ("Germany", "France"), ("row=DEU", "row=NLD")):
        assert differences(kept, kept.replace(old, new)), old
    assert differences(kept, re.sub(r"h(\d\d\d)v", lambda found: f"h{int(found[1]) + NEAR + 1}v", kept))
    assert differences(kept, re.sub(r"h(\d\d\d)v", lambda found: f"h{int(found[1]) + NEAR - 1}v", kept)) == []


def test_what_a_publisher_shows_is_shown_at_the_addresses_that_are_named(aid: None) -> None:
    named = re.findall(r"`(/(?:explore|tables|changes)/[^`]*)`", (ROOT / "docs" / "publisher-charts.md").read_text())
    assert len(named) > 20
    # Of GDP, weapons and PURL this small register has nothing to show.
    assert sum("<td" in get(address).html for address in named) > 14
