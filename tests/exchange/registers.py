"""The register's own workbook in tests: written, edited as a spreadsheet would, read and planned."""

import copy
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import transaction
from python_calamine import CalamineWorkbook

from tests.api.shelf import publish_fixtures
from tests.curation.desk import Desk, shelf
from tracker.curation.errors import Refused
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome, Plan
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.exchange.datasets.planning import make_plan
from tracker.exchange.inbound.files import Row, open_file
from tracker.exchange.inbound.parser import Texts, plain
from tracker.exchange.inbound.workbook_types import MAX_TEXT
from tracker.exchange.inbound.workbooks import exact
from tracker.exchange.profiles import PROFILES
from tracker.exchange.register.workbook import write_register
from tracker.models import ChangeSet

Sheets = dict[str, list[list[Any]]]
"""The cells of each sheet; the first row has the heads."""


def exported(**asked: Any) -> Sheets:
    """Return the cells of the register's workbook as it is written now."""
    file = io.BytesIO()
    write_register(file, **asked)
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def saved(path: Path, sheets: Sheets) -> Path:
    """Write cells as a spreadsheet does that knows nothing of their meaning: dates and numbers as such."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if hasattr(cell, "year"):
                        sheet.write_datetime(number, place, cell, day)
                    elif isinstance(cell, str):
                        sheet.write_string(number, place, cell) if cell else None
                    elif cell is not None:
                        sheet.write(number, place, cell)
    return path


class InMemory:
    """Cells as a workbook that was read, without a file."""

    name = "register.xlsx"

    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.sheet_names = list(sheets)

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Yield the rows that are not empty."""
        assert sheet is not None
        texts = Texts(MAX_TEXT)
        for number, row in enumerate(self.sheets[sheet], start=1):
            found = [texts[cell] if isinstance(cell, str) else plain(cell) for cell in row]
            cells = [exact(cell) if isinstance(cell, float) else cell for cell in found]
            if any(cell is not None for cell in cells):
                yield Row(number, cells)


def plan_of(path: Path, sheet: str | None = None) -> Plan:
    """Return the plan of importing a workbook of the register."""
    return make_plan(workbook=open_file(path), profile=PROFILES["tracker"], sheet=sheet)


def planned(sheets: Sheets, sheet: str | None = None, sides: dict[str, str] | None = None) -> Plan:
    """Return the plan of importing cells; `sides` is what is decided about conflicts."""
    return make_plan(workbook=InMemory(sheets), profile=PROFILES["tracker"], sheet=sheet, sides=sides)


def find(rows: list[list[Any]], **cells: Any) -> list[Any]:
    """Return the row that has these cells."""
    heads = rows[0]
    return next(row for row in rows[1:] if all(row[heads.index(name)] == cell for name, cell in cells.items()))


def put(rows: list[list[Any]], row: list[Any], **cells: Any) -> None:
    """Write cells of a row by the names of their columns."""
    for name, cell in cells.items():
        row[rows[0].index(name)] = cell


def add(rows: list[list[Any]], **cells: Any) -> list[Any]:
    """Add a row with these cells and return it."""
    row = ["" for _head in rows[0]]
    rows.append(row)
    put(rows, row, **cells)
    return row


