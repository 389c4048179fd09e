"""What the tests of pages share: reading one, and what it says."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from tracker.models import Publication
from tracker.records.registry import KINDS

FIXED = ("/", "/explore/", "/cell/", "/search/", "/search/?q=poland", "/changes/",
         "/changes/table/", "/methodology/", "/contributors/",
         "/beneficiaries/", "/tables/", "/tables/deployments/", "/data/", "/data/api/",
         "/data/recipes/", "/about/")  # fmt: skip
"""The pages that are there always."""

ALIKE = 3
"""How many links to pages of one sort with the same parameters are followed."""

LONGEST, LONGEST_WITH_CHART = 60_000, 150_000
"""How many bytes a page has at most."""


class Page(HTMLParser):
    """A page: its text, its links, its ids, and the exact numbers in it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html, self.links, self.ids = html, list[str](), list[str]()
        self.words, self.numbers, self.levels = list[str](), list[tuple[str, str]](), list[int]()
        self._exact: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "data":
            self._exact = found["value"]
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._exact is not None:
            self.numbers.append((self._exact, data))
            self._exact = None

    @property
    def text(self) -> str:
        """All that it says, in one line."""
        return " ".join(" ".join(self.words).split())


def get(address: str, status: int = 200) -> Page:
    """Return the page at an address."""
    answer = Client().get(address)
    assert answer.status_code == status, f"{address}: {answer.status_code}"
    return Page(answer.content.decode())


def read_json(address: str) -> Any:
    """Return what the API answers at an address."""
    answer = Client().get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code}"
    return answer.json()


def check(address: str) -> Page:
    """Read a page, and check what holds for each; returns it."""
    page = get(address)
    html = page.html
    most = LONGEST_WITH_CHART if "<svg" in html else LONGEST
    assert len(html.encode()) <= most, f"{address}: {len(html.encode())} bytes"
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), address
    assert "{{" not in html, address
    assert "{%" not in html, address
    assert len(page.ids) == len(set(page.ids)), address
    assert page.levels[0] == 1, address
    assert page.levels.count(1) == 1, address
    for before, after in zip(page.levels, page.levels[1:], strict=False):
        assert after <= before + 1, f"{address}: a heading of level {after} follows one of level {before}"
    return page


def addresses() -> list[str]:
    """Return the address of each record, each list, and each page that is there always."""
    rows = Publication.objects.published().filter(kind__in=KINDS).values_list("kind", "public_id")
    lists = [f"/{kind.plural}/" for kind in KINDS.values()]
    return [*FIXED, *lists, *(f"/{KINDS[kind].plural}/{public_id}/" for kind, public_id in rows)]


def walk(found: list[str]) -> None:
    """Check each page, and that each link to a page of the site, met for the first time, leads somewhere.

    Of links to pages of one sort that ask for the same things, some are followed: the rest differ in ids and years.
    """
    seen = set(found)
    asking: Counter[tuple[str, str]] = Counter()
    for address in found:
        page = check(address)
        for link in page.links:
            path, query = urlsplit(link).path, urlsplit(link).query
            if link.startswith("/") and not path.startswith(("/api/", "/admin/", "/static/")) and link not in seen:
                seen.add(link)
                same = path.split("/")[1], re.sub("=[^&]*", "", query)
                asking[same] += 1
                if asking[same] > ALIKE:
                    continue
                answer = Client().get(link)
                assert answer.status_code in (200, 302), f"{address} leads to {link}: {answer.status_code}"
