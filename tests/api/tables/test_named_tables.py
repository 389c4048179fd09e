"""The named tables by example: what each says of a small register, worked out by hand."""

import csv
import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import API, messages, read
from tests.curation.desk import Desk
from tracker.curation.reference import indicators
from tracker.models import Indicator
from tracker.records.shelved import coverage_of
from tracker.reporting.named.lineage import ROWS
from tracker.reporting.named.rules import RULES
from tracker.reporting.named.tables import NAMED

pytestmark = pytest.mark.django_db


def entry(stage: str, amount: Any = None, **more: Any) -> dict[str, Any]:
    return {"stage": stage} | ({"amount": str(amount), "currency": "EUR"} if amount else {}) | more


@pytest.fixture(scope="module")
def aid(register: Desk) -> Desk:
    """The fixtures with pledges at all stages, of the EU too, under PURL, at a meeting, against a requirement."""
    factories.daily_rates()
    meeting = "ukraine-defense-contact-group-2025-10-15"
    register.write(
        "requirement", id="fighters", name="Fighters", beneficiary="UKR", platform="eurofighter-typhoon", quantity="10",
        priority="urgent",
    )  # fmt: skip
    register.write("package", id="purl-1", name="PURL 1", initiative="purl", number=1)
    aims = {"amount": "100.00", "currency": "EUR", "per": "whole"}
    register.write("initiative", id="purl", targets=[aims])
    jets = {"platform": "eurofighter-typhoon", "quantity": "6", "requirement": "fighters", "modality": "stock_transfer"}
    register.pledge(
        name="Jets", announced="2025-01-10", shares=[{"contributor": "DEU"}], meeting=meeting, items=[jets],
        entries=[entry("commitment", 90), entry("allocation", 100, item=1, date="2025-03-11"),
                 entry("delivery", 30, item=1, quantity="2", date="2025-05-01")],
    )  # fmt: skip
    register.pledge(
        name="Package", announced="2025-01", shares=[{"contributor": "NLD"}], initiative="purl", package="purl-1",
        entries=[entry("allocation", 40)],
        items=[{"description": "missiles", "quantity": "unknown", "supplier": "USA"}],
    )  # fmt: skip
    register.pledge(
        name="Budget", aid_type="financial", announced="2025-02", shares=[{"contributor": "EU"}],
        entries=[entry("commitment", 75), entry("allocation", 80)],
    )  # fmt: skip
    for measure, figure in (("gdp_eur", 5000), ("population", 10), ("eu_key", 4)):
        indicators.load(
            figures=[("DEU", "Germany", 2021, figure)],
            measure=Indicator.Measure(measure),
            change_set=register.open(),
            at=register.at,
        )
    register.publish()
    return register


def rows(path: str) -> list[dict[str, Any]]:
    return list(read(f"tables/{path}")["rows"])


def picked(row: dict[str, Any], *names: str) -> list[Any]:
    return [row[name] for name in names]


def test_the_index_lists_every_table_with_its_rules(aid: Desk) -> None:
    listed = {table["name"]: table for table in read("tables/")}
    assert set(listed) == {"contributions", *NAMED}
    for name, table in listed.items():
        assert set(table["rules"]) <= set(RULES)
        assert table["title"]
        assert table["description"]
        found = read(table["url"])
        assert found["table"] == name
        assert set(found["rules"]) <= set(table["rules"])


@pytest.mark.parametrize("name", NAMED)
def test_both_formats_say_the_same_and_old_tables_come_back(name: str, aid: Desk) -> None:
    table = read(f"tables/{name}/")
    client = Client()
    text = client.get(f"{API}tables/{name}/?format=csv").getvalue().decode()
    head, *lines = csv.reader(io.StringIO(text))
    assert head == [column["name"] for column in table["columns"]]
    assert len(set(head)) == len(head)
    assert [["" if v is None else str(v) for v in row.values()] for row in table["rows"]] == lines
    aid.write("party", id="DEU", name="Deutschland")
    indicators.load(
        figures=[("DEU", "Germany", 2021, 1)], measure=Indicator.Measure.GDP_EUR, change_set=aid.open(), at=aid.at
    )
    aid.publish()
    assert (
        client.get(f"{API}tables/{name}/?format=csv&as_of={table['as_of'].replace('+', '%2B')}").getvalue().decode()
        == text
    )
    assert messages(f"{API}tables/{name}/?nothing=1")["nothing"]


