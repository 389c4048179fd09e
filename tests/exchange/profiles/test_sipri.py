"""The profile of SIPRI's trade register: a deal is a pledge, its values are no money, and no row is lost."""

import csv
import datetime as dt
import tempfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db.models import Sum
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from rest_framework.test import APIClient

from tests import factories
from tests.examples import examples
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome, Plan, RecognisedBy
from tracker.curation.publishing import fixtures, publishing
from tracker.curation.review import change_sets
from tracker.exchange.datasets.planning import make_plan
from tracker.exchange.inbound.files import open_file
from tracker.exchange.profiles import PROFILES
from tracker.models import Contribution, ExternalId, Platform, Pledge
from tracker.records.engine.source_form import compared, written
from tracker.records.registry import document_of
from tracker.reporting.checks.verification import verify

pytestmark = pytest.mark.django_db

PREAMBLE = "Transfers of major conventional arms  to Ukraine  . Deals, with commas\n" * 9 + "\nSource\n"
COLUMNS = (
    "SIPRI AT Database ID", "Supplier", "Recipient", "Designation", "Description", "Armament category",
    "Order date", "Order date is estimate", "Numbers ordered", "Numbers ordered is estimate", "Numbers delivered",
    "Numbers delivered is estimate", "Delivery year", "Delivery year is estimate", "Status", "SIPRI estimate",
    "TIV deal unit", "TIV delivery values", "Local production",
)  # fmt: skip
PLAIN = {
    "Recipient": "Ukraine", "Designation": "M-113", "Description": "APC", "Armament category": "Armoured vehicles",
    "Order date": "2022", "Delivery year": "2022", "Status": "Second hand", "SIPRI estimate": "0.25",
    "TIV deal unit": "0.1", "Local production": "No",
} | dict.fromkeys((column for column in COLUMNS if column.endswith("is estimate")), "No")  # fmt: skip


def row(deal: str, supplier: str, delivered: str, tiv: str, **cells: str) -> dict[str, str]:
    fixed = {"SIPRI AT Database ID": deal, "Supplier": supplier, "Numbers delivered": delivered}
    return PLAIN | fixed | {"TIV delivery values": tiv} | {name.replace("_", " "): cell for name, cell in cells.items()}


