"""What a text states, as proposals: facts in the words of the register, each with its passage, rule and score.

No model reads it: names are found by a vocabulary, numbers by their conventions, and what a sentence does with them by
the words of its verbs. So the same text gives the same proposals, on any machine, without a network. Rules are
written for English first; of German and Ukrainian, names, numbers, money and dates are read, and the commonest verbs.
"""

import datetime as dt
import re
from dataclasses import replace

from tracker.lib.proposing import joint
from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.clauses_of_sentence import clauses
from tracker.lib.proposing.context import Context, is_mission, schemes
from tracker.lib.proposing.doubts import doubt
from tracker.lib.proposing.ellipses import filled
from tracker.lib.proposing.kinds import deployments, events, growing, initiatives, meetings, participants
from tracker.lib.proposing.kinds.agendas import add_agendas
from tracker.lib.proposing.kinds.pledges_and_deliveries import giving
from tracker.lib.proposing.kinds.several_amounts import OF_THIS
from tracker.lib.proposing.lists import add_table_row, listed
from tracker.lib.proposing.partners import of_both, partners
from tracker.lib.proposing.prices import add_cost, priced
from tracker.lib.proposing.proposal import DELIVERY, DEPLOYMENT, INCIDENT, MEETING, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import INITIATIVE, PARTY, Mention, Vocabulary
from tracker.lib.proposing.reading.read import UKRAINE, Read, read
from tracker.lib.proposing.reading.segments import does
from tracker.lib.proposing.reading.sentences import sentences
from tracker.lib.proposing.recalled_values import without_recalled
from tracker.lib.proposing.shares import share_out
from tracker.lib.proposing.start_of_text import begin
from tracker.lib.proposing.words.schemes import CONTACT_GROUP

LANGUAGES = ("en", "de", "uk")
MAX_TEXT = 200_000
"""Characters that are read; an article has a few thousand."""


def propose(text: str, language: str, published: dt.date, vocabulary: Vocabulary) -> list[Fact]:
    """Return the facts that `text` states, in their order; it was published on that day, from which dates are "
    "read."""
    if language not in LANGUAGES:
        return []
    found = [read(each, vocabulary, language, published) for each in sentences(text[:MAX_TEXT])]
    context = Context(language, published)
    begin(context, text, found)
    taken: set[int] = set()
    for at, each in enumerate(found):
        if each.sentence.start not in taken:
            last = _last_gift(context)
            total = last.amount["value"] if last and last.amount else None
            is_told = bool(total is not None and joint.is_contents(each))
            items = listed(found, at, of_a_package=is_told, total=total)
            taken |= {item.sentence.start for item in items}
            _sentence(each, items, context)
    add_agendas(context.facts, found)
    words = {fact.start: text[max(0, fact.start - 100) : fact.end] for fact in context.facts}
    facts = joint.once(joint.without_sums(joint.fold_shares(joint.named_later(context.facts), words)))
    for fact in facts:
        around = next(each for each in found if fact.start < each.sentence.end)
        fact.score -= doubt(fact, around)
        fact.start, fact.end = _trimmed(text, fact.start, fact.end)
    return facts


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    passage = text[start:end]
    lead = len(passage) - len(passage.lstrip(" \t\n-–•,;.:"))
    return start + lead, end - (len(passage) - len(passage.rstrip(" \t\n.,;:")))


def _sentence(found: Read, items: list[Read], context: Context) -> None:
    """Add the facts of one sentence, and of the list below it, to the context."""
    sentence = found.sentence
    if sentence.is_question:
        _remember(found, [], context)
        return
    if _BACKGROUND.match(found.text):
        return
    if add_table_row(found, context) or growing.grows(found, context) or initiatives.add_size(found, context):
        return
    if deployments.extends(found, context) or meetings.chairs_of_last(found, context):
        return
    made: list[Fact] = []
    event = events.incident(found, context) or events.needed(found, context)
    role = initiatives.proposed_role(found)
    begun, met = (
        initiatives.founded(found, context) or initiatives.described(found) or role,
        meetings.meeting(found, context),
    )
    made += [each for each in (met, event, begun) if each is not None]
    event = event or begun
    last = _last_gift(context)
    if event is None and share_out(found, last, context):
        return
    if event is None and last is not None and not _names_another(found, last):
        if joint.is_contents(found) or joint.is_part(found, last, context):
            _contents(found, items, last, context)
            return
        if add_cost(last, found, context):
            return
    if event is None or event.kind == INCIDENT:
        acts = _acts(_without(found, event), items, context)
        made += [each for each in acts if event is None or each.kind != DELIVERY]
    if met is not None and not any(fact.kind in (PLEDGE, DELIVERY) for fact in made) and _only_meets(made):
        made = [met]
    context.facts += made
    _remember(found, made, context)


_BACKGROUND = re.compile(
    r"\W*(?:quick facts|facts|background|for reference|zum Hintergrund|Hintergrund|Довідково|Довідка)\s?:",
    re.IGNORECASE,
)


