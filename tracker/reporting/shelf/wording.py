"""What changed between two documents, in the words of the form: labels, names, dates and amounts as people write."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.records import field_labels
from tracker.records.engine.plain_fields import Choice
from tracker.records.registry import KINDS
from tracker.records.words import first_capital, in_a_sentence
from tracker.reporting.shelf.comparing import ADDED, REMOVED, ChangedField

CLAIMS = "claims"
_PATH = re.compile(r"^(\w+)(?:\[([^\]]+)\](?:\.(\w+))?)?$")


@dataclass(frozen=True)
class ChangeInWords:
    """One difference; `before` or `after` is empty where something came or went."""

    what: str
    before: str
    after: str
    path: str = ""
    """The field in the document, such as `entries[2].amount`."""
    row: str = ""
    """What the row is called that it stands in: `Entry 2`; empty outside of lists."""
    became: str = ""
    """What became of that row: added, removed, moved or changed."""


def in_words(kind: str, changed: Iterable[ChangedField]) -> list[ChangeInWords]:
    """Return the differences of a document of a kind in words, those of one claim as one."""
    found: dict[tuple[str, ...], list[ChangedField]] = {}
    for line in changed:
        if line.row in (ADDED, REMOVED) and line.path.endswith(".number"):
            continue  # It stands in the name of the row already.
        found.setdefault(line.steps[:2] if line.steps[:1] == (CLAIMS,) else line.steps, []).append(line)
    return [
        _of_claim(kind, together) if steps[:1] == (CLAIMS,) else _of_field(kind, together[-1])
        for steps, together in found.items()
    ]


def place_of(kind: str, path: str) -> str:
    """Return what a path such as `entries[2].amount` names: `Entry 2, amount`; the path where it names nothing."""
    match = _PATH.match(path)
    steps = tuple(step for step in match.groups() if step) if match else ()
    return _place(kind, steps) if field_labels.field_at(kind, steps) is not None or _is_row(kind, steps) else path


def _is_row(kind: str, steps: tuple[str, ...]) -> bool:
    return len(steps) == 2 and steps[0] in field_labels.fields_of(kind)


def _of_claim(kind: str, changed: list[ChangedField]) -> ChangeInWords:
    """Return what became of one claim: of one that stays, what people wrote of it, or else what was worked out."""
    if changed[0].row in (ADDED, REMOVED):
        values = {line.steps[-1]: line.values[changed[0].row == ADDED] for line in changed}
        path = values.get("field")
        what = _("A source on “%s”") % place_of(kind, path) if path else _("A source of the whole record")
        said = _claimed(kind, values)
        return ChangeInWords(what, "", said) if changed[0].row == ADDED else ChangeInWords(what, said, "")
    fields = [(line, field_labels.field_at(kind, line.steps)) for line in changed]
    named = [(line, field) for line, field in fields if field is not None]
    written = [(line, field) for line, field in named if not field.read_only] or named
    before, after = (
        "; ".join(
            f"{field_labels.part_label(kind, CLAIMS, line.steps[2])}: {words}"
            for line, field in written
            if (words := field.in_words(line.values[side]))
        )
        for side in (0, 1)
    )
    return ChangeInWords(_("What a source says"), before, after)


def _claimed(kind: str, values: dict[str, Any]) -> str:
    """Return what a claim says, one of a few words as forms call it, and whose it is."""
    said, document = values.get("quote") or values.get("value"), values.get("document")
    match = _PATH.match(values.get("field") or "")
    field = field_labels.field_at(kind, tuple(step for step in match.groups() if step)) if match else None
    if not values.get("quote") and isinstance(field, Choice):
        said = field.in_words(said)
    source = str(document["name"]) if document else _("a source")
    return f"“{said}”, {source}" if said else source


def _of_field(kind: str, line: ChangedField) -> ChangeInWords:
    field = field_labels.field_at(kind, line.steps)
    if field is None:
        return ChangeInWords(line.path, line.before, line.after)
    before, after = (field.in_words(value) for value in line.values)
    row = _row(kind, *line.steps[:2]) if line.row and len(line.steps) > 2 else ""
    return ChangeInWords(_place(kind, line.steps), before, after, line.path, row, line.row if row else "")


def _place(kind: str, steps: tuple[str, ...]) -> str:
    """Return where a difference is: `Entry 2, amount`."""
    if len(steps) == 1:
        return field_labels.label_of(kind, steps[0])
    if len(steps) == 2:
        return _row(kind, *steps)
    return f"{_row(kind, *steps[:2])}, {in_a_sentence(field_labels.part_label(kind, steps[0], steps[2]))}"


def _row(kind: str, name: str, row: str) -> str:
    """Return what the row of a list is called: `Entry 2`, `Share Germany`."""
    field: Any = field_labels.fields_of(kind)[name]
    part = getattr(getattr(field, "child", None), "Meta", None)
    label = str(part.model._meta.verbose_name) if part else field_labels.label_of(kind, name)
    return f"{first_capital(label)} {_row_in_words(kind, name, field, row)}"


def _row_in_words(kind: str, name: str, field: Any, row: str) -> str:
    """Return what tells a row apart with choices as forms call them: `1, market price` for `1, market_price`."""
    fields = getattr(getattr(field, "child", None), "fields", {})
    choices = [fields[each] for each in KINDS[kind].identities.get(name, ()) if isinstance(fields.get(each), Choice)]
    return ", ".join(
        next((each.in_words(said) for each in choices if said in each.choices), said) for said in row.split(", ")
    )
