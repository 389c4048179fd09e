"""Free tables: several dimensions, groups, running sums, the largest rows, and what is never added."""

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.api.shelf import TABLE, messages, read
from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def aid(register: Desk) -> Desk:
    """The fixtures with aid of Nordic and other countries over half a year, and some of it of 2024, and undated."""
    factories.daily_rates()
    given = [
        ("DNK", "2025-01", 100, "military"), ("DNK", "2025-04", 50, "financial"), ("NOR", "2025-02", 30, "military"),
        ("DEU", "2025-04", 400, "military"), ("USA", "2024", 1000, "financial"), ("CHE", "", 7, "humanitarian"),
    ]  # fmt: skip
    for contributor, date, amount, aid_type in given:
        register.pledge(
            name=f"{contributor} {date}", aid_type=aid_type, announced=date, shares=[{"contributor": contributor}],
            entries=[{"stage": "allocation", "amount": str(amount), "currency": "EUR"}],
        )  # fmt: skip
    register.publish()
    return register


def grid(query: str) -> dict[str, Any]:
    """Return the values of a table by the addresses of row and column, and its totals of rows under `total`."""
    table = read(f"{TABLE}?stage=allocation&{query}")
    found = {
        f"{row['address']} {column['address']}": cell["value"]
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
        if cell is not None
    }
    totals = {row["address"]: row["total"]["value"] for row in table["rows"] if row["total"]}
    return found | ({"total": totals} if totals else {})


def expanded(compact: dict[str, Any]) -> dict[str, Any]:
    """Return what a table in its compact form says in full."""
    zeros = dict.fromkeys(
        ("contributions", "no_value", "no_rate", "unknown_quantity", "estimated", "provisional", "inexact", "no_figure",
         "shared_out"), 0,
    )  # fmt: skip

    def cell(value: Any, counts: Any) -> Any:
        return None if counts is None else {"value": value} | zeros | counts

    def total(found: Any) -> Any:
        return None if found is None else cell(found["value"], found["counts"])

    def member(found: dict[str, Any]) -> dict[str, Any]:
        return {"ids": found["ids"], "name": found["name"], "address": found["address"], "total": total(found["total"])}

    return compact | {
        "columns": [member(column) for column in compact["columns"]],
        "rows": [
            member(row) | {"cells": [cell(*each) for each in zip(row["values"], row["counts"], strict=True)]}
            for row in compact["rows"]
        ],
        "total": total(compact["total"]),
    }


COMPACT = [
    "stage=allocation&rows=contributor,aid_type&columns=year", "columns=none&stage=allocation&rows=contributor",
    "rows=contributor&columns=stage", "measure=quantity&nature=deployment&columns=platform&stage=commitment",
    "measure=pledges&stage=allocation&columns=year", "stage=contract",
]  # fmt: skip


@pytest.mark.parametrize("query", COMPACT)
def test_the_compact_form_says_the_same(aid: Desk, query: str) -> None:
    full, compact = read(f"{TABLE}?{query}"), read(f"{TABLE}?{query}&cells=compact")
    assert (full.pop("form"), compact.pop("form")) == ("full", "compact")
    for member in (*full["columns"], *full["rows"]):
        member["ids"] = [part["id"] for part in member.pop("members")]
        del member["id"]
    assert expanded(compact) == full
    assert all(count for row in compact["rows"] for counts in row["counts"] if counts for count in counts.values())


def test_only_json_has_a_compact_form(aid: Desk) -> None:
    assert "format=json" in messages(f"{TABLE}?cells=compact&format=csv")["cells"]
    assert "cells" in messages(f"{TABLE}?cells=small")


def test_several_dimensions_make_rows_and_columns(aid: Desk) -> None:
    table = read(f"{TABLE}?rows=contributor,aid_type&columns=year&stage=allocation")
    danish = [row for row in table["rows"] if row["id"].startswith("DNK")]
    assert [(row["id"], row["name"]) for row in danish] == [
        ("DNK,military", "Denmark · military"), ("DNK,financial", "Denmark · financial"),
    ]  # fmt: skip
    assert danish[0]["members"] == [
        {"dimension": "contributor", "id": "DNK", "name": "Denmark"},
        {"dimension": "aid_type", "id": "military", "name": "military"},
    ]
    lines = Client().get(f"{TABLE}?rows=contributor,aid_type&columns=year&stage=allocation&format=csv").getvalue()
    assert lines.decode().splitlines()[0] == "contributor_id,contributor,aid_type_id,aid_type,2024,2025,~none,total"
    assert b"DNK,Denmark,military,military,,100.00,,100.00" in lines
    assert len(lines.decode().splitlines()) == 1 + len(table["rows"]), "no row of totals"


