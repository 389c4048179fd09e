"""Where a cell comes from: the rows of the ledger behind it, and by which rule they add up to it."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from django.db.models import Expression, Q, QuerySet
from django.utils.translation import gettext as _

from tracker.models import Contribution
from tracker.reporting.tables.contributions import dimensions_of, names_of
from tracker.reporting.tables.dimensions import Dimension, Grouped, Period
from tracker.reporting.tables.figures import Figure, Figures, SharedOut
from tracker.reporting.tables.measures import COUNT, PLEDGES, MixedSum, TableCell, counted, summed_column
from tracker.reporting.tables.members import ALL, REST, Member, MemberKey, key_from, key_of, parts_of
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table


class NoSuchCell(ValueError):
    """The table has no such row or column; the message says which it has."""

    def __init__(self, parameter: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter


@dataclass(frozen=True)
class Addend:
    """What one row of the ledger adds to a cell, and the figures that enter.

    `value` is in the unit of `TableCell`, exact; None is unknown. `share` is the part that counts here of a
    contribution of the EU's institutions, where these are shared out.
    """

    value: int | Fraction | None
    factor: Fraction | None
    share: Fraction | None
    figures: list[Figure]


@dataclass
class Lineage:
    """A cell or a total, and the rows of the ledger behind it."""

    question: Question
    table: Table
    figures: Figures
    cell: TableCell | None
    contributions: QuerySet[Contribution]
    row: MemberKey
    column: MemberKey
    whole_row: bool
    whole_column: bool

    def addend(self, row: Contribution) -> Addend:
        """Return what a row adds to the cell."""
        measure = self.table.measure
        raw, share, figures = self._counted_as(row)
        value: int | Fraction | None = 1
        if measure.measure not in (COUNT, PLEDGES):
            value = getattr(row, summed_column(measure))
        factor = self.figures.of(raw) if self.figures.factors else None
        for each in self.figures.factors:
            figures = figures + each.figures(raw)
        if value is not None and share is not None:
            value = value * share
        if value is not None and self.figures.factors:
            value = None if factor is None else value * factor
        return Addend(value, factor, share, figures)

    def _counted_as(self, row: Contribution) -> tuple[dict[str, Any], Fraction | None, list[Figure]]:
        """Return as whose a row counts in the cell, which part of it, and the weights by which it does.

        Where it counts as that of several members, no figure of theirs enters: a share of GDP is never
        that of several.
        """
        raw = row.__dict__
        shared_out = self.figures.shared_out
        if shared_out is None or row.contributor not in shared_out.institutions:
            return raw, None, []
        weights = shared_out.weights(raw)
        if not weights:
            return raw, None if self._is_here(raw) else Fraction(0), []
        here = [(own, part) for own, part in shared_out.shares(raw) if part is not None and self._is_here(own)]
        figures = [weights[own["contributor"]][1] for own, _part in here]
        return here[-1][0] if here else raw, sum((part for _own, part in here), Fraction(0)), figures

    def _is_here(self, raw: dict[str, Any]) -> bool:
        """Tell whether a part of a row belongs to this row and column of the table, its time aside."""
        table = self.table
        return (self.whole_row or self._counts_in(raw, table.row_dimension, self.row, table.rows)) and (
            self.whole_column or self._counts_in(raw, table.column_dimension, self.column, table.columns)
        )

    def _counts_in(self, raw: dict[str, Any], text: str, key: MemberKey, members: list[Member]) -> bool:
        """Tell whether a part of a row counts in the member at `key` of these, its time aside but for the rest."""
        dimensions = dimensions_of(text, self.question.asked, self.question.moment)
        is_rest = REST in parts_of(key)
        options = [
            (part,) if isinstance(each, Period) and not is_rest else each.members_of(raw[each.column])
            for each, part in zip(dimensions, parts_of(key), strict=True)
        ]
        found = {key_of(parts) for parts in product(*options)}
        return bool(found - {member.id for member in members}) if is_rest else key in found


def lineage_of(question: Question, row: str | None, column: str | None) -> Lineage:
    """Return the lineage of the cell at a row and a column, by their addresses; None is a total over all of them.

    Without either it is that of the whole table, whose total is None where it would mix what is never added.
    Raises NoSuchCell, and MixedSum where the cell, or the total, would mix what is never added.
    """
    table = question.table()
    # The address of the only row or column there is; where there are others, that of their total.
    row, column = (None if address == ALL else address for address in (row, column))
    if row is not None and not names_of(table.column_dimension):
        # The only column there is.
        column = ALL
    keys = (_key(table, "row", row), _key(table, "column", column))
    cell = _cell(table, keys, row is None, column is None)
    figures = question.options().figures
    condition = _condition(question, table, "row", row) & _condition(question, table, "column", column)
    rows = counted(question.contributions(), question.measure, question.asked)
    found = rows.filter(condition)
    if figures.shared_out is not None and figures.shared_out.keys:
        shared = figures.shared_out
        others = _condition(question, table, "row", row, shared=True) & _condition(
            question, table, "column", column, shared=True
        )
        ids = shared.rows.filter(others).values("pk") if _may_share(shared, table, keys) else []
        own = found.exclude(contributor__in=shared.institutions).values("pk")
        found = Contribution.objects.filter(Q(pk__in=ids) | Q(pk__in=own)).annotate(**_annotations(question))
    return Lineage(question, table, figures, cell, found, keys[0], keys[1], row is None, column is None)


def _annotations(question: Question) -> dict[str, Expression]:
    """Return what tells where a part of a row belongs, but for groups: those are of the member that it counts as."""
    each = dimensions_of(",".join(question.dimensions) or "none", question.asked, question.moment)
    return {name: made for one in each if not isinstance(one, Grouped) for name, made in one.annotations().items()}


def _may_share(shared: SharedOut, table: Table, keys: tuple[MemberKey, MemberKey]) -> bool:
    """Tell whether the row or column is not that of a contributor who never had a share."""
    for text, key in zip((table.row_dimension, table.column_dimension), keys, strict=True):
        for name, part in zip(names_of(text), parts_of(key), strict=False):
            if name == "contributor" and part not in (None, REST) and key is not None:
                return part in shared.institutions or part in shared.members
    return True


def _key(table: Table, name: str, address: str | None) -> MemberKey:
    """Return the key of a row or column; raises NoSuchCell where the table has none such."""
    if address is None:
        return None
    key = key_from(address)
    members = table.rows if name == "row" else table.columns
    if key not in {member.id for member in members}:
        raise NoSuchCell(
            name, _("There is no %(name)s “%(found)s” in this table; take the address from the table.")
            % {"name": name, "found": address[:60]},
        )  # fmt: skip
    return key


def _cell(table: Table, keys: tuple[MemberKey, MemberKey], whole_row: bool, whole_column: bool) -> TableCell | None:
    if not whole_row and not whole_column:
        return table.cell(*keys)
    if whole_row and whole_column:
        return table.total
    totals, key = (table.row_totals, keys[0]) if whole_column else (table.column_totals, keys[1])
    if totals is None:
        raise MixedSum(_("There is no such total, as it would mix what is never added: name a row and a column."))
    return totals.get(key)


def _condition(question: Question, table: Table, name: str, address: str | None, shared: bool = False) -> Q:
    """Return what the rows behind a row or column of the table fulfil.

    `shared` is for contributions that are shared out: they are found by all but who they count as.
    """
    if address is None:
        return Q()
    text, members = (
        (table.row_dimension, table.rows) if name == "row" else (table.column_dimension, table.columns)
    )  # fmt: skip
    dimensions = dimensions_of(text, question.asked, question.moment)
    key = key_from(address)
    if REST not in parts_of(key):
        return _of(dimensions, key, question.cumulative, shared)
    if shared and any(_goes_by_contributor(dimension) for dimension in dimensions):
        # Whom a contribution counts as says whether it is in the rest: that is asked of each.
        return Q()
    others = Q()
    for member in members:
        if REST not in parts_of(member.id):
            others &= ~_of(dimensions, member.id, question.cumulative, shared)
    return others


def _of(dimensions: list[Dimension], key: MemberKey, cumulative: bool, shared: bool) -> Q:
    condition = Q()
    for dimension, part in zip(dimensions, parts_of(key), strict=True):
        if shared and _goes_by_contributor(dimension):
            continue
        if cumulative and part is not None and isinstance(dimension, Period):
            condition &= dimension.until(part)
        else:
            condition &= dimension.condition(part)
    return condition


def _goes_by_contributor(dimension: Dimension) -> bool:
    return dimension.name == "contributor" or isinstance(dimension, Grouped)


def rule_of(lineage: Lineage) -> str:
    """Return by which rule the rows add up to the cell."""
    measure = lineage.table.measure
    if measure.measure == PLEDGES:
        return _("The cell is the number of different pledges among the rows.")
    if measure.measure == COUNT:
        return _("The cell is the number of rows.")
    column = {"quantity_millionths": "quantity", "usd_cents": "usd", "amount_minor": "amount"}.get(
        summed_column(measure), "eur"
    )
    parts = [f"`{column}`"]
    if lineage.figures.shared_out:
        parts.append(_("`share_out` (where it is not null)"))
    if lineage.figures.factors:
        parts.append(_("`factor`"))
    if len(parts) == 1:
        return _("The cell is the sum of %s of all rows; null adds nothing.") % parts[0]
    hundred = _(" times 100") if measure.per == "gdp" else ""
    words = {"product": _(" times ").join(parts), "hundred": hundred}
    return _("The cell is the sum of %(product)s%(hundred)s, rounded once, half to even; null adds nothing.") % words
