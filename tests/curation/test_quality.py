"""The rules of quality: what each finds, that it is kept at every save, and that a waiver falls with its value."""

from typing import Any

import pytest
from django.test import Client

from tests.curation.desk import Desk
from tests.factories import UserFactory
from tracker.curation.desk.texts import Reading, take_in
from tracker.curation.errors import CurationError, NotAllowed, WrongStatus
from tracker.curation.merging.merging import merge_record
from tracker.curation.quality import keeping, waiving
from tracker.models import Document, Finding
from tracker.records.quality.rules import RULES
from tracker.reporting.desk.findings import by_health, findings_of, health_of

pytestmark = pytest.mark.django_db

COMMITTED = {"stage": "commitment", "amount": "100.00", "currency": "EUR"}
ITEM = {"number": 1, "platform": "ef", "quantity": "4"}


def found(record: Any, rule: str = "") -> list[tuple[str, str]]:
    """Return rule and field of what is found in a record."""
    rows = Finding.objects.filter(record_kind=record.kind, record_id=record.public_id)
    return list((rows.filter(rule=rule) if rule else rows).values_list("rule", "field"))


@pytest.mark.parametrize(
    ("rule", "field", "wrong", "right"),
    [
        ("shares-missing", "shares", {"shares": []}, {"shares": [{"contributor": "DEU"}]}),
        (
            "shares-not-whole", "shares",
            {"shares": [{"contributor": "DEU", "amount": "100.01", "currency": "EUR"}], "entries": [COMMITTED]},
            {"shares": [{"contributor": "DEU", "amount": "100.00", "currency": "EUR"}], "entries": [COMMITTED]},
        ),
        (
            "shares-not-whole", "shares", {"shares": [{"contributor": "DEU", "fraction": "0.4"}]},
            {"shares": [{"contributor": "DEU", "fraction": "0.4"}, {"contributor": "NLD"}]},
        ),
        ("aid-to-oneself", "beneficiary", {"beneficiary": "DEU"}, {"beneficiary": "UKR"}),
        ("step-missing", "entries", {"entries": []}, {"entries": [COMMITTED]}),
        (
            "allocation-above-commitment", "entries",
            {"entries": [COMMITTED, {"stage": "allocation", "amount": "100.01", "currency": "EUR"}]},
            {"entries": [COMMITTED, {"stage": "allocation", "amount": "100.00", "currency": "EUR"}]},
        ),
        (
            "delivery-above-quantity", "items[ef].quantity",
            {"items": [ITEM], "entries": [{"stage": "delivery", "item": 1, "quantity": "5"}]},
            {"items": [ITEM], "entries": [{"stage": "delivery", "item": 1, "quantity": "4"}]},
        ),
        ("zero-quantity", "items[ef].quantity", {"items": [ITEM | {"quantity": "0"}]}, {"items": [ITEM]}),
        (
            "words-say-otherwise", "items[ef].quantity_words",
            {"items": [ITEM | {"quantity": "5", "quantity_words": "four"}]},
            {"items": [ITEM | {"quantity": "4 to 5", "quantity_words": "vier bis fünf"}]},
        ),
        (
            "words-say-otherwise", "items[ef].quantity_words",
            {"items": [ITEM | {"quantity": "1000000", "quantity_words": "half a million"}]},
            {"items": [ITEM | {"quantity": "unknown", "quantity_words": "a number of 155 mm shells"}]},
        ),
        (
            "zero-quantity", "entries[commitment].amount",
            {"entries": [COMMITTED | {"amount": "0"}]}, {"entries": [COMMITTED]},
        ),
        (
            "currency-not-own", "entries[commitment].currency",
            {"entries": [COMMITTED | {"currency": "CHF"}]}, {"entries": [COMMITTED | {"currency": "USD"}]},
        ),
        ("impossible-date", "announced", {"announced": "2031-05"}, {"announced": "2025-05"}),
        (
            "impossible-date", "entries[delivery 2025-04].date",
            {"announced": "2025-05", "entries": [{"stage": "delivery", "date": "2025-04", "amount": "1"}]},
            {"announced": "2025-05", "entries": [{"stage": "delivery", "date": "2025-05", "amount": "1"}]},
        ),
        (
            "condition-overdue", "conditions[if others give thirty].state",
            {"conditions": [{"words": "if others give thirty", "due": "2025-09"}]},
            {"conditions": [{"words": "if others give thirty", "due": "2025-11"}]},
        ),
        (
            "date-outside-initiative", "announced",
            {"initiative": "sentry", "announced": "2025-08"}, {"initiative": "sentry", "announced": "2025-09"},
        ),
    ],
)  # fmt: skip
def test_each_rule_finds_what_is_wrong_and_nothing_where_it_is_right(
    rule: str, field: str, wrong: dict[str, Any], right: dict[str, Any], desk: Desk
) -> None:
    desk.write("party", id="DEU", iso_alpha2="DE")
    desk.write("initiative", id="sentry", name="Sentry", kind="mission", started="2025-09")
    for entry in (*wrong.get("entries", ()), *right.get("entries", ())):
        entry.setdefault("currency", "EUR" if "amount" in entry else "")
    pledge = desk.pledge(**wrong)
    assert found(pledge, rule) == [(rule, field)]
    desk.write("pledge", id=pledge.public_id, **right)
    assert found(pledge, rule) == []


