"""Deployments: own forces that a party sends, keeps, moves or calls back."""

import re
from typing import Any

from tracker.lib.proposing import joint
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, area_in, certainty, is_mission, schemes, span_of_deployment
from tracker.lib.proposing.evidence import note_clause, note_parties, note_things
from tracker.lib.proposing.kinds.stationing import base_in, destination, stands_there
from tracker.lib.proposing.proposal import CONSIDERED, DELIVERY, DEPLOYMENT, PLANNED, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import DEMONYM, PARTY, Mention
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.thing import Thing
from tracker.lib.proposing.words.forces import (
    CARED_FOR,
    FORCES,
    HANDED_OVER,
    OF_MANY,
    PEOPLE,
    PURPOSE,
    ROSE,
    SAME_FORCES,
    STRONG,
    TRAINED,
    WITH_THEM,
)
from tracker.lib.proposing.words.peoples import ALSO_ADJECTIVES, PEOPLES


def is_deployment(found: Read, clause: Clause, context: Context) -> bool:
    """Tell whether what a clause tells of are own forces, and not what is given to another."""
    if (
        clause.things
        and all(thing.what in ("soldier", "trainer", "airman", "engineer") for thing in clause.things)
        and not clause.amounts
    ):
        # Soldiers are given to nobody; those who are taught or treated are no forces of whoever does it.
        if not STRONG.search(clause.text) and not any(
            cues.says(cue, clause.text, context.language) for cue in ("deploying", "giving", "coming", "cancelled")
        ):
            return stands_there(found, clause, clause.things) and not CARED_FOR.search(clause.text)
        return not CARED_FOR.search(clause.text) and not re.search(
            r"\b(?:bild(?:et|en)\b.*\baus\b|train(?:s|ed|ing)?\b(?! mission)|teach|ausbild|навча|навчи|підготу)",
            clause.text,
        )
    if any(each.id == UKRAINE for each in found.of(PARTY)) and not STRONG.search(clause.text):
        return False
    is_ordered = cues.says("contract", clause.text, context.language) and not STRONG.search(clause.text)
    if _is_given_to_ukraine(found, clause) or is_ordered:
        return False
    if _is_row_of_mission(clause, context):
        return True
    if cues.says("intruded", found.text, context.language) and ROSE.search(clause.text):
        # That jets rise against an intruder is part of the incident.
        return False
    if HANDED_OVER.search(clause.text) and not STRONG.search(clause.text):
        return False
    mission = next((each for each in schemes(found) if is_mission(each)), None)
    steps = ("deploying", "cancelled") + (("moved", "moving") if mission else ())
    moves = any(cues.says(cue, clause.text, context.language) for cue in steps)
    comes = any(cues.says(cue, clause.text, context.language) for cue in ("delivered", "coming"))
    if not moves and not comes and not STRONG.search(clause.text) and not _is_for_mission(found, clause, mission):
        return stands_there(found, clause, _forces_of(clause)) or _is_one_more(found, clause, context)
    if clause.amounts or CARED_FOR.search(clause.text) or TRAINED.search(clause.text):
        return False
    if mission is not None or STRONG.search(clause.text):
        return True
    goes_to = destination(found, clause)
    forces = bool(_forces_of(clause))
    if forces and _are_its_own(found, clause) and cues.says("deploying", clause.text, context.language):
        return True
    if context.mission and forces:
        return True
    before = [*context.facts, *context.pending]
    if before and before[-1].kind == DEPLOYMENT and forces and clause.is_counted:
        return True
    return forces and goes_to not in (None, UKRAINE)


def _is_row_of_mission(clause: Clause, context: Context) -> bool:
    """Tell whether a row without a verb says what somebody has in the mission of which a text tells."""
    is_row = clause.is_row and clause.is_counted and not clause.amounts
    return is_row and context.mission is not None and not context.of_ukraine


def _is_one_more(found: Read, clause: Clause, context: Context) -> bool:
    """Tell whether forces are offered in a text that told of nothing but deployments, and not of Ukraine."""
    before = [*context.facts, *context.pending]
    is_of_deployments = any(fact.kind == DEPLOYMENT for fact in before) and not any(
        fact.kind in (PLEDGE, DELIVERY) for fact in before
    )
    if not is_of_deployments or clause.amounts or any(each.id.endswith(UKRAINE) for each in found.mentions):
        return False
    if not clause.actor_end or not any(thing.is_counted for thing in _forces_of(clause)):
        return False
    if any(cues.says(cue, found.text, context.language) for cue in _NO_DEPLOYMENTS):
        return False
    is_near = before[-1].kind == DEPLOYMENT and found.sentence.start - before[-1].end < _NEAR
    return is_near or bool(cues.says("giving", clause.text, context.language))


_NO_DEPLOYMENTS = ("intruded", "needing", "contract", "buying", "own")
_NEAR = 200
"""How many characters behind a deployment another is told of by any verb."""


def _is_for_mission(found: Read, clause: Clause, mission: Mention | None) -> bool:
    """Tell whether forces are what a clause says of a mission, by any verb: four jets for Eastern Sentry."""
    return mission is not None and bool(_forces_of(clause)) and not any(each.id == UKRAINE for each in found.of(PARTY))


def _is_given_to_ukraine(found: Read, clause: Clause) -> bool:
    """Tell whether things are in Ukraine, or in its hands: what is there and is nobody was given to it."""
    if any(thing.what in PEOPLE for thing in clause.things):
        return False
    is_named = any(each.id == UKRAINE for each in found.mentions)
    is_there = is_named and cues.says("delivered", clause.text, found.language) is not None
    return is_there or destination(found, clause) == UKRAINE


