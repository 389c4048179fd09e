"""The map: whose Crimea is, that small states can be found, and where forces stand."""

import re

import pytest
from django.test import Client

from tests.curation.desk import Desk
from tests.web.pages import check, get
from tracker.web.charts.map_drawing import MarkedState, map_of, outlines, rings
from tracker.web.charts.projection import EUROPE, WORLD, View


def is_in(party: str, longitude: float, latitude: float, view: View) -> bool:
    """Tell whether a place is within the outline of a state: a ray from it crosses that an odd number of times."""
    x, y = view.place(longitude, latitude)
    crossed = False
    for ring in rings(outlines(view)[party]):
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                crossed = not crossed
    return crossed


@pytest.mark.parametrize(
    ("town", "longitude", "latitude", "state"),
    [
        ("Simferopol", 34.10, 44.95, "UKR"), ("Sevastopol", 33.60, 44.62, "UKR"), ("Kerch", 36.40, 45.33, "UKR"),
        ("Donetsk", 37.80, 48.00, "UKR"), ("Kyiv", 30.52, 50.45, "UKR"), ("Moscow", 37.62, 55.75, "RUS"),
        ("Warsaw", 21.01, 52.23, "POL"), ("Berlin", 13.40, 52.52, "DEU"), ("Tallinn", 24.90, 59.30, "EST"),
        ("Paris", 2.35, 48.86, "FRA"), ("Oslo", 10.75, 60.00, "NOR"), ("Washington", -77.04, 38.90, "USA"),
        ("Ottawa", -75.70, 45.42, "CAN"), ("Tokyo", 139.30, 35.90, "JPN"), ("Canberra", 149.13, -35.28, "AUS"),
        ("Daejeon", 127.38, 36.35, "KOR"), ("Palmerston North", 175.61, -40.0, "NZL"), ("Anadyr", 177.5, 65.5, "RUS"),
    ],
)  # fmt: skip
def test_places_are_where_they_belong(town: str, longitude: float, latitude: float, state: str) -> None:
    views = [WORLD, EUROPE] if EUROPE.west < longitude < EUROPE.east else [WORLD]
    for view in views:
        assert [party for party in outlines(view) if is_in(party, longitude, latitude, view)] == [state]


@pytest.mark.parametrize("view", [EUROPE, WORLD])
def test_every_place_that_is_marked_can_be_found(view: View) -> None:
    """Also the small ones: a point stands in each."""
    drawn = map_of([MarkedState(party, party, "/") for party in outlines(view)], view)
    assert drawn
    assert len(drawn.places) == len(outlines(view))
    assert all(0 <= each.x <= view.width and 0 <= each.y <= view.height for each in drawn.places)
    assert {"LUX", "MLT", "LIE", "AND", "SMR", "CYP", "XKX"} <= set(outlines(view))
    assert {each.place.party for each in drawn.places if each.is_small} >= {"LUX", "MLT", "LIE"}


@pytest.mark.django_db
def test_deployments_on_a_day_are_on_the_map(register: Desk) -> None:
    page = check("/tables/deployments/")
    assert 'aria-label="Poland: Germany, 4\xa0× Eurofighter Typhoon"' in page.html
    assert 'class="there"' not in check("/tables/deployments/?on=2020-01-01").html


@pytest.mark.django_db
def test_a_table_of_parties_is_drawn_on_the_map(register: Desk) -> None:
    query = "rows=contributor&columns=none&measure=quantity&nature=deployment&stage=commitment&chart=map"
    html = check(f"/explore/?{query}").html
    assert re.search(r'<a href="/cell/[^"]+row=DEU[^"]*" aria-label="Germany: 4 units">.*?class="there shade-1"', html)
    assert re.search(r'aria-label="France: unknown">.*?class="there shade-unknown"', html)
    assert 'viewBox="0 0 900 860"' in html
    svg = Client().get(f"/explore.svg?{query}").content.decode()
    assert 'aria-label="Germany: 4 units"' in svg
    assert "A map shows parties" in get("/explore/?rows=year&columns=none&chart=map", 400).text
    assert Client().get("/explore.svg?rows=year&columns=none&chart=map").status_code == 400
