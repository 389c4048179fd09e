"""Small files that went wrong, with the right value of each. Skipped where there is no copy of them."""

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests import factories
from tests.exchange.kiel import plan_of
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome, Plan
from tracker.exchange.inbound.files import FileRefused
from tracker.models import Entry, Indicator, PlatformPrice, Pledge, Valuation

CASES = Path(settings.BASE_DIR).parent / "shared" / "data" / "cases"

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("names")]


def case(name: str) -> Path:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine")
    return path


def bring(name: str, users: SimpleNamespace, release: str = "21") -> Plan:
    """Apply a file without publishing it; nothing of it may be asked about."""
    plan = plan_of(case(name), release)
    applying.apply(plan=plan, author=users.editor, at=factories.AT)
    return plan


def millions(stage: str = "allocation") -> Decimal:
    """Return what the desk holds of a stage, on the basis of the dataset."""
    held = Valuation.objects.filter(entry__stage=stage, basis="dataset").values_list("amount", flat=True)
    return sum(held, Decimal(0)) / 10**6


def load(command: str, name: str, **options: Any) -> None:
    call_command(command, str(case(name)), verbosity=0, **options)


@pytest.mark.parametrize("name", ["unreadable-22-timestamps.csv", "unreadable-22-errors.xlsx"])
def test_what_cannot_be_read_changes_nothing(users: SimpleNamespace, name: str) -> None:
    bring("unreadable-21.xlsx", users)
    plan = bring(name, users, "22")
    assert {step.outcome for step in plan.steps} == {Outcome.UNCHANGED}
    assert millions() == 15
    assert set(Pledge.objects.values_list("announced", flat=True)) == {"2024-03-01"}
    if "errors" in name:
        assert plan.notices[0].startswith("20 cells in 5 rows cannot be read")


@pytest.mark.parametrize(
    ("name", "sheet", "said"),
    [
        ("money-column-renamed.xlsx", None, ""),
        ("readme-sheet-first.xlsx", None, "Sheets that are not read: “ReadMe”, “Updates and Corrections”."),
        ("hidden-draft-first.xlsx", None, "Hidden sheets, which are read only when they are named: “Old draft”."),
    ],
)
def test_the_right_sheet_and_the_right_column(users: SimpleNamespace, name: str, sheet: str | None, said: str) -> None:
    plan = bring(name, users)
    assert millions() == 15
    assert said in "\n".join(plan.notices)


def test_a_quote_that_does_not_close() -> None:
    with pytest.raises(FileRefused, match="line 3: is a quote not closed"):
        plan_of(case("unclosed-quote.csv"))


def test_a_file_that_is_cut_off_in_a_number(users: SimpleNamespace) -> None:
    plan = bring("cut-in-a-number.csv", users)
    assert [(row.number, row.outcome) for row in plan.rows if row.outcome is Outcome.INVALID] == [(6, Outcome.INVALID)]
    assert "16 cells, where the header names 18. The file ends in it" in plan.rows[-1].reason
    assert "The file ends in row 6 without a line break" in "\n".join(plan.notices)
    assert millions() == 10


def test_one_convention_for_a_column(users: SimpleNamespace) -> None:
    bring("dotted-thousands.csv", users)
    assert millions() * 10**6 == 1_734_567
    load("load_indicators", "population-dotted.csv", measure="population")
    assert Indicator.objects.get(party__public_id="MLT").value == 518_536
    load("load_indicators", "deflator-decimal-comma.csv", measure="deflator")
    assert list(Indicator.objects.filter(measure="deflator").order_by("year").values_list("value", flat=True)) == [
        100_000_000, 107_122_000, 110_940_000,
    ]  # fmt: skip


@pytest.mark.usefixtures("users")
def test_prices_in_both_ways_are_asked_about() -> None:
    with pytest.raises(CommandError, match=r"amount: “1\.500” in row 4 can be 1\.5 or 1500; “1,500” in row 5 can be"):
        load("load_prices", "prices-mixed.csv", author="editor")
    assert not PlatformPrice.objects.exists()


@pytest.mark.parametrize(
    ("name", "years"), [("gdp-world-bank-wide.csv", [2020, 2021]), ("gdp-databank-footnotes.csv", [2021])]
)
def test_the_world_banks_own_forms(name: str, years: list[int]) -> None:
    load("load_indicators", name, measure="gdp")
    assert sorted(Indicator.objects.filter(measure="gdp_usd").values_list("year", flat=True)) == years


def test_a_figure_in_other_units_is_asked_about() -> None:
    load("load_indicators", "gdp-world-bank-wide.csv", measure="gdp")
    with pytest.raises(CommandError, match=r"DEU-2021: 4,348, where 4,348,297,440,388 stands"):
        load("load_indicators", "gdp-in-billions.csv", measure="gdp")


def test_the_probe(users: SimpleNamespace) -> None:
    plan = bring("reading-probe.csv", users)
    assert not plan.questions, "12,5 says how numbers are written"
    rows = {row.number: row for row in plan.rows}
    drafts = {step.draft.source_id: step.draft.document for step in plan.steps}
    assert drafts["ZZM1"]["announced"] == "2022/2023"
    assert "is a fiscal year" in " ".join(rows[2].notes)
    assert drafts["ZZM2"]["shares"] == [{"contributor": "POL"}]
    assert drafts["ZZM2"]["items"][0]["platform"] == drafts["ZZM3"]["items"][0]["platform"]
    assert drafts["ZZM3"]["announced"] == "../2022-12-31"
    assert drafts["ZZM4"]["announced"] == "2024-01-01"
    assert Entry.objects.filter(pledge__shares__contributor__public_id="CIV").exists()
    assert drafts["ZZM3"]["valuations"][0]["amount"] == "-500.00"
