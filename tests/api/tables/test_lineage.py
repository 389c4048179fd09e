"""Lineage: every cell is the sum of its rows by the rule that is printed, and nothing else is needed to see it."""

from fractions import Fraction
from typing import Any

import pytest

from tests import factories
from tests.api.shelf import TABLE, messages, read
from tests.curation.desk import Desk
from tracker.curation.reference import indicators
from tracker.models import Indicator

pytestmark = pytest.mark.django_db

CELLS = f"{TABLE}cells/"


@pytest.fixture(scope="module")
def aid(register: Desk) -> Desk:
    """The fixtures with aid in euros and dollars, joint, of the EU, undated and unknown, and figures of others."""
    factories.number_from(1)
    factories.daily_rates()
    for number, (contributors, date, amount, currency) in enumerate([
        (("DEU", "NLD"), "2025-08", "100.01", "EUR"), (("EST",), "2025-08-02", "33.33", "USD"),
        (("EU",), "2025-08-03", "1000", "EUR"), (("EIB",), "2024-02", "77.77", "EUR"), (("USA",), "", "5", "EUR"),
        (("DEU",), "2024-05", "19.99", "EUR"), (("DEU",), "2025", "3", "UAH"),
    ]):  # fmt: skip
        register.pledge(
            name=f"Pledge {number}", announced=date, shares=[{"contributor": each} for each in contributors],
            items=[{"platform": "eurofighter-typhoon", "quantity": "3", "condition": "new" if number % 2 else ""}],
            entries=[{"stage": "allocation", "item": 1, "amount": amount, "currency": currency}],
            claims=[{"document": "nato-discusses-better-deterrence", "quote": "three", "passage_start": 0,
                     "passage_end": 5, "field": "items[1].quantity"}] if number == 0 else [],
        )  # fmt: skip
    figures = {
        "gdp_eur": [("DEU", 2024, 4000), ("DEU", 2025, 4100), ("NLD", 2025, 1100), ("EST", 2025, 40)],
        "eu_key": [("DEU", 2024, 25), ("EST", 2024, 1), ("NLD", 2025, 5), ("DEU", 2025, 21), ("EST", 2025, 3)],
        "deflator": [("USA", 2021, 100_000_000), ("USA", 2024, 111_300_000), ("USA", 2025, 113_700_000)],
    }
    for measure, rows in figures.items():
        given = [(party, party, year, value) for party, year, value in rows]
        indicators.load(
            figures=given, measure=Indicator.Measure(measure), source="test", change_set=register.open(), at=register.at
        )
    register.publish()
    return register


QUESTIONS = [
    "rows=contributor&columns=year", "rows=contributor&columns=aid_type&currency=USD",
    "rows=group,contributor&columns=month&group=EU", "rows=quarter&columns=none&cumulative=true",
    "rows=year&columns=contributor&cumulative=true", "rows=contributor&columns=year&top=1",
    "rows=category_1&columns=half_year&measure=quantity", "rows=platform&columns=contributor&measure=count",
    "rows=contributor&columns=stage&measure=pledges", "rows=contributor&columns=year&per=gdp&of_year=own",
    "rows=contributor&columns=year&per=gdp&of_year=2025", "rows=contributor&columns=year&prices=2021&deflator=USA",
    "rows=contributor&columns=year&share_out=EU", "rows=group&columns=year&share_out=EU&group=EU",
    "rows=contributor&columns=year&share_out=EU&prices=2021&deflator=USA&per=gdp&of_year=2025&contributor=DEU,EST",
    "rows=source&columns=none&share_out=EU", "rows=contributor&columns=source&share_out=EU&top=1",
    "rows=source,contributor&columns=none&share_out=EU&top=2",
    "rows=category_1,group&group=EU&columns=source&share_out=EU",
    "rows=contributor&columns=none&share_out=EU&top=1", "rows=contributor&columns=year&share_out=EU&top=1",
    "rows=contributor,quarter&columns=aid_type&share_out=EU&top=2&prices=2021&deflator=USA",
    "rows=year&columns=contributor&share_out=EU&top=1",
    "rows=contributor&columns=year&share_out=EU&top=1&cumulative=true",
    "rows=quarter&columns=contributor&share_out=EU&cumulative=true", "rows=announced_year&columns=condition",
]  # fmt: skip


def behind(address: str) -> tuple[Any, list[dict[str, Any]]]:
    """Return a cell as its own page shows it and all rows behind it, and check what the pages say of themselves."""
    page = read(f"{address}&limit=5")
    cell, rows = page["cell"], page["results"]
    while page["next"]:
        page = read(page["next"])
        rows += page["results"]
    assert len(rows) == page["count"]
    assert len({row["id"] for row in rows}) == len(rows)
    return cell, rows


