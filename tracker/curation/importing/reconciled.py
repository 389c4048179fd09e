"""What a file says of a record, beside what the register will hold of it."""

from dataclasses import dataclass, field

from tracker.models import ReconciliationLine

Difference = ReconciliationLine.Cause
"""The names of differences between a file and the register."""


@dataclass(slots=True)
class Reconciled:
    """What the cells of a file come to for one record at one stage, and what the register will hold of it.

    In minor units of `currency`; None where the file, or the register, says nothing. What no record is made of names
    its `rows` alone.
    """

    stage: str
    basis: str
    currency: str
    source_id: str = ""
    public_id: str = ""
    contributor: str = ""
    aid_type: str = ""
    rows: list[int] = field(default_factory=list)
    in_file: int | None = None
    in_register: int | None = None
    cause: Difference = Difference.NONE
    reason: str = ""

    @property
    def difference(self) -> int:
        """Register less file."""
        return (self.in_register or 0) - (self.in_file or 0)
