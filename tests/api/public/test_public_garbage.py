"""Whatever stands in an address: what is wrong with it is said, and the program never fails."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.api.conftest import refusal_of
from tests.api.shelf import API, LISTS, TABLE
from tests.examples import by_database
from tracker.api.public.published import DETAIL_PARAMETERS, LIST_PARAMETERS
from tracker.filters.contributions import ContributionFilterSet
from tracker.reporting.tables.parameters import PARAMETERS as TABLE_PARAMETERS

pytestmark = pytest.mark.django_db

EVERY = {
    "empty": "", "spaces": "%20%20", "a comma": ",", "null": "%00", "null inside": "a%00b", "no UTF-8": "%ED%A0%80%FF",
    "an emoji": quote("💥"), "right to left": quote("\u202eabc"), "digits elsewhere": quote("١٢"),
    "combining": quote("e" + "\u0301" * 300), "negative": "-1", "huge": "9" * 400, "exponent": "1e999",
    "not a number": "NaN", "SQL": quote("' OR 1=1 --"), "a path": "../../etc/passwd", "a script": quote("<script>"),
    "an array": "[]", "an object": quote('{"a":1}'), "no day": "2025-13-45", "a wildcard": quote("%_*"),
    "newlines": "a%0D%0ASet-Cookie:%20b", "a template": quote("{{7*7}}%(s)s%s"), "100 kB": "x" * 100_000,
    "many values": ",".join(["x"] * 2) + "," + ",".join(map(str, range(500))),
}  # fmt: skip

GARBAGE = by_database(
    EVERY, "empty", "null inside", "no UTF-8", "huge", "digits elsewhere", "a wildcard", "many values"
)

WORST = ("empty", "a comma", "null inside", "no UTF-8", "an emoji", "negative", "huge", "SQL", "no day", "a wildcard")
"""What every list is tried with; pledges and the table, which take the most parameters, with all of it."""

OF_EVERY_LIST = ("empty", "null inside", "huge")
"""What the other lists are tried with where all of them read a parameter in one way, as pledges do."""

PARAMETERS = [
    (f"{API}{name}/", parameter)
    for name, viewset in LISTS.items()
    for parameter in (*LIST_PARAMETERS, *viewset.filterset_class.base_filters)
] + [(TABLE, parameter) for parameter in (*TABLE_PARAMETERS, *ContributionFilterSet.base_filters)]  # fmt: skip

TEXT = {"search"}
"""What takes any text that is neither empty, too long nor has a null character."""

REFUSED_AS_TEXT = {"empty", "spaces", "null", "null inside", "100 kB", "huge", "combining", "many values"}


@pytest.mark.alike
@pytest.mark.parametrize(("address", "parameter"), PARAMETERS, ids=lambda part: part.removeprefix(API))
def test_garbage_in_a_parameter_is_refused_by_its_name(address: str, parameter: str, db: None) -> None:
    client = Client()
    names = OF_EVERY_LIST if parameter in LIST_PARAMETERS else WORST
    for name in GARBAGE if address in (TABLE, f"{API}pledges/") else [name for name in names if name in GARBAGE]:
        answer = client.get(f"{address}?{parameter}={GARBAGE[name]}")
        if parameter in TEXT and name not in REFUSED_AS_TEXT:
            assert (answer.status_code, answer.json()["count"]) == (200, 0), name
            continue
        assert answer.status_code == 400, (name, answer.content[:300])
        assert answer["Content-Type"] == "application/problem+json"
        problem = answer.json()
        assert [error["field"] for error in problem["errors"]] == [parameter], name
        assert len(answer.content) < 5000, name


@pytest.mark.alike
@pytest.mark.parametrize("parameter", [*LIST_PARAMETERS, *LISTS["pledges"].filterset_class.base_filters])
def test_a_megabyte_in_a_parameter_is_refused_by_its_name(parameter: str, db: None) -> None:
    for garbage in ("x" * 2**20, "x," * 2**19, "%00" * 2**18):
        answer = Client().get(f"{API}pledges/?{parameter}={garbage}")
        assert [error["field"] for error in answer.json()["errors"]] == [parameter]
        assert len(answer.content) < 5000


@pytest.mark.parametrize("name", LISTS)
def test_garbage_in_the_place_of_an_id_is_not_found(name: str, db: None) -> None:
    client = Client()
    for garbage in GARBAGE.values():
        if garbage.strip("./"):
            answer = client.get(f"{API}{name}/{garbage[:5000]}/")
            assert answer.status_code == 404, answer.content[:300]
    for parameter in DETAIL_PARAMETERS:
        answer = client.get(f"{API}{name}/1/?{parameter}=nonsense")
        assert refusal_of(answer, 400).startswith(f"{parameter}: “nonsense” is ")


@pytest.mark.parametrize("garbage", GARBAGE.values(), ids=GARBAGE)
def test_garbage_as_the_name_of_a_parameter_is_refused(garbage: str, db: None) -> None:
    for address in (f"{API}pledges/", f"{API}pledges/1/", TABLE, f"{API}tables/", API):
        answer = Client().get(f"{address}?{garbage}=1")
        assert "Unknown parameter" in refusal_of(answer, 400)
        assert len(answer.content) < 5000


@pytest.mark.parametrize(
    "header", ["If-None-Match", "If-Modified-Since", "Accept", "Accept-Language", "If-Match", "Range"]
)
def test_garbage_in_a_header_is_passed_over(header: str, db: None) -> None:
    for garbage in ("", "x", '"', 'W/"', "\x7f", "é", "," * 5000, "*, *", "bytes=5-1"):
        headers: Any = {header: garbage}
        # What Accept does not take is not sent.
        allowed = (200, 406) if header == "Accept" else (200, 304)
        assert Client().get(f"{API}pledges/", headers=headers).status_code in allowed


def test_a_body_is_passed_over(db: None) -> None:
    answer = Client().generic("GET", f"{API}pledges/", data=b"\xff\x00{", content_type="application/json")
    assert answer.status_code == 200
