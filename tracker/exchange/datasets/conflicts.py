"""Conflicts: where staff and the file changed the same field. It stays as it is here; the rest follows the file.

A person decides to keep ours or to take theirs, for one record or for all. What is decided stays so: the next file that
says the same says nothing new.
"""

from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.importing import three_way, three_way_lines
from tracker.curation.importing.plans import Outcome, Step
from tracker.lib import canonical
from tracker.records.engine.source_form import LINES, compared, is_same
from tracker.records.engine.types import Document


def compare(step: Step, last: Document, desk: Document, now: Document, side: str) -> None:
    """Note what of a record changes and what conflicts, after what was decided. `desk` is its document here.

    Sources are a set: each that comes or goes is one by itself, and never a conflict.
    """
    here = compared(desk)
    claims = three_way.merged(last.get("claims", ()), here.get("claims", ()), now.get("claims", ()))
    names = [name for name in step.fields if name != "claims"]
    sides = three_way.Sides(last, here, now)
    three_way.compare(step, names, sides, conflict="%s", is_equal=is_same)
    step.after = now | {"claims": claims}
    lines = _merged_lines(step, last, desk) if "lines" in step.conflicts else None
    shown = [name for name in step.conflicts if name != "lines" or lines is None] + (lines.conflicts if lines else [])
    said = step.draft.document
    if lines is not None:
        found = lines.theirs if side == three_way.THEIRS else lines.lines
        said = said | dict(zip(LINES, found, strict=True))
        step.keeps_ours = not is_same(compared(said)["lines"], now["lines"])
        step.conflicts = [name for name in step.conflicts if name != "lines" or lines.conflicts]
        if not is_same(compared(said)["lines"], here["lines"]):
            step.fields = [*step.fields, "lines"]
    undecided = _("Changed both here and in the file since the last import: %s.") % ", ".join(shown)
    three_way.settle(step, side, shown, undecided)
    step.base = {name: last.get(name) for name in step.conflicts}
    if lines is not None and "lines" in step.conflicts:
        step.base = {**step.base, "lines": compared(dict(zip(LINES, lines.base, strict=True)))["lines"]}
    if claims != sorted(here.get("claims", ())):
        step.fields = [*step.fields, "claims"]
        step.before = {**step.before, "claims": here.get("claims", [])}
    if step.outcome is not Outcome.CONFLICTING:
        step.outcome = Outcome.CHANGED if step.fields or step.is_moved else Outcome.UNCHANGED
    step.write = _to_write(step, said)
    step.is_noted = step.is_noted and not step.fields and not step.is_moved and _is_known(step, last)


def _merged_lines(step: Step, last: Document, desk: Document) -> three_way_lines.Merged | None:
    now: Any = canonical.load(canonical.dump([step.draft.document.get(name, []) for name in LINES]))
    return three_way_lines.merge(last["lines"], [desk.get(name, []) for name in LINES], now)


def _to_write(step: Step, said: Document) -> Document:
    """Return the fields of a changed pledge as its serializer takes them; those that are gone are emptied."""
    fields: Document = {}
    for name in step.fields:
        for key in LINES if name == "lines" else (name,):
            fields[key] = said.get(key, _EMPTY.get(key, ""))
    return fields


_EMPTY: Document = {"beneficiary": None, "initiative": None, "shares": [], "claims": []} | {key: [] for key in LINES}
"""What stands in a field of which a source no longer says anything; in any other, no text."""


def _is_known(step: Step, last: Document) -> bool:
    """Tell whether what the dataset says was noted so before."""
    content = canonical.load(canonical.dump(step.content))
    names = (content.keys() | last.keys()) - {"umbrella"}
    return all(is_same(content.get(name), last.get(name)) for name in names)