@pytest.mark.parametrize("name", ROWS)
def test_cells_of_named_tables_lead_to_the_rows_behind_them(name: str, aid: Desk) -> None:
    table = read(f"tables/{name}/{'' if NAMED[name].kind else '?counting=gross'}")
    followed = 0
    for row, address in zip(table["rows"], table["row_addresses"], strict=True):
        for column, template in table["lineage"].items():
            if row.get(column) is not None:
                cell = read(template.format(row=address))["cell"]
                assert str(cell["value"]) == row[column], (name, column, address)
                followed += 1
    assert followed
    names = {column["name"] for column in table["columns"]}
    assert set(table["lineage"]) <= names


Row = dict[str, Any]


def exact(row: Row, name: str) -> Fraction | None:
    return None if row[name] is None else Fraction(row[name])


def less(row: Row, *names: str) -> Fraction | None:
    """Return the first column less the others; nothing takes nothing away, and all unknown is unknown."""
    values = [exact(row, name) for name in names]
    first, *others = (value or Fraction(0) for value in values)
    return None if set(values) == {None} else first - sum(others)


@dataclass
class Reader:
    """Reads what is behind the cells of a named table, as anybody can."""

    table: dict[str, Any]
    at: int

    @property
    def row(self) -> Row:
        return dict(self.table["rows"][self.at])

    def cell(self, column: str, counting: str = "net") -> Any:
        address = self.table["lineage"][column].format(row=self.table["row_addresses"][self.at])
        found = Client().get(f"{address}&counting={counting}".replace("&counting=net", ""))
        assert found.status_code == 200 or "There is no row" in found.json()["detail"]
        return found.json() if found.status_code == 200 else {"cell": None, "results": []}

    def rank(self, of: str) -> int | None:
        values = [exact(row, of) for row in self.table["rows"]]
        own = values[self.at]
        return None if own is None else 1 + sum(each is not None and each > own for each in values)

    def lags(self, *stages: str) -> list[int]:
        """Return the days between the first dates of two stages, of each pledge that has both."""
        days: list[dict[str, dt.date]] = []
        for stage in stages:
            days.append({})
            for row in self.cell(stage, "gross")["results"]:
                if row["date"] and row["date"]["earliest"][:7] == row["date"]["latest"][:7]:
                    day = dt.date.fromisoformat(row["date"]["earliest"])
                    days[-1][row["pledge"]] = min(day, days[-1].get(row["pledge"], day))
        return [(days[1][pledge] - days[0][pledge]).days for pledge in days[0] if pledge in days[1]]

    def held(self) -> list[tuple[str, dict[str, Fraction | None]]]:
        """Return each item that is held against a requirement: its pledge, and its units by stage."""
        asked = self.row["requirement_id"]
        return [
            (pledge["id"], {
                row["stage"]: None if row["quantity"] is None else Fraction(str(row["quantity"]))
                for row in read(f"contributions/?pledge={pledge['id']}")["results"] if row["item"] == item["number"]
            })
            for pledge in read(f"pledges/?requirement={asked}")["results"]
            for item in pledge["items"] if (item["requirement"] or {}).get("id") == asked
        ]  # fmt: skip

    def pledges(self) -> list[Row]:
        """Return the pledges of the row's contributor."""
        return list(read(f"pledges/?contributor={self.row['contributor_id']}")["results"])

    def target(self) -> Fraction:
        """Return what the first target of the row's initiative states, in euros."""
        return Fraction(read(f"initiatives/{self.row['initiative_id']}/")["targets"][0]["amount"])

    def came(self, stage: str) -> Fraction | None:
        """Return the euros under the row's initiative at a stage."""
        found = read(f"contributions/?initiative={self.row['initiative_id']}&stage={stage}")["results"]
        values = [Fraction(row["eur"]) for row in found if row["eur"] is not None and not row["netted"]]
        return sum(values, Fraction(0)) if values else None

    def covered(self) -> list[Fraction | None]:
        promises = ("allocation", "commitment", "pledge")
        return [next((by[each] for each in promises if each in by), None) for _pledge, by in self.held()]


