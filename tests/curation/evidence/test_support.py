"""What stands behind a claim is worked out: at every save, when a text comes, and at publishing."""

from typing import Any

import pytest
from rest_framework.serializers import ValidationError

from tests.curation.desk import Desk, with_basics
from tracker.curation.desk.texts import Reading, take_in
from tracker.curation.errors import Refused
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.lib import canonical
from tracker.models import ChangeSet, Claim, Document, Publication, Text

pytestmark = pytest.mark.django_db

CONTENT = (
    "Germany is contributing four Eurofighter jets. It pays 12 million euros for them in September 2025, "
    "not a gift of $12 million."
)
ITEM = {"platform": "ef", "quantity": "4"}
FOUR = {"document": "paper", "quote": "four Eurofighter jets", "field": "items[ef].quantity", "value": "four"}


@pytest.fixture(scope="module")
def desk(module_db: None) -> Desk:
    """A desk with the text of a paper, for all tests of the module."""
    desk = with_basics()
    desk.write("document", id="paper", name="A paper")
    bring(desk, CONTENT)
    desk.publish()
    return desk


def bring(desk: Desk, content: str) -> Text:
    paper = Document.objects.get(public_id="paper")
    return take_in(document=paper, reading=Reading(content, "as it is"), by=desk.editor, at=desk.at).text


def claim() -> Claim:
    return Claim.objects.get()


def test_a_quote_that_stands_in_the_text_is_a_passage_with_its_place(desk: Desk) -> None:
    desk.pledge(items=[ITEM], claims=[FOUR])
    found = claim()
    assert (found.support, found.score, found.text_sha256) == ("passage", 100, "")
    assert CONTENT[found.passage_start : found.passage_end] == FOUR["quote"]


@pytest.mark.parametrize("named", ["items[1].quantity", "items[#1].quantity", "items[EF].quantity"])
def test_a_field_is_kept_by_the_name_that_stays(named: str, desk: Desk) -> None:
    desk.pledge(items=[ITEM], claims=[FOUR | {"field": named}])
    assert claim().field == "items[ef].quantity"


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"field": "items[f-16].quantity"}, "field", "items[ef].quantity"),
        ({"field": "nonsense"}, "field", "There is no field “nonsense”; there are: "),
        ({"field": "nonsense", "reason": "I say so"}, "field", "There is no field “nonsense”; there are: "),
        ({"quote": "five Eurofighter jets"}, "quote", "four Eurofighter jets"),
    ],
)
def test_an_invented_field_or_quote_is_refused_with_what_there_is(
    wrong: Any, field: str, said: str, desk: Desk
) -> None:
    with pytest.raises(ValidationError) as caught:
        desk.pledge(items=[ITEM], claims=[{"document": "source"}, FOUR | wrong])
    [first, second] = caught.value.detail["claims"]  # type: ignore[index, call-overload]
    assert first == {}
    assert said in str(second[field])
    assert not Claim.objects.exists()


def test_a_value_that_the_record_no_longer_has_breaks_its_claim_and_is_not_published(desk: Desk) -> None:
    pledge = desk.pledge(items=[ITEM], claims=[FOUR])
    desk.publish()
    desk.write("pledge", id=pledge.public_id, items=[ITEM | {"number": 1, "quantity": "5"}])
    assert (claim().support, claim().score) == ("broken", 100)
    with pytest.raises(Refused, match="does not hold"):
        desk.publish()
    change_sets.reject(change_set=ChangeSet.objects.get(status="submitted"), by=desk.reviewer, reason="No", at=desk.at)
    claims = [FOUR | {"id": claim().public_id, "reason": "The ministry corrected it to five."}]
    desk.write("pledge", id=pledge.public_id, claims=claims)
    desk.submit()
    publishing.publish(change_set=ChangeSet.objects.get(status="submitted"), by=desk.reviewer, at=desk.at)
    shelved = canonical.load(Publication.objects.published().get(kind="claim").document)
    assert (shelved["support"], shelved["reason"]) == ("broken", "The ministry corrected it to five.")


def test_an_adopted_claim_needs_a_passage_or_a_reason(desk: Desk) -> None:
    desk.write("document", id="other", name="Another")
    pledge = desk.pledge(claims=[{"document": "other", "quote": "no text of this is here"}])
    assert claim().support == "reference"
    with pytest.raises(Refused, match="without a passage or a row"):
        desk.publish()
    assert pledge.public_id


def test_a_text_that_comes_later_settles_what_was_not_held(desk: Desk) -> None:
    desk.write("document", id="paper", name="A paper", sha256="1" * 64)
    Text.objects.all().delete()
    desk.pledge(items=[ITEM], claims=[FOUR])
    assert claim().support == "not_held"
    text = bring(desk, "An introduction. " + CONTENT)
    found = claim()
    assert (found.support, found.text_sha256) == ("passage", text.sha256), "it is not the text that the document says"


def test_the_support_is_published_and_comes_back_when_an_edit_is_discarded(desk: Desk) -> None:
    pledge = desk.pledge(items=[ITEM], claims=[FOUR])
    desk.publish()
    row = Publication.objects.published().get(kind="claim")
    assert canonical.load(row.document)["support"] == "passage"
    assert "It pays" not in row.document, "the text stays on the desk"
    desk.write("pledge", id=pledge.public_id, items=[ITEM | {"number": 1, "quantity": "5"}])
    desk.discard()
    assert (claim().support, claim().field) == ("passage", "items[ef].quantity")


