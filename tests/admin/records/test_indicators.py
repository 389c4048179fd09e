"""Rates and indicators: what is in force is there to look at only, and every other goes through a change set."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tests.curation.desk import Desk, ledger
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, ExchangeRate, Indicator


def typed(figure: Indicator, **changes: Any) -> dict[str, Any]:
    """Return the form of `figure`, filled in."""
    kept = {"party": figure.party_id, "measure": figure.measure, "year": figure.year, "source": figure.source}
    return kept | {"value": figure.value} | changes


@pytest.mark.parametrize("person", ["editor", "administrator"])
def test_a_figure_that_tables_show_is_neither_changed_nor_deleted(
    browsers: SimpleNamespace, users: SimpleNamespace, person: str
) -> None:
    posted = factories.IndicatorFactory(value=100, recorded_from=timezone.now())
    browser, page = getattr(browsers, person), f"/admin/tracker/indicator/{posted.pk}"

    shown = browser.get(f"{page}/change/")
    assert (shown.status_code, shown.context["has_change_permission"]) == (200, False)
    assert browser.post(f"{page}/change/", typed(posted, value=200)).status_code == 403
    assert browser.post(f"{page}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [posted.pk], "post": "yes"}
    browser.post("/admin/tracker/indicator/", chosen)

    assert Indicator.objects.get().value == 100


def test_a_figure_that_waits_is_changed_and_deleted_by_its_author(browsers: SimpleNamespace) -> None:
    party = factories.PartyFactory()
    form = {"party": party.pk, "measure": "population", "year": 2024, "source": "Eurostat", "value": 100}
    assert browsers.administrator.post("/admin/tracker/indicator/add/", form).status_code == 302
    waiting = Indicator.objects.get()
    assert (waiting.recorded_from, waiting.change_set.status) == (None, "open")
    page = f"/admin/tracker/indicator/{waiting.pk}"
    assert browsers.administrator.post(f"{page}/change/", typed(waiting, value=200)).status_code == 302
    assert Indicator.objects.get().value == 200
    again = browsers.administrator.post("/admin/tracker/indicator/add/", form)
    assert "already exists" in again.content.decode() or "waits in change set" in again.content.decode()
    browsers.administrator.post(f"{page}/delete/", {"post": "yes"})
    assert not Indicator.objects.exists()


def test_a_rate_that_is_typed_changes_an_amount_only_once_a_second_person_publishes_it(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    factories.ExchangeRateFactory(date="2025-08-01", currency="USD", rate="1.25")
    desk = Desk()
    desk.basics()
    pledge = desk.pledge(entries=[{"stage": "commitment", "amount": "100.00", "currency": "USD"}]).public_id
    desk.publish()
    [before] = ledger(pledge=pledge)
    form = {"date": "2025-08-01", "currency": "USD", "rate": "1.6", "source": "ECB"}
    said = browsers.administrator.post("/admin/tracker/exchangerate/add/", form, follow=True)
    assert "Nothing of it is public until" in said.content.decode()
    assert ledger(pledge=pledge) == [before]
    change_set = ChangeSet.objects.latest("pk")
    shown = browsers.administrator.get(f"/admin/tracker/changeset/{change_set.pk}/change/").content.decode()
    assert "USD 2025-08-01 (ECB)" in shown
    assert "<del>1.25</del>" in shown
    change_sets.submit(change_set=change_set, by=users.administrator, at=timezone.now())
    page = browsers.reviewer.get(f"/admin/tracker/changeset/{change_set.pk}/change/").content.decode()
    assert "−17.50" in page
    publishing.publish(change_set=change_set, by=users.reviewer, at=timezone.now())
    [after] = ledger(pledge=pledge)
    assert (before.eur_cents, after.eur_cents) == (8000, 6250)
    assert ExchangeRate.objects.earliest("pk").recorded_to == after.recorded_from
