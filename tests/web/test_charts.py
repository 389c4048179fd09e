"""Charts: every mark leads to its cell and says what it is; unknown is never zero; files are the same chart."""

import json
import re
import xml.etree.ElementTree as ElementTree
from decimal import Decimal

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get
from tracker.web.charts.specs import KINDS

pytestmark = pytest.mark.django_db
DEPLOYED = "rows=contributor&columns=platform&measure=quantity&nature=deployment"


@pytest.fixture
def aid(register: Desk) -> None:
    """Allocations of three years by two contributors, one of them of unknown value."""
    factories.daily_rates()
    for party, year, amount in (
        ("DEU", "2023", "500000000.00"),
        ("NLD", "2024", "250000000.00"),
        ("NLD", "2025", None),
    ):
        entry = {"stage": "allocation", "date": f"{year}-05-01"}
        entry |= {"amount": amount, "currency": "EUR"} if amount else {}
        kind = "humanitarian" if year == "2025" else "military"
        register.pledge(shares=[{"contributor": party}], aid_type=kind, entries=[entry])
    register.publish()


def marks(svg: str) -> dict[str, str]:
    """Return the address of each mark that is a link, by what it says."""
    found = re.findall(r'<a href="([^"]+)"[^>]* aria-label="([^"]+)"><path', svg)
    return {label: address.replace("&amp;", "&") for address, label in found}


@pytest.mark.parametrize("kind", ["bars", "stacked", "lines", "multiples"])
def test_every_mark_leads_to_the_number_that_it_shows(kind: str, aid: None) -> None:
    page = check(f"/explore/?rows=year&columns=aid_type&stage=allocation&chart={kind}")
    found = marks(page.html)
    assert {"2023, Military: 500.0 million EUR", "2024, Military: 250.0 million EUR"} <= set(found)
    cell = get(found["2023, Military: 500.0 million EUR"])
    assert Decimal(cell.numbers[0][0]) == 500_000_000


def test_the_funnel_says_how_long_it_took_from_stage_to_stage(register: Desk) -> None:
    for allocated, delivered in (("2024-01-11", "2024-03-11"), ("2024-01-31", None), ("2024-02", "2025")):
        dates = {"commitment": "2024-01-01", "allocation": allocated, "delivery": delivered}
        register.pledge(entries=[{"stage": stage, "date": date, "amount": "1000000.00", "currency": "EUR"}
                                 for stage, date in dates.items() if date])  # fmt: skip
    register.publish()
    page = check("/tables/stage-funnel/").text
    assert "Commitment → allocation: 30 days (median of 3 pledges)." in page
    assert "Allocation → delivery: 60 days (one pledge)." in page
    assert "30 days (median" in get("/tables/stage-funnel.svg").html.replace("\xa0", " ")


def test_the_table_stands_below_the_chart(aid: None) -> None:
    html = get("/explore/?rows=year&columns=none&stage=allocation").html
    assert html.index("<svg") < html.index("<table")
    assert "<svg" not in get("/explore/?rows=year&columns=none&stage=allocation&chart=none").html


def test_unknown_is_written_and_never_drawn_as_zero(register: Desk) -> None:
    spec = Client().get(f"/explore.vl.json?{DEPLOYED}").json()
    values = {row["label"]: row["value"] for row in spec["data"]["values"]}
    assert values["Germany, Eurofighter Typhoon: 4 units"] == 4
    assert values["France: unknown"] is None
    assert ">unknown<" in Client().get(f"/explore.svg?{DEPLOYED}").content.decode()


def test_stages_are_drawn_side_by_side_and_never_stacked(aid: None, register: Desk) -> None:
    register.pledge(entries=[{"stage": "commitment", "amount": "7.00", "currency": "EUR"}])
    register.publish()
    spec = Client().get("/explore.vl.json?rows=contributor&columns=stage&chart=stacked").json()
    assert "yOffset" in spec["layer"][0]["encoding"]
    assert spec["layer"][0]["encoding"]["x"]["stack"] is None


