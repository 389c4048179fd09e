"""The site itself: its policy, its login, its helpers."""

from types import SimpleNamespace

import pytest
from django.test import Client

from tests import factories
from tracker.curation.publishing import effect
from tracker.reporting.shelf.comparing import ChangedField, lines


def test_only_the_admin_has_the_wider_policy(client: Client, browsers: SimpleNamespace) -> None:
    for response in (client.get("/admin/login/"), browsers.viewer.get("/admin/")):
        assert "'unsafe-eval'" in response["Content-Security-Policy"]
        # Browsers ignore 'unsafe-inline' beside a nonce.
        assert "nonce" not in response["Content-Security-Policy"]
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]


def test_too_many_wrong_passwords_lock_with_a_clear_page(client: Client, users: SimpleNamespace) -> None:
    for _attempt in range(10):
        response = client.post("/admin/login/", {"username": "editor", "password": "wrong"})
    assert response.status_code == 429
    assert "Wait 15 minutes" in response.content.decode()
    assert "unsafe-eval" in response["Content-Security-Policy"]


def test_the_login_leads_to_the_start_page(client: Client, users: SimpleNamespace) -> None:
    response = client.post("/admin/login/", {"username": "editor", "password": "editor"})
    assert response["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("reads", "text", "words", "wrong"),
    [
        ("date", "Sept 2025", "understood as September 2025 (2025-09-01 – 2025-09-30)", False),
        ("date", "2025-10-15", "understood as 15 October 2025", False),
        ("date", "since 2022", "understood as from 2022 (2022-01-01 – …)", False),
        ("date", "2025-13-45", "there is no month 13", True),
        ("quantity", "about 40", "understood as about 40; tables count 40", False),
        ("quantity", "4", "", False),
        ("quantity", "lots", "is not a quantity", True),
        ("amount", "EUR 500 million", "understood as EUR 500,000,000.00", False),
        ("amount", "lots", "is not an amount", True),
        ("date", "", "", False),
        ("nonsense", "4", "", False),
    ],
)  # fmt: skip
def test_a_field_says_how_its_text_is_understood(
    browsers: SimpleNamespace, reads: str, text: str, words: str, wrong: bool
) -> None:
    answer = browsers.editor.get("/admin/understood/", {"reads": reads, "text": text}).json()
    assert words in answer["text"]
    assert bool(words) == bool(answer["text"])
    assert answer["wrong"] is wrong


def test_the_start_page_counts_what_was_never_published(browsers: SimpleNamespace) -> None:
    factories.PledgeFactory.create_batch(3)
    unpublished = browsers.editor.get("/admin/").context["unpublished"]
    assert {entry["model"]: entry["count"] for entry in unpublished} == {"party": 6, "pledge": 3}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"name": "A"}, {"name": "B"}, [ChangedField("name", "A", "B")]),
        ({"name": "A"}, {"name": "A"}, []),
        (None, {"name": "A", "note": "", "total": False}, [ChangedField("name", "", "A")]),
        ({"date": None}, {"date": {"edtf": "2025-09"}}, [ChangedField("date", "", "2025-09")]),
        (
            {"items": [{"number": 1, "quantity": {"qualifier": "exact", "text": "4"}}]},
            {"items": [{"number": 1, "quantity": {"qualifier": "about", "text": "about 40"}}]},
            [ChangedField("items[1].quantity", "4", "about 40")],
        ),
        (
            {"shares": [{"contributor": {"id": "DEU", "name": "Germany"}, "fraction": "0.5"}]},
            {"shares": []},
            [
                ChangedField("shares[DEU].contributor", "Germany (DEU)", ""),
                ChangedField("shares[DEU].fraction", "0.5", ""),
            ],
        ),
        (
            {"leads": [{"id": "DEU", "name": "Germany"}]},
            {"leads": [{"id": "DEU", "name": "Deutschland"}]},
            [ChangedField("leads[DEU]", "Germany (DEU)", "Deutschland (DEU)")],
        ),
        (
            {"links": [{"target": {"id": "CZE-1", "name": "One"}, "link": "restates", "note": ""}]},
            {"links": [{"target": {"id": "CZE-1", "name": "One"}, "link": "restates", "note": "so"}]},
            [ChangedField("links[CZE-1, restates].note", "", "so")],
        ),
        ({"aliases": ["A"]}, {"aliases": ["A", "B"]}, [ChangedField("aliases", "A", "A, B")]),
        ({"is_total": False}, {"is_total": True}, [ChangedField("is_total", "no", "yes")]),
    ],
)
def test_differences_are_shown_field_by_field(before: object, after: object, expected: list[ChangedField]) -> None:
    assert lines("pledge", before, after) == expected


def test_the_effect_has_only_the_cells_that_differ_the_most_changed_first() -> None:
    before = {("contributor", "DEU", "", "commitment"): 100, ("contributor", "FRA", "", "commitment"): 5}
    after = {("contributor", "DEU", "", "commitment"): 100, ("contributor", "NLD", "", "commitment"): 7}
    found = effect.changes(before, after)
    assert found["contributor"] == [("NLD", "", "commitment", 0, 7), ("FRA", "", "commitment", 5, 0)]
    assert found["month"] == []
