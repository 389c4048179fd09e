"""Filters of the lists of records: what each keeps, and how those in force are said."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tests import factories
from tracker.curation.desk import records


def listed(browser: Any, kind: str, **query: str) -> list[str]:
    response = browser.get(f"/admin/tracker/{kind}/", query)
    assert response.status_code == 200
    return sorted(record.public_id for record in response.context["cl"].result_list)


def in_force(browser: Any, kind: str, **query: str) -> list[tuple[str, str, str]]:
    response = browser.get(f"/admin/tracker/{kind}/", query)
    return [(each.title, each.value, each.without) for each in response.context["cl"].active_filters]


@pytest.fixture
def aircraft(db: None) -> SimpleNamespace:
    """A branch of two categories, and pledges of a platform there, of a category there, and of another."""
    above = factories.CategoryFactory(name="Aircraft")
    below = factories.CategoryFactory(name="Fighter aircraft", parent=above)
    fighter = factories.PlatformFactory(public_id="fighter", name="Fighter", category=below)
    platform = factories.ItemFactory(pledge__public_id="A-1", pledge__name="A", platform=fighter)
    category = factories.ItemFactory(pledge__public_id="A-2", pledge__name="B", platform=None, category=below)
    factories.ItemFactory(pledge=category.pledge, platform=None, category=above)
    factories.ItemFactory(pledge__public_id="A-3", pledge__name="C")
    return SimpleNamespace(above=above, below=below, fighter=fighter, pledge=platform.pledge)


def test_a_category_is_asked_for_with_its_branches(browsers: SimpleNamespace, aircraft: SimpleNamespace) -> None:
    asked = "items__category__id__exact"
    assert listed(browsers.viewer, "pledge", **{asked: str(aircraft.above.pk)}) == ["A-1", "A-2"]
    assert listed(browsers.viewer, "pledge", **{asked: str(aircraft.below.pk)}) == ["A-1", "A-2"]
    assert listed(browsers.viewer, "platform", category__id__exact=str(aircraft.above.pk)) == ["fighter"]
    assert listed(browsers.viewer, "pledge", items__platform__id__exact=str(aircraft.fighter.pk)) == ["A-1"]


def test_a_field_that_no_filter_of_the_list_reads_is_said_in_words(
    browsers: SimpleNamespace, aircraft: SimpleNamespace
) -> None:
    pledge = aircraft.pledge
    asked = {"aid_kind": "weapons", "aid_type__exact": "military", "beneficiary": str(pledge.beneficiary_id)}
    said = {(title, value) for title, value, _without in in_force(browsers.viewer, "pledge", **asked)}
    assert said == {
        ("Aid type", "military"), ("Finer kind of aid", "weapons"), ("Beneficiary", str(pledge.beneficiary))
    }  # fmt: skip


def test_a_dataset_is_asked_for_or_none(browsers: SimpleNamespace, aircraft: SimpleNamespace) -> None:
    factories.ExternalIdFactory(public_id="A-1", dataset="kiel")
    factories.ExternalIdFactory(public_id="A-1", dataset="kiel", release="22")
    assert listed(browsers.viewer, "pledge", dataset="kiel") == ["A-1"]
    assert listed(browsers.viewer, "pledge", dataset="none") == ["A-2", "A-3"]


@pytest.mark.parametrize(
    ("low", "high", "ids", "said"),
    [
        ("EUR 2m", "", ["B-2", "B-3"], "from EUR 2,000,000 (1 entry has no rate and is left out)"),
        ("EUR 2.2m", "USD 6m", ["B-3"], "from EUR 2,200,000 to USD 6,000,000 (1 entry has no rate and is left out)"),
        ("EUR 2.6m", "", [], "from EUR 2,600,000 (1 entry has no rate and is left out)"),
        ("1m", "2.5 million", ["B-1", "B-2"], "from 1,000,000 in its currency to 2,500,000 in its currency"),
        ("", "1000000.00", ["B-1"], "to 1,000,000 in its currency"),
        ("lots", "", [], "from “lots” is not an amount; write for example 500000000 or 500 million"),
    ],
)  # fmt: skip
def test_amounts_are_read_as_people_write_them(
    browsers: SimpleNamespace, low: str, high: str, ids: list[str], said: str
) -> None:
    factories.PledgeFactory(public_id="B-1")
    two = factories.PledgeFactory(public_id="B-2", entry__amount="2000000")
    factories.EntryFactory(pledge=two, number=2, amount="2100000")
    factories.PledgeFactory(public_id="B-3", announced="2025-08", entry__amount="5000000", entry__currency="USD")
    factories.PledgeFactory(public_id="B-4", announced="2025-08", entry__amount="9000000", entry__currency="NOK")
    factories.ExchangeRateFactory(date="2025-08-04", currency="USD", rate="2")
    asked = {"amount_from": low, "amount_to": high}
    assert listed(browsers.viewer, "pledge", **asked) == ids
    [(title, value, _without)] = in_force(browsers.viewer, "pledge", **asked)
    assert (title, value) == ("Amount of an entry", said)


def test_what_has_no_source_and_what_somebody_holds_is_found(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    sourced, held, neither = (factories.PledgeFactory(public_id=f"C-{n}") for n in range(3))
    factories.ClaimFactory(record=sourced, support="passage")
    with records.edit(record=held, by=users.editor, at=timezone.now()):
        pass
    parties = [str(neither.beneficiary.public_id)]
    assert parties[0] in listed(browsers.viewer, "party", support="none")
    assert listed(browsers.viewer, "pledge", support="none") == ["C-1", "C-2"]
    assert listed(browsers.viewer, "pledge", support="passage") == ["C-0"]
    assert listed(browsers.viewer, "pledge", held_by="editor") == ["C-1"]
    assert listed(browsers.editor, "pledge", held_by="me") == ["C-1"]
    assert listed(browsers.viewer, "pledge", held_by="me") == []


def test_filters_in_force_are_named_and_each_can_be_removed(
    browsers: SimpleNamespace, aircraft: SimpleNamespace
) -> None:
    found = in_force(
        browsers.viewer, "pledge", q="a", items__category__id__exact=str(aircraft.above.pk), state="never_published",
        nature__exact="financing", announced_earliest_from="2025-01-01", announced_earliest__year="2025",
        announced_earliest__month="8", p="1", o="2",
    )  # fmt: skip
    assert [(title, value) for title, value, _without in found] == [
        ("Search", "“a”"), ("State", "never published"), ("Nature", "financing"),
        ("Category, with its branches", "Aircraft"), ("Announced", "from 2025-01-01"), ("Announced", "August 2025"),
    ]  # fmt: skip
    without = found[3][2]
    assert "items__category" not in without
    assert all(name in without for name in ("q=a", "state=", "o=2", "announced_earliest__month"))
    assert "p=1" not in without
    assert in_force(browsers.viewer, "pledge") == []


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"zzz": "1"}, "zzz"), ({"zzz__name__startswith": "1"}, "zzz__name__startswith"),
        ({"items__category__id__exact": "abc"}, "items__category__id__exact"),
        ({"items__category__id__exact": "9" * 30}, "items__category__id__exact"),
        ({"category": "artillery"}, "category"),
        ({"state": "zz"}, "state"), ({"finding": "zz"}, "finding"), ({"support": "zz"}, "support"),
        ({"dataset": "%"}, "dataset"), ({"nature__exact": "zz"}, "nature__exact"), ({"held_by": "\0"}, "held_by"),
        ({"amount_from": "5", "amount_to": "1"}, "amount_to"),
        ({"amount_from": "abc"}, "amount_from"), ({"announced_earliest_from": "abc"}, "announced_earliest_from"),
        ({"announced_earliest__year": "2025", "announced_earliest__month": "99"}, "announced_earliest__month"),
    ],
)  # fmt: skip
def test_a_filter_that_is_not_understood_is_named_and_shows_nothing(
    browsers: SimpleNamespace, aircraft: SimpleNamespace, query: dict[str, str], named: str
) -> None:
    for asked in (query, query | {"q": "A", "nature__exact": query.get("nature__exact", "transfer"), "o": "1"}):
        response = browsers.editor.get("/admin/tracker/pledge/", asked)
        assert response.status_code == 200
        assert list(response.context["cl"].result_list) == []
        assert named in response.context["cl"].not_understood
        assert "does not understand the filter" in response.content.decode()
        # All that is asked stands there, to be taken away one by one.
        in_force = " ".join(each.without for each in response.context["cl"].active_filters)
        assert "q" not in asked or "q=A" in in_force
    chosen = {"action": "edit_selected", "select_across": "1", "_selected_action": str(aircraft.pledge.pk)}
    page = browsers.editor.post(f"/admin/tracker/pledge/?{urlencode(query)}", chosen)
    assert page.status_code in (200, 302)
    assert page.status_code == 302 or page.context["total"] == 0


def test_a_page_that_there_is_not_keeps_the_filters(browsers: SimpleNamespace, aircraft: SimpleNamespace) -> None:
    asked = {"items__category__id__exact": str(aircraft.above.pk)}
    assert listed(browsers.viewer, "pledge", **asked, p="99") == ["A-1", "A-2"]


def test_change_sets_are_asked_for_by_who_made_them_and_by_those_who_may_review(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    """The names are there for those who may not look up accounts."""
    asked = factories.ChangeSetFactory(author=users.editor, assignee=users.reviewer)
    factories.ChangeSetFactory(author=users.second_editor)
    page = browsers.editor.get("/admin/tracker/changeset/", {"assignee": "reviewer", "author": "editor"})
    assert list(page.context["cl"].result_list) == [asked]
    offered = {
        spec.parameter_name: [value for value, _words in spec.lookup_choices]
        for spec in page.context["cl"].filter_specs
        if getattr(spec, "parameter_name", "") in ("author", "assignee")
    }
    assert offered == {"author": ["editor", "second_editor"], "assignee": ["administrator", "reviewer"]}
    odd = browsers.editor.get("/admin/tracker/changeset/", {"assignee": "editor"})
    assert (list(odd.context["cl"].result_list), odd.context["cl"].not_understood) == ([], ["assignee"])
