"""The door: a change set passes as one, or not at all, and takes along what follows from it."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from tests.curation.desk import Desk, everything, ledger, shelf, versions
from tracker.curation.callbacks import unwatched
from tracker.curation.errors import Refused
from tracker.curation.publishing import effect, publishing
from tracker.curation.quality import waiving
from tracker.lib import canonical
from tracker.models import ChangeSet, Contribution, Facet, Finding, Platform, Pledge, Publication
from tracker.records.engine.references import reference_from
from tracker.records.registry import document_of
from tracker.reporting.desk.effects import totals_in_words

USUAL_ITEMS = [{"platform": "ef", "quantity": "3"}]


def names_on_shelf() -> str:
    """Return every document that stands, as one text."""
    return "\n".join(Publication.objects.published().values_list("document", flat=True))


def test_an_error_in_one_record_publishes_none_and_names_it(desk: Desk) -> None:
    good = desk.pledge()
    bad = desk.pledge(shares=[{"contributor": "DEU", "fraction": "0.5"}], name="Half a pledge")
    change_set = desk.submit()
    before = everything()
    with pytest.raises(Refused) as caught:
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert everything() == before
    assert [(p.kind, p.public_id) for p in caught.value.problems] == [("pledge", bad.public_id)]
    assert good.public_id not in str(caught.value)
    assert "50.00 % of the whole" in str(caught.value)


def test_the_moment_is_taken_once_nobody_else_can_publish(desk: Desk) -> None:
    """What is answered as of a moment must not gain rows afterwards."""
    desk.pledge()
    change_set = desk.submit()
    asked: list[dt.datetime] = []

    def clock() -> dt.datetime:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid = pg_backend_pid()"
                )
                assert cursor.fetchone() == (1,)
        assert connection.in_atomic_block
        asked.append(desk.at + dt.timedelta(hours=1))
        return asked[-1]

    publishing.publish(change_set=change_set, by=desk.reviewer, at=clock)
    change_set.refresh_from_db()
    assert [change_set.published_at] == asked


def test_unpublished_records_are_brought_along_unless_somebody_holds_them(desk: Desk) -> None:
    desk.write("party", id="FRA", name="France", by=desk.other)
    desk.write("party", id="LUX", name="Luxembourg", by=desk.other)
    pledge = desk.pledge(shares=[{"contributor": "FRA"}])
    change_set = desk.submit()
    before = everything()
    with pytest.raises(Refused, match=rf"pledge {pledge.public_id}: it refers to party FRA.*otto holds it in change"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert everything() == before
    desk.publish(desk.other)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    free = Platform.objects.create(public_id="free", name="Free", category_id=Platform.objects.get().category_id)
    desk.pledge(items=[{"platform": "free", "quantity": "1"}])
    published = desk.publish()
    assert shelf("platform", "free") == document_of(free)
    assert published.edits.filter(kind="platform", public_id="free").exists(), "and the change set says so"


def test_no_draft_of_another_change_set_leaks(desk: Desk) -> None:
    party = {"id": "DEU", "name": "SECRET name", "aliases": ["SECRET alias"], "description": "SECRET"}
    desk.write("party", **party, by=desk.other)
    desk.write("category", id="aircraft", name="SECRET branch", by=desk.other)
    desk.write("category", id="secret", name="SECRET", by=desk.other)
    desk.write("category", id="fighters", parent="secret", by=desk.other)
    desk.write("platform", id="ef", name="SECRET platform", manufacturer="UKR", by=desk.other)
    desk.write("document", id="source", name="SECRET source", by=desk.other)
    desk.pledge(items=USUAL_ITEMS, claims=[{"document": "source", "quote": "words"}])
    desk.write("group", id="G", name="G", memberships=[{"party": "DEU", "valid_from": "2020-01-01"}])
    desk.publish()
    assert "secret" not in names_on_shelf().lower()
    assert not Facet.objects.filter(value__icontains="secret").exists()
    assert not Publication.objects.filter(search__icontains="secret").exists()
    [row] = ledger(is_headline=True)
    assert (row.category_path, row.manufacturer) == ("/aircraft/fighters/", "")


def test_the_order_in_a_document_does_not_tell_of_drafts(desk: Desk) -> None:
    members = [{"party": code, "valid_from": "2020-01-01"} for code in ("NLD", "DEU")]
    desk.write("group", id="G", name="G", memberships=members)
    desk.write("initiative", id="plan", name="Plan", kind="fund", leads=["NLD", "DEU"])
    desk.publish()
    before = shelf("group", "G"), shelf("initiative", "plan")
    desk.write("party", id="DEU", name="Zebra", by=desk.other)
    desk.write("group", id="G")
    desk.write("initiative", id="plan")
    desk.publish()
    assert (shelf("group", "G"), shelf("initiative", "plan")) == before


def test_a_rename_is_carried_into_every_document_that_says_the_name(desk: Desk) -> None:
    pledge = desk.pledge(claims=[{"document": "source", "quote": "words"}])
    umbrella = desk.pledge(links=[{"link": "restates", "target": pledge.public_id}])
    desk.write("group", id="G", name="G", memberships=[{"party": "DEU", "valid_from": "2020-01-01"}])
    desk.write("official", id="o", name="O", office="Minister", party="DEU")
    desk.write("party", id="BW", name="Bundeswehr", part_of="DEU")
    desk.publish()
    desk.write("pledge", id=pledge.public_id, name="Draft title", by=desk.other)
    desk.write("party", id="DEU", name="Deutschland")
    change_set = desk.publish()
    written = set(change_set.publications.values_list("kind", "public_id"))
    assert written == {
        ("party", "DEU"), ("party", "BW"), ("pledge", pledge.public_id), ("pledge", umbrella.public_id),
        ("group", "G"), ("official", "o"),
    }  # fmt: skip
    assert "Germany" not in names_on_shelf()
    assert shelf("pledge", pledge.public_id)["name"] == "A pledge", "the draft of its title stays a draft"  # type: ignore[index]
    assert Publication.objects.published().get(kind="official").search.count("deutschland") == 1
    assert pledge.public_id.startswith("DEU-"), "and no id changes"
    assert len(ledger()) == 2
    desk.discard(desk.other)
    assert document_of(Pledge.objects.get(pk=pledge.pk)) == shelf("pledge", pledge.public_id)


def test_moving_a_category_moves_all_within_it(desk: Desk) -> None:
    pledge = desk.pledge(items=USUAL_ITEMS)
    desk.publish()
    desk.write("category", id="weapons", name="Weapons")
    desk.write("category", id="aircraft", name="Planes", parent="weapons")
    desk.publish()
    path = ["weapons", "aircraft", "fighters"]
    assert shelf("category", "fighters")["path"] == path  # type: ignore[index]
    assert shelf("category", "fighters")["parent"]["name"] == "Planes"  # type: ignore[index]
    assert shelf("platform", "ef")["category"]["path"] == path  # type: ignore[index]
    assert shelf("pledge", pledge.public_id)["items"][0]["platform"]["category"]["path"] == path  # type: ignore[index]
    assert {row.category_path for row in ledger()} == {"/weapons/aircraft/fighters/"}
    facets = Facet.objects.filter(publication__recorded_to=None, publication__kind="pledge", name="category")
    assert set(facets.values_list("value", flat=True)) == set(path)


def test_two_drafts_that_would_put_a_category_within_itself(desk: Desk) -> None:
    desk.write("category", id="fighters", parent=None, by=desk.other)
    desk.write("category", id="aircraft", parent="fighters")
    change_set = desk.submit()
    with pytest.raises(Refused, match="category aircraft: it would stand within itself"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    desk.publish(desk.other)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert shelf("platform", "ef")["category"]["path"] == ["fighters"]  # type: ignore[index]
    assert shelf("category", "aircraft")["path"] == ["fighters", "aircraft"]  # type: ignore[index]


def test_what_is_still_referred_to_is_not_withdrawn(desk: Desk) -> None:
    pledge = desk.pledge(items=USUAL_ITEMS, claims=[{"document": "source", "quote": "words"}])
    desk.publish()
    platform = Platform.objects.get()
    desk.withdraw(platform)
    change_set = desk.submit()
    with pytest.raises(Refused, match=f"platform ef: pledge {pledge.public_id} still refers to it"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    desk.write("pledge", id=pledge.public_id, items=[], by=desk.other)
    desk.publish(desk.other)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert versions("platform", "ef") == [(1, False), (2, True)]
    desk.write("pledge", id=pledge.public_id, items=USUAL_ITEMS)
    change_set = desk.submit()
    with pytest.raises(Refused, match=f"pledge {pledge.public_id}: it refers to platform ef, which is withdrawn"):
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert shelf("platform", "ef") is None, "nor is it brought back by what refers to it"


def test_a_record_and_what_refers_to_it_are_withdrawn_together(desk: Desk) -> None:
    pledge = desk.pledge(items=USUAL_ITEMS)
    desk.publish()
    desk.withdraw(pledge)
    desk.withdraw(Platform.objects.get())
    desk.publish()
    assert (shelf("pledge", pledge.public_id), shelf("platform", "ef"), ledger()) == (None, None, [])


def test_a_new_price_posts_the_pledges_that_use_it_and_no_others(desk: Desk) -> None:
    valued = desk.pledge(items=USUAL_ITEMS, entries=[{"stage": "commitment"}])
    desk.pledge(name="Without the platform")
    stated = desk.pledge(items=[{"platform": "ef", "quantity": "unknown"}])
    desk.publish()
    before = desk.now
    old = [row.eur_cents for row in ledger(pledge=valued.public_id)]
    price = {"basis": "market_price", "valid_from": "2025-01-01", "amount": "250.00", "currency": "EUR"}
    desk.write("platform", id="ef", prices=[price])
    change_set = desk.publish()
    assert (old, [row.eur_cents for row in ledger(pledge=valued.public_id)]) == ([30_000], [75_000])
    assert [row.eur_cents for row in ledger(before, pledge=valued.public_id)] == old
    assert set(change_set.publications.values_list("public_id", flat=True)) == {"ef", valued.public_id}
    documents = Publication.objects.filter(public_id=valued.public_id).values_list("document", flat=True)
    assert len(documents) == 2
    assert len(set(documents)) == 1, "the pledge says what it said"
    assert versions("pledge", stated.public_id) == [(1, False)], "no row of it changed"


def test_a_changed_umbrella_posts_its_tranches(desk: Desk) -> None:
    umbrella = desk.pledge(entries=[{"stage": "allocation", "amount": "5.00", "currency": "EUR"}])
    tranche = desk.pledge(links=[{"link": "tranche_of", "target": umbrella.public_id}])
    desk.publish()
    assert [row.is_netted for row in ledger(pledge=tranche.public_id)] == [False]
    desk.write("pledge", id=umbrella.public_id, entries=[{"stage": "commitment", "amount": "9.00", "currency": "EUR"}])
    desk.publish()
    assert [row.is_netted for row in ledger(pledge=tranche.public_id)] == [True]


def test_a_name_that_changes_back_and_forth_closes_each_version_when_the_next_begins(desk: Desk) -> None:
    moment = desk.at
    for name in ("B", "C", "Germany"):
        desk.write("party", id="DEU", name=name)
        desk.publish(at=moment)
    times = list(
        ChangeSet.objects.filter(published_at__isnull=False).order_by("pk").values_list("published_at", flat=True)
    )
    assert times[1:] == [moment + dt.timedelta(microseconds=n) for n in range(3)], "moments never tie"
    rows = Publication.objects.filter(kind="party", public_id="DEU").order_by("version")
    assert [row.recorded_to for row in rows] == [*times[1:], None]
    assert [shelf("party", "DEU", at)["name"] for at in times] == ["Germany", "B", "C", "Germany"]  # type: ignore[index]


def test_an_edit_that_changes_nothing_writes_nothing(desk: Desk) -> None:
    pledge = desk.pledge()
    desk.publish()
    count = Publication.objects.count(), Contribution.objects.count()
    desk.write("pledge", id=pledge.public_id, name="A pledge")
    assert desk.publish().publications.count() == 0
    assert (Publication.objects.count(), Contribution.objects.count()) == count


def test_a_rehearsal_says_before_and_after_and_leaves_nothing(desk: Desk) -> None:
    pledge = desk.pledge()
    desk.write("party", id="DEU", name="Deutschland")
    change_set = desk.submit()
    before = everything()

    def measure() -> tuple[Any, ...]:
        return shelf("party", "DEU")["name"], [row.eur_cents for row in ledger()]  # type: ignore[index]

    effect = publishing.rehearse(change_set=change_set, at=desk.at, measure=measure)
    assert effect == (("Germany", []), ("Deutschland", [100_000_000]))
    assert everything() == before
    assert shelf("pledge", pledge.public_id) is None
    assert canonical.dump(document_of(pledge)), "and the change set can still be published"
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)


def test_a_category_is_renamed_beside_a_new_pledge_of_a_platform_in_it(desk: Desk) -> None:
    """The platform comes along; publishing once went on for ever, saying now the old name, now the new one."""
    desk.write("category", id="fighters", name="Fighter aircraft")
    pledge = desk.pledge(items=[{"platform": "ef", "quantity": "2"}])
    desk.publish()
    published = shelf("pledge", pledge.public_id)
    assert published
    assert published["items"][0]["platform"] == reference_from("platform", shelf("platform", "ef") or {})
    assert published["items"][0]["platform"]["category"]["name"] == "Fighter aircraft"


def test_an_entry_long_before_its_announcement_is_published_only_where_that_is_waived(desk: Desk) -> None:
    early = {"stage": "delivery", "date": "2009", "amount": "1.00", "currency": "EUR"}
    # A year before is a finding, and published: what is given may be told late.
    told_late = desk.pledge(announced="2025-05", entries=[early | {"date": "2024-06"}])
    pledge = desk.pledge(announced="2025-05", entries=[early])
    change_set = desk.submit()
    with pytest.raises(Refused, match="2009 is long before the pledge was announced") as refused:
        publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    assert [problem.public_id for problem in refused.value.problems] == [pledge.public_id]
    finding = Finding.objects.get(rule="impossible-date", record_id=pledge.public_id)
    waiving.waive(finding=finding, by=desk.reviewer, reason="Given in 2009, told in 2025.", at=desk.at)
    publishing.publish(change_set=change_set, by=desk.reviewer, at=desk.at)
    published = Publication.objects.published().filter(kind="pledge").values_list("public_id", flat=True)
    assert {*published} == {pledge.public_id, told_late.public_id}


def test_an_effect_says_unknown_where_no_amount_was_known_and_not_zero(desk: Desk) -> None:
    entry: dict[str, Any] = {"number": 1, "stage": "commitment", "amount": None, "currency": ""}
    pledge = desk.pledge(entries=[entry])
    desk.publish()
    desk.write("pledge", id=pledge.public_id, entries=[entry | {"amount": "5.00", "currency": "EUR"}])
    found = effect.outcome(change_set=desk.open(), at=desk.at, watch=unwatched)
    assert found["tables"]["contributor"] == [("DEU", "", "commitment", None, 500)]
    assert found["totals"] == [("commitment", None, 500)]
    [cell] = totals_in_words(found["totals"])
    assert (cell.before, cell.after, cell.difference) == ("unknown", "5.00", "+5.00")