def test_time_in_quarters_and_halves_and_running(aid: Desk) -> None:
    assert grid("rows=quarter&columns=none") == {
        "2025-Q1 ~all": "130.00", "2025-Q2 ~all": "450.00", "~none ~all": "1007.00",
    }  # fmt: skip
    assert grid("rows=half_year&columns=none")["2025-H1 ~all"] == "580.00"
    running = grid("rows=month&columns=contributor&cumulative=true&contributor=DNK,NOR,DEU")
    assert running["2025-01 DNK"] == "100.00"
    assert running["2025-02 DNK"] == "100.00", "what was given stays given"
    assert running["2025-04 DNK"] == "150.00"
    assert "2025-01 NOR" not in running
    assert running["total"] == {"2025-01": "100.00", "2025-02": "130.00", "2025-04": "580.00"}
    table = read(f"{TABLE}?rows=month&columns=contributor&stage=allocation&cumulative=true")
    assert [column["total"] for column in table["columns"]] == [None] * len(table["columns"])
    assert table["total"] is None
    assert table["notes"]["contributions"] == 6, "once each, in however many running sums"
    assert table["rows"][-1]["name"] == "undated"


def test_which_columns_a_table_has_never_depends_on_what_is_in_it(aid: Desk) -> None:
    full, empty = (
        Client().get(f"{TABLE}?rows=contributor&columns=none&format=csv{more}").getvalue().decode().splitlines()
        for more in ("", "&contributor=ITA")
    )
    assert empty[0] == full[0]
    assert [len(full) > 1, len(empty)] == [True, 1]
    of_json = read("tables/contributions/?rows=contributor&columns=none&contributor=ITA")
    assert [column["name"] for column in of_json["columns"]] == ["total"]


def test_groups_are_a_dimension_with_the_rest_of_the_world(aid: Desk) -> None:
    found = grid("rows=group&columns=none&group=NORDIC,EU")
    assert found == {"EU ~all": "550.00", "NORDIC ~all": "180.00", "~none ~all": "1007.00"}
    table = read(f"{TABLE}?rows=group&columns=none&group=NORDIC,EU&stage=allocation")
    assert [row["name"] for row in table["rows"]] == ["European Union", "Nordic countries", "rest of the world"]
    assert table["total"] is None, "Denmark is in both"
    alone = read(f"{TABLE}?rows=group&columns=none&group=NORDIC&stage=allocation")
    assert alone["total"]["value"] == "1587.00"
    assert len(read(f"{TABLE}?rows=group&columns=none&stage=allocation")["rows"]) == 5
    assert read(f"{TABLE}?rows=group&columns=none&as_of=2020-01-01")["rows"] == [], "there were no groups then"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("group=NORDIC,EU", "Denmark, Finland and Sweden would count in more than one of NORDIC, EU"),
        ("rows=month&columns=none&group=EU,NORDIC&format=csv", "group=EU, or make group the rows or columns"),
        ("basis=stated,dataset", "ask for one basis"),
        ("nature=deployment,transfer", "never enter aid totals"),
        ("rows=aid_type&columns=year&per=gdp", "make contributor the rows or columns"),
        ("rows=aid_type&columns=none&cumulative=true", "run along one dimension of time"),
        ("rows=month&columns=year&cumulative=true", "run along one dimension of time"),
        ("rows=contributor&columns=group&top=2", "have none"),
        ("rows=group&columns=none&top=1", "The rest would add up rows that are never added, those of group"),
        ("rows=basis&columns=none&basis=stated,dataset&top=1", "those of basis: leave out top"),
        ("rows=contributor&columns=none&per=gdp&of_year=2021&top=1", "those of contributor"),
        ("rows=contributor,year&columns=none&cumulative=true&top=1", "make the time the columns"),
    ],
)
def test_what_is_never_added_is_refused(query: str, said: str, aid: Desk) -> None:
    problem = read(f"{TABLE}?stage=allocation&{query}", 422)
    assert said in problem["detail"]


