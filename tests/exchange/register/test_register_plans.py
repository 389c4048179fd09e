"""Plans of the register's own workbook: what is invalid, conflicting, or not touched, and what is refused."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.curation.desk import everything, shelf
from tests.examples import examples
from tests.exchange.registers import InMemory, Register, Sheets, add, exported, find, outcomes, planned, put, reasons
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome
from tracker.exchange.inbound.workbook_types import FileRefused
from tracker.exchange.register.layouts import sheets_of
from tracker.models import Document, Entry, Item, Party

pytestmark = pytest.mark.django_db


def test_planning_writes_nothing(register: Register) -> None:
    sheets = register.only("parties", "pledges")
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="Other")
    add(sheets["pledges"], name="New", aid_type="military")
    before = everything()
    assert len(planned(sheets).to_write()) == 2
    assert everything() == before


def test_what_is_new_takes_few_queries_each(register: Register) -> None:
    def asked(count: int) -> tuple[int, int]:
        sheets = register.only("pledges", "pledge shares", "documents", "claims")
        for number in range(count):
            add(sheets["pledges"], id=f"DEU-2031-{number:04d}", name=f"New {number}", aid_type="military")
            add(sheets["pledge shares"], pledge=f"DEU-2031-{number:04d}", contributor="DEU")
            # It stands after the pledge that its claim is about.
            add(sheets["documents"], id=f"source-{number}", name=f"Source {number}", kind="article")
            add(sheets["claims"], record=f"DEU-2031-{number:04d}", kind="pledge", document=f"source-{number}")
        with CaptureQueriesContext(connection) as planning:
            plan = planned(sheets)
        assert len(plan.to_write()) == 2 * count, reasons(plan)
        with CaptureQueriesContext(connection) as applying_it, transaction.atomic():
            register.apply(plan)
            transaction.set_rollback(True)
        return len(planning), len(applying_it)

    few, many = asked(2), asked(12)
    # For a pledge with a share and a claim, and its source: with every constraint asked, and a pledge tried before its
    # source is there, it took more than a hundred.
    assert max(after - before for before, after in zip(few, many, strict=True)) <= 450, (few, many)


def test_of_what_was_exported_only_the_records_in_the_file_are_read(register: Register) -> None:
    sheets = register.only("pledges")
    row = find(sheets["pledges"], id="DEU-2025-9000")
    put(sheets["pledges"], row, name="Other")
    sheets["pledges"] = [sheets["pledges"][0], row]
    read: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if '"tracker_publication"."document"' in sql:
            read.extend(map(str, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        plan = planned(sheets)
    assert [(step.public_id, step.outcome) for step in plan.to_write()] == [("DEU-2025-9000", Outcome.CHANGED)]
    assert "FRA-2025-0001" in {gone.public_id for gone in plan.gone}, "it is known that its row was taken out"
    assert "DEU-2025-9000" in read
    assert "FRA-2025-0001" not in read


def test_what_cannot_be_read_names_sheet_row_column_and_what_would_be_right(register: Register) -> None:
    sheets = register.only("pledges", "pledge entries", "pledge shares")
    pledges, entries, shares = sheets["pledges"], sheets["pledge entries"], sheets["pledge shares"]
    row = find(pledges, id="DEU-2025-9000")
    put(pledges, row, announced="the day before", nature="gift")
    entry = find(entries, pledge="DEU-2025-9000", number=2.0)
    put(entries, entry, amount="1.500", item=9)
    add(shares, pledge="FRA-2025-0001", contributor="Atlantis")
    add(shares, pledge="nowhere", contributor="DEU")
    add(pledges, id="two words", name="")
    plan = planned(sheets)
    said = reasons(plan)
    assert {step.outcome for step in plan.steps} == {Outcome.UNCHANGED, Outcome.INVALID}
    assert said[("pledges", pledges.index(row) + 1)] == (
        "invalid: nature: “gift” is unknown; allowed are: transfer, financing, deployment. announced: “the day "
        "before” is not a date; write for example 2025-10-15, 15 October 2025, Sept 2025, Q3 2025 or 2025"
    )
    assert said[("pledge entries", entries.index(entry) + 1)] == (
        "invalid: amount: “1.500” can be 1.5 or 1500: write the one you mean"
    )
    other = said[("pledge shares", shares.index(find(shares, pledge="DEU-2025-9000", contributor="FRA")) + 1)]
    assert other.startswith(f"invalid: Its record is not written: pledges, row {pledges.index(row) + 1}: nature")
    assert said[("pledge shares", len(shares) - 1)].startswith("invalid: contributor: There is no party “Atlantis”.")
    assert said[("pledge shares", len(shares))] == "invalid: There is no pledge “nowhere” in sheet “pledges”."
    assert "id “two words”: A public id has letters" in said[("pledges", len(pledges))]
    assert "name: This field may not be blank." in said[("pledges", len(pledges))]


def test_rows_that_stand_there_twice_are_both_refused(register: Register) -> None:
    sheets = register.only("parties")
    sheets["parties"].append(list(find(sheets["parties"], id="DEU")))
    assert sorted(reasons(planned(sheets)).values()) == sorted(
        f"invalid: id: DEU stands in row {row} too."
        for row in (sheets["parties"].index(find(sheets["parties"], id="DEU")) + 1, len(sheets["parties"]))
    )


def changed_on_both_sides(register: Register) -> Sheets:
    sheets = register.only("parties", "pledge entries", "pledge items")
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="From the file")
    put(sheets["parties"], find(sheets["parties"], id="FRA"), name="From the file")
    items = sheets["pledge items"]
    put(items, find(items, pledge="DEU-2025-9000", number=2.0), description="From the file")
    register.desk.write("party", id="DEU", name="From the desk", description="Also")
    register.desk.write("party", id="FRA", description="From the desk")
    register.desk.write("pledge", id="DEU-2025-9000", entries=[{"number": 1, "amount": "5.00", "currency": "USD"}])
    register.desk.publish()
    return sheets


def test_what_both_sides_changed_conflicts_field_by_field(register: Register) -> None:
    plan = planned(changed_on_both_sides(register))
    said = "Changed both here and in the file since the export"
    assert outcomes(plan) == {
        "party DEU": f"conflicting: {said}: name.", "party FRA": "changed: name",
        "pledge DEU-2025-9000": "changed: items",
    }  # fmt: skip
    register.apply(plan)
    party = Party.objects.get(public_id="DEU")
    # What only the file changed follows it, and what only the desk did stays.
    assert (party.name, party.description) == ("From the desk", "Also")
    assert Entry.objects.get(pledge__public_id="DEU-2025-9000", number=1).amount == 5
    assert Item.objects.get(pledge__public_id="DEU-2025-9000", number=2).description == "From the file"


@pytest.mark.parametrize(
    ("side", "name", "said"),
    [
        ("ours", "From the desk", "Kept as it was changed here, as decided: name."),
        ("theirs", "From the file", "Taken from the file, as decided: name."),
    ],
)
def test_a_conflict_is_decided_for_one_or_all(register: Register, side: str, name: str, said: str) -> None:
    sheets = changed_on_both_sides(register)
    for sides in ({"": side}, {"party DEU": side}, {"DEU": side}):
        plan = planned(sheets, sides=sides)
        step = next(step for step in plan.steps if step.public_id == "DEU")
        assert (step.conflicts, step.reason) == ([], said)
    register.apply(plan)
    assert Party.objects.get(public_id="DEU").name == name


def test_what_somebody_holds_or_withdrew_is_conflicting(register: Register) -> None:
    sheets = register.only("documents", "parties")
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="From the file")
    put(sheets["documents"], find(sheets["documents"], id="another"), name="From the file")
    register.desk.withdraw(Document.objects.get(public_id="another"))
    register.desk.publish()
    register.desk.write("party", id="DEU", description="Being worked on")
    said = outcomes(planned(sheets))
    assert said["document another"] == "conflicting: another is withdrawn."
    assert said["party DEU"].startswith("conflicting: erin holds DEU in change set #")


def test_what_is_not_in_the_file_is_not_touched(register: Register) -> None:
    sheets = register.only("parties", "pledge entries")
    parties, entries = sheets["parties"], sheets["pledge entries"]
    parties.remove(find(parties, id="ACME"))
    for rows, name in ((parties, "description"), (entries, "note"), (entries, "quantity")):
        place = rows[0].index(name)
        for row in rows:
            del row[place]
    parties[0].append("my remarks")
    put(entries, find(entries, pledge="DEU-2025-9000", number=2.0), date="2025-10")
    plan = planned(sheets | {"Pivot": [["a"]]})
    assert outcomes(plan) == {"pledge DEU-2025-9000": "changed: entries"}
    assert [gone.public_id for gone in plan.gone] == ["ACME"]
    assert plan.unread == ["parties: my remarks", "sheet “Pivot”"]
    register.publish(plan)
    entry = shelf("pledge", "DEU-2025-9000")["entries"][1]  # type: ignore[index]
    assert (entry["date"]["edtf"], entry["quantity"]["text"]) == ("2025-10", "about 40")
    assert shelf("party", "ACME") is not None


def test_a_number_too_large_for_the_register_is_refused_in_its_row(register: Register) -> None:
    sheets = register.only("pledges", "pledge shares")
    add(sheets["pledge shares"], pledge="FRA-2025-0001", contributor="FRA", amount=10**20, currency="EUR")
    reason = reasons(planned(sheets))["pledge shares", len(sheets["pledge shares"])]
    assert reason.startswith("invalid: amount “100000000000000000000”: Ensure that there are no more than 15 digits")


def test_one_kind_and_one_sheet_alone(register: Register) -> None:
    sheets = exported(kinds=["pledge"])
    assert {row[1] for row in sheets["claims"][1:]} == {"pledge"}
    assert planned(sheets).is_empty
    put(sheets["pledges"], sheets["pledges"][1], name="Not read")
    assert planned(sheets, sheet="Pledge Shares").is_empty
    with pytest.raises(FileRefused, match="no sheet of the register"):
        planned(sheets, sheet="parties")


def test_a_version_of_another_file_is_conflicting(register: Register) -> None:
    sheets = register.only("parties")
    put(sheets["parties"], find(sheets["parties"], id="DEU"), name="Other", version=7)
    assert outcomes(planned(sheets)) == {
        "party DEU": "conflicting: version: the row says 7, but 1 was exported: it is of another file."
    }


def test_what_is_no_export_is_refused(register: Register) -> None:
    with pytest.raises(FileRefused, match="has no sheet “register”"):
        planned({"parties": register.sheets["parties"]})
    with pytest.raises(FileRefused, match="beside “as of” stands when it was exported"):
        planned({"register": [["as of", "yesterday"]]})
    with pytest.raises(FileRefused, match="lacks the headers “id”"):
        planned(register.only("parties") | {"parties": [["name", "kind"]]})


PLEDGE_SHEETS = [layout.sheet for layout in sheets_of(["pledge", "meeting", "group", "platform"])]
CELLS = st.one_of(
    st.sampled_from(["", "DEU", "DEU-2025-9000", "pledge", "about 4", "2025-09", "EUR", "\u00a0", "1", "x" * 300]),
    st.text(st.characters(codec="utf-8"), max_size=12), st.integers(-2, 10**20), st.just(10**20),
    st.floats(allow_nan=False), st.booleans(), st.dates(), st.datetimes(),
)  # fmt: skip
EDITS = st.lists(st.tuples(st.sampled_from(PLEDGE_SHEETS), st.integers(0, 400), st.integers(0, 20), CELLS), max_size=8)


@settings(max_examples=examples(12), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, removed=EDITS)
def test_whatever_is_in_the_cells_every_row_is_accounted_for(register: Register, edits: Any, removed: Any) -> None:
    sheets = register.only(*PLEDGE_SHEETS)
    for sheet, row, column, cell in edits:
        rows = sheets[sheet]
        if row >= len(rows):
            rows.append([""] * len(rows[0]))
        rows[max(1, row % len(rows))][column % len(rows[0])] = cell
    for sheet, row, _column, _cell in removed:
        if len(sheets[sheet]) > 1:
            del sheets[sheet][1 + row % (len(sheets[sheet]) - 1)]
    with transaction.atomic():
        plan = planned(sheets)
        filled = {(name, row.number) for name in PLEDGE_SHEETS for row in InMemory(sheets).rows(name) if row.number > 1}
        assert sorted((row.sheet, row.number) for row in plan.rows) == sorted(filled)
        applying.apply(plan=plan, author=register.desk.editor, at=register.desk.at)
        assert planned(sheets).to_write() == []
        transaction.set_rollback(True)


def test_a_new_row_that_resembles_a_standing_pledge_is_a_likely_twin(register: Register) -> None:
    sheets = register.only("pledges", "pledge shares", "pledge entries", "pledge items")
    standing = find(sheets["pledges"], id="DEU-2025-9000")
    heads = sheets["pledges"][0]
    for public_id in ("", "NEW-1"):
        sheets["pledges"].append([*standing])
        put(sheets["pledges"], sheets["pledges"][-1], id=public_id, version="")
    add(sheets["pledges"], name="Like no other", aid_type="military", announced=standing[heads.index("announced")])
    rows = len(sheets["pledges"])
    add(sheets["pledges"], id="NEW-2", name="Says no more than its name", aid_type="military")
    for contributor in ("NLD", "DEU"):
        add(sheets["pledge shares"], pledge="NEW-1", contributor=contributor)
    add(sheets["pledge items"], pledge="NEW-1", description="spares")
    add(sheets["pledge entries"], pledge="NEW-1", amount=9999999999999.99, currency="USD", stage="commitment")
    plan = planned(sheets)
    assert plan.with_outcome(Outcome.INVALID) == []
    beside = {(twin.rows[0], twin.other): twin for twin in plan.twins if twin.other}
    assert set(beside) == {(rows - 2, "DEU-2025-9000"), (rows - 1, "DEU-2025-9000")}
    assert "same words" in beside[rows - 2, "DEU-2025-9000"].reasons
    assert [{twin.rows[0], twin.other_rows[0]} for twin in plan.twins if not twin.other] == [{rows - 2, rows - 1}]
