"""Who asks too often is told when to ask again."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import SimpleRateThrottle

from tests.api.shelf import API, TABLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A clock that the test sets, and three requests a minute."""
    clock = {"now": 1000.0}
    monkeypatch.setattr(SimpleRateThrottle, "timer", lambda _self: clock["now"])
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"anon": "3/minute", "user": None})
    cache.clear()
    yield clock
    cache.clear()


def test_the_fourth_request_of_a_minute_is_refused_until_the_minute_is_over(clock: Any) -> None:
    client = Client()
    for address in (f"{API}pledges/", f"{API}pledges/?stage=nope", TABLE):
        assert client.get(address).status_code != 429
        clock["now"] += 10
    refused = client.get(f"{API}groups/")
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Retry-After"] == "30"
    assert refused.json()["title"] == "Too Many Requests"
    clock["now"] += 30
    assert client.get(f"{API}groups/").status_code == 200


def test_each_reader_has_a_limit_of_its_own(clock: Any) -> None:
    client = Client()
    for limit in (1, 2, 3):
        client.get(f"{API}pledges/?limit={limit}")
    refused = f"{API}pledges/?limit=4"
    assert client.get(refused).status_code == 429
    # Whatever a stranger writes into a header, it is the same address.
    assert client.get(refused, headers={"x-forwarded-for": "198.51.100.7"}).status_code == 429
    assert Client(REMOTE_ADDR="198.51.100.7").get(refused).status_code == 200


@pytest.mark.parametrize("told", ["198.51.100.7:{}", "[2001:db8::7]:{}", "unknown{}"])
def test_each_connection_of_a_reader_behind_a_proxy_is_the_same_reader(clock: Any, settings: Any, told: str) -> None:
    settings.PROXIES = 1
    for number, address in enumerate((f"{API}pledges/", f"{API}desk/schema/", f"{API}groups/", f"{API}parties/")):
        answer = Client().get(address, headers={"x-forwarded-for": told.format(number)})
        assert answer.status_code == (200 if number < 3 else 429), address


def test_what_is_repeated_does_not_count(clock: Any) -> None:
    client = Client()
    tag = client.get(f"{API}pledges/")["ETag"]
    statuses = [client.get(f"{API}pledges/", headers={"if-none-match": tag}).status_code for _request in range(4)]
    assert statuses == [304] * 4
    assert [client.get(f"{API}groups/?limit={limit}").status_code for limit in (1, 2, 3)] == [200, 200, 429]
