"""What can keep a mutation from happening, in words for the person who asked for it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

PROBLEMS_KEPT = 100
"""How many of the records are kept by name that cannot be published."""
PROBLEMS_SAID = 3
"""How many of the problems of a change set one sentence names."""


class CurationError(Exception):
    """A mutation that cannot be done; nothing was written. `str()` of it is for people."""


class NotAllowed(CurationError):
    """The person may not do this, or not to their own work."""


class WrongStatus(CurationError):
    """The change set is not in the status that this needs."""


class HeldByAnother(CurationError):
    """Another open change set holds the record."""


class Stale(CurationError):
    """The register has changed since the plan was made."""


class EditedSince(CurationError):
    """Records were edited after somebody looked at them: they have not seen what these are now."""


class StillReferredTo(CurationError):
    """Other records refer to the record, so it cannot go."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with one record."""

    kind: str
    public_id: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}: {self.message}"


class Refused(CurationError):
    """A change set cannot be published: `problems` names each record and what is wrong with it."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        lines = "; ".join(str(problem) for problem in problems)
        super().__init__(_("Nothing was published. %(problems)s") % {"problems": lines})

    def listed(self, most: int) -> list[str]:
        """Return the problems, a line each, `most` of them, and how many more there are."""
        lines = [str(problem) for problem in self.problems[:most]]
        more = len(self.problems) - most
        return lines if more <= 0 else [*lines, _("… and %s more like these.") % more]


class DifferencesNotNamed(CurationError):
    """The totals of an import differ from its file's, for reasons that were not named.

    `causes` are the names of all of them, with what they mean.
    """

    def __init__(self, causes: dict[str, str]) -> None:
        self.causes = causes
        listed = ", ".join(f"{cause} ({words})" for cause, words in causes.items())
        super().__init__(
            _("The totals differ from the file's own: %s. Publish it by naming these differences.") % listed
        )


class NotPublishable(CurationError):
    """A change set is known not to be publishable: whoever submits it all the same says so.

    `problems` say what stands in the way, a line each.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        shown = "; ".join(problems[:PROBLEMS_SAID])
        if len(problems) > PROBLEMS_SAID:
            shown += "; " + _("… and %s more like these.") % (len(problems) - PROBLEMS_SAID)
        super().__init__(
            _("It was not submitted. Mend it or confirm that it is submitted, as it cannot be published as it is: %s")
            % shown
        )


class EffectNotKnown(CurationError):
    """Nobody has seen yet what publishing a change set does: who submits or publishes it all the same says so.

    It is being worked out; so many steps of that are done, of so many, zero where none has begun.
    """

    SUBMITTED, PUBLISHED = "submitted", "published"

    def __init__(self, done: int, total: int, step: str = SUBMITTED) -> None:
        how_far = _(" (%(done)s of %(total)s steps)") % {"done": done, "total": total} if total else ""
        said = (
            _("It was not published: what that does to the sums, as it is now, is being worked out%s. Look at that "
              "first, or confirm that you publish it all the same.")
            if step == self.PUBLISHED
            else _("It was not submitted: what publishing it does to the sums is being worked out%s. Look at that "
                   "first, or confirm that you submit it all the same.")
        )  # fmt: skip
        super().__init__(said % how_far)
