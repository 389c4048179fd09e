"""Every public address, with the parameters that it takes: what `benchmarks/answers.py` asks for.

All is found in what the server says of itself (its index, its OpenAPI document, the ids and addresses in its answers),
so that any version of it can be asked.
"""

from collections.abc import Iterable, Iterator
from typing import Any, Protocol
from urllib.parse import quote, urlencode

API = "/api/v1/"
TABLE = f"{API}tables/contributions/"
FILES = ("csv", "ndjson", "xlsx", "parquet")
BEFORE_ALL = "2020-01-01"
MOST_PAGES, MOST_RECORDS, MOST_CELLS = 100, 200, 3
WRONG = "secret"

VALUES = {
    "actor": "RUS", "amount_from": "1000000", "amount_to": "5000000.50", "beneficiary": "UKR", "category": "aircraft",
    "contributor": "DEU,EST", "convened_by": "NATO", "date_from": "2023-03-01", "date_to": "2024-06-30",
    "deflator": "USA", "document": "nato-discusses-better-deterrence", "forum": "ukraine-defense-contact-group",
    "group": "EU", "host": "POL", "initiative": "purl", "limit": "2", "manufacturer": "USA",
    "meeting": "ukraine-defense-contact-group-2025-10-15", "of_year": "2021", "official": "boris-pistorius",
    "on": "2019-01-01", "package": "purl-1", "party": "DEU", "place": "POL", "platform": "patriot",
    "pledge": "DEU-2025-0002", "record": "UKR", "requirement": "patriot-batteries", "search": "germany air",
    "stock_owner": "USA", "supplier": "USA", "top": "3", "within": "aircraft",
}  # fmt: skip
"""A value of each parameter whose values the OpenAPI document does not list."""

QUESTIONS = (
    "rows=contributor&columns=year&stage=allocation",
    "rows=contributor&columns=aid_type&currency=USD&stage=commitment",
    "rows=contributor,category_1&columns=half_year&stage=commitment&counting=gross",
    "rows=contributor&columns=stage&counting=gross",
    "rows=category&columns=stage",
    "rows=group,contributor&columns=month&group=EU&stage=allocation",
    "rows=supplier&columns=year&basis=tiv&stage=delivery",
    "perspective=supplier&columns=stage&basis=replacement",
    "rows=quarter&columns=none&cumulative=true&stage=allocation",
    "rows=contributor&columns=year&top=5&stage=allocation",
    "rows=platform&columns=contributor&measure=quantity&stage=commitment",
    "rows=contributor&columns=platform&measure=quantity&nature=deployment&stage=commitment",
    "rows=contributor&columns=stage&measure=pledges",
    "rows=announced_year&columns=condition&stage=delivery&measure=count",
    "rows=source&columns=year&stage=allocation",
    "rows=contributor&columns=stage&basis=dataset",
    "rows=contributor&columns=year&amount_from=1000000&stage=allocation",
    "rows=contributor&columns=none&category=aircraft&stage=commitment",
    "rows=contributor&columns=year&per=gdp&of_year=own&stage=allocation",
    "rows=contributor&columns=stage&per=population",
    "rows=contributor&columns=year&prices=2021&deflator=USA&stage=allocation",
    "rows=contributor&columns=year&share_out=EU&stage=allocation&per=gdp&of_year=2021",
    "rows=contributor,quarter&columns=aid_type&share_out=EU&top=2&prices=2021&deflator=USA&stage=allocation",
)
"""What is asked of the contribution table, in all formats and at all moments, with the rows behind some cells."""

