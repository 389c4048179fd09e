"""The proposals of a text of the desk: facts, the records that they would be, and what the register has of them."""

import re
from dataclasses import dataclass

from tracker.curation.proposing.comparing import Comparison, Status, compare
from tracker.curation.proposing.drafting import RecordDrafter
from tracker.curation.proposing.drafts import Draft
from tracker.curation.proposing.names import known_names
from tracker.lib.languages import language_of
from tracker.lib.proposing.facts import LANGUAGES, propose
from tracker.lib.proposing.people import people
from tracker.lib.proposing.proposal import INCIDENT, INITIATIVE, MEETING, Fact
from tracker.lib.proposing.reading.names import Vocabulary
from tracker.lib.proposing.undated import propose_undated
from tracker.models import Text


@dataclass
class Proposal:
    """A fact of a text. `key` names it: the same text and register give the same."""

    key: str
    fact: Fact
    draft: Draft
    comparison: Comparison

    @property
    def is_known(self) -> bool:
        """Whether it only names a forum or an official that the register has, and nothing is to be decided."""
        return self.draft.kind in ("forum", "official") and self.comparison.status == Status.SAME


def language_read(text: Text) -> str:
    """Return the language by whose rules a text is read; empty where it is none of those that there are rules for."""
    language = (text.language or text.document.language or language_of(text.content))[:2]
    return language if language in LANGUAGES else ""


def proposals_of(text: Text) -> list[Proposal]:
    """Return what a text proposes, in the order of its passages. Nothing is written.

    What others refer to stands before these: an official and a forum before the meeting, for which they are needed.
    """
    names = known_names()
    document = text.document
    language = language_read(text)
    facts = _facts(text, language, names.vocabulary)
    drafter = RecordDrafter(names, document.public_id, text.content, document.published or "")
    named = people(text.content, names.vocabulary) if language in ("en", "de") else []
    drafts = [(Fact("official", each.start, each.end, "office named", 80), drafter.official(each)) for each in named]
    forums = {fact.initiative: fact for fact in reversed(facts) if fact.kind == MEETING}
    drafts += [
        (Fact("forum", fact.start, fact.end, "forum named", 80, initiative=name), drafter.forum(fact))
        for name, fact in sorted(forums.items(), key=lambda each: each[1].start)
    ]
    found = [
        Proposal(f"{fact.kind}-{fact.start}-{number}", fact, draft, compare(draft))
        for number, (fact, draft) in enumerate(drafts, start=1)
    ]
    for number, fact in enumerate(facts, start=1):
        draft = drafter.draft(fact)
        _lead_to(draft, fact, found, text.content)
        found.append(Proposal(f"{fact.kind}-{fact.start}-{number}", fact, draft, compare(draft)))
    return found


def _facts(text: Text, language: str, vocabulary: Vocabulary) -> list[Fact]:
    """Return the facts of a text; its days are read by when it was published, and where nobody knows that, not at
    all."""
    published = text.document.published_latest
    if published is None:
        return propose_undated(text.content, language or "none", text.read_on, vocabulary)
    return propose(text.content, language or "none", published, vocabulary)


_PROMPTED = re.compile(
    r"\b(?:following|after|in response to|in reaction to|nach|als Antwort auf|після|у відповідь)\b", re.IGNORECASE
)
_AFTERWARDS = re.compile(r"\W*(?:Subsequently|Later|After that|Danach|Später|Anschließend|Згодом|Пізніше)\b")


def _lead_to(draft: Draft, fact: Fact, before: list[Proposal], content: str) -> None:
    """Say which incident of the text prompted an initiative of the same sentence, or came before another incident."""
    incidents = [each for each in before if each.fact.kind == INCIDENT and each.comparison.record is not None]
    words = content[fact.start : fact.end]
    if not incidents or not draft.document:
        return
    last, incident = incidents[-1], incidents[-1].comparison.record.public_id
    is_beside = last.fact.start < fact.end and fact.start < last.fact.end
    if fact.kind == INITIATIVE and is_beside and _PROMPTED.search(words):
        draft.document["prompted_by"] = incident
    if fact.kind == INCIDENT and _AFTERWARDS.match(words):
        draft.document["follows"] = incident
