"""A sentence in clauses: who acts, which amounts and things stand with them, and which words are said of these."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.partners import partners
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.names import Mention
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.segments import BESIDE, CONTENT, Segment, does, segments
from tracker.lib.proposing.reading.thing import Thing
from tracker.lib.proposing.referring import referring_clauses
from tracker.lib.proposing.subjects import impersonal, of_base

_JOINED = re.compile(
    r"(?:'s|’s)?[\s,]*(?:and|und|та|і|й|sowie|as well as|plus|/|&)?\s*(?:the|die|der|dem|den)?\s*", re.IGNORECASE
)
_BY = re.compile(r"\b(?:by|from|von|aus|від|з|із|durch)\s(?:the\s|der\s|dem\s|den\s)?$", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:was|were|been|be|wurde\w*|werden|wird|worden|arrived|eingetroffen|прибу\w+|надійш\w+|paid|received|"
    r"receives?|"
    r"gets?|got|erh[aäi]lt\w*|erhielt\w*|bekomm\w+|bekam\w*|отрима\w+)\b|\b\w+(?:но|то)\b",
    re.IGNORECASE,
)


def clauses(found: Read, before: list[str], language: str) -> list[Clause]:
    """Return the clauses of a sentence that state something. Where nobody is named, those `before` act."""
    beside = partners(found)
    groups = [group for group in _groups(found) if any(each.id not in beside for each in group)]
    parts = segments(found.text, language)
    if beside and before and not groups:
        whole = Clause(list(dict.fromkeys([*before, *beside])), 0, len(found.text), found.amounts, found.things)
        whole.text = f"{found.frame} {found.text}"
        return [whole]
    if not groups and of_base(found):
        groups = [of_base(found)]
    if not groups and (not before or _IN_CAPITAL.match(found.text)):
        groups = [impersonal(found)[:1]] if impersonal(found) else []
    if not groups:
        if not before:
            return []
        whole = Clause(before, 0, len(found.text), found.amounts, found.things, is_carried=True)
        made = _by_segment(found, whole, parts, language)
    else:
        made = _of_groups(found, groups, before, parts, language)
    _say(found, made, parts, language)
    for clause in made if beside else []:
        clause.contributors = list(dict.fromkeys([*clause.contributors, *beside]))
    made = [*made, *referring_clauses(found, made, parts, language)]
    # The main clause may speak of things named before: ten of them are there, the remaining nine will follow.
    is_before = any(clause.refers for clause in made)
    stating = [
        clause for at, clause in enumerate(made) if clause.has_values or clause.refers or (is_before and at == 0)
    ]
    return stating or made[:1]


def _groups(found: Read) -> list[list[Mention]]:
    groups: list[list[Mention]] = []
    for mention in actors(found):
        gap = found.text[groups[-1][-1].end : mention.start] if groups else ""
        if groups and len(gap) < 14 and _JOINED.fullmatch(gap):
            groups[-1].append(mention)
        else:
            groups.append([mention])
    return groups


def _of_groups(
    found: Read, groups: list[list[Mention]], before: list[str], parts: list[Segment], language: str
) -> list[Clause]:
    """Return a clause for each group of those who act, with its values."""
    made = []
    for group in groups:
        ids = list(dict.fromkeys(each.id for each in group))
        if before and len(before) == 1 and _AND_WE.match(found.text, group[-1].end):
            ids = list(dict.fromkeys([*ids, *before]))
        made.append(Clause(ids, group[0].start, len(found.text), actor_start=group[0].start, actor_end=group[-1].end))
    _give_values(found, groups, made, parts)
    acting = [clause for clause in made if clause.has_values] or made[:1]
    for at, clause in enumerate(acting):
        clause.start = _begin(found, acting[at - 1], clause) if at else 0
        if at:
            acting[at - 1].end = clause.start
    return [part for clause in acting for part in _by_segment(found, clause, parts, language)]


_IN_CAPITAL = re.compile(
    r"\W*(?:У|В|In)\s[A-ZА-ЯІЇЄ][\w’'-]+\s(?:вивчають|думають|розглядають|кажуть|обговорюють|"
    r"готові|вирішили|"
    r"erwägt man|prüft man|denkt man|they|officials|ministers)\b"
)
_AND_WE = re.compile(r"\s(?:and|und|і|й|та)\s(?:we|wir|ми)\b")


def _begin(found: Read, before: Clause, clause: Clause) -> int:
    """Return where a clause begins: at the comma before who acts, if nothing of the clause before follows it."""
    first = min([clause.actor_start, *(value.start for value in clause.values)])
    last = max([before.actor_end, *(value.end for value in before.values if value.end <= first)])
    gap = found.text[last:first] if last < first else ""
    comma = max(gap.rfind(", "), gap.rfind("; "), gap.rfind(" – "))
    return last + comma if comma >= 0 else first


def _segment_of(place: int, parts: list[Segment]) -> int:
    return next((at for at, part in enumerate(parts) if part.holds(place)), 0)


_CONTENTS = re.compile(
    r"^\W*(?:of (?:which|them|it)|(?:for|with) which|wofür|womit|mit de(?:m|r|nen)\b|(?:на|за) як\w+|"
    r"(?:in|among) (?:which|them)|(?:which|it|that|they)\s(?:\w+\s)?(?:includ|contain|"
    r"compris|consist|cost|is worth|are worth)|"
    r"(?:davon|darunter|das|die|der|es)\b[^,;]*\b(?:enthält|umfasst|kostet|kosten|beinhalte\w+)|davon|darunter|з "
    r"(?:них|яких)|із (?:них|яких)|"
    r"(?:він|вона|як\w+)\s(?:\w+\s)?(?:містит|включа|кошту|охоплю))",
    re.IGNORECASE,
)


def _by_segment(found: Read, clause: Clause, parts: list[Segment], language: str) -> list[Clause]:
    """Part a clause whose values stand in segments of their own: what is told of a noun, and the main clause.

    What only says what is in the whole, or what it costs, stays with it.
    """
    home: dict[int, int] = {}
    for at in sorted({_segment_of(value.start, parts) for value in clause.values}):
        words = _text_of(found, parts[at], clause)
        stands = (
            at == 0
            or _BESIDES.match(words) is not None
            or (does(words, language) and not _CONTENTS.search(words) and parts[at].kind != CONTENT)
        )
        on = parts[at].on
        main = on if on and parts[at].kind == CONTENT and does(_text_of(found, parts[on], clause), language) else None
        home[at] = at if stands or not home else home.get(on, main if main is not None else next(iter(home)))
    if len(set(home.values())) < 2:
        return [clause]
    made = []
    for own in sorted(set(home.values())):
        inside = Clause(
            clause.contributors, clause.start, clause.end, actor_start=clause.actor_start, actor_end=clause.actor_end,
            amounts=[each for each in clause.amounts if home[_segment_of(each.start, parts)] == own],
            things=[each for each in clause.things if home[_segment_of(each.start, parts)] == own],
            is_carried=clause.is_carried,
        )  # fmt: skip
        made.append(inside)
    return made


def _give_values(found: Read, groups: list[list[Mention]], made: list[Clause], parts: list[Segment]) -> None:
    by = [bool(_BY.search(found.text[: group[0].start])) for group in groups]
    passive = bool(_PASSIVE.search(found.text))
    values: list[Amount | Thing] = [*found.amounts, *found.things]
    for value in values:
        segment = parts[_segment_of(value.start, parts)]
        before = [at for at, group in enumerate(groups) if group[0].start < value.end]
        same = [at for at in before if segment.holds(groups[at][0].start)]
        owner = (same or before or [0])[-1]
        behind = [at for at, group in enumerate(groups) if by[at] and group[0].start >= value.end]
        paid = [at for at, group in enumerate(groups) if _PAID_BY.search(found.text[: group[0].start])]
        if paid:
            owner = paid[0]
        elif passive and behind and not [at for at in before if not by[at]]:
            owner = behind[0]
        clause = made[owner]
        if isinstance(value, Amount):
            clause.amounts.append(value)
        else:
            clause.things.append(value)


_PAID_BY = re.compile(
    r"\b(?:(?:paid(?: for)?|financed|funded|donated|given|supplied) by|at the expense of|"
    r"(?:finanziert|bezahlt) (?:w[ei]rde?n? (?:sie|es|"
    r"das|dies\w*) )?(?:von|durch)|auf "
    r"Kosten|оплачен\w+|профінансован\w+|коштом|за кошти)\s(?:the |der |dem |den )?$",
    re.IGNORECASE,
)


def _say(found: Read, made: list[Clause], parts: list[Segment], language: str) -> None:
    """Give each clause the words that are said of its values."""
    before = ""
    for at, clause in enumerate(made):
        clause.text = _words(found, clause, parts, language)
        after = made[at + 1] if at + 1 < len(made) else None
        if not before and after is not None and not does(clause.text, language):
            # Two French Rafales and three Romanian F-16s share the duty.
            clause.text = f"{clause.text} {_words(found, after, parts, language)}"
        if before and not does(clause.text, language):
            clause.text = f"{before} {clause.text}"
        elif found.frame and not (does(clause.text, language) and cues.says("considered", found.frame, language)):
            # That something was talked over makes nothing doubtful of which an item says that it is done.
            clause.text = f"{found.frame} {clause.text}"
        before = clause.text
        clause.is_row = _is_row(found, clause)


_ROW = re.compile(r"\s?(?:\([^)]*\)|,\s\w+)?\s*(?:[:–—]|\s-|(?:with|mit|з|із)(?=\s\W*\w*\W*$))\s?[^.:;!?]*")


def _is_row(found: Read, clause: Clause) -> bool:
    """Tell whether only a colon or a dash stands between who gives and what."""
    behind = [value.start for value in clause.values if value.start >= clause.actor_end]
    return bool(clause.actor_end and behind and _ROW.fullmatch(found.text[clause.actor_end : min(behind)]))


_BUT = re.compile(r"\W*(?:but|aber|sondern|але|однак|проте|а)\b", re.IGNORECASE)
_BESIDES = re.compile(
    r"\W*(?:and )?(?:in addition|also|plus|additionally|besides|on top|zudem|außerdem|ferner|hinzu|dazu|"
    r"zusätzlich|крім того|окрім того|також|додатково|ще)\b",
    re.IGNORECASE,
)


def _words(found: Read, clause: Clause, parts: list[Segment], language: str) -> str:
    if not clause.has_values:
        return found.text[clause.start : clause.end]
    wanted = {_segment_of(value.start, parts) for value in clause.values}
    for at in list(wanted):
        # What somebody says is as sure as their saying so; and a segment without a verb has that of the main clause.
        while parts[at].kind == CONTENT or (at and not does(_text_of(found, parts[at], clause), language)):
            if parts[at].kind == BESIDE and _BUT.match(_text_of(found, parts[at], clause)):
                # No arms, but three million euros.
                return _text_of(found, parts[at], clause)
            at = parts[at].on
            wanted.add(at)
            if not at:
                break
    # That it is off, or denied, may be said by a segment that follows.
    for at, part in enumerate(parts):
        words = found.text[part.pieces[0][0] : part.pieces[-1][1]] if part.pieces else ""
        if part.on in wanted and part.kind == BESIDE and at not in wanted and _takes_back(words, found, language):
            return words
    return " ".join(_text_of(found, parts[at], clause) for at in sorted(wanted)).strip()


def _takes_back(words: str, found: Read, language: str) -> bool:
    at = found.text.find(words)
    if any(at <= value.start < at + len(words) for value in found.values):
        return False
    return bool(cues.says("cancelled", words, language) or cues.says("denies", words, language))


def _text_of(found: Read, part: Segment, clause: Clause) -> str:
    inside = [(max(start, clause.start), min(end, clause.end)) for start, end in part.pieces]
    return " ".join(found.text[start:end] for start, end in inside if start < end)
