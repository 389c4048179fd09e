"""The register's own workbook: written, edited in a spreadsheet, imported, and published as it was edited."""

import copy
import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.curation.desk import everything, shelf
from tests.examples import examples
from tests.exchange.registers import Register, add, exported, find, outcomes, plan_of, planned, put, reasons, saved
from tests.factories import AT, UserFactory
from tracker.curation.importing import imports
from tracker.curation.importing.plans import Outcome
from tracker.curation.publishing.fixtures import publish_all
from tracker.curation.review import change_sets
from tracker.exchange.datasets import imports as staged
from tracker.exchange.register.layouts import sheets_of
from tracker.exchange.register.workbook import write_register
from tracker.models import Document, Party, Pledge
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db


def test_each_kind_and_each_list_has_a_sheet_with_the_ids_first(register: Register, tmp_path: Path) -> None:
    wanted = [layout.sheet for layout in sheets_of(KINDS)]
    assert list(register.sheets) == ["register", *wanted]
    assert all(len(register.sheets[name]) > 1 for name in wanted), "there is a row of each"
    assert register.sheets["pledge shares"][0][:3] == ["pledge", "contributor", "contributor (name)"]
    assert find(register.sheets["pledges"], id="DEU-2025-9000")[-1] == 1.0, "the version"


