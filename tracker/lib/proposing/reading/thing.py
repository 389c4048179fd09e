"""A thing that a text names, with how many of it there are."""

from dataclasses import dataclass, field

from tracker.lib import quantities
from tracker.lib.quantities import Quantity

ONE = quantities.parse("1")
UNKNOWN, WITHHELD = Quantity(quantities.UNKNOWN), Quantity(quantities.WITHHELD)


@dataclass
class Thing:
    """A thing from `start` up to `end`: what it is, how many, and what of it is told apart."""

    start: int
    end: int
    what: str
    quantity: Quantity
    is_platform: bool
    id: str = ""
    within: list["Thing"] = field(default_factory=list)
    is_named: bool = True
    """Whether a table knows what it is."""
    is_per_head: bool = False
    """Whether each of those who give gives so many: field hospitals, one from each."""
    is_part: bool = False
    """Whether it is so many of those that were named before: four of the radars."""

    @property
    def is_counted(self) -> bool:
        """Whether the text says how many, exactly or not."""
        return self.quantity.qualifier not in (quantities.UNKNOWN, quantities.WITHHELD)

    def as_fact(self) -> dict[str, object]:
        """Return it as facts have it."""
        low, high = self.quantity.low, self.quantity.high
        told: dict[str, object] = {
            "what": self.what,
            "quantity": {
                "low": None if low is None else int(low),
                "high": None if high is None else int(high),
                "qualifier": self.quantity.qualifier,
            },
        }
        return told | ({"of_which": [each.as_fact() for each in self.within]} if self.within else {})
