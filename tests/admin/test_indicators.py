"""Indicators: what tables are made with is there to look at only."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tracker.models import Indicator


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


def test_a_figure_that_waits_is_changed_and_deleted(browsers: SimpleNamespace) -> None:
    waiting = factories.IndicatorFactory(value=100, recorded_from=None)
    page = f"/admin/tracker/indicator/{waiting.pk}"
    assert browsers.administrator.post(f"{page}/change/", typed(waiting, value=200)).status_code == 302
    assert Indicator.objects.get().value == 200
    browsers.administrator.post(f"{page}/delete/", {"post": "yes"})
    assert not Indicator.objects.exists()