def test_groups_that_never_overlap_are_one_sum(aid: Desk) -> None:
    members = [{"party": "USA", "valid_from": "1900-01-01"}, {"party": "DNK", "valid_from": "1900-01-01",
                "valid_to": "1972-12-31"}]  # fmt: skip
    aid.write("group", id="OTHERS", name="Others", memberships=members)
    aid.publish()
    assert read(f"{TABLE}?stage=allocation&group=OTHERS,EU")["rows"]
    assert "Denmark" in read(f"{TABLE}?stage=allocation&group=OTHERS,NORDIC", 422)["detail"]
    assert read(f"{TABLE}?stage=allocation&group=OTHERS,NORDIC&date_from=1973-01-01")["rows"]


def test_stage_and_basis_stand_beside_each_other_without_totals(aid: Desk) -> None:
    table = read(f"{TABLE}?rows=basis&columns=none&basis=stated,dataset&stage=allocation")
    assert table["rows"][0]["id"] == "stated"
    assert table["total"] is None
    assert read(f"{TABLE}?rows=basis&columns=none&stage=allocation")["total"]["value"] == "1587.00"


def test_the_largest_rows_and_the_rest(aid: Desk) -> None:
    table = read(f"{TABLE}?columns=aid_type&stage=allocation&top=2")
    assert [(row["id"], row["name"], row["total"]["value"]) for row in table["rows"]] == [
        ("USA", "United States", "1000.00"), ("DEU", "Germany", "400.00"), ("~rest", "3 others", "187.00"),
    ]  # fmt: skip
    assert table["total"]["value"] == "1587.00"
    assert [row["id"] for row in read(f"{TABLE}?rows=month&columns=none&stage=allocation&top=1")["rows"]] == [
        "2025-04", "~rest", None,
    ]  # fmt: skip


def test_the_grand_total_is_the_same_from_every_perspective(aid: Desk) -> None:
    for perspective in ("contributor", "supplier", "stock_owner", "manufacturer", "host", "initiative"):
        table = read(f"{TABLE}?perspective={perspective}&columns=aid_type&stage=allocation")
        assert table["row_dimension"] == perspective
        assert table["total"]["value"] == "1587.00"
        if perspective != "contributor":
            assert table["rows"][-1]["id"] is None
    assert read(f"{TABLE}?perspective=host&rows=year&columns=none&stage=allocation")["row_dimension"] == "host,year"


def test_a_pledge_counts_once_wherever_it_counts(aid: Desk) -> None:
    aid.pledge(
        name="Joint", shares=[{"contributor": "DNK"}, {"contributor": "NOR"}], announced="2025-01",
        entries=[{"stage": "allocation", "amount": "1", "currency": "EUR"}] * 2,
    )  # fmt: skip
    aid.publish()
    found = grid("rows=contributor&columns=year&measure=pledges&contributor=DNK,NOR")
    assert found == {"DNK 2025": 3, "NOR 2025": 2, "total": {"DNK": 3, "NOR": 2}}
    table = read(f"{TABLE}?columns=year&measure=pledges&contributor=DNK,NOR&stage=allocation")
    assert table["total"]["value"] == 4


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("rows=contributor,contributor", "rows"), ("rows=none", "rows"), ("columns=none,year", "columns"),
        ("rows=contributor,nothing", "rows"), ("rows=contributor&columns=year,contributor", "columns"),
        ("rows=contributor,year,stage&columns=aid_type,basis", "rows"), ("top=0", "top"), ("top=x", "top"),
        ("cumulative=1", "cumulative"), ("per=gdp&measure=quantity", "per"), ("of_year=2021", "of_year"),
        ("per=gdp&of_year=21", "of_year"), ("prices=2021", "prices"), ("deflator=USA", "deflator"),
        ("prices=1066&deflator=USA", "prices"), ("prices=2021&deflator=U", "deflator"), ("share_out=NATO", "share_out"),
        ("share_out=EU&measure=count", "share_out"), ("perspective=beneficiary", "perspective"),
    ],
)  # fmt: skip
def test_parameters_that_cannot_be_read_are_named(query: str, field: str, aid: Desk) -> None:
    assert field in messages(f"{TABLE}?stage=allocation&{query}")