def test_a_tranche_counts_against_the_commitment_of_its_umbrella(desk: Desk) -> None:
    umbrella = desk.pledge(entries=[COMMITTED])
    link = {"link": "tranche_of", "target": umbrella.public_id}
    entry = {"stage": "allocation", "amount": "101.00", "currency": "EUR"}
    tranche = desk.pledge(entries=[entry], links=[link])
    assert found(umbrella, "allocation-above-commitment")
    desk.write("pledge", id=tranche.public_id, entries=[entry | {"amount": "99.00"}])
    assert not found(umbrella, "allocation-above-commitment")


def test_links_that_lead_in_a_circle_are_found_in_each_pledge_of_it(desk: Desk) -> None:
    first = desk.pledge()
    second = desk.pledge(links=[{"link": "restates", "target": first.public_id}])
    third = desk.pledge(links=[{"link": "backfills", "target": second.public_id}])
    desk.write("pledge", id=first.public_id, links=[{"link": "restates", "target": third.public_id}])
    assert all(found(pledge, "links-in-a-circle") for pledge in (first, second, third))
    desk.write("pledge", id=third.public_id, links=[])
    assert not any(found(pledge, "links-in-a-circle") for pledge in (first, second, third))


def test_what_another_record_says_is_looked_at_anew_when_that_changes(desk: Desk) -> None:
    desk.write("initiative", id="sentry", name="Sentry", kind="mission", started="2025-09")
    pledge = desk.pledge(initiative="sentry", announced="2025-08")
    assert found(pledge, "date-outside-initiative")
    desk.write("initiative", id="sentry", started="2025-07")
    assert not found(pledge, "date-outside-initiative")
    desk.write("document", id="paper", name="A paper", tier="other")
    claim = {"field": "entries[commitment].amount", "document": "paper", "reason": "Read in print."}
    desk.write("pledge", id=pledge.public_id, claims=[claim])
    assert found(pledge, "tier-too-low")
    desk.write("document", id="paper", tier="primary")
    assert not found(pledge, "tier-too-low")


def test_what_is_no_longer_referred_to_is_found_at_once(desk: Desk) -> None:
    platform = desk.write("platform", id="tank", name="Tank", category="aircraft")
    umbrella = desk.pledge(entries=[COMMITTED])
    entry = {"stage": "allocation", "amount": "101.00", "currency": "EUR"}
    link = {"link": "tranche_of", "target": umbrella.public_id}
    pledge = desk.pledge(items=[ITEM | {"platform": "tank"}], entries=[entry], links=[link])
    assert (found(platform), len(found(umbrella, "allocation-above-commitment"))) == ([], 1)
    desk.write("pledge", id=pledge.public_id, items=[ITEM], links=[])
    assert (found(platform), found(umbrella, "allocation-above-commitment")) == ([("orphan", "")], [])