def test_what_was_exported_plans_nothing(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    with path.open("wb") as file:
        counts = write_register(file)
    plan = plan_of(path)
    assert plan.is_empty
    assert (plan.gone, plan.unread) == ([], [])
    assert len(plan.steps) == sum(counts.values())
    assert len(plan.rows) == sum(len(rows) - 1 for name, rows in register.sheets.items() if name != "register")
    assert len({(row.sheet, row.number) for row in plan.rows}) == len(plan.rows)


def test_the_same_moment_gives_the_same_bytes(register: Register) -> None:
    files = [io.BytesIO(), io.BytesIO()]
    for file in files:
        write_register(file, as_of=register.desk.now)
    assert files[0].getvalue() == files[1].getvalue()


def test_an_old_moment_is_exported_as_it_was(register: Register) -> None:
    before = register.desk.now
    register.desk.write("party", id="DEU", name="Federal Republic")
    register.desk.publish()
    assert find(exported(as_of=before)["parties"], id="DEU") == find(register.sheets["parties"], id="DEU")
    assert find(exported()["parties"], id="DEU")[1] == "Federal Republic"


def test_no_text_is_a_formula(register: Register) -> None:
    file = io.BytesIO()
    write_register(file, kinds=["party"])
    archive = zipfile.ZipFile(file)
    cells = b"".join(archive.read(name) for name in archive.namelist() if "worksheets" in name)
    assert b"=1+1 Acme" in cells
    assert b"<f>" not in cells
    assert find(register.sheets["parties"], id="ACME")[1] == "=1+1 Acme"


def test_what_spreadsheets_do_to_cells_changes_nothing(register: Register, tmp_path: Path) -> None:
    sheets = copy.deepcopy(register.sheets)
    for name, rows in sheets.items():
        for row in rows[1:] if name != "register" else ():
            row[:] = [_mangled(rows[0][place], cell) for place, cell in enumerate(row)]
        if name != "register":
            rows[1:] = reversed(rows[1:])
            order = sorted(range(len(rows[0])), key=lambda place: rows[0][place], reverse=True)
            rows[:] = [[row[place] for place in order] + ["", ""] for row in rows] + [["", " "], ["\u00a0"]]
    shouted = {name.upper() + " ": rows for name, rows in sheets.items()}
    plan = plan_of(saved(tmp_path / "mangled.xlsx", shouted))
    assert outcomes(plan) == {}
    assert plan.is_empty
    assert any("taken for 2025-09, as exported" in note for row in plan.rows for note in row.notes)


def _mangled(head: str, cell: Any) -> Any:
    """Return a cell as a spreadsheet, or somebody who copies it, may leave it."""
    if not isinstance(cell, str) or not cell:
        return str(cell).upper() if isinstance(cell, bool) else cell
    try:
        return dt.datetime.fromisoformat(f"{cell}-01" if len(cell) == 7 else cell)
    except ValueError:
        pass
    if head in ("id", "party", "pledge", "modality", "currency"):
        return f"\u00a0{cell} "
    return float(cell) if cell.isdigit() and cell[0] != "0" else cell.replace("\r\n", "\n")


def test_cells_change_add_and_remove(register: Register) -> None:
    sheets = register.only()
    pledges, shares, entries = sheets["pledges"], sheets["pledge shares"], sheets["pledge entries"]
    put(pledges, find(pledges, id="DEU-2025-9000"), name="Another name", description="")
    shares.remove(find(shares, pledge="DEU-2025-9000", contributor="NLD"))
    put(entries, find(entries, pledge="DEU-2025-9000", number=2.0), date=dt.date(2025, 10, 1), quantity=41)
    add(entries, pledge="DEU-2025-9000", stage="delivery", amount="12.5", currency="eur")
    add(
        sheets["claims"],
        record="DEU-2025-9000",
        kind="pledge",
        document="another",
        field="shares",
        reason="As it says.",
    )
    add(sheets["party aliases"], party="DEU", aliases="BRD")
    plan = planned(sheets)
    assert outcomes(plan) == {
        "party DEU": "changed: aliases",
        "pledge DEU-2025-9000": "changed: name, description, shares, entries, claims",
    }
    said = reasons(plan)
    row = entries.index(find(entries, pledge="DEU-2025-9000", number=2.0)) + 1
    assert said[("pledge entries", row)] == "changed: changes: date, quantity"
    assert said[("pledge entries", len(entries))] == "new: "
    assert len(said) == 7 - 1, "the row that was removed has none"
    register.publish(plan)
    document = shelf("pledge", "DEU-2025-9000")
    assert document is not None
    assert (document["name"], document["description"]) == ("Another name", "")
    assert [share["contributor"]["id"] for share in document["shares"]] == ["DEU", "FRA"]
    assert [(entry["number"], entry["amount"], entry["currency"]) for entry in document["entries"][1:]] == [
        (2, None, ""), (3, "12.50", "EUR"),
    ]  # fmt: skip
    assert document["entries"][1]["quantity"]["text"] == "41"
    assert len(document["claims"]) == 2
    assert document["valuations"], "what was not touched stays"
    assert planned(sheets).is_empty, "the same file again plans nothing"


def test_new_records_come_with_what_they_refer_to(register: Register) -> None:
    sheets = register.only("pledges", "pledge shares", "parties", "documents")
    add(sheets["pledges"], id="NEW-1", name="By a new party", aid_type="military", beneficiary="NEWPARTY")
    add(sheets["pledge shares"], pledge="NEW-1", contributor="NEWPARTY")
    add(sheets["pledges"], name="Without an id", aid_type="financial", announced="May 2024")
    add(sheets["parties"], id="NEWPARTY", name="New party", part_of="NEWER")
    add(sheets["parties"], id="NEWER", name="Newer party")
    plan = planned(sheets)
    assert [step.outcome for step in plan.to_write()] == [Outcome.NEW] * 4
    change_set = register.apply(plan)
    assert planned(sheets).is_empty, "before it is published"
    made = Pledge.objects.get(name="Without an id")
    assert (made.public_id, made.announced) == ("JOINT-2024-0001", "2024-05")
    change_sets.discard(change_set=change_set, by=register.desk.editor, at=register.desk.at)
    assert not Pledge.objects.filter(public_id__in=["NEW-1", made.public_id]).exists()


def test_a_discarded_import_leaves_the_desk_as_it_was(register: Register) -> None:
    before = everything()["desk"]
    sheets = register.only("parties", "party aliases")
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="Other", part_of="NATO")
    del sheets["party aliases"][1:4]
    change_set = register.apply(planned(sheets))
    assert everything()["desk"] != before
    change_sets.discard(change_set=change_set, by=register.desk.editor, at=register.desk.at)
    assert everything()["desk"] == before