def _forces_of(clause: Clause) -> list[Thing]:
    """Return what of the things of a clause can be forces."""
    return [thing for thing in clause.things if thing.what in FORCES or thing.is_platform]


def _says_too_little(found: Read, clause: Clause) -> bool:
    """Tell whether a clause names no forces but a kind of them, or what a colon then tells one by one."""
    if clause.is_counted:
        return False
    colon = found.text.find(":", clause.end - 1)
    if colon >= 0 and any(thing.is_counted and thing.start > colon for thing in found.things):
        return True
    return all(thing.what in ("air defence", "ammunition", "artillery", "weapon", "drone") for thing in clause.things)


def _are_its_own(found: Read, clause: Clause) -> bool:
    """Tell whether forces stand right behind the adjective of their state: the German frigate Hamburg."""
    return any(
        each.kind == DEMONYM
        and each.id in clause.contributors
        and (
            not PEOPLES.search(found.text[each.start : each.end])
            or found.text[each.start : each.end] in ALSO_ADJECTIVES
        )
        and each.start <= thing.end
        and thing.start <= each.end + 30
        for each in found.mentions
        for thing in clause.things
    )


def deployment(found: Read, clause: Clause, context: Context) -> list[Fact]:
    """Return the deployments of a clause; none where it denies or only recalls them."""
    language, text = context.language, clause.text
    if not clause.things or _says_too_little(found, clause):
        return []
    same_as = _same_forces(text, context)
    if not same_as and not clause.is_counted and clause.is_carried:
        return []
    if cues.says("hypothesis", found.text, language) or any(
        cues.says(cue, text, language) for cue in ("negated", "call", "needing", "own")
    ):
        return []
    is_recalled = cues.says("restated", text, language) and not cues.says("cancelled", text, language)
    if (is_recalled and not re.search(r"had been there since", text)) or re.search(
        r"\bsince 20\d\d\b|\blast year\b", text
    ):
        return []
    if clause.is_carried and OF_MANY.search(text):
        return []
    sure = certainty(text, language)
    is_off = bool(cues.says("cancelled", text, language)) and not re.search(r"\bhome\b", text)
    mission = next((each.name for each in schemes(found) if is_mission(each)), context.mission)
    same = context.base if re.search(r"same base|dort\b|there\b|там\b", text) else None
    base = base_in(found, clause) or same
    if base and base.endswith(tuple(clause.contributors)) and mission is None and not clause.is_carried:
        # At home forces are under no mission of another.
        return []
    span = None if is_off or (sure == CONSIDERED and not found.dates) else _span(found, clause, context, sure)
    carried = 10 if clause.contributors == context.issuer else 15
    sureness = 85 - (carried if clause.is_carried else 0)
    fact = Fact(
        DEPLOYMENT, found.sentence.start + clause.start, found.sentence.start + clause.end, "own forces", sureness,
        contributors=clause.contributors, items=same_as or [thing.as_fact() for thing in clause.things], date=span,
        condition=found.sentence.text[found.condition[0] : found.condition[1]] if found.condition else None,
        base=base, area=area_in(found, clause.start, clause.end), initiative=mission,
        stage="cancellation" if is_off else None, certainty=sure,
    )  # fmt: skip
    if len(fact.contributors) > 1 and cues.says("each", found.text, language):
        joint.multiply(fact)
    note_clause(fact, found, clause, None)
    note_things(fact, found, clause.things)
    note_parties(fact, found, "area", (fact.area or "").split("; "))
    context.base = base or context.base
    return [fact]


def _same_forces(text: str, context: Context) -> list[dict[str, Any]]:
    """Return the things of the deployment before, where a clause says that it is of the same number and type."""
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != DEPLOYMENT or not SAME_FORCES.search(text):
        return []
    return [dict(item) for item in last.items]


def _span(found: Read, clause: Clause, context: Context, sure: str) -> str | None:
    span = span_of_deployment(found, context, clause.start, clause.end)
    season = next(
        (each.edtf for each in found.dates if "-2" in each.edtf and len(each.edtf) == 7 and each.edtf[5] == "2"), None
    )
    year = next(
        (
            each.edtf
            for each in found.dates
            if re.fullmatch(r"20\d\d", each.edtf) and clause.start <= each.start < clause.end
        ),
        None,
    )
    return season or span or (year if sure == PLANNED else None)


def extends(found: Read, context: Context) -> bool:
    """Add what a sentence says of the forces of the one before: where they act and until when; tell whether it "
    "did."""
    last = context.facts[-1] if context.facts else None
    if last is not None and last.kind == DEPLOYMENT and WITH_THEM.match(found.text) and found.things:
        note_things(last, found, found.things, len(last.items))
        last.items += [thing.as_fact() for thing in found.things]
        return True
    if (
        last is None
        or last.kind != DEPLOYMENT
        or not PURPOSE.search(found.text)
        or (found.things and any(thing.is_counted for thing in found.things))
    ):
        return False
    last.area = last.area or area_in(found, 0, len(found.text))
    mission = next((each.name for each in schemes(found) if is_mission(each)), None)
    last.initiative = last.initiative or mission
    place = base_in(found, Clause([], 0, len(found.text)))
    last.base = place if place and "," in place and (last.base is None or len(last.base) == 3) else last.base
    span = span_of_deployment(found, context, 0, len(found.text))
    if span and span.startswith(".."):
        last.date = span if last.date is None else last.date.partition("/")[0] + "/" + span.partition("/")[2]
    return True
