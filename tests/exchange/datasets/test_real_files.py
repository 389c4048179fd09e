"""The files of publishers, where there is a copy of them: they are read whole, and their labels are known."""

import datetime as dt
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Max, Min

from tracker.exchange.drafting.labels import Labels
from tracker.exchange.inbound.files import open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn, SheetTable
from tracker.lib.cells import CellError, identifier, text
from tracker.lib.partial_dates import DayOrder
from tracker.lib.reading_cells import amount, date
from tracker.models import Indicator

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
R21, R7 = "kiel-r21/kiel_release_21_main_data.xlsx", "kiel-r7/kiel_release_7.xlsx"
SIPRI = "sipri-ukraine/trade-register_ukraine_2000-2024.csv"
MAIN = "Bilateral assistance, MAIN DATA"

HEADER = Header(
    (
        ProfileColumn("id", ("activity_id", "SIPRI AT Database ID"), required=True),
        ProfileColumn("donor", ("countries", "Supplier"), required=True),
        ProfileColumn("announced", ("announcement_date",)),
        ProfileColumn("value", ("tot_sub_activity_value_EUR_redistr", "Converted Value in EUR", "TIV delivery values")),
        ProfileColumn("measure"),
        ProfileColumn("stated", ("source_reported_value", "Monetary Value as Given by Source")),
        ProfileColumn("item", ("Designation",), after="stated"),
    )
)


def real(name: str) -> Path:
    path = DATA / name
    if not path.is_file():
        pytest.skip(f"no copy of {name} in {DATA}")
    return path


def table(name: str, sheet: str | None = None) -> SheetTable:
    return HEADER.find(open_file(real(name)).rows(sheet))


@pytest.mark.parametrize(
    ("name", "sheet", "rows", "ids", "preamble"),
    [(R21, None, 4444, 1404, 0), (R7, MAIN, 1032, None, 0), (SIPRI, None, 382, 323, 10)],
)
def test_every_row_is_read(name: str, sheet: str | None, rows: int, ids: int | None, preamble: int) -> None:
    found = table(name, sheet)
    activities = Counter(text(cells["id"]) for _row, cells in found)
    assert sum(activities.values()) == rows
    assert ids is None or len(activities) == ids
    assert len(found.preamble) == preamble, "an empty line is not counted"


def test_two_ids_of_release_21_differ_by_a_cyrillic_letter_only() -> None:
    """They are two packages, with other values: what is read alike is not always the same."""
    written = {text(cells["id"]) for _row, cells in table(R21)}
    noted = {found.matched for found in map(identifier, written) if found.note}
    assert noted == {"CZM40", "CZM41"}
    assert noted & written == {"CZM41"}


def test_allocations_of_release_21_add_up_to_the_cent_a_row() -> None:
    expected = json.loads(real("kiel-r21/expected.json").read_text())
    sums: Counter[str] = Counter()
    rows: Counter[str] = Counter()
    for _row, cells in table(R21):
        donor = text(cells["donor"]).replace("FInland", "Finland")
        value = amount(cells["value"]) if cells["measure"] == "Allocation" else None
        if value is not None:
            sums[donor] += int(value * 100)
            rows[donor] += 1
    for donor, types in expected["allocations_by_donor"].items():
        cents = sum(round(value * 100) for value in types.values())
        assert abs(sums[donor] - cents) <= rows[donor] + len(types), donor


def test_tiv_of_the_whole_register() -> None:
    assert sum(amount(cells["value"]) or 0 for _row, cells in table(SIPRI)) == Decimal("6998.29")


@pytest.mark.parametrize(
    ("name", "sheet", "wrong"),
    [(R21, None, {"until 06/31/2022", "until 6/31/2023"}), (R7, MAIN, {dt.date(2922, 2, 9)})],
)
def test_every_date_is_read_but_for_those_that_cannot_be(name: str, sheet: str | None, wrong: set[object]) -> None:
    found: set[object] = set()
    for _row, cells in table(name, sheet):
        try:
            date(cells["announced"], DayOrder.MONTH_FIRST)
        except CellError:
            found.add(cells["announced"])
    assert found == wrong


def test_the_blank_header_of_release_7_means_items() -> None:
    positions = table(R7, MAIN).positions
    assert positions["item"] == positions["stated"] + 1
    assert open_file(real(R7)).sheet_names[2] == MAIN


def test_every_sheet_of_release_7_is_read() -> None:
    book = open_file(real(R7))
    assert len(book.sheet_names) == 37
    assert all(any(True for _row in book.rows(sheet)) for sheet in book.sheet_names)


@pytest.mark.django_db
def test_every_donor_and_supplier_is_a_party_of_the_fixtures() -> None:
    sources = [(R21, None), (R7, MAIN), (R7, "Commercial assistance"), (R7, "Multilateral assistance"), (SIPRI, None)]
    tables = [table(name, sheet) for name, sheet in sources]
    call_command("loaddata", "parties", verbosity=0)
    parties = Labels.load("party")
    for rows in tables:
        for row, cells in rows:
            parties.resolve(text(cells["donor"]), row.number)
    assert [unmatched.label for unmatched in parties.unmatched()] == ["unknown supplier(s)"]


@pytest.mark.django_db
def test_gdp_of_the_world_bank() -> None:
    path = real("reference/world-bank-gdp.csv")
    call_command("loaddata", "parties", verbosity=0)
    call_command("load_indicators", str(path), measure="gdp", verbosity=0)
    assert Indicator.objects.filter(party__public_id="DEU").aggregate(Min("year"), Max("year")) == {
        "year__min": 1960, "year__max": 2023,
    }  # fmt: skip
    assert Indicator.objects.get(party__public_id="USA", year=2022).value > 25 * 10**12
