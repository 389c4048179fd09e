"""Likely twins: seen while typing, after saving and on a worklist; linked, merged, or different for good."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tests.admin.conftest import client_of, log_in, new_pledge
from tests.api.conftest import DESK
from tests.api.conftest import client_of as program_of
from tests.curation.desk import with_basics
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import tasks
from tracker.curation.twins import kept_list
from tracker.curation.twins.likely_pairs import twins_among, twins_of, twins_of_pledge
from tracker.models import Job, KeptApart, Pledge, PledgeLink

WORKLIST = "/admin/tracker/pledge/twins/"


def pledge(world: SimpleNamespace, public_id: str, **other: Any) -> Pledge:
    """Return a pledge of the Netherlands of EUR 500 million for PURL, unless `other` says otherwise."""
    usual: dict[str, Any] = {
        "name": "EUR 500 million for PURL", "announced": "2025-08", "share__contributor": world.netherlands,
        "beneficiary": world.ukraine, "entry__amount": 500_000_000,
    }  # fmt: skip
    made: Pledge = factories.PledgeFactory(public_id=public_id, **(usual | other))
    return made


@pytest.fixture
def twins(world: SimpleNamespace) -> SimpleNamespace:
    """Two twins, and pledges that share this or that with them and are others."""
    pledge(world, "NLD-other-amount", entry__amount=70_000_000, name="Seventy million for tanks", announced="2023-01")
    pledge(world, "NOR-1", share__contributor=world.norway)
    return SimpleNamespace(
        one=pledge(world, "NLD-1"),
        other=pledge(world, "NLD-2", name="PURL package of 500 million EUR", announced="2025-08-12"),
    )


def pairs(found: Any) -> list[tuple[str, str]]:
    return [(twin.one, twin.other) for twin in found]


def test_twins_are_found_with_reasons(twins: SimpleNamespace) -> None:
    [twin] = twins_among()
    assert (twin.one, twin.other) == ("NLD-1", "NLD-2")
    assert {"same contributor", "same amounts"} <= set(twin.reasons)
    assert pairs(twins_of_pledge(twins.one)) == [("NLD-1", "NLD-2")]


def test_amounts_are_compared_in_their_currencies_and_converted_where_these_differ(world: SimpleNamespace) -> None:
    for day in (1, 29):
        factories.ExchangeRateFactory(currency="USD", date=dt.date(2025, 8, day), rate=Decimal("1.25"))
    dollars = {"entry__currency": "USD", "name": "Half a billion", "announced": "2025-08"}
    pledge(world, "NLD-1")
    pledge(world, "NLD-same-number", **dollars)
    assert pairs(twins_among()) == []
    pledge(world, "NLD-same-worth", **(dollars | {"entry__amount": 624_000_000}))
    # Of a month without rates nothing is known.
    pledge(world, "NLD-unknown", **(dollars | {"entry__amount": 624_000_001, "announced": "2025-09"}))
    [twin] = twins_among()
    assert {twin.one, twin.other} == {"NLD-1", "NLD-same-worth"}
    assert "amounts alike once converted to euros, at the mean rate of the month" in twin.reasons


def test_what_is_decided_is_not_asked_again(twins: SimpleNamespace, browsers: SimpleNamespace) -> None:
    data = {"one": "NLD-2", "other": "NLD-1", "decision": "different", "back": "https://elsewhere.example/"}
    answer = browsers.editor.post(f"{WORKLIST}decide/", data)
    assert answer["Location"] == WORKLIST
    kept = KeptApart.objects.get()
    assert (kept.one, kept.other, kept.by.username) == ("NLD-1", "NLD-2", "editor")
    assert twins_among() == []
    program = program_of(kept.by)
    assert program.post(f"{DESK}/twins/forget/", {"one": "NLD-1", "other": "NLD-2"}, format="json").status_code == 204
    found = program.get(f"{DESK}/twins/", {"pledge": "NLD-2"}).json()
    assert [(twin["one"], twin["other"]) for twin in found["results"]] == [("NLD-1", "NLD-2")]


def test_they_are_linked_from_the_worklist(twins: SimpleNamespace, browsers: SimpleNamespace) -> None:
    assert "This list was not worked out yet." in browsers.editor.get(WORKLIST).content.decode()
    assert browsers.editor.post(f"{WORKLIST}renew/").status_code == 302
    page = browsers.editor.get(WORKLIST)
    assert [pair["one"].public_id for pair in page.context["pairs"]] == ["NLD-1"]
    assert "same contributor" in page.content.decode()
    data = {"one": "NLD-2", "other": "NLD-1", "decision": "link", "link": "restates"}
    browsers.editor.post(f"{WORKLIST}decide/", data)
    assert PledgeLink.objects.get().pledge.public_id == "NLD-2"
    assert browsers.editor.get(WORKLIST).context["pairs"] == []
    for action in ("decide", "renew"):
        assert browsers.viewer.post(f"{WORKLIST}{action}/", data).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_the_list_is_renewed_by_publishing_and_says_how_old_it_is(settings: Any) -> None:
    desk = with_basics()
    for public_id in ("DEU-1", "DEU-2"):
        desk.pledge(id=public_id)
    assert kept_list.kept_list() == kept_list.KeptList([], None, is_current=False, job=None)
    tasks.request_publishing(change_set=desk.submit(), by=desk.reviewer, at=timezone.now())
    program = program_of(desk.editor)
    found = program.get(f"{DESK}/twins/").json()
    assert [(twin["one"], twin["other"]) for twin in found["results"]] == [("DEU-1", "DEU-2")]
    assert (found["kept"]["is_current"], found["kept"]["job"]["status"]) == (True, "done")
    assert program.get(f"{DESK}/twins/", {"pledge": "DEU-1"}).json() == found | {"kept": None}

    # A worker has not begun: what is published meanwhile makes the list old, and it is asked for once.
    desk.write("pledge", id="DEU-1", name="Otherwise")
    working = desk.submit()
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    tasks.request_publishing(change_set=working, by=desk.reviewer, at=timezone.now())
    answer = program.post(f"{DESK}/twins/renew/")
    assert (answer.status_code, answer.json()["kept"]["job"]["status"]) == (202, "waiting")
    assert answer.json()["kept"]["is_current"] is False
    assert Job.objects.filter(kind="twins").count() == 2
    page = client_of(desk.editor).get(WORKLIST).content.decode()
    assert "Something was published or imported since." in page
    assert "It is being worked out anew." in page
    kept_list.renew_twins.call(Job.objects.get(kind="twins", status="waiting").pk)
    assert [job.status for job in Job.objects.filter(kind="twins")] == ["done"], "older lists are gone"
    assert kept_list.kept_list().is_current


def test_what_was_merged_is_no_twin(db: None) -> None:
    desk = with_basics()
    for public_id in ("DEU-1", "DEU-2"):
        desk.pledge(id=public_id)
    assert pairs(twins_of(desk.open())) == [("DEU-1", "DEU-2")]
    desk.publish()
    one, other = (Pledge.objects.get(public_id=public_id) for public_id in ("DEU-1", "DEU-2"))
    merge_record(record=other, into=one, by=desk.editor, at=desk.at)
    assert twins_among() == []


def test_a_pledge_that_looks_like_another_says_so_after_saving(
    users: SimpleNamespace, world: SimpleNamespace
) -> None:  # fmt: skip
    pledge(world, "NLD-1")
    page = client_of(users.editor).post("/admin/tracker/pledge/add/", new_pledge(users.editor, world), follow=True)
    told = [str(message) for message in page.context["messages"]]
    assert any("Perhaps it is there already, as NLD-1" in message for message in told), told


def test_what_is_typed_is_compared(users: SimpleNamespace, world: SimpleNamespace, twins: SimpleNamespace) -> None:
    asked = {
        "contributor": world.netherlands.pk, "amount": "EUR 500m", "stage": "commitment", "announced": "Aug 2025",
        "aid_type": "military", "name": "Half a billion",
    }  # fmt: skip
    answer = client_of(users.editor).get(f"{WORKLIST}typed/", asked).json()
    assert {twin["id"] for twin in answer["twins"]} == {"NLD-1", "NLD-2"}
    # The currency of the line counts where the amount names none, and a line that cannot be read moves no other.
    lines = {"amount": ["lots", "500m"], "stage": ["pledge", "commitment"], "currency": ["EUR", "USD"]}
    assert client_of(users.editor).get(f"{WORKLIST}typed/", asked | lines).json()["twins"] == []
    nonsense = {"contributor": "x", "amount": "lots", "announced": "once", "platform": "1e9"}
    assert client_of(users.editor).get(f"{WORKLIST}typed/", nonsense).json() == {"twins": []}


@pytest.mark.browser
def test_a_notice_stands_above_the_form_while_typing(page: Page, users: Any, world: Any) -> None:
    pledge(world, "NLD-1")
    log_in(page, "editor")
    page.goto(f"/admin/tracker/pledge/add/?name=PURL&shares-0-contributor={world.netherlands.pk}")
    page.locator("[name=shares-0-contributor]").evaluate(
        "(select, key) => { select.append(new Option('Netherlands', key, true, true));"
        " select.dispatchEvent(new Event('change', {bubbles: true})); }",
        str(world.netherlands.pk),
    )
    page.fill("[name=announced]", "August 2025")
    page.fill("[name=entries-0-amount]", "EUR 500 million")
    notice = page.locator("[data-twins]")
    expect(notice).to_contain_text("EUR 500 million for PURL · NLD-1")
    page.set_viewport_size({"width": 390, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "²"])
def test_what_can_be_no_number_is_no_error(
    twins: SimpleNamespace, browsers: SimpleNamespace, users: SimpleNamespace, number: str
) -> None:
    assert browsers.editor.get(WORKLIST, {"change_set": number}).status_code == (404 if number.isascii() else 200)
    change_set = factories.ChangeSetFactory(author=users.editor)
    answer = f"/admin/tracker/changeset/{change_set.pk}/answer/"
    assert browsers.editor.post(answer, {"comment": number, "text": "x"}).status_code == 404
    for kind, field in (("pledge", "items__category__id__exact"), ("platform", "category__id__exact")):
        assert browsers.editor.get(f"/admin/tracker/{kind}/", {field: number}).status_code in (200, 302)
