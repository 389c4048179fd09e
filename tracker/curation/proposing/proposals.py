"""The proposals of a text of the desk: facts, the records that they would be, and what the register has of them."""

from dataclasses import dataclass

from tracker.curation.proposing.comparing import Comparison, compare
from tracker.curation.proposing.drafting import RecordDrafter
from tracker.curation.proposing.drafts import Draft
from tracker.curation.proposing.names import day_of, known_names
from tracker.lib.languages import language_of
from tracker.lib.proposing.facts import LANGUAGES, propose
from tracker.lib.proposing.proposal import Fact
from tracker.models import Text


@dataclass
class Proposal:
    """A fact of a text. `key` names it: the same text and register give the same."""

    key: str
    fact: Fact
    draft: Draft
    comparison: Comparison


def language_read(text: Text) -> str:
    """Return the language by whose rules a text is read; empty where it is none of those that there are rules for."""
    language = (text.language or text.document.language or language_of(text.content))[:2]
    return language if language in LANGUAGES else ""


def proposals_of(text: Text) -> list[Proposal]:
    """Return what a text proposes, in the order of its passages. Nothing is written."""
    names = known_names()
    document = text.document
    day = day_of(document.published_latest, text.read_on)
    facts = propose(text.content, language_read(text) or "none", day, names.vocabulary)
    drafter = RecordDrafter(names, document.public_id, text.content, document.published or "")
    found: list[Proposal] = []
    for number, fact in enumerate(facts, start=1):
        draft = drafter.draft(fact)
        found.append(Proposal(f"{fact.kind}-{fact.start}-{number}", fact, draft, compare(draft)))
    return found
