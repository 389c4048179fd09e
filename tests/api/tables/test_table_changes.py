"""What became of a table between two moments: every changed cell, by change set and cause, adding up exactly."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.api.files import fetch, rows_of
from tests.api.shelf import messages, read
from tests.api.table_changes import CHANGES, asked, check
from tests.curation.desk import Desk
from tests.examples import examples
from tracker.curation.review import change_sets
from tracker.lib import response_cache
from tracker.models import ChangeSet

pytestmark = pytest.mark.django_db

CAUSES = (ChangeSet.Cause.NEW_INFORMATION, ChangeSet.Cause.CORRECTION, ChangeSet.Cause.EXCHANGE_RATE)


def publish(desk: Desk, cause: str) -> dt.datetime:
    """Publish what is open under a cause; returns the moment."""
    change_sets.describe(change_set=desk.open(), by=desk.editor, message=f"For {cause}", cause=cause)
    moment = desk.publish().published_at
    assert moment is not None
    return moment


def test_a_correction_and_new_information_are_told_apart(register: Desk) -> None:
    factories.daily_rates(3)
    pledge = register.pledge(name="Shells")
    start = publish(register, CAUSES[0])
    register.write("pledge", id=pledge.public_id, entries=[
        {"number": 1, "stage": "commitment", "amount": "1200000.00", "currency": "EUR"},
    ])  # fmt: skip
    publish(register, CAUSES[1])
    register.pledge(name="Drones")
    end = publish(register, CAUSES[0])
    changes = check("rows=contributor&columns=none&stage=commitment", start, end)
    [cell] = changes["cells"]
    assert (cell["row"]["name"], cell["before"], cell["difference"]) == ("Germany", "1000000.00", "1200000.00")
    assert cell["by_cause"] == changes["by_cause"] == [
        {"cause": "correction", "difference": "200000.00"}, {"cause": "new_information", "difference": "1000000.00"},
    ]  # fmt: skip
    assert [each["message"] for each in changes["change_sets"]] == ["For correction", "For new_information"]


def test_a_withdrawal_among_other_work_is_a_cause_of_its_own(register: Desk) -> None:
    factories.daily_rates(3)
    gone = register.pledge(name="Entered twice")
    start = publish(register, CAUSES[0])
    register.pledge(name="More", entries=[{"stage": "commitment", "amount": "3000000.00", "currency": "EUR"}])
    register.withdraw(gone)
    end = publish(register, CAUSES[1])
    changes = check("rows=contributor&columns=none&stage=commitment", start, end)
    [cell] = changes["cells"]
    assert cell["by_cause"] == [
        {"cause": "correction", "difference": "3000000.00"}, {"cause": "withdrawal", "difference": "-1000000.00"},
    ]  # fmt: skip
    assert {(part["change_set"], part["cause"]) for part in cell["by_change_set"]} == {
        (changes["change_sets"][0]["id"], cause) for cause in ("correction", "withdrawal")
    }


QUESTIONS = [
    "rows=contributor&columns=none&stage=commitment", "rows=contributor&columns=stage",
    "rows=stage&columns=contributor&currency=USD", "rows=contributor&columns=stage&measure=pledges",
    "rows=month&columns=none&stage=commitment&cumulative=true", "rows=contributor&columns=stage&contributor=NLD",
]  # fmt: skip
EDITS = st.lists(
    st.tuples(
        st.sampled_from(CAUSES),
        st.lists(
            st.tuples(st.integers(0, 3), st.sampled_from(["DEU", "NLD"]), st.integers(1, 500),
                      st.sampled_from(["EUR", "USD"]), st.sampled_from(["2025-08", "2025-07"])),
            min_size=1, max_size=3, unique_by=lambda edit: edit[0],
        ),
    ),
    min_size=2, max_size=5,
)  # fmt: skip


@settings(max_examples=examples(4), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(history=EDITS, span=st.tuples(st.integers(0, 4), st.integers(0, 4)))
def test_whatever_is_published_the_parts_add_up_to_the_difference(
    register: Desk, history: list[Any], span: tuple[int, int]
) -> None:
    with transaction.atomic():
        moments = published(register, history)
        start, end = sorted(moments[at % len(moments)] for at in span)
        for question in QUESTIONS:
            check(question, start, end)
        transaction.set_rollback(True)
    response_cache.forget()


def published(register: Desk, history: list[Any]) -> list[dt.datetime]:
    """Publish a history; returns the moment of each publishing."""
    pledges: dict[int, str] = {}
    moments = []
    for cause, edits in history:
        for number, contributor, amount, currency, date in edits:
            document: dict[str, Any] = {
                "announced": date, "shares": [{"contributor": contributor}],
                "entries": [{"stage": "commitment", "amount": f"{amount}.25", "currency": currency}],
            }  # fmt: skip
            if number in pledges:
                register.write("pledge", id=pledges[number], **document)
            else:
                pledges[number] = register.pledge(name=f"Pledge {number}", **document).public_id
        moments.append(publish(register, cause))
    return moments


def test_every_format_has_the_parts_of_the_cells(register: Desk) -> None:
    start = register.at
    register.pledge(name="Shells")
    publish(register, CAUSES[0])
    address = f"tables/contributions/changes/?rows=contributor&columns=none&stage=commitment&from={asked(start)}"
    for form in ("csv", "xlsx", "parquet"):
        [row] = rows_of(fetch(f"{address}&format={form}").body, form)
        assert (row["row_id"], row["cause"], row["before"]) == ("DEU", "new_information", None)
        assert Decimal(str(row["difference"])) == Decimal(str(row["after"])) == 1_000_000


def test_what_is_asked_wrongly_is_said(register: Desk) -> None:
    assert "from" in messages(CHANGES)
    assert "from" in messages(f"{CHANGES}?from=yesterday")
    assert "top" in messages(f"{CHANGES}?from=2020-01-01&top=3")
    register.pledge(name="Shells")
    end = publish(register, CAUSES[0])
    assert "from" in messages(f"{CHANGES}?from={asked(end)}&to=2020-01-01")
    # Both before the first publishing.
    assert "from" in messages(f"{CHANGES}?from=2020-01-02&to=2020-01-01")
    register.pledge(name="Drones", entries=[{"stage": "delivery", "amount": "1.00", "currency": "EUR"}])
    end = publish(register, CAUSES[0])
    mixed = read(f"{CHANGES}?from=2020-01-01&rows=contributor&columns=none", 422)
    assert "stage" in mixed["detail"]
    nothing = read(f"{CHANGES}?from={asked(end)}")
    assert (nothing["cells"], nothing["change_sets"]) == ([], [])
    assert nothing["note"].endswith("so nothing moved.") or "moved no cell" in nothing["note"]
