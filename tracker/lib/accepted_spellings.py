"""Words that newcomers write for those of the tracker: in addresses, parameters and values."""

from collections.abc import Set

from tracker.lib.text import nearest

ADDRESSES = {
    "aid": "contributions", "allocations": "contributions", "ledger": "contributions", "entries": "contributions",
    "countries": "parties", "country": "parties", "states": "parties", "donors": "contributors",
    "recipients": "beneficiaries", "equipment": "platforms", "weapons": "platforms", "systems": "platforms",
    "sources": "documents", "changes": "change-sets", "releases": "change-sets", "dictionary": "columns",
    "fields": "columns", "metadata": "columns", "openapi": "schema", "openapi.json": "schema",
    "openapi.yaml": "schema", "swagger": "docs", "redoc": "docs", "summary": "tables/country-summary",
    "by-country": "tables/country-summary", "months": "tables/by-month",
}  # fmt: skip
"""Last parts of addresses, and what stands for them."""

PARAMETERS: dict[str, tuple[str, ...]] = {
    "country": ("contributor",), "countries": ("contributor",), "donor": ("contributor",), "giver": ("contributor",),
    "recipient": ("beneficiary",), "receiver": ("beneficiary",), "to_country": ("beneficiary",),
    "weapon": ("platform",), "type": ("aid_type",), "status": ("stage",), "category_id": ("category",),
    "year": ("date_from", "date_to"), "month": ("date_from", "date_to"),
    "from": ("date_from",), "start": ("date_from",), "start_date": ("date_from",), "since": ("date_from",),
    "after": ("date_from",), "to": ("date_to",), "end": ("date_to",), "end_date": ("date_to",), "until": ("date_to",),
    "before": ("date_to",), "sort": ("ordering",), "sort_by": ("ordering",), "order": ("ordering",),
    "order_by": ("ordering",), "per_page": ("limit",), "page_size": ("limit",), "pagesize": ("limit",),
    "rows_per_page": ("limit",), "size": ("limit",), "q": ("search",), "query": ("search",), "text": ("search",),
    "group_by": ("rows",), "groupby": ("rows",), "by": ("rows",), "date": ("date_from", "date_to"),
    "day": ("date_from", "date_to"), "at": ("as_of",),
}  # fmt: skip
"""Parameters, and those that take the same value here; a year is from its first to its last day."""

PAGES = frozenset({"page", "offset", "skip", "start_row"})
"""Parameters that count pages or rows; here a page has the address of the next."""

VALUES = {
    "excel": "xlsx", "xls": "xlsx", "jsonl": "ndjson", "json-lines": "ndjson", "jsonlines": "ndjson", "tsv": "csv",
    "pq": "parquet", "datapackage": "zip", "country": "contributor", "donor": "contributor",
    "recipient": "beneficiary", "weapon": "platform", "date": "month", "time": "month", "status": "stage",
    "type": "aid_type", "committed": "commitment", "allocated": "allocation", "delivered": "delivery",
    "pledged": "pledge", "disbursed": "disbursement", "contracted": "contract",
}  # fmt: skip
"""Values of parameters that take one of few words, and what stands for them."""


def parameters_meant(name: str, allowed: Set[str]) -> tuple[str, ...]:
    """Return the parameters that stand here for one that there is not; none where they are not taken."""
    meant = PARAMETERS.get(name.lower(), ())
    return meant if allowed >= set(meant) else ()


def likeliest(found: str, allowed: list[str]) -> str:
    """Return which of a few words was meant; nothing where none reads like it."""
    meant = VALUES.get(found.lower(), found.lower())
    if meant in allowed:
        return meant
    near = nearest(found[:60], allowed, limit=1)
    return near[0] if near else ""