def test_a_merge_looks_anew_at_what_refers_to_the_record_that_stays(desk: Desk) -> None:
    into = desk.write("initiative", id="sentry", name="Sentry", kind="mission")
    other = desk.write("initiative", id="twin", name="Its twin", kind="mission", started="2025-09")
    pledge = desk.pledge(initiative="sentry", announced="2025-08")
    assert not found(pledge, "date-outside-initiative")
    merge_record(record=other, into=into, by=desk.editor, at=desk.at, change_set=desk.open())
    assert found(pledge, "date-outside-initiative")
    desk.discard()
    assert not Finding.objects.filter(record_kind="pledge").exists()


def test_members_and_offices_are_those_of_the_day(desk: Desk) -> None:
    desk.write("party", id="NATO", name="NATO", kind="alliance")
    member = {"party": "DEU", "valid_from": "2025-06-01"}
    desk.write("group", id="NATO", name="NATO", memberships=[member])
    desk.write("forum", id="forum", name="Forum", convened_by="NATO")
    desk.write("official", id="minister", name="Minister", office="Minister", party="DEU", held_to="2025-07")
    chair = {"party": "DEU", "official": "minister", "role": "chair", "status": "attended"}
    early = desk.write("meeting", name="Early", forum="forum", date="2025-05-01", participations=[chair])
    late = desk.write("meeting", name="Late", forum="forum", date="2025-08-01", participations=[chair])
    between = desk.write("meeting", name="Between", forum="forum", date="2025-06-15", participations=[chair])
    wanted = ("not-a-member", "not-in-office")
    assert [[rule for rule, _field in found(meeting) if rule in wanted] for meeting in (early, late, between)] == [
        ["not-a-member"], ["not-in-office"], [],
    ]  # fmt: skip


def test_what_is_past_is_planned_no_longer(desk: Desk) -> None:
    desk.write("forum", id="forum", name="Forum")
    agenda = [{"name": "Drones", "status": "planned"}, {"name": "Ships", "status": "held"}]
    meeting = desk.write("meeting", name="Meeting", forum="forum", date="2025-10-15", agenda=agenda)
    assert found(meeting, "stale-planned") == [("stale-planned", "agenda[Drones].status")]
    keeping.settle([("meeting", meeting.public_id)], at=desk.at.replace(year=2025, month=10, day=15))
    assert not found(meeting, "stale-planned"), "on the day itself nobody can know"


def test_a_claim_that_no_longer_says_what_the_record_says_is_an_error_at_its_field(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other")
    reading = Reading("Germany is contributing four Eurofighter jets.", "as it is")
    take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)
    claim = {"document": "paper", "quote": "four Eurofighter jets", "field": "items[ef].quantity", "value": "four"}
    pledge = desk.pledge(items=[ITEM], entries=[{"stage": "commitment"}], claims=[claim])
    assert found(pledge) == [("support-missing", "announced")]
    desk.write("pledge", id=pledge.public_id, items=[ITEM | {"quantity": "5"}])
    error = Finding.objects.get(rule="support-broken")
    assert error.field == "items[ef].quantity"
    assert error.message == "No passage says 5: claim paper-0001 has “four Eurofighter jets”."
    said = [claim | {"quote": quote, "value": ""} for quote in ("four Eurofighter jets", "Germany is contributing")]
    vague = desk.pledge(items=[ITEM], claims=said)
    whole_line = claim | {"field": "shares[DEU]", "quote": "Germany is contributing", "value": ""}
    desk.pledge(claims=[whole_line])
    told = Finding.objects.get(rule="passage-without-number")
    assert (told.record_id, told.field) == (vague.public_id, "items[ef].quantity")
    assert (
        told.message
        == "The value is 4, and no number stands in the passage of claim paper-0003, “Germany is contributing”."
    )


