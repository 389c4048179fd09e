"""The numbers that a page prints, held against what the API says of the same."""

import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from tests.web.pages import get, read_json

LINKED = re.compile(r'<a href="(/cell/\?[^"]+)"><data value="([^"]+)">')
OF_NAMED = re.compile(r'<a href="(cell/\?[^"]+)"><data value="([^"]+)">')
"""In a named table: by its row and column."""

EVERY = re.compile(r'<data value="([^"]+)">')


def asked_of(address: str) -> dict[str, str]:
    """Return the parameters of an address as a page has it."""
    return dict(parse_qsl(urlsplit(address.replace("&amp;", "&")).query))


class Behind:
    """What the API says of the cells that pages lead to, asked once for each."""

    def __init__(self) -> None:
        self.values = dict[str, Decimal]()

    def of(self, link: str) -> Decimal:
        """Return the number of the cell behind a link, to which all its rows add up where they are added."""
        if link not in self.values:
            asked = asked_of(link)
            found, rows = _with_all_rows(asked)
            # A quantity is a number of JSON, which in binary is another one: its text is what was meant.
            value = Decimal(str(found["cell"]["value"]))
            assert len(rows) == found["count"], link
            assert _sum(asked, rows) in (value, None), f"{link}: rows come to {_sum(asked, rows)}, and not {value}"
            self.values[link] = value
        return self.values[link]


def _with_all_rows(asked: dict[str, str]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the lineage of a cell as the API gives it, and its rows of all pages."""
    found = read_json(f"/api/v1/tables/contributions/cells/?{urlencode(asked)}&limit=500")
    rows, following = list(found["results"]), found["next"]
    while following:
        more = read_json(following)
        rows, following = rows + more["results"], more["next"]
    return found, rows


def _sum(asked: dict[str, str], rows: list[dict[str, Any]]) -> Decimal | None:
    """Return what rows add up to; None of shares of GDP and amounts per head, which are rounded row by row."""
    measure = asked.get("measure", "value")
    if "per" in asked or "prices" in asked or "share_out" in asked:
        return None
    if measure == "pledges":
        return Decimal(len({row["pledge"] for row in rows}))
    return sum((Decimal(row["adds"]) for row in rows if row["adds"] is not None), Decimal(0))


def wrong_numbers(addresses: Iterable[str], behind: Behind) -> tuple[int, list[str]]:
    """Return how many numbers pages print that lead to a cell, and each that is not what the cell has."""
    count, wrong = 0, []
    for address in addresses:
        for link, exact in LINKED.findall(get(address).html):
            count += 1
            if Decimal(exact) != behind.of(link):
                wrong.append(f"{address}: {exact}, and {behind.of(link)} behind {link}")
    return count, wrong


def wrong_in_named(name: str) -> tuple[int, list[str]]:
    """Return how many numbers the page of a named table prints, and each that is not the API's at its place."""
    html, table = get(f"/tables/{name}/").html, read_json(f"/api/v1/tables/{name}/")
    rows = dict(zip(table["row_addresses"] or [], table["rows"], strict=False))
    numbers = {Decimal(str(value)) for row in table["rows"] for value in row.values() if _is_number(value)}
    printed = [Decimal(exact) for exact in EVERY.findall(html)]
    wrong = [f"{name}: {each} is not in the table" for each in printed if each not in numbers]
    for link, exact in OF_NAMED.findall(html):
        asked = asked_of(link)
        own: Any = rows[asked["row"]] if "row" in asked else None
        if own and Decimal(exact) != Decimal(str(own[asked["column"]])):
            wrong.append(f"{name}: {exact}, and {own[asked['column']]} at {link}")
    return len(printed), wrong


def _is_number(value: Any) -> bool:
    return not isinstance(value, bool) and re.fullmatch(r"-?\d+(\.\d+)?", str(value)) is not None
