"""What newcomers ask most likely, and meant otherwise: the refusal has the address that is right, and that answers."""

import re

import pytest
from django.test import Client

from tests.api.conftest import refusal_of
from tests.api.shelf import API

pytestmark = pytest.mark.django_db

PLEDGES, TABLE = f"{API}pledges/", f"{API}tables/contributions/"


@pytest.mark.parametrize(
    ("wrong", "status", "right"),
    [
        ("/api/pledges", 404, PLEDGES),
        ("/api/pledges/?contributor=DEU", 404, f"{PLEDGES}?contributor=DEU"),
        ("/api/v2/pledges/DEU-2025-0001/", 404, f"{PLEDGES}DEU-2025-0001/"),
        (f"{API}pledge/", 404, PLEDGES),
        (f"{API}pledge/DEU-2025-0001/", 404, f"{PLEDGES}DEU-2025-0001/"),
        (f"{API}countries/", 404, f"{API}parties/"),
        (f"{API}tables/country/", 404, f"{API}tables/country-summary/"),
        (f"{API}openapi.json", 404, f"{API}schema/"),
        (f"{API}xyzzy/", 404, API),
        (f"{PLEDGES}?country=DEU", 400, f"{PLEDGES}?contributor=DEU"),
        (f"{PLEDGES}?format=excel", 400, f"{PLEDGES}?format=xlsx"),
        (f"{PLEDGES}?year=2025", 400, f"{PLEDGES}?date_from=2025&date_to=2025"),
        (f"{PLEDGES}?from=2025-01-01&limit=1", 400, f"{PLEDGES}?limit=1&date_from=2025-01-01"),
        (f"{PLEDGES}?from=2025-01&to=2025-11", 400, f"{PLEDGES}?date_from=2025-01&date_to=2025-11"),
        (f"{PLEDGES}?date=2025-10-15", 400, f"{PLEDGES}?date_from=2025-10-15&date_to=2025-10-15"),
        (f"{API}pledges.csv?contributor=DEU", 404, f"{PLEDGES}?contributor=DEU&format=csv"),
        (f"{API}tables/country-summary.xlsx", 404, f"{API}tables/country-summary/?format=xlsx"),
        (f"{PLEDGES}?page=2&limit=3", 400, f"{PLEDGES}?limit=3"),
        (f"{PLEDGES}?per_page=10", 400, f"{PLEDGES}?limit=10"),
        (f"{PLEDGES}?sort=-date", 400, f"{PLEDGES}?ordering=-date"),
        (f"{TABLE}?group_by=year", 400, f"{TABLE}?rows=year"),
    ],
)
def test_a_likely_mistake_is_told_the_right_address(wrong: str, status: int, right: str, shown: object) -> None:
    told = refusal_of(Client().get(wrong), status)
    (address,) = set(re.findall(r"http://testserver(\S+)", told))
    assert address == right
    assert Client().get(address).status_code in (200, 422)


def test_who_would_have_more_than_a_page_holds_is_told_of_files(shown: object) -> None:
    assert "format=csv" in refusal_of(Client().get(f"{PLEDGES}?limit=100000"), 400)


def test_what_is_not_like_anything_gets_no_address(shown: object) -> None:
    assert "http" not in refusal_of(Client().get(f"{PLEDGES}?nonsense=1"), 400)
    assert "rows: “country” is unknown; did you mean contributor?" in refusal_of(
        Client().get(f"{TABLE}?rows=country"), 400
    )
