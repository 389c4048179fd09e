"""One pledge on one page."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tests.admin.conftest import errors_of, form_data, new_pledge, without_page
from tracker.models import ChangeSet, Claim, Edit, Entry, Item, Pledge, Publication, Share, Valuation

ADD = "/admin/tracker/pledge/add/"


def page_of(pledge: Pledge) -> str:
    return f"/admin/tracker/pledge/{pledge.pk}/change/"


def added(users: SimpleNamespace, world: SimpleNamespace, **changes: Any) -> Pledge:
    response = without_page(users.editor, new_pledge(users.editor, world, **changes))
    assert response.status_code == 302, errors_of(response)
    pledge: Pledge = Pledge.objects.get()
    return pledge


def refused(users: SimpleNamespace, world: SimpleNamespace, **changes: Any) -> str:
    response = without_page(users.editor, new_pledge(users.editor, world, **changes))
    assert response.status_code == 200
    assert not Pledge.objects.exists()
    assert not ChangeSet.objects.exists()
    return errors_of(response)


def test_a_pledge_is_entered_on_one_page_and_is_not_public(world: SimpleNamespace, users: SimpleNamespace) -> None:
    pledge = added(users, world)
    assert (pledge.public_id, pledge.announced, pledge.aid_type) == ("NLD-2025-0001", "2025-08", "military")
    assert (pledge.nature, pledge.beneficiary, pledge.initiative) == ("financing", world.ukraine, world.purl)
    assert list(pledge.shares.values_list("contributor__public_id", "amount")) == [("NLD", None)]
    entry = pledge.entries.get()
    assert (entry.number, entry.stage, entry.amount, entry.currency) == (1, "commitment", Decimal(500_000_000), "EUR")
    edit = Edit.objects.get()
    assert (edit.kind, edit.public_id, edit.change_set.author) == ("pledge", "NLD-2025-0001", users.editor)
    assert edit.change_set.message == "Pledge: Netherlands: EUR 500 million for PURL"
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    ("amount", "currency", "stored"),
    [
        ("500 million", "", (Decimal(500_000_000), "EUR", "as stated")),
        ("500 million", "usd", (Decimal(500_000_000), "USD", "as stated")),
        ("EUR 500m", "", (Decimal(500_000_000), "EUR", "as stated")),
        ("$1.5bn", "", (Decimal(1_500_000_000), "USD", "as stated")),
        ("1.5bn", "NOK", (Decimal(1_500_000_000), "NOK", "as stated")),
        ("about EUR 2 bn", "", (Decimal(2_000_000_000), "EUR", "as stated; about EUR 2 bn")),
        ("", "", (None, "", "as stated")),
    ],
)
def test_an_amount_is_typed_as_people_write_it(
    users: SimpleNamespace, world: SimpleNamespace, amount: str, currency: str, stored: tuple[Any, str, str]
) -> None:
    changes = {"entries__0__amount": amount, "entries__0__currency": currency, "entries__0__note": "as stated"}
    entry = added(users, world, **changes).entries.get()
    assert (entry.amount, entry.currency, entry.note) == stored


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"entries__0__currency": "USD"}, "The amount says EUR and the currency USD"),
        ({"entries__0__amount": "", "entries__0__currency": "USD"}, "An amount needs a currency"),
        ({"entries__0__item_number": "3"}, "There is no number 3"),
        ({"nature": "deployment"}, "A deployment is no aid"),
        ({"aid_type": ""}, "military, financial or humanitarian"),
        ({"announced": "3/4/2025"}, "write the one you mean"),
        ({"shares__0__fraction": "1.5"}, "A fraction lies between 0 and 1"),
        ({"shares__0__fraction": "0.5", "shares__0__amount": "1m"}, "Give a fraction or an amount, not both"),
        ({"public_id": "not an id!"}, "letters, digits and single hyphens"),
    ],
)
def test_what_contradicts_itself_is_refused_in_words(
    users: SimpleNamespace, world: SimpleNamespace, changes: dict[str, str], message: str
) -> None:
    assert message in refused(users, world, **changes)


def test_an_entry_names_an_item_of_the_same_form_by_its_number(users: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = added(
        users, world, items__TOTAL_FORMS=2,
        items__0__number="", items__0__platform=world.platform.pk, items__0__quantity="about 40",
        items__1__number="7", items__1__description="spare parts", items__1__quantity="",
        items__0__modality="unknown", items__1__modality="unknown", entries__0__item_number="7",
    )  # fmt: skip
    assert list(pledge.items.values_list("number", "quantity")) == [(7, "unknown"), (8, "about 40")]
    assert pledge.entries.get().item.number == 7


def test_rows_without_numbers_get_the_next_free_ones(users: SimpleNamespace, world: SimpleNamespace) -> None:
    rows = {f"entries__{row}__stage": "allocation" for row in (1, 2)} | {
        f"entries__{row}__amount": f"{row}m" for row in (1, 2)
    }
    pledge = added(users, world, entries__TOTAL_FORMS=3, entries__1__number="", entries__2__number="", **rows)
    assert list(pledge.entries.values_list("number", flat=True)) == [1, 2, 3]


def test_fractions_come_to_one_at_most(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace
) -> None:
    two = {"shares__TOTAL_FORMS": 2, "shares__0__fraction": "0.6", "shares__1__contributor": world.norway.pk}
    assert "together they are 1" in refused(users, world, **two, shares__1__fraction="0.5")
    pledge = added(users, world, **two, shares__1__fraction="0.4")
    # One rises and the other falls: the sum never passes one on the way.
    data = form_data(browsers.editor.get(page_of(pledge)))
    swapped = {"shares-0-fraction": "0.9", "shares-1-fraction": "0.1"}
    assert browsers.editor.post(page_of(pledge), data | swapped).status_code == 302
    assert list(pledge.shares.values_list("fraction", flat=True)) == [Decimal("0.9"), Decimal("0.1")]


def test_a_share_that_goes_makes_room_for_one_that_grows(browsers: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory(share=None)
    factories.ShareFactory(pledge=pledge, contributor=world.norway, fraction=Decimal("0.4"))
    factories.ShareFactory(pledge=pledge, contributor=world.netherlands, fraction=Decimal("0.6"))
    data = form_data(browsers.editor.get(page_of(pledge))) | {"shares-0-fraction": "1", "shares-1-DELETE": "on"}
    assert browsers.editor.post(page_of(pledge), data).status_code == 302
    assert list(pledge.shares.values_list("contributor__public_id", "fraction")) == [("NOR", Decimal(1))]


def test_what_must_be_put_right_is_told_once_it_is_saved(browsers: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    data = form_data(browsers.editor.get(page_of(pledge)))
    right = browsers.editor.post(page_of(pledge), data | {"name": "Another name", "_continue": "1"}, follow=True)
    assert "To be put right" not in right.content.decode()
    data = form_data(browsers.editor.get(page_of(pledge)))
    wrong = browsers.editor.post(page_of(pledge), data | {"shares-0-DELETE": "on", "_continue": "1"}, follow=True)
    assert "To be put right: Nobody is named who bears this pledge." in wrong.content.decode()


def test_a_total_stands_alone(users: SimpleNamespace, world: SimpleNamespace) -> None:
    second = {
        "entries__TOTAL_FORMS": 2, "entries__1__number": "2", "entries__1__stage": "commitment",
        "entries__1__amount": "1m", "entries__1__is_total": "on",
    }  # fmt: skip
    assert "states the total of the stage" in refused(users, world, **second)


def test_an_item_goes_with_the_entry_that_names_it(browsers: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory(entry=None)
    item = factories.ItemFactory(pledge=pledge, number=1)
    factories.EntryFactory(pledge=pledge, number=1, item=item)
    factories.ValuationFactory(pledge=pledge, entry=None, item=item)
    data = form_data(browsers.editor.get(page_of(pledge)))
    alone = browsers.editor.post(page_of(pledge), data | {"items-0-DELETE": "on"})
    assert "There is no number 1" in errors_of(alone)
    freed = {"entries-0-item_number": "", "valuations-0-DELETE": "on"}
    assert browsers.editor.post(page_of(pledge), data | {"items-0-DELETE": "on"} | freed).status_code == 302
    assert not Item.objects.exists()
    assert not Valuation.objects.exists()
    assert Entry.objects.get().item is None


def test_claims_are_rows_of_the_pledge(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace
) -> None:
    claim = {
        "claims__TOTAL_FORMS": 1, "claims__0__document": world.document.pk, "claims__0__quote": "half a billion",
        "claims__0__passage_start": 10, "claims__0__passage_end": 25, "claims__0__verdict": "adopted",
    }  # fmt: skip
    pledge = added(users, world, **claim)
    stored = Claim.objects.get()
    assert (stored.record_kind, stored.record_id) == ("pledge", pledge.public_id)
    assert stored.public_id == "press-release-0001"
    data = form_data(browsers.editor.get(page_of(pledge)))
    rejected = browsers.editor.post(page_of(pledge), data | {"claims-0-verdict": "rejected"})
    assert "Say why the claim is rejected" in errors_of(rejected)
    assert browsers.editor.post(page_of(pledge), data | {"claims-0-DELETE": "on"}).status_code == 302
    assert not Claim.objects.exists()


def test_a_valuation_in_tiv_has_no_currency(users: SimpleNamespace, world: SimpleNamespace) -> None:
    row = {
        "valuations__TOTAL_FORMS": 1, "valuations__0__basis": "tiv", "valuations__0__amount": "4.6",
        "valuations__0__entry_number": "1",
    }  # fmt: skip
    for typed in ({"valuations__0__currency": "EUR"}, {"valuations__0__amount": "USD 4.6"}):
        assert "leave the currency empty" in refused(users, world, **row | typed)
    valuation = added(users, world, **row).valuations.get()
    assert (valuation.basis, valuation.amount, valuation.currency) == ("tiv", Decimal("4.60"), "")


def test_valuations_name_their_rows_by_number(users: SimpleNamespace, world: SimpleNamespace) -> None:
    row = {
        "valuations__TOTAL_FORMS": 1, "valuations__0__basis": "dataset", "valuations__0__amount": "EUR 480m",
    }  # fmt: skip
    assert "name one of them" in refused(users, world, **row)
    pledge = added(users, world, **row, valuations__0__entry_number="1")
    assert pledge.valuations.get().entry == pledge.entries.get()


def test_saving_without_a_change_checks_nothing_out(browsers: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    factories.ItemFactory(pledge=pledge)
    factories.ClaimFactory(record=pledge)
    data = form_data(browsers.editor.get(page_of(pledge)))
    response = browsers.editor.post(page_of(pledge), data, follow=True)
    assert "Nothing was changed." in response.content.decode()
    stayed = browsers.editor.post(page_of(pledge), data | {"_continue": "1"}, follow=True)
    assert "Nothing was changed." in stayed.content.decode()
    assert form_data(stayed)["name"] == pledge.name, "the form is still open"
    assert f'data-but="{pledge.public_id}"' in stayed.content.decode(), "a pledge is no twin of itself"
    assert not Edit.objects.exists()


def test_a_public_id_is_never_changed(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace
) -> None:
    pledge = added(users, world, public_id="NLD-2025-0042")
    data = form_data(browsers.editor.get(page_of(pledge))) | {"public_id": "XXX", "name": "Renamed"}
    assert browsers.editor.post(page_of(pledge), data).status_code == 302
    pledge.refresh_from_db()
    assert (pledge.public_id, pledge.name) == ("NLD-2025-0042", "Renamed")


def test_a_public_id_that_was_given_before_is_refused(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace
) -> None:
    pledge = added(users, world, public_id="NLD-2025-0042")
    browsers.editor.post(f"/admin/tracker/pledge/{pledge.pk}/delete/", {"post": "yes"})
    data = new_pledge(users.editor, world, public_id="NLD-2025-0042")
    response = browsers.editor.post(ADD, data)
    assert "never used twice" in errors_of(response)
    # What was typed is still there.
    assert form_data(response)["entries-0-amount"] == "EUR 500 million"
    assert not Share.objects.exists()