def mean(days: list[int]) -> Any:
    return round(Fraction(sum(days) * 10, len(days))) / Fraction(10) if days else None


WORKED_OUT: dict[str, dict[str, Callable[[Reader], Any]]] = {
    "country-summary": {
        "to_be_allocated": lambda r: less(r.row, "commitment", "allocation", "lapse", "cancellation"),
        "eu_share": lambda r: r.row["total_with_eu"] and (less(r.row, "total_with_eu", "allocation") or None),
        "eu_share_pct_gdp": lambda r: r.row["pct_gdp_with_eu"]
        and (less(r.row, "pct_gdp_with_eu", "pct_gdp") or None),
        "rank": lambda r: r.rank("allocation"),
        "rank_pct_gdp": lambda r: r.rank("pct_gdp"),
        "rank_pct_gdp_with_eu": lambda r: r.rank("pct_gdp_with_eu"),
    },
    "by-contributor-and-month": {
        "to_be_allocated": lambda r: less(r.row, "commitments", "total", "lapse", "cancellation"),
        "gdp": lambda r: Fraction(r.row["total"]) * 100 / Fraction(r.row["pct_gdp"]) if r.row["pct_gdp"]
        else exact(r.row, "gdp"),
    },
    "by-group": {"pct_of_all": lambda r: round(exact(r.row, "total") * 10**8 / exact(r.row, "all")) / Fraction(10**6)},
    "stage-funnel": {
        name: work
        for step in pairwise(("pledge", "commitment", "allocation", "contract", "delivery"))
        for name, work in (
            ("lag_{}_{}".format(*step), lambda r, step=step: mean(r.lags(*step))),
            ("lag_{}_{}_pledges".format(*step), lambda r, step=step: len(r.lags(*step)) or None),
        )
    },
    "platforms-by-contributor": {
        "outstanding": lambda r: None if r.row["pledged"] is None else less(r.row, "pledged", "delivered"),
        "unknown_quantity": lambda r: (r.cell("pledged")["cell"] or {}).get("unknown_quantity", 0),
    },
    "meeting-outcomes": {
        "pledges": lambda r: len({row["pledge"] for name in r.table["lineage"] for row in r.cell(name)["results"]}),
    },
    "requirements": {
        "required": lambda r: Fraction(r.row["quantity"]),
        "covered": lambda r: sum(units or 0 for units in r.covered()),
        "delivered": lambda r: sum(by.get("delivery") or 0 for _pledge, by in r.held()),
        "open": lambda r: less(r.row, "required", "covered"),
        "pledges": lambda r: len({pledge for pledge, _by in r.held()}),
        "unknown_quantity": lambda r: r.covered().count(None),
    },
    "initiative-targets": {
        "target": lambda r: r.target(),
        "by_now": lambda r: r.target() if r.row["per"] == "in all" else None,
        **{
            stage: lambda r, stage=stage: r.came(stage)
            for stage in ("pledge", "commitment", "allocation", "disbursement", "delivery")
        },
    },
    "coverage": {
        "pledges": lambda r: len(r.pledges()),
        "values": lambda r: sum(coverage_of("pledge", pledge).said for pledge in r.pledges()),
        "supported": lambda r: sum(coverage_of("pledge", pledge).supported for pledge in r.pledges()),
        "pct_supported": lambda r: Fraction(100 * r.row["supported"], r.row["values"]),
    },
    "deployments": {"quantity": lambda r: Fraction(text) if (text := r.row["quantity_text"]).isdigit() else None},
}  # fmt: skip
"""How the columns that lead nowhere themselves follow from others, worked out anew from what anybody can read."""