def _without(found: Read, event: Fact | None) -> Read:
    """Return a sentence without what intruded in it, so that what others do about that can be read."""
    if event is None:
        return found
    intruders = {item["what"] for item in event.items}
    return replace(found, things=[thing for thing in found.things if thing.what not in intruders])


def _only_meets(made: list[Fact]) -> bool:
    return all(fact.kind == MEETING or not fact.items for fact in made)


def _last_gift(context: Context) -> Fact | None:
    last = context.opened or (context.facts[-1] if context.facts else None)
    return last if last is not None and last.kind in (PLEDGE, DELIVERY) else None


def _names_another(found: Read, last: Fact) -> bool:
    named = {each.id for each in actors(found)}
    return bool(named and not named & set(last.contributors))


def _contents(found: Read, items: list[Read], last: Fact, context: Context) -> None:
    if any(cues.says(cue, found.text, context.language) for cue in ("total", "call")) and not found.amounts:
        return
    for each in [found, *items]:
        joint.add_contents(last, each, context)
    if found.sentence.start - last.end < 5:
        last.end = max(last.end, found.sentence.end)
    if last is context.opened and (last.amount or last.items):
        last.end = found.sentence.end
        context.facts.append(last)
        context.opened = None


def _acts(found: Read, items: list[Read], context: Context) -> list[Fact]:
    """Return what the clauses of a sentence say that somebody gives or deploys."""
    found = filled(without_recalled(found), context)
    beside = partners(found)
    has_actor = any(each.id not in beside for each in actors(found))
    is_of_itself = context.speaks_of_itself(found)
    speaks = bool(re.search(r"\b(?:we|wir|ми)\b", found.text, re.IGNORECASE))
    before = context.actors_before(found) if is_of_itself or speaks or not has_actor else []
    made: list[Fact] = []
    read_as = of_both(found, context) or clauses(found, before, context.language)
    for clause in joint.with_parts(read_as):
        if OF_THIS.match(clause.text) and any(fact.amount for fact in made) and not schemes(found):
            # What a part of a sum is for.
            continue
        if context.is_headed(found) and not does(clause.text, context.language):
            clause.is_row = True
        things = [thing for each in items for thing in each.things]
        clause.things = [*clause.things, *things]
        if deployments.is_deployment(found, clause, context):
            made += deployments.deployment(found, clause, context)
        else:
            made += priced(made, giving(found, clause, context))
        context.pending = made
    made += participants.others(found, context)
    context.opened, context.pending = None, []
    if not made and not items:
        context.opened = _opened(found, before, context)
    return made


_PACKAGE = re.compile(r"\b(?:package|support|aid|assistance|Paket|Hilfspaket|пакет\w*)\b", re.IGNORECASE)


def _opened(found: Read, before: list[str], context: Context) -> Fact | None:
    """Return a promise whose amount and contents are said by the sentence that follows."""
    given = [each.id for each in actors(found)] or before
    text, language = found.text, context.language
    promised = cues.says("giving", text, language) or cues.says("agreed", text, language)
    if not given or not promised or not _PACKAGE.search(text) or found.amounts or found.things:
        return None
    if any(cues.says(cue, text, language) for cue in ("negated", "call", "total", "restated")):
        return None
    stage = "commitment" if cues.says("agreed", text, language) else PLEDGE
    return Fact(
        PLEDGE,
        found.sentence.start,
        found.sentence.end,
        "package",
        80,
        contributors=given[:1],
        beneficiary=UKRAINE,
        stage=stage,
        date=context.date_of(found, 0, len(text), is_ahead=False),
    )


def _is_of_ukraine(mention: Mention) -> bool:
    """Tell whether a name makes what stands around it a matter of Ukraine: its own, its forum's, an initiative's."""
    if mention.kind == INITIATIVE:
        return not is_mission(mention)
    return mention.id.endswith(UKRAINE) or mention.name == CONTACT_GROUP


def _remember(found: Read, made: list[Fact], context: Context) -> None:
    """Keep what the next sentence may refer to."""
    acted = [fact for fact in made if fact.kind in (PLEDGE, DELIVERY, DEPLOYMENT) and fact.contributors]
    named = [each.id for each in actors(found)]
    if len(found.text.strip()) < 25 and not made and found.text.strip().count(" ") < 2:
        # A label, such as the name of a country before what is told of it.
        context.last = context.issuer or context.last
        if len(named) == 1 and found.text.strip(" .:") in {found.text[m.start : m.end] for m in found.of(PARTY)}:
            context.headed = found.sentence.block, named
        return
    if found.frame:
        # Those who share one item of a list do not act in the next.
        return
    if acted:
        context.last = acted[-1].contributors
    elif len(set(named)) == 1:
        context.last = named[:1]
    if any(_is_of_ukraine(each) for each in found.mentions):
        context.ukraine_in = found.sentence.block
    context.of_ukraine = found.sentence.block - context.ukraine_in < 2
    context.group = list(dict.fromkeys(named)) if len(set(named)) > 1 else []
    mission = next((each for each in schemes(found) if is_mission(each)), None)
    if mission is not None:
        context.mission = mission.name
    other = next((each for each in found.of(INITIATIVE) if not is_mission(each)), None)
    context.initiative = other.name if other else context.initiative
