"""A small file with the traps of the Kiel Institute's main data, and what a test does with it."""

import csv
import io
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User

from tests import factories
from tracker.curation.importing import imports
from tracker.curation.importing.plans import Plan
from tracker.exchange.datasets.planning import make_plan
from tracker.exchange.inbound.conventions import stated_of
from tracker.exchange.inbound.files import open_file
from tracker.exchange.profiles import PROFILES
from tracker.models import Import, Party

COLUMNS = (
    "activity_id", "sub_activity_id", "donor", "announcement_date", "aid_type_general", "aid_type_specific",
    "explanation", "reporting_currency", "measure", "source_reported_value", "tot_activity_value",
    "tot_activity_value_EUR", "tot_sub_activity_value", "tot_sub_activity_value_EUR_redistr", "tot_value_deliv_EUR",
    "item", "item_type", "item_sub_type", "item_numb", "item_numb_deliv", "item_price_USD",
    "item_value_estimate_USD", "source_of_aid_1", "source_of_aid_2", "deliv_source",
    "channel", "value_source_activity_type", "source_of_weapon",
)  # fmt: skip

GIVEN, PRICED = "Value is given by the source", "Value is calculated with prices"
PLAIN = {
    "donor": "Finland", "announcement_date": "2024-05-17", "aid_type_general": "Military", "measure": "Allocation",
    "aid_type_specific": "Weapons and equipment", "reporting_currency": "EUR", "value_source_activity_type": GIVEN,
    "item": ".", "item_type": ".", "item_sub_type": ".", "item_numb": ".", "item_numb_deliv": ".", "channel": ".",
    "source_of_aid_2": ".", "deliv_source": ".", "tot_value_deliv_EUR": ".",
}  # fmt: skip


def row(activity: str, part: str = "", **cells: Any) -> dict[str, Any]:
    """Return a row of the main data; `value` and `part_value` are EUR amounts of the activity and of the part."""
    value, part_value = cells.pop("value", ""), cells.pop("part_value", "")
    fixed = {
        "activity_id": activity, "sub_activity_id": part or f"{activity}_1",
        "explanation": f"What {activity} is about.",
        "source_reported_value": value or "Not given", "tot_activity_value": value, "tot_activity_value_EUR": value,
        "tot_sub_activity_value": part_value, "tot_sub_activity_value_EUR_redistr": part_value,
        "source_of_aid_1": f"https://example.org/{activity}",
    }  # fmt: skip
    return PLAIN | fixed | cells


TRAPS = [
    # One part: commitment, allocation and delivery in one pledge, its items added up and not merged.
    row("FIM1", value="1000000.005", part_value="1000000.005", tot_value_deliv_EUR="400000", item="Leopard 2",
        item_type="Heavy weapon", item_numb="13.333", item_numb_deliv="4", item_price_USD="395,88",
        item_value_estimate_USD="5278.27", source_of_weapon="stocks"),
    row("FIM1", donor="FInland", item="helmet", item_numb="undisclosed",
        source_of_aid_1="https://example.org/FIM1\nhttps://example.org/other"),
    # Several: an umbrella with the commitment of a row whose part is 0, and a tranche for each part.
    row("FIM2", "0", value="900", measure="Commitment", tot_value_deliv_EUR="77"),
    row("FIM2", "FIM2_1", part_value="300", channel="Drone Capability Coalition; EDA", aid_type_general="Military "),
    row("FIM2", "FIM2_2", part_value="250.50", announcement_date="until 06.02.2024"),
    row("FIM2", "FIM2_2", part_value="250.50", announcement_date="until 06/31/2022"),
    # A value that was worked out with prices is nobody's statement.
    row("FIM3", value="70", part_value="70", value_source_activity_type=PRICED, reporting_currency="USD"),
    row("FIH4", value=".", part_value="No value available", aid_type_general="Humanitarian\u00a0",
        announcement_date="unclear "),
    # Cyrillic С; a number that is none; no date of a day.
    row("\u0421ZM40", donor="Czech Republic", value="1.000.00", part_value="12", announcement_date="until 11/2022"),
    # What cannot be used, each for its own reason.
    row("XXM1", donor="Atlantis", value="5"),
    row("", donor="Finland", value="5", sub_activity_id=""),
    row("FIM9", aid_type_general="Moral", value="5"),
]  # fmt: skip


def as_csv(rows: list[dict[str, Any]], columns: tuple[str, ...] = COLUMNS) -> bytes:
    """Return rows as a CSV file."""
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, columns, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def write(path: Path, rows: list[dict[str, Any]], columns: tuple[str, ...] = COLUMNS) -> Path:
    """Write rows as CSV."""
    path.write_bytes(as_csv(rows, columns))
    return path


def receive(
    author: User, rows: list[dict[str, Any]], release: str = "21", columns: tuple[str, ...] = COLUMNS
) -> Import:
    """Return an import of a file of such rows, not planned yet."""
    return imports.receive(
        author=author, profile="kiel", release=release, sheet="", file_name="kiel.csv",
        content=as_csv(rows, columns), at=factories.AT,
    )  # fmt: skip


def plan_of(
    path: Path, release: str = "21", sheet: str | None = None, *, sides: dict[str, str] | None = None,
    likeliest: bool = False, **said: str,
) -> Plan:  # fmt: skip
    """Return the plan of importing a file with the profile; `said` is how columns are written."""
    return make_plan(
        workbook=open_file(path), profile=PROFILES["kiel"], release=release, sheet=sheet,
        stated=stated_of(f"{column}={answer}" for column, answer in said.items()), sides=sides, likeliest=likeliest,
    )  # fmt: skip


def make_parties() -> None:
    """Make what the rows name, and the register has."""
    for public_id, name in (("UKR", "Ukraine"), ("FIN", "Finland"), ("CZE", "Czechia"), ("DEU", "Germany")):
        factories.PartyFactory(public_id=public_id, name=name)
    Party.objects.get(public_id="CZE").aliases.create(name="Czech Republic")
    factories.PlatformFactory(public_id="leopard-2", name="Leopard 2")