@pytest.mark.parametrize("name", NAMED)
def test_every_number_leads_to_its_rows_or_follows_from_other_columns(name: str, aid: Desk) -> None:
    table = read(f"tables/{name}/")
    columns = {column["name"]: column for column in table["columns"]}
    worked_out = WORKED_OUT.get(name, {})
    for column in columns.values():
        explained = (column["name"] in table["lineage"], bool(column["derived_from"]), column["name"] in worked_out)
        is_number = column["type"] in ("integer", "decimal")
        assert explained in ([(True, False, False), (False, True, True)] if is_number else [(False, False, False)])
        assert set(column["derived_from"]) <= set(columns)
        assert column["description"] or not column["derived_from"]
    for at, row in enumerate(table["rows"]):
        for column, work in worked_out.items():
            assert work(Reader(table, at)) == exact(row, column), (column, row)
    listed = [row for row in read("columns/") if row["list"] == f"tables/{name}"]
    assert [row["name"] for row in listed] == list(columns)
    assert [row["derived_from"].split(",") for row in listed if row["derived_from"]] == [
        column["derived_from"] for column in columns.values() if column["derived_from"]
    ]


def test_country_summary(aid: Desk) -> None:
    found = {row["contributor_id"]: row for row in rows("country-summary/")}
    names = ("military_commitment", "military_allocation", "commitment", "allocation", "to_be_allocated", "eu_share",
             "total_with_eu", "pct_gdp", "pct_gdp_with_eu", "per_head", "rank")  # fmt: skip
    assert picked(found["DEU"], *names) == [
        "90.00", "100.00", "90.00", "100.00", "-10.00", "80.00", "180.00", "2.000000", "3.600000", "10.00", 1,
    ]  # fmt: skip
    assert picked(found["EU"], "financial_allocation", "to_be_allocated", "total_with_eu", "rank") == [
        "80.00", "-5.00", None, 2,
    ]  # fmt: skip
    assert picked(found["NLD"], "commitment", "to_be_allocated", "eu_share", "pct_gdp", "rank") == [
        None, "-40.00", None, None, 3,
    ]  # fmt: skip


def test_by_month_and_by_contributor_and_month(aid: Desk) -> None:
    assert [picked(row, "month", "total", "financial", "total_cumulative") for row in rows("by-month/")] == [
        ["2025-01", "40.00", None, "40.00"], ["2025-02", "80.00", "80.00", "120.00"],
        ["2025-03", "100.00", None, "220.00"],
    ]  # fmt: skip
    german = [row for row in rows("by-contributor-and-month/") if row["contributor_id"] == "DEU"]
    assert [picked(row, "month", "total", "commitments", "to_be_allocated", "pct_gdp") for row in german] == [
        ["2025-01", None, "90.00", "90.00", None], ["2025-03", "100.00", None, "-100.00", "2.000000"],
    ]  # fmt: skip


def test_by_group_with_the_rest_of_the_world(aid: Desk) -> None:
    found = rows("by-group/?group=G7")
    assert [picked(row, "group", "total", "pct_of_all") for row in found] == [
        ["G7", "100.00", "45.454545"], ["rest of the world", "120.00", "54.545455"],
    ]  # fmt: skip


def test_stage_funnel_with_the_days_between(aid: Desk) -> None:
    german = next(row for row in rows("stage-funnel/") if row["contributor_id"] == "DEU")
    assert picked(german, "commitment", "allocation", "contract", "delivery") == ["90.00", "100.00", None, "30.00"]
    assert picked(german, "lag_commitment_allocation", "lag_commitment_allocation_pledges") == ["60.0", 1]
    assert german["lag_contract_delivery"] is None


def test_platforms_by_contributor(aid: Desk) -> None:
    jets, missiles = rows("platforms-by-contributor/?contributor=DEU,NLD")
    assert picked(jets, "platform", "pledged", "delivered", "outstanding", "unknown_quantity", "value") == [
        "Eurofighter Typhoon", "6", "2", "4", 0, "100.00",
    ]  # fmt: skip
    assert picked(missiles, "platform", "pledged", "outstanding", "unknown_quantity", "value") == [
        "unspecified", None, None, 1, "40.00",
    ]  # fmt: skip


def test_source_of_equipment(aid: Desk) -> None:
    mixed = [{"description": name, "modality": "procurement"} for name in ("boots", "coats")]
    aid.pledge(name="Both bought", announced="2025-01", items=mixed, entries=[entry("allocation", 7)])
    aid.pledge(
        name="Stock and not", announced="2025-01", entries=[entry("allocation", 5)],
        items=[{"description": "boots", "modality": "stock_transfer"}, *mixed],
    )  # fmt: skip
    aid.publish()
    names = ("month", "stock", "procurement", "purl", "unspecified", "total")
    assert [picked(row, *names) for row in rows("source-of-equipment/")] == [
        ["2025-01", None, "7.00", "40.00", "5.00", "52.00"], ["2025-03", "100.00", None, None, None, "100.00"],
    ]  # fmt: skip