def fill(desk: Desk) -> None:
    """Write and publish one record of each kind that the fixtures lack, with every list in use."""
    desk.write(
        "requirement", id="need", name="Need", beneficiary="UKR", platform="eurofighter-typhoon",
        quantity="at least 12", quantity_words="a dozen or more", priority="urgent", stated="autumn 2025",
    )  # fmt: skip
    desk.write("package", id="purl-1", name="First package", initiative="purl", number=1, amount="5", currency="USD")
    desk.write("party", id="ACME", name="=1+1 Acme", kind="company", part_of="DEU", aliases=["ACME Ltd", "+49 Acme"])
    prices = [
        {"basis": "market_price", "valid_from": "2024-01-01", "amount": "5.00", "high": "6.00", "currency": "USD"}
    ]
    desk.write("platform", id="eurofighter-typhoon", manufacturer="ACME", prices=prices)
    targets = [
        {"amount": "1000000000.00", "currency": "USD", "per": "month", "date": "2026"},
        {"what": "rounds", "quantity": "about 1800000", "per": "year", "amount": "5.00", "currency": "EUR"},
    ]
    desk.write("initiative", id="purl", leads=["NATO", "DEU"], targets=targets)
    desk.pledge(
        id="DEU-2025-9000", initiative="purl", package="purl-1", description="-1 line\r\n@other  line ",
        shares=[
            {"contributor": "NLD", "fraction": "0.333333333333"}, {"contributor": "DEU", "fraction": "0.25"},
            {"contributor": "FRA"},
        ],
        items=[
            {"category": "air-defence", "quantity": "10 to 20", "requirement": "need", "supplier": "ACME"},
            {"description": "spares"},
        ],
        entries=[
            {"amount": "9999999999999.99", "currency": "USD", "item": 1, "date": "2025-08/2025-09", "is_total": True},
            {"stage": "delivery", "date": "2025-09", "quantity": "about 40"},
        ],
        valuations=[{"entry": 1, "basis": "contract", "amount": "4.00", "currency": "EUR"}],
        links=[{"link": "backfills", "target": "DEU-2025-0001", "note": "so to speak"}],
        conditions=[
            {"words": "if others give thirty", "met_by": "thirty in all", "state": "met", "due": "2026",
             "settled": "2026-02", "settled_by": "nato-discusses-better-deterrence"},
        ],
        claims=[{"id": "claim-9000", "field": "announced", "document": "nato-discusses-better-deterrence",
                 "reason": "As its title says."}],
    )  # fmt: skip
    desk.pledge(
        id="DEU-2025-9001",
        shares=[{"contributor": "DEU", "amount": "1000.00", "currency": "EUR"}, {"contributor": "FRA"}],
        entries=[{"amount": "2000.00", "currency": "EUR"}, {"amount": "3000.00", "currency": "GBP"}],
    )  # fmt: skip
    desk.write("document", id="another", name="Another source")
    # Of what claims say, nothing can be changed without breaking them.
    desk.write("incident", id="unclaimed", name="An incident that no claim is about", kind="airspace_violation")
    desk.write(
        "meeting", id="unclaimed-meeting", name="A meeting without claims", forum="ukraine-defense-contact-group",
        participations=[{"party": "DEU", "official": "boris-pistorius"}],
    )  # fmt: skip
    desk.publish()


def outcomes(plan: Plan) -> dict[str, str]:
    """Return what becomes of each record that does not stay as it is, and why."""
    left = (step for step in plan.steps if step.outcome is not Outcome.UNCHANGED)
    return {step.draft.source_id: f"{step.outcome}: {step.reason or ', '.join(step.fields)}" for step in left}


def reasons(plan: Plan) -> dict[tuple[str, int], str]:
    """Return what is said of rows that do not stay as they are, by sheet and row."""
    left = (row for row in plan.rows if row.outcome is not Outcome.UNCHANGED)
    return {(row.sheet, row.number): f"{row.outcome}: {row.reason}" for row in left}


class Register:
    """The published register and its workbook, which tests leave as they were."""

    def __init__(self) -> None:
        self.desk = publish_fixtures()
        fill(self.desk)
        self.sheets = exported()

    def only(self, *names: str) -> Sheets:
        """Return a copy of the first sheet and of those named; of all, where none is."""
        return {name: copy.deepcopy(self.sheets[name]) for name in ("register", *(names or list(self.sheets)[1:]))}

    def apply(self, plan: Plan) -> ChangeSet:
        """Apply a plan and return its change set."""
        applied = applying.apply(plan=plan, author=self.desk.editor, at=self.desk.at)
        assert applied.change_set is not None
        return applied.change_set

    def publish(self, plan: Plan) -> ChangeSet:
        """Apply a plan and publish its change set."""
        change_set = change_sets.submit(change_set=self.apply(plan), by=self.desk.editor, at=self.desk.at)
        return publishing.publish(change_set=change_set, by=self.desk.reviewer, at=self.desk.at)

    def published(self, plan: Plan, kind: str, public_id: str) -> dict[str, Any] | None:
        """Return the document of a record once a plan is applied and published, and take all of it back."""
        document = None
        with suppress(Refused), transaction.atomic():
            self.publish(plan)
            document = shelf(kind, public_id)
            transaction.set_rollback(True)
        return document
