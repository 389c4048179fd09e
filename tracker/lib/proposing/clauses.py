"""A sentence in clauses: who acts, and which amounts and things stand with them."""

import re
from dataclasses import dataclass, field

from tracker.lib.proposing.amounts import Amount
from tracker.lib.proposing.names import Mention
from tracker.lib.proposing.reading import Read, actors, impersonal, partners
from tracker.lib.proposing.things import Thing

_JOINED = re.compile(
    r"(?:'s|’s)?[\s,]*(?:and|und|та|і|й|sowie|as well as|plus|/|&)?\s*(?:the|die|der|dem|den)?\s*", re.IGNORECASE
)
_BY = re.compile(r"\b(?:by|from|von|aus|від|з|із|durch)\s(?:the\s|der\s|dem\s)?$", re.IGNORECASE)


@dataclass
class Clause:
    """A clause from `start` up to `end` of its sentence."""

    contributors: list[str]
    start: int
    end: int
    amounts: list[Amount] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    actor_start: int = 0
    actor_end: int = 0
    is_carried: bool = False
    """Whether who acts was named before this sentence."""

    @property
    def has_values(self) -> bool:
        """Whether it states money or things."""
        return bool(self.amounts or self.things)


def clauses(found: Read, before: list[str]) -> list[Clause]:
    """Return the clauses of a sentence that state something. Where nobody is named, those `before` act."""
    groups, beside = _groups(found), partners(found)
    if beside and before and all(each.id in beside for group in groups for each in group):
        return [Clause(list(dict.fromkeys([*before, *beside])), 0, len(found.text), found.amounts, found.things, 0)]
    if not groups and not before:
        groups = [impersonal(found)[:1]] if impersonal(found) else []
    if not groups:
        if not before:
            return []
        return [Clause(before, 0, len(found.text), found.amounts, found.things, 0, is_carried=True)]
    made = [
        Clause(
            [each.id for each in group],
            group[0].start,
            groups[at + 1][0].start if at + 1 < len(groups) else len(found.text),
            actor_start=group[0].start,
            actor_end=group[-1].end,
        )
        for at, group in enumerate(groups)
    ]
    made[0].start = 0
    for clause in made:
        clause.contributors = list(dict.fromkeys(clause.contributors))
    _give_values(found, groups, made)
    stating = [clause for clause in made if clause.has_values]
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


def _give_values(found: Read, groups: list[list[Mention]], made: list[Clause]) -> None:
    values: list[Amount | Thing] = [*found.amounts, *found.things]
    for value in values:
        owner = made[0]
        for group, clause in zip(groups, made, strict=True):
            if group[0].start < value.end:
                owner = clause
        behind = [
            clause
            for group, clause in zip(groups, made, strict=True)
            if group[0].start >= value.end and _BY.search(found.text[: group[0].start])
        ]
        passive = behind and re.search(
            r"\b(?:was|were|been|be|wurde\w*|werden|worden|arrived|eingetroffen|прибу\w+|надійш\w+|paid)\b",
            found.text,
            re.IGNORECASE,
        )
        if passive and value.end <= groups[0][0].start:
            owner = behind[0]
        (owner.amounts if isinstance(value, Amount) else owner.things).append(value)  # type: ignore[arg-type]