def test_a_text_that_came_meanwhile_is_not_forgotten_when_an_edit_is_discarded(desk: Desk) -> None:
    digest = Reading(CONTENT, "").sha256
    other = Document.objects.get(pk=desk.write("document", id="other", name="Another", sha256=digest).pk)
    pledge = desk.pledge(items=[ITEM], claims=[FOUR | {"document": "other"}])
    desk.publish()
    assert claim().support == "not_held"
    desk.write("pledge", id=pledge.public_id, name="Another name")
    take_in(document=other, reading=Reading(CONTENT, "as it is"), by=None, at=desk.at)
    desk.discard()
    assert claim().support == "passage"


@pytest.mark.parametrize(
    ("value", "quote", "support"),
    [
        ("12 million", "It pays 12 million euros", "passage"),
        ("", "It pays 12 million euros", "passage"),
        ("EUR 13m", "It pays 12 million euros", "broken"),
        ("USD 12 million", "", "broken"),
        ("", "a gift of $12 million", "broken"),
        ("", "four Eurofighter jets", "broken"),
    ],
)
def test_numbers_are_compared_with_the_record(value: str, quote: str, support: str, desk: Desk) -> None:
    entry = {"stage": "commitment", "amount": "12000000.00", "currency": "EUR", "date": "2025-09"}
    field = "entries[commitment 2025-09].amount"
    desk.pledge(entries=[entry], claims=[{"document": "paper", "field": field, "value": value, "quote": quote}])
    assert claim().support == support


def test_a_rival_claim_need_not_say_what_the_record_says(desk: Desk) -> None:
    rival = FOUR | {"verdict": "open", "value": "three"}
    desk.pledge(items=[ITEM], claims=[rival])
    assert claim().support == "passage"


def test_a_second_line_of_the_same_breaks_no_claim_of_the_first(desk: Desk) -> None:
    first = ITEM | {"description": "Over Poland"}
    pledge = desk.pledge(items=[first], claims=[FOUR])
    desk.write("pledge", id=pledge.public_id, items=[first | {"number": 1}, {"platform": "ef", "quantity": "2"}])
    assert (claim().field, claim().support) == ("items[Over Poland].quantity", "passage")
    desk.write("pledge", id=pledge.public_id, items=[first | {"number": 1}])
    assert (claim().field, claim().support) == ("items[ef].quantity", "passage")


def test_a_new_claim_may_call_a_line_as_it_was_called_before_the_same_edit(desk: Desk) -> None:
    """So the form calls it beside which a second line is being typed."""
    first = ITEM | {"number": 1, "description": "Over Poland"}
    pledge = desk.pledge(items=[first])
    desk.write("pledge", id=pledge.public_id, items=[first, {"platform": "ef", "quantity": "2"}], claims=[FOUR])
    assert (claim().field, claim().support) == ("items[Over Poland].quantity", "passage")


def test_a_line_whose_own_name_is_mended_keeps_its_claims(desk: Desk) -> None:
    """An entry is called by its date, too; the claim of its amount is that of the entry when the date is put right."""
    entry = {"number": 1, "stage": "commitment", "amount": "12000000.00", "currency": "EUR", "date": "2025-08"}
    said = {"document": "paper", "field": "entries[1].amount", "quote": "12 million euros"}
    pledge = desk.pledge(entries=[entry], claims=[said])
    desk.write("pledge", id=pledge.public_id, entries=[entry | {"date": "2025-09"}])
    assert (claim().field, claim().support) == ("entries[commitment 2025-09].amount", "passage")


def test_a_line_that_becomes_another_thing_leaves_its_claims_behind(desk: Desk) -> None:
    desk.write("platform", id="f16", name="F-16", category="fighters")
    pledge = desk.pledge(items=[ITEM | {"description": "Over Poland"}], claims=[FOUR])
    desk.write("pledge", id=pledge.public_id, items=[{"number": 1, "platform": "f16", "quantity": "4"}])
    assert (claim().field, claim().support) == ("items[ef].quantity", "broken")


def test_a_line_called_by_its_number_leaves_its_claims_behind_when_it_becomes_another_thing(desk: Desk) -> None:
    desk.write("platform", id="f16", name="F-16", category="fighters")
    first, second = ITEM | {"number": 1}, ITEM | {"number": 2}
    pledge = desk.pledge(items=[first, second], claims=[FOUR | {"field": "items[#1].quantity"}])
    assert (claim().field, claim().support) == ("items[#1].quantity", "passage")
    desk.write("pledge", id=pledge.public_id, items=[first | {"condition": "new"}, second])
    assert claim().support == "passage"
    desk.write("pledge", id=pledge.public_id, items=[first | {"platform": "f16"}, second])
    assert (claim().field, claim().support) == ("items[#1].quantity", "broken")


@pytest.mark.parametrize(
    ("item", "field", "value", "support"),
    [
        (ITEM | {"quantity": "unknown"}, "items[ef].quantity", "four", "broken"),
        (ITEM | {"quantity": "unknown"}, "items[ef].quantity", "some", "passage"),
        (ITEM, "items[ef].description", "for flights", "broken"),
        (ITEM, "items[ef].supplier", "Germany", "broken"),
        (ITEM, "items[ef].description", "", "passage"),
        (ITEM, "items[ef]", "Leopard", "broken"),
        (ITEM, "items[ef]", "Eurofighter jets", "passage"),
        (ITEM, "shares[DEU]", "Netherlands", "broken"),
        (ITEM, "shares[DEU]", "Germany", "passage"),
        (ITEM, "shares[DEU]", "EUR 2 million", "passage"),
    ],
)
def test_a_value_is_not_the_record_s_where_that_says_nothing_or_names_another(
    item: Any, field: str, value: str, support: str, desk: Desk
) -> None:
    desk.pledge(items=[item], claims=[FOUR | {"field": field, "value": value, "quote": "Germany is contributing"}])
    assert claim().support == support
