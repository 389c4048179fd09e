"""Every number that pages print is that of the table: each page is walked, and each number held against its rows."""

import re

import pytest

from tests import factories
from tests.curation.desk import Desk
from tests.printed import Behind, wrong_in_named, wrong_numbers
from tests.web.pages import addresses
from tracker.models import Contribution
from tracker.reporting.named.tables import NAMED

pytestmark = pytest.mark.django_db
_NAMES = ("contributor", "beneficiary", "host", "supplier", "platform", "category", "initiative")
_IDLE = re.compile(r"/(parties|platforms|categories|documents)/.")
EXPLORED = (
    "/explore/?rows=month&columns=aid_type&stage=allocation",
    "/explore/?rows=initiative",
    "/explore/?rows=contributor&columns=none&stage=allocation&top=1",
    "/explore/?rows=year&columns=contributor&stage=allocation&cumulative=true",
    "/explore/?rows=platform&columns=stage&measure=quantity",
    "/explore/?rows=group&columns=none&stage=allocation&group=EU&currency=USD",
)
"""Questions of every sort: by month, side by side, the rest, running sums, parts of things, groups, and dollars."""


@pytest.fixture
def aid(register: Desk) -> None:
    """Aid of two contributors at three stages, of three years, some of it joint, beside what the fixtures have."""
    factories.daily_rates()
    for party, year, amount in (("DEU", "2023", "512345678.91"), ("NLD", "2024", "17.25"), ("NLD", "2025", "3.10")):
        entries = [{"stage": stage, "amount": amount, "currency": "EUR", "date": f"{year}-08-05"}
                   for stage in ("commitment", "allocation", "delivery")]  # fmt: skip
        register.pledge(shares=[{"contributor": party}], initiative="purl", entries=entries)
    joint = [{"stage": "allocation", "amount": "100.01", "currency": "EUR", "date": "2025-01-02"}]
    third = {"platform": "eurofighter-typhoon", "quantity": "13.333333", "modality": "stock_transfer"}
    register.pledge(name="A third of forty", items=[third])
    register.pledge(name="Joint", shares=[{"contributor": "DEU"}, {"contributor": "NLD"}], entries=joint)
    register.publish()


def in_ledger() -> set[str]:
    """Return the ids that rows of the ledger name: pages of other states and platforms have no numbers."""
    return {public_id for row in Contribution.objects.values_list(*_NAMES) for public_id in row if public_id}


def test_every_number_of_every_page_is_what_its_rows_add_up_to(aid: None) -> None:
    behind, named = Behind(), in_ledger()
    pages = [page for page in addresses() if not _IDLE.match(page) or page.strip("/").partition("/")[2] in named]
    numbers, wrong = wrong_numbers((*pages, *EXPLORED), behind)
    assert wrong == []
    assert numbers > 100
    assert len(behind.values) > 40


def test_every_number_of_a_named_table_is_that_of_the_table(aid: None) -> None:
    found = {name: wrong_in_named(name) for name in NAMED}
    assert [each for _numbers, wrong in found.values() for each in wrong] == []
    assert {name for name, (numbers, _wrong) in found.items() if numbers} >= {"by-month", "by-group", "stage-funnel"}