def added_up(rows: list[dict[str, Any]], table: dict[str, Any], query: str) -> Any:
    """Return the cell that rows add up to by the rule that lineage prints, from what they say alone."""
    measure = table["measure"]["measure"]
    if measure == "pledges":
        return len({row["pledge"] for row in rows})
    if measure == "count":
        return len(rows)
    column = {"quantity": "quantity"}.get(measure) or table["measure"]["currency"].lower()
    needs_figures = "per=" in query or "prices=" in query
    total, known = Fraction(0), False
    for row in rows:
        if row[column] is None or (needs_figures and row["factor"] is None):
            continue
        known = True
        share = Fraction(row["share_out"]) if row["share_out"] else 1
        factor = Fraction(row["factor"]) if row["factor"] else 1
        total += Fraction(str(row[column])) * share * factor
    if not known:
        return None
    if measure == "quantity":
        return total
    return f"{round(total * 100 * 10**6) / 10**6:.6f}" if "per=gdp" in query else f"{round(total * 100) / 100:.2f}"


@pytest.mark.alike
@pytest.mark.parametrize("query", QUESTIONS)
def test_every_cell_is_what_its_lineage_adds_up_to(query: str, aid: Desk) -> None:
    table = read(f"{TABLE}?stage=allocation&{query}")
    cells = 0
    for row in table["rows"]:
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            if cell is not None:
                address = table["lineage"].format(row=row["address"], column=column["address"])
                shown, rows = behind(address)
                assert added_up(rows, table, query) == cell["value"], address
                assert shown == cell
                cells += 1
        if row["total"] is not None:
            address = table["lineage"].replace("&column={column}", "").format(row=row["address"])
            assert added_up(behind(address)[1], table, query) == row["total"]["value"], address
    assert cells >= len(table["rows"])
    if table["total"] is not None:
        address = table["lineage"].replace("&row={row}&column={column}", "")
        assert added_up(behind(address)[1], table, query) == table["total"]["value"]
        assert read(table["lineage"].format(row="~all", column="~all"))["cell"] == table["total"]


def test_a_row_says_what_it_comes_from(aid: Desk) -> None:
    page = read(f"{CELLS}?columns=year&stage=allocation&row=DEU&column=2025")
    assert page["rule"] == "The cell is the sum of `eur` of all rows; null adds nothing."
    joint = next(row for row in page["results"] if row["pledge_name"] == "Pledge 0")
    assert (joint["share_stated"]["contributor"]["id"], joint["share_stated"]["fraction"]) == ("DEU", None)
    assert (joint["entry_stated"]["amount"], joint["basis"], joint["estimated"]) == ("100.01", "stated", True)
    assert (joint["adds"], joint["rate"]["source"], joint["rate"]["first"]) == ("50.01", "ECB", "2025-08-01")
    (claim,) = joint["claims"]
    assert (claim["quote"], claim["passage_start"], claim["passage_end"]) == ("three", 0, 5)
    unrated = next(row for row in page["results"] if row["currency"] == "UAH")
    assert (unrated["adds"], unrated["gap"]) == (None, "no_rate")


def test_figures_are_named_with_their_sources(aid: Desk) -> None:
    page = read(f"{CELLS}?columns=year&stage=allocation&share_out=EU&prices=2021&deflator=USA&row=EST&column=2025")
    (union,) = [row for row in page["results"] if row["contributor"] == "EU"]
    assert (union["share_out"], union["factor"]) == ("3/29", "1000/1137")
    assert [(figure["measure"], figure["party"], figure["year"]) for figure in union["figures"]] == [
        ("eu_key", "EST", 2025), ("deflator", "USA", 2021), ("deflator", "USA", 2025),
    ]  # fmt: skip


def test_a_cell_that_there_is_not_is_named(aid: Desk) -> None:
    assert "take the address from the table" in messages(f"{CELLS}?columns=year&stage=allocation&row=POL")["row"]
    assert "column" in messages(f"{CELLS}?columns=year&stage=allocation&row=DEU&column=1999")
    overlapping = f"{CELLS}?rows=group&columns=year&group=EU,NATO&stage=allocation&column=2025"
    assert "would mix" in read(overlapping, 422)["detail"]
    assert read(f"{overlapping}&row=EU")["cell"]
    empty = read(f"{CELLS}?columns=year&stage=allocation&row=USA&column=2025")
    assert (empty["cell"], empty["count"], empty["results"]) == (None, 0, [])