REFUSED = (
    "rows=contributor&columns=year", "rows=group&columns=none&stage=allocation", "rows=contributor&columns=contributor",
    "rows=contributor,stage,year,month,basis&columns=none", "measure=quantity&per=gdp", "basis=tiv&currency=EUR",
    "of_year=2021", "prices=2021", "basis=stated,tiv", "columns=none,year", "stage=allocation,commitment&columns=none",
    "date_from=05/06/2022", "amount_from=1.500", "currency=EUR&currency=USD", "format=csv&limit=5", "cursor=secret",
)  # fmt: skip
"""What a table does not answer; the reason is what is recorded."""
REFUSED_OF_LISTS = (
    "format=csv&limit=5", "limit=0", "limit=501", "limit=2&limit=3", "as_of=2025-13-01", "as_of=05/06/2025",
)  # fmt: skip


class Ask(Protocol):
    """Records the answer to `address`, and returns its JSON; None of what is no JSON."""

    def __call__(self, kind: str, address: str, /, *, name: str = "", **headers: str) -> Any: ...


def ask_everything(ask: Ask) -> None:
    """Ask for everything that an anonymous reader can be shown, and for what is refused."""
    document = ask("index", f"{API}schema/", accept="application/vnd.oai.openapi+json")
    described = {path: each["get"].get("parameters", []) for path, each in document["paths"].items() if "get" in each}
    published = [row["published_at"] for row in ask("index", f"{API}change-sets/?ordering=id&limit=500")["results"]]
    moments = [*published[-3:-1], BEFORE_ALL]
    _pages_and_index(ask, moments)
    for path, parameters in described.items():
        if path.startswith(f"{API}desk/"):
            ask("desk", path.replace("{", "").replace("}", ""))
        elif path.startswith(f"{API}tables/") and path.count("/") == TABLE.count("/"):
            _table(ask, path, parameters, moments)
        elif f"{path}{{public_id}}/" in described:
            _list(ask, path, parameters, moments)
    _questions(ask, described[TABLE], moments)


def _pages_and_index(ask: Ask, moments: Iterable[str]) -> None:
    for address in ("", "methodology/", "api/v1/docs/", "nothing/", "api/nothing/"):
        ask("pages", f"/{address}")
    for moment in (*moments, WRONG):
        ask("pages", f"/?{urlencode({'as_of': moment})}")
    for path in ("", "columns/", "tables/", "schema/", "nothing/", "tables/nothing/"):
        for asked in ("", *(f"?format={form}" for form in FILES), f"?nothing={WRONG}"):
            ask("index", f"{API}{path}{asked}")


def _with_headers(ask: Ask, kind: str, address: str) -> None:
    """Ask as a reader who has the answer, and as one who names a format."""
    ask(kind, address)
    ask(kind, address, if_none_match="*")
    ask(kind, address, if_modified_since="Fri, 31 Dec 2099 00:00:00 GMT")
    ask(kind, address, accept="text/csv")
    ask(kind, address, accept="image/png")


def _crawl(ask: Ask, address: str, most: int) -> list[Any]:
    """Return `most` pages of a list at most; pages are called by their number, as their cursors say nothing."""
    pages = [ask("lists", address)]
    # What is no JSON, as a list in another format, has no next page.
    while len(pages) < most and (pages[-1] or {}).get("next"):
        pages.append(ask("lists", pages[-1]["next"], name=f"{address} page {len(pages) + 1}"))
    if len(pages) > 1:
        ask("lists", pages[-1]["previous"], name=f"{address} back from page {len(pages)}")
    return pages


def _list(ask: Ask, path: str, parameters: list[Any], moments: list[str]) -> None:
    """Ask for a list to its end, with each parameter, in each format and at each moment, and for its records."""
    _with_headers(ask, "lists", path)
    _crawl(ask, f"{path}?limit=500", MOST_PAGES)
    for name, value in _values(parameters):
        limit = "" if name == "limit" else "&limit=2"
        _crawl(ask, f"{path}?{urlencode({name: value})}{limit}", 2)
    for asked in ({}, *({name: moment} for name in ("as_of", "changed_since") for moment in moments)):
        for form in ("json", *FILES):
            ask(f"lists as {form}", f"{path}?{urlencode(asked | {'format': form})}")
    ask("lists as csv", f"{path}?fields=id,name&format=csv&ordering=-id")
    for refused in REFUSED_OF_LISTS:
        ask("lists", f"{path}?{refused}")
    changed = ask("lists", f"{path}?{urlencode({'changed_since': moments[0]})}&limit=500")["results"]
    gone = [row["id"] for row in changed if row.get("withdrawn")]
    _details(ask, path, [*gone[:5], "DEU-1900-0001", WRONG], moments)


