"""Proposals of a text are compared with the register, accepted as records with passages, and taken back."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tests.curation.desk import Desk
from tracker.curation.desk.texts import Reading, take_in
from tracker.curation.errors import CurationError
from tracker.curation.proposing.accepting import Accepted, Way, accept, undo
from tracker.curation.proposing.comparing import Status
from tracker.curation.proposing.proposals import Proposal, proposals_of
from tracker.curation.publishing.fixtures import fixture_names
from tracker.models import (
    Claim,
    Document,
    Edit,
    Entry,
    Forum,
    Incident,
    Initiative,
    Item,
    Meeting,
    Official,
    Pledge,
    Text,
)  # fmt: skip
from tracker.records.engine.claims import FIELDS
from tracker.records.registry import document_of

pytestmark = pytest.mark.django_db

SEED = Path(__file__).resolve().parents[3].parent / "shared/data/seed"
ARTICLE = (
    "BRUSSELS, 20 October 2025. Germany is now contributing five Eurofighter jets to Eastern Sentry for protection "
    "flights over Poland. Norway will give Ukraine 7 billion kroner for two Patriot systems."
)


@pytest.fixture(scope="module")
def register(module_db: None) -> Desk:
    call_command("loaddata", *fixture_names(), verbosity=0)
    return Desk()


def brought(desk: Desk, content: str, name: str = "An article", published: str = "2025-10-20") -> Text:
    """Return the text of a new document."""
    source = desk.write("document", name=name, language="en", published=published)
    return take_in(document=source, reading=Reading(content, "plain"), by=desk.editor, at=desk.at).text


def take(desk: Desk, proposal: Proposal, way: Way) -> Accepted:
    return accept(draft=proposal.draft, comparison=proposal.comparison, way=way, by=desk.editor, at=desk.at)


def test_what_the_register_has_is_recognised(register: Desk) -> None:
    germany, norway = proposals_of(brought(register, ARTICLE))
    assert (germany.comparison.status, germany.comparison.record.public_id) == (Status.CONTRADICTS, "DEU-2025-0001")
    [difference] = germany.comparison.differences
    assert (difference.path, difference.has, difference.says) == ("items[eurofighter-typhoon].quantity", "4", "5")
    assert norway.comparison.status == Status.NEW


def test_days_of_a_text_that_nobody_has_dated_are_not_guessed(register: Desk) -> None:
    words = (
        "NATO defence ministers met in Brussels on 15 October 2025. The Contact Group met in Brussels on Wednesday. "
        "Denmark has withdrawn its two F-16s from Poland."
    )
    found = [each for each in proposals_of(brought(register, words, published="")) if not each.is_known]
    assert [each.fact.date for each in found] == ["2025-10-15", None, None]
    assert found[2].draft.document["name"] == "Denmark: called off, 2 × F-16 Fighting Falcon"


def test_a_new_record_is_accepted_with_its_passages_and_taken_back(register: Desk) -> None:
    text = brought(register, ARTICLE)
    norway = proposals_of(text)[1]
    accepted = take(register, norway, Way.NEW)
    pledge = Pledge.objects.get(public_id=accepted.public_id)
    document = document_of(pledge)
    assert document["shares"][0]["contributor"]["id"] == "NOR"
    assert (document["entries"][0]["amount"], document["entries"][0]["currency"]) == ("7000000000.00", "NOK")
    assert (document["items"][0]["platform"]["id"], document["items"][0]["quantity"]["text"]) == ("patriot", "2")
    assert {claim["support"] for claim in document["claims"]} == {"passage"}
    assert Edit.objects.filter(public_id=pledge.public_id, change_set__author=register.editor).exists()

    again = proposals_of(text)[1]
    assert (again.comparison.status, again.comparison.record) == (Status.SAME, pledge)
    undo(accepted=accepted, by=register.editor, at=register.at)
    assert not Pledge.objects.filter(public_id=accepted.public_id).exists()
    assert proposals_of(text)[1].comparison.status == Status.NEW


def test_a_rival_stands_as_an_open_claim_or_becomes_what_the_record_says(register: Desk) -> None:
    text = brought(register, ARTICLE)
    before = _said("DEU-2025-0001")
    accepted = take(register, proposals_of(text)[0], Way.CLAIMS)
    rival = Claim.objects.get(document=text.document, field="items[eurofighter-typhoon].quantity")
    assert (rival.verdict, rival.value, rival.support) == ("open", "5", "passage")
    assert Item.objects.get(pledge__public_id="DEU-2025-0001").quantity == "4"
    undo(accepted=accepted, by=register.editor, at=register.at)
    assert _said("DEU-2025-0001") == before

    take(register, proposals_of(text)[0], Way.CHANGE)
    assert Item.objects.get(pledge__public_id="DEU-2025-0001").quantity == "5"
    older = Claim.objects.get(public_id__startswith="nato-", field="items[eurofighter-typhoon].quantity")
    assert (older.verdict, bool(older.reason)) == ("rejected", True)


def test_nothing_is_written_without_acceptance(register: Desk) -> None:
    text = brought(register, ARTICLE)
    edits, claims = Edit.objects.count(), Claim.objects.count()
    proposals_of(text)
    assert (Edit.objects.count(), Claim.objects.count()) == (edits, claims)


def test_a_number_of_things_that_is_larger_than_any_is_unknown_and_keeps_its_words(register: Desk) -> None:
    (proposal,) = proposals_of(brought(register, "Norway will give Ukraine 2 billion artillery shells."))
    (item,) = proposal.draft.document["items"]
    assert (item["quantity"], item["quantity_words"]) == ("unknown", "2 billion artillery shells")


def test_what_names_nobody_known_says_what_is_missing(register: Desk) -> None:
    [considered] = proposals_of(brought(register, "Spain is considering sending Ukraine two Patriot systems."))
    assert considered.draft.problem
    with pytest.raises(CurationError, match="considered"):
        take(register, considered, Way.NEW)


@pytest.mark.skipif(not SEED.is_dir(), reason="the source document is not on this machine")
def test_the_facts_of_the_source_are_rebuilt_by_accepting(register: Desk) -> None:
    wanted = {public_id: _told(public_id) for public_id in Pledge.objects.values_list("public_id", flat=True)}
    incidents, meetings = _events()
    named = _names()
    # Nothing is left but parties, platforms and groups: also forums, officials and initiatives come out of the text.
    Incident.objects.update(follows=None)
    for model in (Claim, Entry, Pledge, Meeting, Initiative, Incident, Official, Forum):
        model.objects.all().delete()
    source = Document.objects.get(public_id="nato-discusses-better-deterrence")
    source.published = "2025-10-15"
    source.save()
    content = next(SEED.glob("*.txt")).read_text()
    text = take_in(document=source, reading=Reading(content, "plain"), by=register.editor, at=register.at).text
    for kinds in (("official", "forum", "incident"), ("initiative", "incident"), ("meeting", "pledge")):
        for each in proposals_of(text):
            if each.draft.kind in kinds and each.comparison.status == Status.NEW:
                take(register, each, Way.NEW)
    assert {public_id: _told(public_id) for public_id in Pledge.objects.values_list("public_id", flat=True)} == wanted
    assert _events() == (incidents, meetings)
    assert _names() == named
    eastern = document_of(Initiative.objects.get(public_id="eastern-sentry"))
    assert (eastern["started"]["edtf"], eastern["prompted_by"]["id"]) == (
        "2025-09", Incident.objects.get(place__public_id="POL").public_id,
    )  # fmt: skip
    assert Initiative.objects.get(status="proposed").leads.get().public_id == "EU"
    spoken = Meeting.objects.get(forum__public_id="ukraine-defense-contact-group").agenda
    assert {"Rustem Umerov", "Pete Hegseth"} <= set(spoken.values_list("speaker__name", flat=True))
    assert all(each.comparison.status == Status.SAME for each in proposals_of(text))
    assert not Claim.objects.exclude(support="passage").exists()
    notice = content.index("Dette nettstedet")
    assert not Claim.objects.filter(passage_end__gt=notice).exists()


def test_an_office_that_somebody_had_left_is_kept_as_a_rejected_claim(register: Desk) -> None:
    text = brought(register, "Ukrainian Defense Minister Rustem Umerov is expected to speak.", published="2025-10-15")
    [proposal] = proposals_of(text)
    assert proposal.comparison.status == Status.CONTRADICTS
    assert [(each.path, each.has) for each in proposal.comparison.differences] == [("held_to", "2025-07")]
    take(register, proposal, Way.CLAIMS)
    claim = Claim.objects.get(document=text.document, field="office")
    assert (claim.verdict, claim.support) == ("rejected", "passage")
    assert "2025-07" in claim.reason


def _said(public_id: str) -> dict[str, Any]:
    """Return the document of a pledge, of its claims what somebody wrote."""
    document = document_of(Pledge.objects.get(public_id=public_id))
    return document | {"claims": [{name: claim[name] for name in FIELDS} for claim in document["claims"]]}


def _told(public_id: str) -> tuple[Any, ...]:
    """Return what a deployment says: who, under which mission, over whose territory, and how many of what."""
    document = document_of(Pledge.objects.get(public_id=public_id))
    things = [(row["platform"]["id"], row["quantity"]["text"]) for row in document["items"] if row["platform"]]
    return (
        [share["contributor"]["id"] for share in document["shares"]], document["nature"], document["initiative"]["id"],
        document["host"] and document["host"]["id"], things,
    )  # fmt: skip


def _names() -> tuple[set[Any], ...]:
    """Return who holds which office for whom, and the names of the forums."""
    return set(Official.objects.exclude(name="Denys Shmyhal").values_list("name", "party__public_id")), set(
        Forum.objects.values_list("public_id", flat=True)
    )


def _events() -> tuple[set[Any], set[Any]]:
    incidents = {
        (incident.place.public_id if incident.place else None, incident.items.get().quantity)
        for incident in Incident.objects.all()
    }
    meetings = {
        (meeting.forum.public_id, meeting.date_earliest,
         tuple(meeting.participations.filter(role="chair").values_list("official__name", flat=True)))
        for meeting in Meeting.objects.all()
    }  # fmt: skip
    return incidents, meetings
