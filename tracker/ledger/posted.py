"""A row of the ledger before it is written."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple


class Posted(NamedTuple):
    """What documents and rates determine of a Contribution, and what must be the same when it is posted again.

    A tuple: there are forty thousand of ten thousand pledges, and as columns they are at once what is inserted. What
    the rows of a pledge have in common stands first, then what those of a line have, then of one basis.
    """

    pledge: str
    beneficiary: str
    host: str
    nature: str
    aid_type: str
    aid_kind: str
    initiative: str
    package: str
    meeting: str
    announced_year: int | None
    is_conditional: bool

    entry: int
    item: int | None
    supplier: str
    stock_owner: str
    manufacturer: str
    modality: str
    condition: str
    category: str
    category_path: str
    platform: str
    stage: str
    date: str
    earliest: dt.date | None
    latest: dt.date | None
    year: int | None
    month: str
    quantity_qualifier: str
    is_netted: bool

    basis: str
    is_headline: bool
    gap: str
    currency: str
    rate_currency: Decimal | None
    rate_usd: Decimal | None
    rate_policy: str
    rate_from: dt.date | None
    rate_to: dt.date | None
    rate_source: str
    is_provisional: bool

    public_id: str
    contributor: str
    is_estimated: bool
    amount_minor: int | None
    eur_cents: int | None
    usd_cents: int | None
    quantity_millionths: int | None
    marks: str
