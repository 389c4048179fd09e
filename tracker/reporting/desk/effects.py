"""The effect of publishing a change set in words: the cells of five tables that change, and one sentence of all."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.models import Group, Initiative, Party, Platform, Pledge, Stage

SHOWN = 50
"""How many cells of one table are spelt out."""

TELLING = ("contributor", "initiative", "aid_type", "month", "group")
"""The five tables; of changes that are equally large, the one of the first is named."""


@dataclass(frozen=True)
class CellInWords:
    """One sum that changes, in euros with two decimals or in words where it is unknown; `stage` alone names a total."""

    row: str
    stage: str
    before: str
    after: str
    difference: str

    @property
    def after_in_euros(self) -> str:
        """What it is afterwards, with its currency where that is an amount."""
        return f"EUR {self.after}" if self.after[-1:].isdigit() else self.after


@dataclass(frozen=True)
class TableInWords:
    """The cells of one table that change, the most changed first; `count` is how many there are."""

    name: str
    row_label: str
    count: int
    cells: list[CellInWords]


def tables_in_words(tables: Mapping[str, Sequence[Sequence[Any]]]) -> list[TableInWords]:
    """Return the tables of an effect, each cell a row, an aid type, a stage, and EUR cents before and after or None."""
    parties = _names(Party, (cell[0] for name in ("contributor", "aid_type") for cell in tables.get(name, ())[:SHOWN]))
    initiatives = _names(Initiative, (cell[0] for cell in tables.get("initiative", ())[:SHOWN]))
    groups = _names(Group, (cell[0] for cell in tables.get("group", ())[:SHOWN]))
    aid_types = dict(Pledge.AidType.choices)
    rows = {
        "contributor": (_("Contributor × stage"), _("Contributor"), lambda cell: parties.get(cell[0], cell[0])),
        "aid_type": (
            _("Contributor × aid type"), _("Contributor, aid type"),
            lambda cell: f"{parties.get(cell[0], cell[0])}, {aid_types.get(cell[1], cell[1] or _('none'))}",
        ),
        "initiative": (
            _("Initiative × stage"), _("Initiative"),
            lambda cell: initiatives.get(cell[0], cell[0]) or _("no initiative"),
        ),
        "month": (_("Month"), _("Month"), lambda cell: _month(cell[0])),
        "group": (
            _("Group × stage; groups overlap"), _("Members of"), lambda cell: groups.get(cell[0], cell[0]),
        ),
    }  # fmt: skip
    return [
        TableInWords(title, label, len(cells), [_cell(in_words(cell), *cell[2:]) for cell in cells[:SHOWN]])
        for name, (title, label, in_words) in rows.items()
        if (cells := tables.get(name, ()))
    ]


def quantities_in_words(cells: Sequence[Sequence[Any]]) -> list[TableInWords]:
    """Return the table of quantities that change: contributor, platform, nature, stage, and millionths of units."""
    if not cells:
        return []
    parties = _names(Party, (cell[0] for cell in cells[:SHOWN]))
    platforms = _names(Platform, (cell[1] for cell in cells[:SHOWN]))
    rows = [
        _quantity(f"{parties.get(party, party)}, {platforms.get(platform, platform)}", nature, stage, before, after)
        for party, platform, nature, stage, before, after in cells[:SHOWN]
    ]
    return [
        TableInWords(_("Quantities: contributor × platform, in units"), _("Contributor, platform"), len(cells), rows)
    ]


def _quantity(row: str, nature: str, stage: str, before: int, after: int) -> CellInWords:
    label = str(dict(Stage.choices).get(stage, stage))
    if nature:
        label = _("%(stage)s, deployment") % {"stage": label}
    sign = "+" if after > before else "−"
    return CellInWords(row, label, units(before), units(after), f"{sign}{units(abs(after - before))}")


def units(millionths: int) -> str:
    """Return a quantity as people read it: `1,000`, `13.333333`."""
    return f"{Decimal(millionths).scaleb(-6).normalize():,f}"


def totals_in_words(totals: Iterable[Sequence[Any]]) -> list[CellInWords]:
    """Return the totals of an effect: a stage, and EUR cents before and after."""
    return [_cell(_("total"), *total) for total in totals]


@dataclass(frozen=True)
class FromDatasetInWords:
    """How the values of an imported dataset become the change of a total, in euros: each part with its sign.

    The parts add up to the change.
    """

    stage: str
    dataset: str
    uncounted: str
    otherwise: str
    before: str
    others: str
    change: str


def from_dataset_in_words(rows: Iterable[Sequence[Any]]) -> list[FromDatasetInWords]:
    """Return those rows of an effect in words: a stage, and EUR cents as `effect.FromDataset` has them."""
    stages = dict(Stage.choices)
    found = []
    for stage, dataset, uncounted, otherwise, before, change in rows:
        others = change - (dataset - uncounted + otherwise - before)
        parts = (dataset, -uncounted, otherwise, -before, others, change)
        found.append(FromDatasetInWords(str(stages.get(stage, stage)), *map(_signed, parts)))
    return found


def _signed(cents: int) -> str:
    return f"+{euros(cents)}" if cents > 0 else euros(cents)


def sentence(
    tables: Mapping[str, Sequence[Sequence[Any]]], totals: Sequence[Sequence[Any]],
    quantities: Sequence[Sequence[Any]] = (),
) -> str:  # fmt: skip
    """Return the effect in words: how many sums change, the largest by name, the totals, and how many quantities."""
    return " ".join(filter(None, (_of_sums(tables, totals), _of_quantities(quantities))))


def _of_quantities(cells: Sequence[Sequence[Any]]) -> str:
    if not cells:
        return ""
    [table] = quantities_in_words(cells[:1])
    [cell] = table.cells
    text = ngettext(
        "It changes %(count)s quantity: %(row)s, %(stage)s, %(difference)s, to %(after)s.",
        "It changes %(count)s quantities, the most: %(row)s, %(stage)s, %(difference)s, to %(after)s.", len(cells),
    )  # fmt: skip
    return text % {
        "count": len(cells), "row": cell.row, "stage": cell.stage, "difference": cell.difference, "after": cell.after,
    }  # fmt: skip


def _of_sums(tables: Mapping[str, Sequence[Sequence[Any]]], totals: Sequence[Sequence[Any]]) -> str:
    count = sum(len(cells) for cells in tables.values())
    if not count:
        return _("Publishing changes no sum of aid by contributor, aid type, initiative, month or group.")
    text = ngettext(
        "Publishing changes %(count)s published sum.", "Publishing changes %(count)s published sums.", count
    )
    said = [text % {"count": count}]
    said += [
        _("%(stage)s in total: EUR %(difference)s, to %(after)s.")
        % {"stage": total.stage.capitalize(), "difference": total.difference, "after": total.after_in_euros}
        for total in totals_in_words(totals)
    ]
    # The totals alone would not tell of a sum that moves from one row to another.
    name = max(TELLING, key=lambda table: _largest(tables.get(table, ())))
    # Of a pair that gives and takes the same, the row that has a name tells more.
    largest = max(tables[name][:2], key=lambda cell: (_largest([cell]), bool(cell[0])))
    [[cell]] = [table.cells for table in tables_in_words({name: [largest]})]
    said.append(
        _("The largest change: %(row)s, %(stage)s, EUR %(difference)s.")
        % {"row": cell.row, "stage": cell.stage, "difference": cell.difference}
    )
    return " ".join(said)


def _largest(cells: Sequence[Sequence[Any]]) -> int:
    """Return by how many EUR cents the first cell changes, which is the most changed; zero where there is none."""
    return max((abs((cell[-1] or 0) - (cell[-2] or 0)) for cell in cells[:1]), default=0)


def in_a_sentence(outcome: Mapping[str, Any]) -> str:
    """Return an effect as it is kept in words; what it would be where something stands in the way, or why it is not
    known."""
    problems = outcome["problems"]
    if not is_known(outcome):
        return not_known(problems)
    said = sentence(outcome["tables"], outcome["totals"], outcome.get("quantities", ()))
    return _("Once it can be published: %s") % said if problems else said


def is_known(outcome: Mapping[str, Any]) -> bool:
    """Tell whether the sums of an effect could be worked out; it may be kept from before that was noted."""
    return bool(outcome.get("is_known", not outcome["problems"]))


def not_known(problems: Sequence[str]) -> str:
    """Say that an effect is not known, and what has to be put right first; it is by no means zero."""
    return _(
        "What publishing it does to the sums cannot be worked out as long as this stands in the way: %(problem)s"
    ) % {"problem": problems[0]}  # fmt: skip


def together(effects: Iterable[Iterable[Sequence[Any]]], unknown: int = 0) -> str:
    """Return in a sentence by how much the totals of stages move in all; each effect is its totals, in EUR cents.

    Of `unknown` more change sets the effect is not known, which is said.
    """
    return " ".join(filter(None, (_of_totals(effects), _of_unknown(unknown))))


def _of_unknown(count: int) -> str:
    if not count:
        return ""
    text = ngettext(
        "What %(count)s of them does to the sums is not known, and not counted here.",
        "What %(count)s of them do to the sums is not known, and not counted here.", count,
    )  # fmt: skip
    return text % {"count": count}


def _of_totals(effects: Iterable[Iterable[Sequence[Any]]]) -> str:
    sums: dict[str, int] = {}
    for totals in effects:
        for stage, before, after in totals:
            sums[stage] = sums.get(stage, 0) + (after or 0) - (before or 0)
    said = [_cell("", stage, 0, change) for stage, change in sums.items() if change]
    if not said:
        return _("Together they change no total of a stage.")
    listed = "; ".join(f"{cell.stage}: EUR {cell.difference}" for cell in said)
    return _("Together they change the totals: %s.") % listed


def moved(tables: Mapping[str, Sequence[Sequence[Any]]], totals: Sequence[Sequence[Any]]) -> int:
    """Return the size of an effect: the EUR cents by which the most changed sum moves, a total or any cell."""
    return max(map(_largest, (*tables.values(), totals)), default=0)


def euros(cents: int) -> str:
    """Return EUR cents as people read them: `−1,234.50`."""
    return f"{cents // 100:,}.{cents % 100:02d}" if cents >= 0 else f"−{euros(-cents)}"


def _cell(row: str, stage: str, before: int | None, after: int | None) -> CellInWords:
    """Return a sum that changes in words; what is unknown adds nothing to the difference, and is no zero."""
    change = (after or 0) - (before or 0)
    had, has = (_("unknown") if cents is None else euros(cents) for cents in (before, after))
    label = str(dict(Stage.choices).get(stage, stage))
    return CellInWords(row, label, had, has, _signed(change))


def _names(model: Any, public_ids: Iterable[str]) -> dict[str, str]:
    return dict(model.objects.filter(public_id__in=set(public_ids)).values_list("public_id", "name"))


def _month(month: str) -> str:
    """Return `September 2025` for `2025-09`; what spans more than a month is undated."""
    if not month:
        return _("undated")
    return date_format(dt.date.fromisoformat(f"{month}-01"), "F Y")