def test_files_are_the_same_chart_and_say_where_it_is_from(aid: None) -> None:
    query = "rows=year&columns=aid_type&stage=allocation"
    answers = {form: Client().get(f"/explore.{form}?{query}") for form in ("svg", "png", "pdf", "vl.json")}
    assert {answer.status_code for answer in answers.values()} == {200}
    assert answers["png"].content.startswith(b"\x89PNG")
    assert answers["pdf"].content.startswith(b"%PDF")
    svg = answers["svg"].content.decode()
    ElementTree.fromstring(svg)
    assert "Defence Aid Tracker, as published on" in svg
    assert ' href="http://testserver/cell/?' in svg
    assert " style=" not in svg
    assert "chart.invalid" not in svg
    spec = json.loads(answers["vl.json"].content)
    assert spec["$schema"].startswith("https://vega.github.io/schema/vega-lite/")
    assert all(row["href"].startswith("http://testserver/cell/?") for row in spec["data"]["values"])
    # What is drawn once is repeated, byte for byte.
    assert Client().get(f"/explore.svg?{query}").content.decode() == svg
    again = Client().get(f"/explore.png?{query}", headers={"If-None-Match": answers["png"]["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    ("query", "status"),
    [("chart=pie", 400), ("rows=banana", 400), ("as_of=yesterday", 400), ("rows=contributor&columns=none&nature="
     "deployment,transfer", 422), ("contributor=POL&stage=delivery", 404)],
)  # fmt: skip
def test_what_cannot_be_drawn_says_why(query: str, status: int, register: Desk) -> None:
    assert Client().get(f"/explore.svg?{query}").status_code == status


@pytest.mark.parametrize("name", ["by-month", "stage-funnel", "country-summary", "by-group", "source-of-equipment"])
def test_named_tables_have_charts_whose_marks_lead_to_their_numbers(name: str, aid: None) -> None:
    page = check(f"/tables/{name}/")
    found = marks(page.html)
    assert found
    for address in list(found.values())[:3]:
        get(address)


@pytest.fixture
def contested(register: Desk) -> None:
    """A pledge of 500 million of which open claims say otherwise; one of an unknown amount, and one without a date."""
    factories.daily_rates()

    def claim(value: str, verdict: str) -> dict[str, str]:
        return {"field": "entries[pledge].amount", "document": "nato-discusses-better-deterrence", "value": value,
                "verdict": verdict, "reason": "Reports say otherwise."}  # fmt: skip

    claims = [claim("EUR 450 million", "open"), claim("EUR 580 million", "open"), claim("EUR 900 million", "rejected"),
              claim("JPY 90 billion", "open"), claim("hundreds of millions", "open")]  # fmt: skip
    amounts = {"DEU": "500000000.00", "FRA": None, "NLD": "200000000.00"}
    dates = {"DEU": "2024-05", "FRA": "2025-05", "NLD": "2022/2024"}
    for party, amount in amounts.items():
        entry = {"stage": "pledge", "date": dates[party]} | ({"amount": amount, "currency": "EUR"} if amount else {})
        said = claims if party == "DEU" else []
        register.pledge(name=f"Of {party}", shares=[{"contributor": party}], entries=[entry], claims=said)
    register.publish()


def drawn(query: str) -> dict[tuple[str, str], dict[str, object]]:
    """Return what a chart draws, by part and row."""
    rows = Client().get(f"/explore.vl.json?{query}").json()["data"]["values"]
    return {(row["part"], row["row"]): row for row in rows}


def test_unknown_undated_and_contested_are_drawn_as_such_in_every_kind(contested: None) -> None:
    for kind in KINDS:
        query = f"rows=year&columns=none&stage=pledge&chart={kind}"
        found = drawn(query)
        assert (found["whisker", "2024"]["low"], found["whisker", "2024"]["high"]) == (450, 580)
        assert (
            found["mark", "2024"]["label"]
            == "2024: 500.0 million EUR, between 450.0 and 580.0 by claims that are not decided yet"
        )
        assert ("mark", "2025") not in found
        assert found["unknown", "2025"]["note"] == "?"
        assert found["mark", "Undated"]["undated"]
        svg = Client().get(f"/explore.svg?{query}").content.decode()
        assert "Thin lines: how far claims that are not decided yet say otherwise." in svg
        # It leads to what is behind it, as marks do.
        assert re.search(r'<a href="[^"]+"[^>]* aria-label="2025: unknown"><text[^>]*>\?</text></a>', svg)


def test_a_stack_has_one_whisker_at_its_end(contested: None) -> None:
    found = drawn("rows=contributor&columns=beneficiary,aid_type&stage=pledge&chart=stacked")
    assert (found["whisker", "Germany"]["low"], found["whisker", "Germany"]["high"]) == (450, 580)
    whole = drawn("rows=aid_type&columns=contributor&stage=pledge&chart=stacked")
    assert [row["high"] for (part, _row), row in whole.items() if part == "whisker"] == [780]
    # Nobody contests how many contributions there are.
    assert not [part for part, _row in drawn("rows=contributor&columns=none&measure=count") if part == "whisker"]


def test_the_rest_and_running_sums_have_the_whiskers_of_all_in_them(contested: None, register: Desk) -> None:
    entry = {"stage": "pledge", "date": "2025-03", "amount": "900000000.00", "currency": "EUR"}
    register.pledge(name="Largest", shares=[{"contributor": "GBR"}], entries=[entry])
    register.publish()
    found = drawn("rows=contributor&columns=none&stage=pledge&top=1")
    rest = next(row for part, row in found if part == "whisker")
    assert "others" in rest
    assert (found["whisker", rest]["low"], found["whisker", rest]["high"]) == (650, 780)
    running = drawn("rows=year&columns=none&stage=pledge&cumulative=true&chart=lines")
    assert [(row, each["low"], each["high"]) for (part, row), each in running.items() if part == "whisker"] == [
        ("2024", 450, 580), ("2025", 1350, 1480),
    ]  # fmt: skip
    page = get("/explore/?rows=contributor&columns=none&stage=pledge&share_out=EU").text
    assert "Claims that are not decided yet contest some of these numbers. No line shows how far" in page