def test_the_reason_of_a_choice_does_not_say_why_the_record_says_otherwise(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other")
    reading = Reading("Germany is contributing four Eurofighter jets. Five came.", "as it is")
    take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)
    why = {"document": "paper", "field": "items[ef].quantity", "reason": "The later count."}
    four, five = {"quote": "four Eurofighter jets", "verdict": "rejected"}, {"quote": "Five came"}
    pledge = desk.pledge(items=[ITEM], claims=[why | four, why | five])
    assert found(pledge, "support-broken") == [("support-broken", "items[ef].quantity")]
    desk.write("pledge", id=pledge.public_id, items=[ITEM | {"quantity": "5"}])
    assert not found(pledge, "support-broken")


def test_a_number_that_its_source_contradicts_is_told_of_whatever_the_reason(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other")
    reading = Reading("Germany is contributing three Eurofighter jets.", "as it is")
    take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)
    claim = {"document": "paper", "field": "items[ef].quantity", "quote": "three Eurofighter jets"}
    pledge = desk.pledge(items=[ITEM], claims=[claim | {"reason": "A fourth came later."}])
    assert not found(pledge, "support-broken")
    assert ("support-missing", "items[ef].quantity") in found(pledge, "support-missing")
    desk.publish()
    for address in (f"/pledges/{pledge.public_id}/", "/documents/paper/"):
        page = Client().get(address).content.decode()
        assert "A fourth came later." in page
        assert "or the value is another by now" in page
    assert Client().get(f"/api/v1/pledges/{pledge.public_id}/").json()["claims"][0]["reason"] == "A fourth came later."


def test_a_passage_without_a_number_says_no_five(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other")
    reading = Reading("Germany is contributing four Eurofighter jets.", "as it is")
    take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)
    claims = [
        {"document": "paper", "quote": quote, "field": "items[ef].quantity"}
        for quote in ("four Eurofighter jets", "Eurofighter jets")
    ]
    desk.pledge(items=[ITEM | {"quantity": "5"}], claims=claims)
    told = [error.message for error in Finding.objects.filter(rule="support-broken")]
    assert told == ["No passage says 5: claim paper-0001 has “four Eurofighter jets”."]


def test_words_that_a_newer_text_has_no_more_are_found_and_those_that_moved_are_not(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other")

    def read_again(content: str, language: str = "en") -> None:
        reading = Reading(content, "", "", language)
        take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)

    read_again("Germany is contributing four Eurofighter jets.")
    quoted = {"document": "paper", "quote": "four Eurofighter jets", "field": "items[ef].quantity"}
    pledge = desk.pledge(items=[ITEM], claims=[quoted])
    read_again("By our own reporter. Germany is contributing four Eurofighter jets.")
    read_again("Deutschland stellt vier Eurofighter.", "de")
    assert not found(pledge, "gone-from-newest-text")
    read_again("Germany is contributing three Eurofighter jets, and not four, as we wrote.")
    assert found(pledge, "gone-from-newest-text") == [("gone-from-newest-text", "items[ef].quantity")]
    [message] = Finding.objects.filter(rule="gone-from-newest-text").values_list("message", flat=True)
    assert "Version 4 of A paper, read on" in message


def test_a_claim_of_a_whole_line_that_a_text_breaks_is_an_error_at_its_line(desk: Desk) -> None:
    paper = desk.write("document", id="paper", name="A paper", tier="other", sha256="1" * 64)
    pledge = desk.pledge(claims=[{"document": "paper", "quote": "Germany gives them", "field": "shares[DEU]"}])
    assert not found(pledge, "support-broken")
    reading = Reading("France gives none.", "as it is")
    take_in(document=Document.objects.get(pk=paper.pk), reading=reading, by=desk.editor, at=desk.at)
    assert found(pledge, "support-broken") == [("support-broken", "shares[DEU]")]


