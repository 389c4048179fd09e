"""The Kiel Institute's own files: its published totals come out. Skipped where there is no copy of them."""

import datetime as dt
import io
import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from rest_framework.test import APIClient

from tests.exchange.kiel import plan_of
from tracker.curation.importing import applying
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.exchange.drafting.labels import Labels
from tracker.exchange.inbound.files import open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.models import Contribution
from tracker.reporting.checks.verification import verify

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
AID = ("Financial", "Humanitarian", "Military")
BILLION = Decimal(10) ** 9

Cells = dict[tuple[str, str], Decimal]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("names")]


def publish(name: str, release: str, users: SimpleNamespace, at: dt.datetime) -> None:
    """Import a file into a register with the names of the fixtures, and publish it."""
    path = DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not on this machine")
    plan = plan_of(path, release)
    assert all(account.step for account in plan.rows)
    applied = applying.apply(plan=plan, author=users.editor, at=at)
    assert plan_of(path, release).is_empty
    assert applied.change_set
    change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
    publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)


def table(client: APIClient, stage: str) -> tuple[Cells, Decimal]:
    """Return the published cells of a stage on the basis of the dataset, by contributor and aid type, and the total."""
    asked = {"rows": "contributor", "columns": "aid_type", "stage": stage, "basis": "dataset"}
    found: dict[str, Any] = client.get("/api/v1/tables/contributions/", asked).json()
    cells: Cells = {}
    for row in found["rows"]:
        for column, cell in zip(found["columns"], row["cells"], strict=True):
            if cell and cell["value"] is not None:
                cells[row["id"], column["id"]] = Decimal(cell["value"])
    return cells, Decimal(found["total"]["value"])


def expected(by_donor: dict[str, dict[str, Any]]) -> Cells:
    """Return published cells by our ids; those of nothing are left out, as unknown is not zero."""
    parties = Labels.load("party")
    return {
        (str(parties.find(donor)), aid.lower()): Decimal(str(value))
        for donor, cells in by_donor.items()
        for aid, value in cells.items()
        if value
    }


def near(found: Cells, right: Cells, within: Decimal) -> None:
    assert {key for key, value in found.items() if value} == right.keys()
    assert {key: (found[key], right[key]) for key in right if abs(found[key] - right[key]) > within} == {}


@pytest.mark.once
def test_release_7_then_21_is_release_21(users: SimpleNamespace, api_client: APIClient) -> None:
    """By donor and aid type, to a cent a row, with no difference, and nothing is left of release 7."""
    files = {"7": "kiel-r7/kiel_release_7.xlsx", "21": "kiel-r21/kiel_release_21_main_data.xlsx"}
    if not all((DATA / name).exists() for name in files.values()):
        pytest.skip("the releases are not on this machine")
    for release, name in files.items():
        bring(DATA / name, release)
    right = json.loads((DATA / "kiel-r21" / "expected.json").read_text())
    # A cent a row: half a cent is the most that one is off.
    wanted = expected(right["allocations_by_donor"])
    near(reconciled(), wanted, Decimal(1))
    cells, total = table(api_client, "allocation")
    near(cells, wanted, Decimal(1))
    assert abs(total - Decimal(str(right["allocations_total"]))) < 5
    _cells, total = table(api_client, "commitment")
    assert abs(total - Decimal(str(right["commitments_total"]))) < 5
    assert round(table(api_client, "delivery")[1] / BILLION, 3) == Decimal("33.362")
    assert not Contribution.objects.filter(is_netted=True).exists()
    assert list(verify()) == []
    check_named_tables(api_client, right)
    assert "nothing to write" in bring(DATA / files["21"], "21")


def bring(path: Path, release: str) -> str:
    """Import a release by the command, without what is gone from it, publish it, and return what the command says."""
    out = io.StringIO()
    who = {"author": "editor", "publish_as": "reviewer"}
    call_command("import_records", path, profile="kiel", release=release, gone="withdraw", stdout=out, **who)
    return out.getvalue()


def reconciled() -> Cells:
    """Return what `reconcile` says of allocations in the register; no record may differ from the file."""
    out = io.StringIO()
    call_command("reconcile", "kiel", json=True, stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    assert found["records"] == []
    rows = [row for row in found["parties"] if row["stage"] == "allocation"]
    return {(row["contributor"], row["aid_type"]): Decimal(row["in_register"]) for row in rows}


def named(client: APIClient, name: str) -> list[dict[str, Any]]:
    """Return the rows of a named table on the basis of the dataset."""
    rows: list[dict[str, Any]] = client.get(f"/api/v1/tables/{name}/", {"basis": "dataset"}).json()["rows"]
    return rows


def check_named_tables(client: APIClient, right: dict[str, Any]) -> None:
    """The ready-made tables have the publisher's figures in the publisher's shapes."""
    summary = named(client, "country-summary")
    cells = {
        (row["contributor_id"], aid.lower()): Decimal(row[f"{aid.lower()}_allocation"])
        for row in summary
        for aid in AID
        if row[f"{aid.lower()}_allocation"] is not None
    }
    near(cells, expected(right["allocations_by_donor"]), Decimal(1))
    committed = {row["contributor_id"]: Decimal(row["commitment"] or 0) for row in summary}
    parties = Labels.load("party")
    for donor, value in right["commitments_by_donor"].items():
        assert abs(committed.get(str(parties.find(donor)), Decimal(0)) - Decimal(str(value))) < 1, donor
    months = named(client, "by-month")
    assert [months[0]["month"], months[-2]["month"], months[-1]["month"]] == ["2022-01", "2024-12", None]
    assert abs(sum(Decimal(row["total"]) for row in months) - Decimal(str(right["allocations_total"]))) < 5
    assert Decimal(months[-2]["total_cumulative"]) + Decimal(months[-1]["total"]) == sum(
        Decimal(row["total"]) for row in months
    )
    (abrams,) = [
        row for row in named(client, "platforms-by-contributor")
        if (row["contributor_id"], row["platform_id"]) == ("AUS", "m1-abrams")
    ]  # fmt: skip
    assert abrams["pledged"] == "49"


def test_release_7(users: SimpleNamespace, at: dt.datetime, api_client: APIClient) -> None:
    publish("kiel-r7/kiel_release_7.xlsx", "7", users, at)
    columns = (
        ProfileColumn("Country", required=True),
        *(ProfileColumn(aid, (f"{aid} commitments",), required=True) for aid in AID),
    )
    rows = Header(columns).find(open_file(DATA / "kiel-r7" / "kiel_release_7.xlsx").rows("Country Summary"))
    summary = {
        str(values["Country"]): {aid: Decimal(str(values[aid])) * BILLION for aid in AID}
        for _row, values in rows
        if isinstance(values["Military"], int | Decimal) and values["Country"] != "Total"
    }
    cells, _total = table(api_client, "commitment")
    right = expected(summary)
    # The European Peace Facility and the European Investment Bank are in the main data alone.
    near({key: value for key, value in cells.items() if key in right}, right, Decimal(1000))
    assert {party for party, _aid in cells} - {party for party, _aid in right} <= {"EPF", "EIB"}