TRAPS = [
    # One deal, delivered in two years, one of which is an estimate, as is the number.
    row("66850", "Belgium", "46", "4.6"),
    row("66850", "Belgium", "90", "9", Delivery_year="2023", Delivery_year_is_estimate="Yes",
        Numbers_delivered_is_estimate="Yes"),
    # A sale, with the number ordered in each row, a designation that is no platform yet, and local production.
    row("64752", "Poland", "2", "0.3", Designation="Dozor-B", Description="APC/APV", Status="New",
        Order_date="2019", Order_date_is_estimate="Yes", Numbers_ordered="30", Numbers_ordered_is_estimate="Yes",
        Local_production="Yes"),
    row("64752", "Poland", "22", "3.3", Designation="Dozor-B", Description="APC/APV", Status="New",
        Order_date="2019", Order_date_is_estimate="Yes", Numbers_ordered="30", Numbers_ordered_is_estimate="Yes",
        Local_production="Yes", Delivery_year="2021"),
    # Nobody knows who supplied them; what kind of engine that is, no category says, nor how many, nor when.
    row("66935", "unknown supplier(s)", "50", "5", Status="Second hand but modernized"),
    row("67496", "Poland", "?", "", Designation="engine 401-600", Description="vehicle engine",
        Armament_category="Engines", Delivery_year="2023"),
    row("67496", "Poland", "5", "", Designation="engine 401-600", Description="vehicle engine",
        Armament_category="Engines", Delivery_year="?"),
    # What cannot be used, each for its own reason.
    row("1", "Atlantis", "5", "5"),
    row("", "Poland", "5", "5"),
    row("2", "Poland", "5", "5", Recipient="?"),
    row("3", "Poland", "5", "5", Designation="", Description="?"),
]  # fmt: skip


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(PREAMBLE)
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def plan_of(path: Path, release: str = "2025-02", *, likeliest: bool = False) -> Plan:
    return make_plan(
        workbook=open_file(path), profile=PROFILES["sipri"], release=release, likeliest=likeliest,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def _register(db: None, users: SimpleNamespace, at: dt.datetime) -> None:
    """Publish what the rows name, and the register has; the platform has a price, which nobody is to pay."""
    for public_id, name in (("UKR", "Ukraine"), ("BEL", "Belgium"), ("POL", "Poland")):
        factories.PartyFactory(public_id=public_id, name=name)
    vehicles = factories.CategoryFactory(public_id="armoured-vehicles", name="Armoured vehicles")
    platform = factories.PlatformFactory(public_id="m113", name="M113", category=vehicles)
    platform.aliases.create(name="M-113")
    factories.PlatformPriceFactory(platform=platform, amount=300_000)
    before = at - dt.timedelta(days=1)
    fixtures.publish_all(author=users.editor, by=users.reviewer, message="Reference data", at=before)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file with the traps."""
    return write(tmp_path / "sipri.csv", TRAPS)


def apply(path: Path, users: SimpleNamespace, at: dt.datetime) -> applying.Applied:
    return applying.apply(plan=plan_of(path), author=users.editor, at=at)


def publish(applied: applying.Applied, users: SimpleNamespace, at: dt.datetime) -> None:
    assert applied.change_set
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)


def document(deal: str) -> dict[str, Any]:
    """Return the document of the pledge that the newest import calls `deal`, as a source would write it."""
    noted = ExternalId.objects.filter(source_id=deal).latest("id")
    return written(document_of(Pledge.objects.get(public_id=noted.public_id)))


def test_every_row_is_accounted_for_once(path: Path) -> None:
    plan = plan_of(path)
    assert [account.number for account in plan.rows] == list(range(13, len(TRAPS) + 13))
    reasons = [account.reason.split(":")[0] for account in plan.rows if account.outcome is Outcome.INVALID]
    assert reasons == [
        "No party goes by “Atlantis”", "It names no activity in deal.", "It names no beneficiary in recipient.",
        "It names no item in designation or weapon.",
    ]  # fmt: skip
    assert len(plan.steps) == 4
    assert plan.unread == ["SIPRI estimate"]


def test_a_deal_is_one_pledge_with_a_delivery_for_each_row(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    found = document("66850")
    assert (found["id"], found["name"], found["nature"]) == ("BEL-2022-0001", "M-113, APC, Belgium", "transfer")
    assert "shares" not in found, "who pays is not what the register says"
    assert found["items"] == [{
        "number": 1, "platform": "m113", "description": "M-113", "quantity": "unknown", "modality": "unknown",
        "condition": "second_hand", "supplier": "BEL",
    }]  # fmt: skip
    steps = [(entry["stage"], entry["item"], entry["date"], entry["quantity"]) for entry in found["entries"]]
    assert steps == [("delivery", 1, "2022", "46"), ("delivery", 1, "2023~", "about 90")]
    values = [(value["entry"], value["basis"], value["amount"], value["source"]) for value in found["valuations"]]
    title = "SIPRI Arms Transfers Database, release 2025-02; 0.10 TIV a unit"
    assert values == [(1, "tiv", "4.60", title), (2, "tiv", "9.00", title)]
    assert not any("currency" in value for value in found["valuations"])
    assert [claim["locator"] for claim in found["claims"]] == ["rows 13–14, columns A–H, J–S"]


def test_what_was_ordered_is_said_once(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    found = document("64752")
    assert found["announced"] == "2019~"
    assert found["entries"][0] == {
        "number": 1, "stage": "contract", "item": 1, "date": "2019~", "quantity": "about 30",
    }  # fmt: skip
    assert [entry["stage"] for entry in found["entries"]] == ["contract", "delivery", "delivery"]
    [item] = found["items"]
    assert (item["platform"], item["quantity"], item["condition"]) == ("dozor-b", "about 30", "new")
    assert found["description"].endswith("With production or assembly in the recipient's country.")
    assert Platform.objects.get(public_id="dozor-b").category.public_id == "armoured-vehicles"


def test_what_is_unknown_stays_unknown(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    apply(path, users, at)
    found = document("67496")
    assert [(entry["date"], entry["quantity"]) for entry in found["entries"]] == [
        ("2023", "unknown"), ("2022/..", "5"),
    ], "some day since it was ordered, and not on that day"  # fmt: skip
    assert "valuations" not in found
    assert {"platform", "category"}.isdisjoint(found["items"][0])
    found = document("66935")
    assert "supplier" not in found["items"][0]
    assert (found["id"], found["items"][0]["condition"]) == ("UKR-2022-0001", "modernised")


def test_tables_add_up_tiv_and_never_money(
    path: Path, users: SimpleNamespace, at: dt.datetime, api_client: APIClient
) -> None:
    publish(apply(path, users, at), users, at)
    rows = Contribution.objects.as_of(None)
    assert set(rows.filter(stage="delivery").exclude(gap="no_value").values_list("basis", flat=True)) == {"tiv"}
    assert not rows.exclude(eur_cents=None).exists(), "the price of an M113 is not what Belgium, or anybody, paid"
    asked = {"rows": "supplier", "columns": "year", "stage": "delivery", "basis": "tiv"}
    url = "/api/v1/tables/contributions/"
    found = api_client.get(url, asked).json()
    totals = {member["name"]: member["total"]["value"] for member in found["rows"]}
    assert totals == {"Belgium": "13.60", "Poland": "3.60", "unspecified": "5.00"}
    assert (found["total"]["value"], found["measure"]["currency"]) == ("22.20", "TIV millions")
    units = api_client.get(url, asked | {"rows": "platform", "measure": "quantity"}).json()
    assert {member["id"]: member["total"]["value"] for member in units["rows"]} == {"m113": 186, "dozor-b": 24}
    for dimension, right in (
        ("condition", {"new": "3.60", "second_hand": "13.60", "modernised": "5.00"}),
        ("announced_year", {"2019": "3.60", "2022": "18.60"}),
        ("aid_kind", {"Armoured vehicles": "22.20"}),
    ):
        parts = api_client.get(url, asked | {"rows": dimension}).json()
        sums = {member["id"]: member["total"]["value"] for member in parts["rows"] if member["total"]["value"]}
        assert sums == right, "in the order of the list, and none left over"
        assert list(sums) == list(right)
        assert sum(map(Decimal, sums.values())) == Decimal(found["total"]["value"])
    old = api_client.get(url, asked | {"condition": "second_hand,modernised"}).json()
    assert old["total"]["value"] == "18.60"
    refused = api_client.get(url, asked | {"currency": "EUR"})
    assert refused.status_code == 422
    assert "without currency" in refused.json()["detail"]
    assert list(verify()) == []


def test_the_same_file_again_plans_nothing(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    plan = plan_of(path)
    applied = applying.apply(plan=plan, author=users.editor, at=at)
    for step in plan.steps:
        record = Pledge.objects.get(public_id=applied.ids[step.draft.source_id])
        assert compared(written(document_of(record))) == compared(step.draft.document)
    again = plan_of(path)
    assert again.is_empty
    assert {step.recognised_by for step in again.steps} == {RecognisedBy.BOTH}


def test_a_later_release_knows_a_deal_by_its_id(
    path: Path, tmp_path: Path, users: SimpleNamespace, at: dt.datetime
) -> None:
    publish(apply(path, users, at), users, at)
    rows = [TRAPS[0], *TRAPS[2:]]
    rows.append(row("66850", "Belgium", "88", "8.8", Delivery_year="2024"))
    rows[1] |= {"Order date": "2018"}
    plan = plan_of(write(tmp_path / "later.csv", rows), "2026-03")
    steps = {step.draft.source_id: (step.outcome, step.fields) for step in plan.steps}
    assert steps["66850"] == (Outcome.CHANGED, ["lines"])
    assert steps["64752"][0] is Outcome.CHANGED
    assert steps["66935"] == (Outcome.UNCHANGED, [])
    assert not plan.gone
    publish(applying.apply(plan=plan, author=users.editor, at=at + dt.timedelta(days=1)), users, at + dt.timedelta(1))
    assert [entry["quantity"] for entry in document("66850")["entries"]] == ["46", "88"]
    assert plan_of(tmp_path / "later.csv", "2026-03").is_empty
    assert list(verify()) == []


def test_discarding_removes_the_platforms_that_it_brought(path: Path, users: SimpleNamespace, at: dt.datetime) -> None:
    applied = apply(path, users, at)
    assert applied.change_set
    change_sets.discard(change_set=applied.change_set, by=users.editor, at=at)
    assert list(Platform.objects.values_list("public_id", flat=True)) == ["m113"]
    assert not Pledge.objects.exists()


CELLS = st.one_of(
    st.sampled_from(sorted({cell for line in TRAPS for cell in line.values()})),
    st.sampled_from(["-5", "1e400", "NaN", "2024-02-30", "x" * 3000, "0", "M113", "С-300", "C-300", "C_300", "=1"]),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=40),
)


@hypothesis_settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.fixed_dictionaries({}, optional=dict.fromkeys(COLUMNS, CELLS)), min_size=1, max_size=8))
def test_whatever_is_in_the_cells_every_row_is_accounted_for(
    users: SimpleNamespace, at: dt.datetime, cells: list[dict[str, str]]
) -> None:
    """What one example wrote stands there for the next, which uses its ids again."""
    rows = [row(f"7{number // 3}", "Poland", "1", "0.1") | line for number, line in enumerate(cells)]
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder) / "any.csv", rows)
        plan = plan_of(path, likeliest=True)
        assert len({account.number for account in plan.rows}) == len(plan.rows) == len(rows)
        applied = applying.apply(plan=plan, author=users.editor, at=at)
        assert plan_of(path).is_empty
        if applied.change_set:
            publish(applied, users, at)
            assert plan_of(path).is_empty


CONDITIONS = {"New": "new", "Second hand": "second_hand", "Second hand but modernized": "modernised"}


def added(rows: Any, column: str) -> dict[Any, Decimal]:
    """Return what rows of the ledger add up to by a column, in millions of TIV."""
    sums = rows.order_by().values_list(column).annotate(Sum("amount_minor"))
    return {key: Decimal(minor) / 100 for key, minor in sums}


def sums_of(lines: list[dict[str, str]], key: Callable[[dict[str, str]], Any]) -> dict[Any, Decimal]:
    """Return what lines of the file add up to by what `key` makes of each."""
    sums: dict[Any, Decimal] = {}
    for line in lines:
        sums[key(line)] = sums.get(key(line), Decimal(0)) + Decimal(line["TIV delivery values"])
    return sums


def test_the_whole_register(users: SimpleNamespace, at: dt.datetime) -> None:
    path = Path(settings.BASE_DIR).parent / "shared/data/sipri-ukraine/trade-register_ukraine_2000-2024.csv"
    if not path.is_file():
        pytest.skip(f"there is no {path}")
    Platform.objects.all().delete()
    call_command("loaddata", "parties", "categories", "platforms", verbosity=0)
    fixtures.publish_all(author=users.editor, by=users.reviewer, message="Fixtures", at=at - dt.timedelta(hours=1))
    plan = plan_of(path)
    assert {account.outcome for account in plan.rows} == {Outcome.NEW}
    assert (len(plan.rows), len(plan.steps)) == (382, 323)
    publish(applying.apply(plan=plan, author=users.editor, at=at), users, at)
    rows = Contribution.objects.as_of(None).filter(basis="tiv", stage="delivery")
    assert rows.count() == 382
    with path.open() as file:
        lines = list(csv.DictReader(file.readlines()[11:]))
    right = sums_of(lines, lambda line: line["Supplier"])
    assert sorted(added(rows, "supplier").values()) == sorted(right.values())
    assert sum(right.values()) == Decimal("6998.29")
    assert added(rows, "condition") == sums_of(lines, lambda line: CONDITIONS[line["Status"]])
    assert added(rows, "announced_year") == sums_of(lines, lambda line: int(line["Order date"]))
    assert added(rows, "aid_kind") == sums_of(lines, lambda line: line["Armament category"])
    units = sum(int(line["Numbers delivered"]) for line in lines)
    assert rows.aggregate(Sum("quantity_millionths"))["quantity_millionths__sum"] == units * 10**6
    assert rows.filter(supplier="").count() == 2
    assert not Contribution.objects.as_of(None).exclude(basis="tiv").exists()
    assert plan_of(path).is_empty
    assert list(verify()) == []