def test_a_text_that_no_cell_can_hold_stays(register: Register) -> None:
    long = "word " * 10_000 + "end"
    claims = [{"id": f"long-{number}", "document": "another", "reason": long} for number in (1, 2)]
    register.desk.write("party", id="ACME", description=long, claims=claims)
    register.desk.publish()
    sheets = exported(kinds=["party"])
    put(sheets["parties"], find(sheets["parties"], id="ACME"), name="Acme")
    put(sheets["claims"], find(sheets["claims"], id="long-1"), quote="a few words")
    register.publish(planned(sheets))
    document = shelf("party", "ACME")
    assert document is not None
    assert (document["name"], document["description"]) == ("Acme", long)
    assert [(claim["quote"], claim["reason"]) for claim in document["claims"]] == [("a few words", long), ("", long)]


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40)


@settings(max_examples=examples(15), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXTS, min_size=1, max_size=20))
def test_any_text_comes_back(tmp_path: Path, texts: list[str]) -> None:
    path = tmp_path / "texts.xlsx"
    with transaction.atomic():
        author, by = (UserFactory(role=role) for role in ("editor", "reviewer"))
        Document.objects.bulk_create(
            Document(public_id=f"doc-{number}", name="Text", description=text) for number, text in enumerate(texts)
        )
        publish_all(author=author, by=by, message="Texts", at=AT)
        with path.open("wb") as file:
            write_register(file, kinds=["document"])
        plan = plan_of(path)
        transaction.set_rollback(True)
    assert outcomes(plan) == {}


def test_the_commands(register: Register, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    out = io.StringIO()
    call_command("export_records", path, "--kind", "party", stdout=out)
    assert "parties." in out.getvalue()
    assert not list(tmp_path.glob("*.part"))
    sheets = exported(kinds=["party"])
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="Federal Republic")
    saved(path, sheets)
    report = tmp_path / "report.csv"
    asked = {"profile": "tracker", "author": "erin", "publish_as": "rita", "report": report, "stdout": out}
    call_command("import_records", path, **asked)
    assert "changed            1 rows,      1 records" in out.getvalue()
    assert shelf("party", "DEU")["name"] == "Federal Republic"  # type: ignore[index]
    assert "changed,party DEU,DEU,id,changes: name,parties" in report.read_text()
    call_command("import_records", path, **asked)
    assert out.getvalue().splitlines()[-2] == "There is nothing to write."
    with pytest.raises(CommandError, match="neither a day"):
        call_command("export_records", path, "--as-of", "yesterday")
    with pytest.raises(CommandError, match=r"name it register\.xlsx"):
        call_command("export_records", tmp_path / "register.csv")


def test_it_goes_the_way_of_every_import(register: Register, tmp_path: Path) -> None:
    sheets = exported(kinds=["party"])
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="Federal Republic")
    aliases = sheets["party aliases"]
    aliases.remove(find(aliases, party="ACME", aliases="ACME Ltd"))
    content = saved(tmp_path / "register.xlsx", sheets).read_bytes()
    who, at = register.desk.editor, register.desk.at
    imported = imports.receive(
        author=who, profile="tracker", release="", sheet="", file_name="register.xlsx", content=content, at=at
    )
    staged.plan(imported=imported, at=at)
    changed = imported.steps.exclude(outcome="unchanged").order_by("public_id")
    assert [(step.public_id, step.name, step.outcome, step.changes) for step in changed] == [
        ("ACME", "=1+1 Acme", "changed", {"aliases": {"before": ["+49 Acme", "ACME Ltd"], "after": ["+49 Acme"]}}),
        ("DEU", "Federal Republic", "changed", {"name": {"before": "Germany", "after": "Federal Republic"}}),
    ]  # fmt: skip
    imported = imports.accept(imported=imported, by=who)
    staged.apply(imported=imported, at=at, watch=lambda _done, _total: None)
    imported.refresh_from_db()
    assert (imported.status, imported.problem) == ("applied", "")
    assert Party.objects.get(public_id="DEU").name == "Federal Republic"
