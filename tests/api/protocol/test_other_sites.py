"""Programs elsewhere: pages of other sites, readers of ranges, and readers that take compressed texts."""

import gzip
from typing import Any

import brotli
import pytest
from django.test import Client

from tests.api.files import fetch
from tests.api.shelf import API

pytestmark = pytest.mark.django_db

ELSEWHERE = {"origin": "https://observable.example"}
PUBLIC = (
    "pledges/", "pledges/?format=csv", "tables/contributions/", "schema/", "pledges/nothing-here/", "pledges/?wrong=1",
    "tables/contributions/?columns=none&rows=contributor",
)  # fmt: skip


@pytest.mark.alike
@pytest.mark.parametrize("address", PUBLIC)
def test_pages_of_other_sites_read_the_public_side(address: str, shown: Any) -> None:
    for _first_and_repeated in range(2):
        answer = Client().get(API + address, headers=ELSEWHERE)
        assert answer["Access-Control-Allow-Origin"] == "*"
        exposed = {"As-Of", "ETag", "Content-Disposition", "Retry-After", "Link"}
        assert exposed <= set(answer["Access-Control-Expose-Headers"].split(", "))
        assert "Access-Control-Allow-Credentials" not in answer
    if "ETag" in answer:
        unchanged = Client().get(API + address, headers=ELSEWHERE | {"if-none-match": answer["ETag"]})
        assert (unchanged.status_code, unchanged["Access-Control-Allow-Origin"]) == (304, "*")


def test_other_sites_ask_first_whether_they_may(shown: Any) -> None:
    asked = ELSEWHERE | {"access-control-request-method": "GET", "access-control-request-headers": "if-none-match"}
    answer = Client().options(f"{API}pledges/", headers=asked)
    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (200, "*")
    assert "if-none-match" in answer["Access-Control-Allow-Headers"]
    assert "POST" not in answer["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("address", ["/api/v1/desk/pledges/", "/api/v1/desk/token/", "/admin/login/"])
def test_the_desk_is_for_its_own_pages(address: str, shown: Any) -> None:
    asked = ELSEWHERE | {"access-control-request-method": "POST", "access-control-request-headers": "authorization"}
    for answer in (Client().get(address, headers=ELSEWHERE), Client().options(address, headers=asked)):
        assert not [name for name in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize("form", ["parquet", "xlsx", "csv", "ndjson"])
def test_a_file_is_read_in_ranges(form: str, shown: Any) -> None:
    address = f"{API}pledges/?format={form}"
    whole = fetch(f"pledges/?format={form}")
    size, tag = len(whole.body), whole["ETag"]
    is_streamed = form in ("csv", "ndjson")
    assert (whole["Accept-Ranges"], whole.get("Content-Length")) == ("bytes", None if is_streamed else str(size))
    head = Client().head(address)
    assert (head["Content-Length"], head["ETag"], head.content) == (str(size), tag, b"")

    def part(asked: str, **headers: str) -> tuple[int, str | None, bytes]:
        answer = Client().get(address, headers={"range": asked} | headers)
        return answer.status_code, answer.get("Content-Range"), answer.getvalue()

    compressed = {"accept-encoding": "gzip"}
    assert ("Content-Length" in Client().head(address, headers=compressed)) is not is_streamed
    assert part("bytes=0-3", **compressed) == (206, f"bytes 0-3/{size}", whole.body[:4])
    assert part("bytes=0-3") == (206, f"bytes 0-3/{size}", whole.body[:4])
    assert part("bytes=-8") == (206, f"bytes {size - 8}-{size - 1}/{size}", whole.body[-8:])
    assert part(f"bytes=10-{size * 2}") == (206, f"bytes 10-{size - 1}/{size}", whole.body[10:])
    assert part("bytes=7-7", **{"if-range": tag}) == (206, f"bytes 7-7/{size}", whole.body[7:8])
    assert part(f"bytes={size}-") == (416, f"bytes */{size}", b"")
    for other in ("bytes=5-2", "bytes=0-1,4-5", "lines=1-2", "bytes=-"):
        assert part(other) == (200, None, whole.body)
    assert part("bytes=0-3", **{"if-range": '"another"'}) == (200, None, whole.body)


@pytest.mark.parametrize("form", ["json", "csv", "ndjson"])
def test_texts_are_compressed_for_those_who_take_it(form: str, shown: Any) -> None:
    address = f"{API}pledges/?format={form}"
    plain = Client().get(address)
    text = plain.getvalue()
    for coding, read in (("gzip", gzip.decompress), ("br", brotli.decompress)):
        answer = Client().get(address, headers={"accept-encoding": coding})
        assert (answer["Content-Encoding"], answer["ETag"]) == (coding, "W/" + plain["ETag"])
        assert read(answer.getvalue()) == text
        assert "accept-encoding" in answer["Vary"].lower()
        again = Client().get(address, headers={"accept-encoding": coding, "if-none-match": answer["ETag"]})
        assert again.status_code == 304


def test_a_file_that_is_compressed_already_stays_as_it_is(shown: Any) -> None:
    answer = Client().get(f"{API}pledges/?format=parquet", headers={"accept-encoding": "gzip, br"})
    assert "Content-Encoding" not in answer
