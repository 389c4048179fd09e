"""Every number that pages print is that of the table: each page is walked, and each number held against its rows."""

import re
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import addresses, get
from tracker.models import Contribution

pytestmark = pytest.mark.django_db
_NAMES = ("contributor", "beneficiary", "host", "supplier", "platform", "category", "initiative")
_IDLE = re.compile(r"/(parties|platforms|categories|documents)/.")
LINKED = re.compile(r'<a href="(/cell/\?[^"]+)"><data value="([^"]+)">')


@pytest.fixture
def aid(register: Desk) -> None:
    """Aid of two contributors at three stages, of three years, some of it joint, beside what the fixtures have."""
    factories.ExchangeRateFactory.create_batch(40)
    for party, year, amount in (("DEU", "2023", "512345678.91"), ("NLD", "2024", "17.25"), ("NLD", "2025", "3.10")):
        entries = [{"stage": stage, "amount": amount, "currency": "EUR", "date": f"{year}-08-05"}
                   for stage in ("commitment", "allocation", "delivery")]  # fmt: skip
        register.pledge(shares=[{"contributor": party}], initiative="purl", entries=entries)
    joint = [{"stage": "allocation", "amount": "100.01", "currency": "EUR", "date": "2025-01-02"}]
    register.pledge(name="Joint", shares=[{"contributor": "DEU"}, {"contributor": "NLD"}], entries=joint)
    register.publish()


def in_ledger() -> set[str]:
    """Return the ids that rows of the ledger name: pages of other states and platforms have no numbers."""
    return {public_id for row in Contribution.objects.values_list(*_NAMES) for public_id in row if public_id}


def value_behind(address: str) -> Decimal:
    """Return what the API says of the cell that an address leads to, and that its rows add up to it."""
    asked = dict(parse_qsl(urlsplit(address.replace("&amp;", "&")).query))
    answer = Client().get(f"/api/v1/tables/contributions/cells/?{urlencode(asked)}&limit=500")
    assert answer.status_code == 200, address
    found = answer.json()
    value = Decimal(found["cell"]["value"])
    if asked.get("measure", "value") in ("value", "quantity") and "per" not in asked:
        assert sum(Decimal(row["adds"]) for row in found["results"] if row["adds"] is not None) == value, address
    return value


def test_every_number_of_every_page_is_what_its_rows_add_up_to(aid: None) -> None:
    behind: dict[str, Decimal] = {}
    named = in_ledger()
    pages = [page for page in addresses() if not _IDLE.match(page) or page.strip("/").partition("/")[2] in named]
    numbers = 0
    for address in (*pages, "/explore/?rows=month&columns=aid_type&stage=allocation", "/explore/?rows=initiative"):
        for link, exact in LINKED.findall(get(address).html):
            if link not in behind:
                behind[link] = value_behind(link)
            assert Decimal(exact) == behind[link], f"{address}: {link}"
            numbers += 1
    assert numbers > 100
    assert len(behind) > 40
