"""New from document: a text is brought, its facts are accepted, set right, refused and taken back in place."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tracker.models import Document, Edit, Pledge, Text

pytestmark = pytest.mark.django_db

NEW = "/admin/tracker/text/new-from-document/"
ARTICLE = "THE HAGUE, 20 October 2025. The Netherlands will give Ukraine 50 million euros for PURL, it said on Monday."


def bring(browser: Client, **given: str) -> str:
    """Bring a text, and return the address of what it proposes."""
    answer = browser.post(NEW, {"pasted": ARTICLE, "published": "2025-10-20"} | given)
    assert answer.status_code == 302, answer.context["form"].errors
    return str(answer["Location"])


def decide(browser: Client, address: str, decision: str, **given: Any) -> Any:
    card = browser.get(address).context["cards"][0]
    key = card.proposal.key
    named = {f"{key}-{name.replace('_', '-')}": value for name, value in given.items()}
    return browser.post(address, {"decision": f"{decision}:{key}", "change_set": "new",
                                  "change_set_cause": "new_information", **named}, follow=True)  # fmt: skip


def test_a_pasted_text_becomes_a_document_and_proposes_a_pledge(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor)
    assert (Document.objects.exclude(public_id="press-release").count(), Text.objects.count()) == (1, 1)
    page = browsers.editor.get(address).content.decode()
    assert "<mark" in page
    assert "EUR 50" in page
    assert 'id="proposal-1"' in page
    assert "Nobody has said when this was published" not in page
    assert not Pledge.objects.exists()


def test_a_proposal_is_set_right_accepted_and_taken_back(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor)
    answer = decide(browsers.editor, address, "new", entries_1_amount="55000000", name="Fifty-five for PURL")
    assert "Accepted" in answer.content.decode()
    pledge = Pledge.objects.get()
    assert (pledge.name, pledge.entries.get().amount, pledge.initiative) == (
        "Fifty-five for PURL",
        55000000,
        world.purl,
    )
    assert Edit.objects.filter(public_id=pledge.public_id).exists()
    decide(browsers.editor, address, "undo")
    assert not Pledge.objects.exists()


def test_all_that_is_accepted_from_a_text_is_one_change_set(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor, pasted=f"{ARTICLE}\n\nNorway will give 7 billion kroner for PURL.")
    for at in (0, 1):
        key = browsers.editor.get(address).context["cards"][at].proposal.key
        browsers.editor.post(
            address, {"decision": f"new:{key}", "change_set": "new", "change_set_cause": "new_information"}
        )
    assert Edit.objects.filter(kind="pledge").values("change_set").distinct().count() == 1
    assert Edit.objects.filter(kind="pledge").count() == 2


def test_what_is_refused_rests_and_can_be_brought_back(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor)
    assert decide(browsers.editor, address, "refuse").context["cards"][0].refused
    assert not decide(browsers.editor, address, "restore").context["cards"][0].refused
    assert not Pledge.objects.exists()


def test_what_is_typed_wrong_is_said_and_nothing_is_written(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor)
    answer = decide(browsers.editor, address, "new", entries_1_amount="1.500")
    assert "Not accepted" in answer.content.decode()
    assert not Pledge.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"pasted": ""}, "one of the two"),
        ({"pasted": "<html></html>"}, "no text"),
        ({"published": "30.02.2025"}, "30.02.2025"),
    ],
)
def test_what_cannot_be_read_is_asked_about(browsers: SimpleNamespace, given: dict[str, str], said: str) -> None:
    answer = browsers.editor.post(NEW, {"pasted": ARTICLE} | given)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not Document.objects.exists()


def test_who_may_not_add_may_only_look(browsers: SimpleNamespace, world: Any) -> None:
    address = bring(browsers.editor)
    page = browsers.viewer.get(address).content.decode()
    assert "decision" not in page
    assert browsers.viewer.get(NEW).status_code == 403
    key = browsers.editor.get(address).context["cards"][0].proposal.key
    assert browsers.viewer.post(address, {"decision": f"new:{key}"}).status_code == 403
    assert Client().get(address).status_code == 302
    assert not Pledge.objects.exists()


def test_what_another_holds_is_said(browsers: SimpleNamespace, world: Any, users: SimpleNamespace) -> None:
    factories.PledgeFactory(
        initiative=world.purl,
        share__contributor=world.netherlands,
        beneficiary=world.ukraine,
        announced="2025-10",
        entry__amount=50000000,
    )
    address = bring(browsers.editor)
    card = browsers.editor.get(address).context["cards"][0]
    assert str(card.proposal.comparison.status) == "same"
    assert [way for way, _label in card.ways] == ["claims", "new"]


def test_what_is_less_sure_stands_folded_and_is_no_proposal(browsers: SimpleNamespace, world: Any) -> None:
    unsure = "Of the drones, some have left by ship, it said earlier, and deliveries of the rest follow in July."
    address = bring(browsers.editor, pasted=f"{ARTICLE}\n\n{unsure}")
    answer = browsers.editor.get(address)
    assert [card.proposal.fact.kind for card in answer.context["cards"]] == ["pledge"]
    assert [card.proposal.fact.kind for card in answer.context["also"]] == ["delivery"]
    assert "Also found in this text" in answer.content.decode()
