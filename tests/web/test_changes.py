"""What changed, and why: the waterfall of a table adds up, by cause, and each change set says what it did."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import Page, check, get
from tracker.models import ChangeSet

pytestmark = pytest.mark.django_db
TABLE = "rows=contributor&columns=aid_type&stage=allocation"


def allocated(amount: str) -> list[dict[str, str]]:
    return [{"stage": "allocation", "amount": amount, "currency": "EUR", "date": "2025-08-05"}]


@pytest.fixture(scope="module")
def moments(register: Desk) -> list[dt.datetime]:
    """The moments of three publishings: two pledges, one corrected, and one more beside one withdrawn."""
    factories.daily_rates()
    first = register.pledge(entries=allocated("500000000.00"))
    second = register.pledge(name="Another", shares=[{"contributor": "NLD"}], entries=allocated("0.75"))
    found = [register.publish()]
    register.write("pledge", id=first.public_id, entries=allocated("650000000.25"))
    ChangeSet.objects.filter(pk=register.open().pk).update(cause="correction", message="The ministry said more")
    found.append(register.publish())
    register.pledge(name="A third", aid_type="humanitarian", entries=allocated("7.00"))
    register.withdraw(second)
    found.append(register.publish())
    return [each.published_at for each in found if each.published_at]


def at(moment: dt.datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


def steps(page: Page) -> list[Decimal]:
    """Return the exact numbers of the first table of a page: what was before, each step, and what is afterwards."""
    table = page.html.partition("<table>")[2].partition("</table>")[0]
    return [Decimal(text) for text in re.findall(r'<data value="([^"]+)"', table)]


def total(moment: dt.datetime) -> Decimal:
    table = Client().get(f"/api/v1/tables/contributions/?{TABLE}&as_of={at(moment)}").json()
    return Decimal(table["total"]["value"])


def test_the_steps_lead_from_the_one_table_to_the_other(moments: list[dt.datetime]) -> None:
    first, _second, last = moments
    page = check(f"/changes/table/?{TABLE}&from={at(first)}&to={at(last)}")
    before, *parts, after = steps(page)
    assert before == total(first) == Decimal("500000000.75")
    assert after == total(last) == Decimal("650000007.25")
    assert parts == [Decimal("150000000.25"), Decimal("7.00"), Decimal("-0.75")]
    assert before + sum(parts) == after
    assert "The ministry said more" in page.text
    assert "Correction" in page.text
    assert "Withdrawal" in page.text


def test_before_anything_of_it_was_registered_is_no_zero(moments: list[dt.datetime]) -> None:
    for whose in ("aid_type=humanitarian", "row=DEU&column=humanitarian"):
        page = check(f"/changes/table/?{TABLE}&{whose}&from={at(moments[0])}")
        assert "nothing registered → " in page.text, whose
        assert steps(page) == [0, Decimal("7.00"), Decimal("7.00")]


def test_a_cell_has_steps_of_its_own_and_leads_to_what_stood_before(moments: list[dt.datetime]) -> None:
    cell = check(f"/cell/?{TABLE}&row=DEU&column=military")
    address = next(link for link in cell.links if link.startswith("/changes/table/"))
    page = check(f"{address}&from={at(moments[0])}")
    assert steps(page) == [Decimal("500000000.00"), Decimal("150000000.25"), Decimal("650000000.25")]
    earlier = next(link for link in page.links if link.startswith("/cell/"))
    assert Decimal(get(earlier).numbers[0][0]) == Decimal("500000000.00")


def test_unless_it_is_asked_otherwise_the_newest_publishing_is_told(moments: list[dt.datetime]) -> None:
    assert steps(check(f"/changes/table/?{TABLE}"))[1:-1] == [Decimal("7.00"), Decimal("-0.75")]
    assert "Nothing of it changed" in check(f"/changes/table/?{TABLE}&row=DEU&column=military").text


def test_what_is_never_added_up_is_told_of_the_cell_that_changed_most(moments: list[dt.datetime]) -> None:
    page = check(f"/changes/table/?rows=contributor&columns=stage&from={at(moments[0])}")
    assert sum(steps(page)[:-1]) == steps(page)[-1] == Decimal("650000007.25")


@pytest.mark.parametrize(
    ("query", "status"), [("from=then", 400), ("from=2100-01-01", 400), ("row=XXX&column=military", 400),
                          ("rows=aid_type&columns=none&stage=allocation&per=gdp", 422)]
)  # fmt: skip
def test_what_cannot_be_told_says_why(query: str, status: int, moments: list[dt.datetime]) -> None:
    table = query if "rows" in query else f"{TABLE}&{query}"
    get(f"/changes/table/?{table}", status)
    assert Client().get(f"/changes/table.svg?{table}").status_code == status


def test_it_is_had_as_files(moments: list[dt.datetime]) -> None:
    query = f"{TABLE}&from={at(moments[0])}"
    csv = Client().get(f"/changes/table.csv?{query}", follow=True)
    assert csv.status_code == 200
    assert "150000000.25" in csv.getvalue().decode()
    drawn = Client().get(f"/changes/table.svg?{query}").content.decode()
    assert "Correction: +150.0 million EUR" in drawn


def test_each_change_set_says_what_it_did_to_the_totals(moments: list[dt.datetime]) -> None:
    number = ChangeSet.objects.get(published_at=moments[1]).pk
    page = check(f"/changes/{number}/")
    assert "+150 million EUR" in page.text
    assert ("150000000.25", "+150 million EUR") in [(exact, text.replace("\xa0", " ")) for exact, text in page.numbers]
    with CaptureQueriesContext(connection) as asked:
        assert "+150 million EUR" in check("/changes/").text
    counted = [query["sql"] for query in asked if "COUNT" in query["sql"] and "change_set_id" in query["sql"]]
    assert len(counted) == 2  # Of records and of what was posted anew, for all change sets together.
    summed = [query["sql"] for query in asked if 'FROM "tracker_contribution"' in query["sql"]]
    assert len(summed) == 1  # The totals before and after each of them.
    assert "No total of aid changed" in check(f"/changes/{ChangeSet.objects.order_by('pk').first().pk}/").text