def test_an_amount_wants_a_source_that_stands_near(desk: Desk) -> None:
    desk.write("document", id="rumour", name="A rumour", tier="other")
    desk.write("document", id="ministry", name="The ministry", tier="primary")
    field = {"field": "entries[commitment].amount", "reason": "Read in print."}
    pledge = desk.pledge(claims=[field | {"document": "rumour"}])
    assert found(pledge, "tier-too-low")
    desk.write("pledge", id=pledge.public_id, claims=[field | {"document": "ministry"}, field | {"document": "rumour"}])
    assert not found(pledge, "tier-too-low")


def test_a_record_is_an_orphan_until_another_refers_to_it(desk: Desk) -> None:
    platform = desk.write("platform", id="f-16", name="F-16", category="fighters")
    assert found(platform) == [("orphan", "")]
    desk.pledge(items=[ITEM | {"platform": "f-16"}])
    assert found(platform) == []


def test_findings_go_with_their_record_and_come_back_with_what_was_before(desk: Desk) -> None:
    pledge = desk.pledge()
    desk.publish()
    desk.write("pledge", id=pledge.public_id, shares=[])
    assert found(pledge, "shares-missing")
    desk.discard()
    assert not found(pledge, "shares-missing")
    draft = desk.pledge(shares=[])
    desk.withdraw(draft)
    assert not Finding.objects.filter(record_id=draft.public_id).exists()


def test_a_waiver_says_who_when_and_why_and_falls_when_its_value_changes(desk: Desk) -> None:
    pledge = desk.pledge(entries=[COMMITTED | {"amount": "0"}])
    finding = Finding.objects.get(rule="zero-quantity")
    with pytest.raises(CurationError, match="Say why"):
        waiving.waive(finding=finding, by=desk.editor, reason=" ", at=desk.at)
    with pytest.raises(NotAllowed):
        waiving.waive(finding=finding, by=UserFactory(role="viewer"), reason="So it is.", at=desk.at)
    waived = waiving.waive(finding=finding, by=desk.editor, reason="The budget says nought.", at=desk.at)
    with pytest.raises(WrongStatus):
        waiving.waive(finding=finding, by=desk.editor, reason="Again.", at=desk.at)
    before = health_of("pledge", [pledge.public_id])[pledge.public_id]
    desk.write("pledge", id=pledge.public_id, name="Another name")
    finding.refresh_from_db()
    assert (finding.waived_by, finding.waived_at, finding.reason) == (
        desk.editor, waived.waived_at, "The budget says nought.",
    )  # fmt: skip
    desk.write("pledge", id=pledge.public_id, entries=[COMMITTED | {"number": 1, "amount": "0", "currency": "USD"}])
    finding.refresh_from_db()
    assert finding.waived_at is not None, "the value is the same"
    desk.write("pledge", id=pledge.public_id, entries=[COMMITTED | {"number": 1, "amount": "0.00", "stage": "pledge"}])
    assert not Finding.objects.filter(pk=finding.pk).exists(), "the field is another"
    assert before.errors == 0


def test_lists_are_ordered_by_health_and_a_change_set_knows_its_findings(desk: Desk) -> None:
    fair = desk.pledge(entries=[COMMITTED | {"amount": "0"}])
    poor = desk.pledge(shares=[])
    ordered = type(poor).objects.order_by(by_health("pledge").desc()).values_list("public_id", flat=True)
    assert list(ordered) == [poor.public_id, fair.public_id]
    assert health_of("pledge", [poor.public_id])[poor.public_id].worst == "error"
    assert {finding.record_id for finding in findings_of(desk.open())} == {poor.public_id, fair.public_id}


def test_every_rule_says_what_is_right(desk: Desk) -> None:
    assert all(str(rule.sentence).endswith(".") and rule.kinds for rule in RULES.values())