def test_a_mechanism_by_package_and_what_became_of_a_meeting(aid: Desk) -> None:
    (package,) = rows("initiative/?initiative=purl")
    assert picked(package, "initiative_id", "package", "contributor", "supplier", "allocation") == [
        "purl", "PURL 1", "Netherlands", "United States", "40.00",
    ]  # fmt: skip
    (meeting,) = [row for row in rows("meeting-outcomes/") if row["pledges"]]
    assert picked(meeting, "date", "pledges", "commitment", "allocation", "delivery") == [
        "2025-10-15", 1, "90.00", "100.00", "30.00",
    ]  # fmt: skip


def test_requirements_are_covered_delivered_and_open(aid: Desk) -> None:
    aid.pledge(
        name="More jets", announced="2025-03", entries=[entry("commitment")],
        items=[{"platform": "eurofighter-typhoon", "quantity": "unknown", "requirement": "fighters"}],
    )  # fmt: skip
    aid.publish()
    (needed,) = rows("requirements/?priority=urgent")
    names = ("required", "covered", "delivered", "open", "pledges", "unknown_quantity")
    assert picked(needed, *names) == ["10", "6", "2", "4", 2, 1]


def test_deployments_stand_from_their_beginning_to_their_end(aid: Desk) -> None:
    aid.pledge(
        name="Battalion", nature="deployment", aid_type="", beneficiary=None, host="EST", announced="2024-03-01",
        shares=[{"contributor": "NLD"}], items=[{"description": "battalion", "quantity": "1"}],
        entries=[{"stage": "commitment"}, {"stage": "lapse", "date": "2024-09-30"}],
    )  # fmt: skip
    aid.publish()

    def on(day: str) -> list[list[Any]]:
        return [picked(row, "contributor_id", "host", "quantity") for row in rows(f"deployments/?on={day}")]

    assert on("2024-02-29") == []
    assert on("2024-03-01") == on("2024-09-30") == [["NLD", "Estonia", "1"]]
    assert on("2024-10-01") == []
    assert len(on("2025-10-15")) == 5
    assert ["DEU", "Poland", "4"] in on("2025-10-15")
    assert messages(f"{API}tables/deployments/?on=yesterday")["on"]


def test_incidents_with_what_they_prompted(aid: Desk) -> None:
    found = rows("incidents/")
    assert [picked(row, "place", "platform", "quantity", "prompted") for row in found] == [
        ["Poland", "kamikaze drones", "unknown", "Eastern Sentry"], ["Estonia", "MiG-31", "3", ""],
    ]  # fmt: skip
    assert found[1]["follows_id"] == found[0]["incident_id"]
    assert len(rows("incidents/?place=EST")) == 1


def test_deployments_and_overlapping_groups_are_refused_as_in_every_table(aid: Desk) -> None:
    assert "Denmark" in read("tables/by-month/?group=EU,NORDIC", 422)["detail"]
    assert "never enter aid" in read("tables/country-summary/?nature=deployment,transfer", 422)["detail"]
    assert messages(f"{API}tables/country-summary/?of_year=x")["of_year"]


def test_what_is_unknown_for_lack_of_a_figure_is_said(aid: Desk) -> None:
    Indicator.objects.exclude(measure="population").delete()
    found = read("tables/country-summary/")
    lines = {row["contributor_id"]: row for row in found["rows"]}
    assert picked(lines["DEU"], "allocation", "eu_share", "total_with_eu", "pct_gdp") == ["100.00", None, None, None]
    assert lines["EU"]["total_with_eu"] is None
    notes = "; ".join(found["notes"])
    assert f"no GDP of 2021 is loaded for {len(lines)} of {len(lines)} contributors" in notes
    assert f"no population of 2021 is loaded for {len(lines) - 1} of" in notes
    assert "but for 1 contributions that no key is loaded for" in notes
