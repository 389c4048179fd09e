"""What is asked of the public side, and the raw SQL that finds the same rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.db import connection

PARTY, CATEGORY, YEAR = "USA", "artillery", 2024
"""What the filtered questions name."""

_PLEDGES = "SELECT document FROM tracker_publication p WHERE kind = 'pledge' AND recorded_to IS NULL"
_COUNT = _PLEDGES.replace("document", "COUNT(*)")
_DAYS = f"earliest BETWEEN '{YEAR}-01-01' AND '{YEAR}-12-31'"
_FOUND = f" AND {_DAYS}" + "".join(
    f" AND EXISTS (SELECT 1 FROM tracker_facet WHERE publication_id = p.id AND name = '{name}' AND value = '{value}')"
    for name, value in (("contributor", PARTY), ("category", CATEGORY))
)
_PAGE = " ORDER BY public_id LIMIT 101"
_LEDGER = "FROM tracker_contribution WHERE recorded_to IS NULL AND is_headline AND NOT is_netted"
_TABLE = f"SELECT contributor, category, year, SUM(eur_cents), COUNT(*) {_LEDGER}"
_GROUPED = " AND stage = 'commitment' GROUP BY 1, 2, 3"
_STORED = (
    "public_id, pledge, entry, item, contributor, beneficiary, host, supplier, stock_owner, manufacturer, nature, "
    "aid_type, aid_kind, modality, condition, category, platform, initiative, package, meeting, stage, date, earliest, "
    "latest, announced_year, basis, is_headline, is_netted, is_estimated, gap, currency, amount_minor, eur_cents, "
    "usd_cents, quantity_millionths, quantity_qualifier, rate_currency, rate_usd, rate_policy, rate_from, rate_to, "
    "rate_source, is_provisional, recorded_from"
)
CONTRIBUTIONS = (
    f"SELECT {_STORED} FROM tracker_contribution WHERE recorded_to IS NULL AND is_headline ORDER BY public_id"
)
"""The columns of the file, as they are stored."""

QUERIES = {
    "page": [_PLEDGES + _PAGE],
    "deep": [_PLEDGES + " AND public_id > :after" + _PAGE],
    "filtered": [_COUNT + _FOUND, _PLEDGES + _FOUND + _PAGE],
    "table": [_TABLE + _GROUPED],
    "table-of-one": [_TABLE + f" AND contributor = '{PARTY}'" + _GROUPED],
    "nothing": [],
}


def answered_by(name: str, given: Mapping[str, str]) -> bytes:
    """Return what the bare queries of a name find, dumped; none for a name that there is not."""
    # PostgreSQL adds up to decimals.
    return orjson.dumps([_found(sql, given) for sql in QUERIES.get(name, ())], default=int)


def _found(sql: str, given: Mapping[str, str]) -> list[Any]:
    """Return the rows of a query, as the driver gives them; what is JSON already is joined."""
    if given and connection.vendor == "postgresql":
        sql = sql.replace(":after", "%(after)s")
    rows = connection.connection.execute(sql, given or ()).fetchall()
    if rows and len(rows[0]) == 1 and isinstance(rows[0][0], str):
        return [orjson.Fragment(row[0]) for row in rows]
    return rows


@dataclass(frozen=True)
class Case:
    """One line of the table: an address, the bare query beside it, and the milliseconds that are the aim."""

    name: str
    address: str
    bare: str = ""
    aim: str = ""


_API, _ADMIN = "/api/v1", "/admin/tracker/pledge/"
_CUBE = f"{_API}/tables/contributions/?rows=contributor,category&columns=year&stage=commitment"
_FILTERS = f"contributor={PARTY}&category={CATEGORY}&date_from={YEAR}-01-01&date_to={YEAR}-12-31"


def cases(middle: str, deep: str, earlier: str, last_page: int) -> list[Case]:
    """Return what is asked.

    `middle` is the id of a pledge, `deep` the cursor there, `earlier` a moment, `last_page` one of the admin.
    """
    return [
        Case("list, first page of 100", f"{_API}/pledges/?limit=100", "page", "2 ×"),
        Case("list, page in the middle", f"{_API}/pledges/?limit=100&cursor={deep}", f"deep?after={middle}", "2 ×"),
        Case("list, filtered, counted", f"{_API}/pledges/?{_FILTERS}", "filtered", "5 ms, 3 ×"),
        Case("contributions, first page", f"{_API}/contributions/?limit=100", "page"),
        Case("table, whole", _CUBE, "table", "1.5 × + 30 ms"),
        Case("table, one contributor", f"{_CUBE}&contributor={PARTY}", "table-of-one", "5 ms"),
        Case("table, earlier moment", f"{_CUBE}&as_of={earlier}", "table", "1.5 × + 30 ms"),
        Case("table, filter on amounts", f"{_CUBE}&amount_from=1000000", "table", "1.5 × + 30 ms"),
        Case("table, number of pledges", f"{_CUBE}&measure=pledges", "table"),
        Case("admin, first page", _ADMIN, aim="120 ms"),
        Case("admin, deep page", f"{_ADMIN}?p={last_page}", aim="120 ms"),
        Case("admin, search", f"{_ADMIN}?q=drones+winter+99", aim="120 ms"),
        Case("admin, dates", f"{_ADMIN}?announced_earliest__year={YEAR}", aim="120 ms"),
    ]
