"""One clause of a sentence: who acts, the amounts and things that stand with it, and the words said of them."""

from dataclasses import dataclass, field

from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.thing import Thing


@dataclass
class Clause:
    """A clause from `start` up to `end` of its sentence; `text` has the words that are said of its values."""

    contributors: list[str]
    start: int
    end: int
    amounts: list[Amount] = field(default_factory=list)
    things: list[Thing] = field(default_factory=list)
    actor_start: int = 0
    actor_end: int = 0
    is_carried: bool = False
    """Whether who acts was named before this sentence."""
    text: str = ""
    refers: bool = False
    """Whether it speaks of the things of the clause before: the guns are due in May."""
    is_known: bool = False
    """Whether its things were named before, as those of a promise or a delivery."""
    is_row: bool = False
    """Whether it is a row of a list, which needs no verb: `Spain: 10 million euros`."""

    @property
    def has_values(self) -> bool:
        """Whether it states money or things."""
        return bool(self.amounts or self.things)

    @property
    def is_counted(self) -> bool:
        """Whether it says of a thing how many."""
        return any(thing.is_counted for thing in self.things)

    @property
    def values(self) -> list[Amount | Thing]:
        """Its amounts and things."""
        return [*self.amounts, *self.things]
