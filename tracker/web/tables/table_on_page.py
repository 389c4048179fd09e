"""A contribution table as a page shows it: rows of numbers, each of which leads to what is behind it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.exchange.outbound.table_json import notes_of
from tracker.records import words
from tracker.records.words import first_capital
from tracker.reporting.tables.contributions import names_of, spelled_out
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS, GROUP, TIMES
from tracker.reporting.tables.dimensions import KINDS
from tracker.reporting.tables.measures import CURRENCIES, QUANTITY, VALUE, MixedSum, TableCell
from tracker.reporting.tables.members import Member, MemberKey, address_of
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.table import Table
from tracker.web.english import of_name
from tracker.web.names import name_of, of_aid_kind, period
from tracker.web.page_request import PageRequest
from tracker.web.tables.known_years import known_years
from tracker.web.tables.narrowed import narrowed
from tracker.web.tables.numbers import Number, Unit, number_of, unit_for
from tracker.web.tables.questions import Asking, TableParams


@dataclass(frozen=True)
class TableRow:
    """A row: its name, which can be a link, its numbers, and their total."""

    name: str
    address: str
    numbers: list[Number]
    total: Number | None
    language: str = ""
    """The attribute that says in which language the name is, where the page has none in its own."""


@dataclass
class TableShown:
    """A table as a page shows it."""

    title: str
    measure: str
    unit: Unit
    row_name: str
    heads: list[tuple[str, str]]
    """The names of the columns, each with the attribute of its language."""
    lines: list[TableRow]
    totals: list[Number]
    total: Number | None
    has_total: bool
    asking: Asking
    table: Table
    notes: list[str] = field(default_factory=list)
    part: str = ""
    """Which rows and columns of it a page shows, where not all, and links to the others."""
    turns: list[tuple[str, str]] = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return [name for name, _language in self.heads]

    @property
    def has_total_column(self) -> bool:
        """Whether totals of rows stand in a column: beside a single one they would say the same once more."""
        return self.has_total and len(self.table.columns) > 1

    @property
    def changes(self) -> str:
        """The address of what changed in the table."""
        params = {name: value for name, value in self.asking.params.items() if name != "top"}
        return self.asking.asked.address("table-changes", **params)

    @property
    def others(self) -> list[tuple[str, str]]:
        """The same in the other currency, as a share of GDP or as amounts: what to call it, and its address."""
        measure, params = self.table.measure, self.asking.params
        if measure.measure != VALUE or measure.currency not in CURRENCIES:
            return []
        other = next(currency for currency in CURRENCIES if currency != measure.currency)
        # Shares are not sorted by size: which are the largest is told of amounts alone.
        whole = {name: value for name, value in params.items() if name != "top"}
        found = [(_("in %s") % other, params | {"currency": other})]
        if measure.per:
            plain = {name: value for name, value in params.items() if name not in ("per", "of_year")}
            found += [(_("as plain amounts"), plain)]
        elif "contributor" in params or "contributor" in names_of(self.table.row_dimension):
            found += [(_("as a share of GDP"), whole | {"per": "gdp"}), (_("per head"), whole | {"per": "population"})]
        return [(name, self.asking.asked.address("explore", **asked)) for name, asked in found]

    @property
    def numbers(self) -> Iterator[Number]:
        """All numbers of the table."""
        for line in self.lines:
            yield from line.numbers
            if line.total:
                yield line.total
        yield from self.totals

    @property
    def marks(self) -> list[str]:
        """The marks that stand beside some of its numbers, in words."""
        found = {number.mark for number in self.numbers}
        texts = {
            "+?": _("+? – and more, of which the value is unknown"),
            "≈": _("≈ – in part estimated or inexact"),
        }
        return [text for mark, text in texts.items() if mark in found]


def table_shown(asked: PageRequest, title: str, params: TableParams) -> TableShown:
    """Return the answer to a question as a page shows it; raises ValidationError and MixedSum."""
    asking = Asking(asked, params)
    question = asking.question()
    table = question.table()
    return _shown(table, title, asking, spelled(table, question))


def _shown(table: Table, title: str, asking: Asking, measure: str) -> TableShown:
    unit = unit_for(table.measure, [*table.cells.values(), *(table.row_totals or {}).values(), table.total])

    def number(cell: TableCell | None, row: MemberKey | None, column: MemberKey | None) -> Number:
        where = asking.cell(None if row is None else address_of(row), None if column is None else address_of(column))
        return number_of(cell, table.measure, unit, where)

    lines = [
        TableRow(
            member_name(table.row_dimension, row), _page(asking.asked, table.row_dimension, row),
            [number(table.cell(row.id, column.id), _own(row), _own(column)) for column in table.columns],
            number(table.row_totals.get(row.id), _own(row), None) if table.row_totals is not None else None,
            _language(table.row_dimension, row),
        )
        for row in table.rows
    ]  # fmt: skip
    totals, across = table.column_totals or {}, table.column_dimension
    return TableShown(
        title, measure, unit, first_capital(", ".join(_labels(table.row_dimension))),
        [(member_name(across, column), _language(across, column)) for column in table.columns], lines,
        [number(totals.get(column.id), None, _own(column)) for column in table.columns] if totals else [],
        number(table.total, None, None) if table.total is not None else None, table.row_totals is not None,
        asking, table, _notes(table, asking.params.get("contributor", "")),
    )  # fmt: skip


def _own(member: Member) -> MemberKey:
    # The id of no member is None, which as a key of an address means a total.
    return (None,) if member.id is None else member.id


def spelled(table: Table, question: Question) -> str:
    """Return the measure of a table, and what it is narrowed to, in a sentence."""
    return spelled_out(table) + narrowed(question)


def _labels(dimension: str) -> list[str]:
    return [str(DIMENSION_LABELS[name]) for name in names_of(dimension)]


def member_name(dimension: str, member: Member) -> str:
    """Return what a row or a column is called in the language of the page."""
    parts = zip(names_of(dimension), member.each, strict=True)
    return " · ".join(first_capital(_part_name(name, part)) for name, part in parts) or first_capital(member.name)


def _language(dimension: str, member: Member) -> str:
    """Return the attribute for the name of a row or a column that is one record; empty for all else."""
    kind = GROUP if dimension == GROUP else KINDS.get(dimension, "")
    is_record = kind and isinstance(member.id, str) and not member.id.startswith("~")
    return of_name(kind, str(member.id)) if is_record else ""


def _part_name(dimension: str, part: Any) -> str:
    if dimension in TIMES:
        return period(part.name)
    if dimension == "aid_kind":
        return of_aid_kind(part.name)
    return name_of(GROUP if dimension == GROUP else KINDS.get(dimension, ""), str(part.id), part.name)


def _page(asked: PageRequest, dimension: str, member: Member) -> str:
    """Return the address of the record that a row is; empty where it is none, or several."""
    names = names_of(dimension)
    if len(names) == 1 and names[0] in KINDS and isinstance(member.id, str) and not member.id.startswith("~"):
        return asked.record(KINDS[names[0]], member.id)
    return ""


def _notes(table: Table, contributors: str) -> list[str]:
    """Return what the sums of a table leave out, and where figures lack, of which years there are some."""
    found = notes_of(table)
    known = known_years(table, contributors) if found.get("no_figure") else []
    return [*notes_in_words(found, WANTED.get(table.measure.measure, ())), *known]


def notes_in_words(found: dict[str, int], wanted: Iterable[str]) -> list[str]:
    """Return what sums leave out, in sentences: how many contributions lack what."""
    texts = {
        "no_value": lambda n: ngettext("%s contribution has no known value", "%s contributions have no known value", n),
        "no_rate": lambda n: ngettext("%s has no exchange rate", "%s have no exchange rate", n),
        "unknown_quantity": lambda n: ngettext(
            "%s contribution is of an unknown quantity", "%s contributions are of an unknown quantity", n
        ),
        "no_date": lambda n: ngettext(
            "%s has no date within a month or year", "%s have no date within a month or year", n
        ),
        "estimated": lambda n: ngettext(
            "%s is an estimated part of a joint pledge", "%s are estimated parts of a joint pledge", n
        ),
        "provisional": lambda n: ngettext("%s is at a provisional rate", "%s are at a provisional rate", n),
        "conditional": lambda n: ngettext(
            "%s depends on an open condition and is left out", "%s depend on an open condition and are left out", n
        ),
        "no_figure": lambda n: ngettext(
            "%s lacks the figure that it is held against, such as the GDP of its year",
            "%s lack the figure that they are held against, such as the GDP of their year", n
        ),
    }  # fmt: skip
    return [texts[name](found[name]) % words.number(found[name]) for name in wanted if found.get(name)]


WANTED = {
    VALUE: ("no_value", "no_rate", "estimated", "provisional", "no_figure", "no_date", "conditional"),
    QUANTITY: ("unknown_quantity", "estimated", "no_date", "conditional"),
}
"""What is said beside the sums of a measure."""

NOTED = ("no_value", "no_rate", "unknown_quantity", "estimated", "provisional", "no_figure", "no_date")
"""What is said beside a table of several measures."""


def tables_shown(asked: PageRequest, *questions: tuple[str, TableParams]) -> list[TableShown]:
    """Return the answers to several questions that have any; a sum that would mix what is never added is left out."""
    found = []
    for title, params in questions:
        try:
            table = table_shown(asked, title, params)
        except MixedSum:
            continue
        if table.lines:
            found.append(table)
    return found