def _details(ask: Ask, path: str, others: list[str], moments: list[str]) -> None:
    """Ask for records of a list: all, or every so many, and `others`."""
    ids = [row["id"] for page in _crawl(ask, f"{path}?fields=id&limit=500", MOST_PAGES) for row in page["results"]]
    for public_id in [*ids[:: len(ids) // MOST_RECORDS + 1], *others]:
        ask("records", f"{path}{public_id}/")
    for public_id in [*ids[:5], *others]:
        ask("records", f"{path}{public_id}/?fields=id")
        for moment in moments:
            ask("records", f"{path}{public_id}/?{urlencode({'as_of': moment})}")


def _table(ask: Ask, path: str, parameters: list[Any], moments: list[str]) -> None:
    """Ask for a table in each format and at each moment, with each parameter, and for the rows behind some cells."""
    _with_headers(ask, "tables", path)
    for asked in ({}, *({"as_of": moment} for moment in moments)):
        for form in ("json", *FILES):
            ask(f"tables as {form}", f"{path}?{urlencode(asked | {'format': form})}")
    for name, value in _values(parameters):
        ask("tables", f"{path}?{urlencode({name: value})}")
    table = ask("tables", path)
    if path != TABLE:
        for address in table["lineage"].values():
            for row in table["row_addresses"][:MOST_CELLS]:
                ask("lineage", address.replace("{row}", quote(row)))


def _questions(ask: Ask, parameters: list[Any], moments: list[str]) -> None:
    """Ask the contribution table for many dimensions and measures, and for the rows behind cells of it."""
    dimensions = {parameter["name"]: parameter["schema"] for parameter in parameters}["rows"]["items"]["enum"]
    for rows in dimensions:
        for columns in ("stage", "year&stage=allocation", "none&stage=commitment", "contributor&stage=delivery"):
            for measure in ("value", "quantity", "count", "pledges"):
                ask("tables", f"{TABLE}?rows={rows}&columns={columns}&measure={measure}")
    for question in REFUSED:
        ask("tables", f"{TABLE}?{question}")
    for question in QUESTIONS:
        for form in FILES:
            ask(f"tables as {form}", f"{TABLE}?{question}&format={form}")
        for moment in moments:
            ask("tables", f"{TABLE}?{question}&{urlencode({'as_of': moment})}")
        table = ask("tables", f"{TABLE}?{question}")
        for number, address in enumerate(_cells(table)):
            ask("lineage", address)
            for form in FILES if number == 0 else ():
                ask(f"lineage as {form}", f"{address}&format={form}")


def _cells(table: dict[str, Any]) -> Iterator[str]:
    """Yield the addresses of the rows behind some cells of a table, and behind its totals."""
    of_row = table["lineage"].replace("&column={column}", "")
    yield of_row.replace("&row={row}", "")
    for row in table["rows"][:MOST_CELLS]:
        yield of_row.replace("{row}", quote(row["address"]))
        for column in table["columns"][:MOST_CELLS]:
            of_cell = table["lineage"].replace("{row}", quote(row["address"]))
            yield of_cell.replace("{column}", quote(column["address"]))


def _values(parameters: list[Any]) -> Iterator[tuple[str, str]]:
    """Yield each parameter with each of its values, and with a wrong one."""
    for name, schema in ((each["name"], each["schema"]) for each in parameters if each["in"] == "query"):
        known = [VALUES[name]] if name in VALUES else []
        for value in (*(schema.get("enum") or schema.get("items", {}).get("enum") or known), WRONG, ""):
            yield name, str(value)
