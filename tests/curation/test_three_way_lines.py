"""Lines of three sides are merged cell by cell, whatever their order: they are matched by what they are."""

from typing import Any

from tracker.curation.importing.three_way_lines import Lines, merge


def lines(*items: tuple[str, str], allocations: tuple[str, ...] = ()) -> Lines:
    """Return items with a quantity, each in its place, and an allocation for each amount."""
    listed: list[dict[str, Any]] = [
        {"number": place, "description": name, "quantity": quantity}
        for place, (name, quantity) in enumerate(items, start=1)
    ]
    entries = [{"number": place, "stage": "allocation"} for place in range(1, len(allocations) + 1)]
    values = [
        {"entry": place, "basis": "dataset", "amount": amount, "currency": "EUR"}
        for place, amount in enumerate(allocations, start=1)
    ]
    return [listed, entries, values]


LEOPARD, HELMET, GEPARD = ("Leopard 2", "3"), ("Helmet", "100"), ("Gepard", "5")


def quantities(found: Lines) -> dict[str, str]:
    return {item["description"]: item["quantity"] for item in found[0]}


def test_a_row_more_in_the_file_leaves_what_was_changed_here() -> None:
    found = merge(lines(LEOPARD, HELMET), lines(("Leopard 2", "4"), HELMET), lines(GEPARD, LEOPARD, ("Helmet", "200")))
    assert found is not None
    assert quantities(found.lines) == {"Leopard 2": "4", "Helmet": "200", "Gepard": "5"}
    assert [item["number"] for item in found.lines[0]] == [1, 2, 3]
    assert found.conflicts == []


def test_a_row_that_both_sides_changed_is_the_only_conflict() -> None:
    here = lines(HELMET, ("Leopard 2", "4"))
    found = merge(lines(LEOPARD, HELMET), here, lines(("Leopard 2", "5"), ("Helmet", "200")))
    assert found is not None
    assert found.conflicts == ["items[2].quantity"]
    assert quantities(found.lines) == {"Helmet": "200", "Leopard 2": "4"}
    assert quantities(found.theirs) == {"Helmet": "200", "Leopard 2": "5"}


def test_a_row_that_is_gone_goes_unless_it_was_changed_here() -> None:
    last, now = lines(LEOPARD, HELMET), lines(LEOPARD)
    gone = merge(last, lines(LEOPARD, HELMET), now)
    assert gone is not None
    assert (quantities(gone.lines), gone.conflicts) == ({"Leopard 2": "3"}, [])
    kept = merge(last, lines(LEOPARD, ("Helmet", "7")), now)
    assert kept is not None
    assert quantities(kept.lines) == {"Leopard 2": "3", "Helmet": "7"}
    assert kept.conflicts == ["items[2].quantity"]
    assert quantities(kept.theirs) == {"Leopard 2": "3"}


def test_a_row_that_was_added_or_taken_out_here_stays_so() -> None:
    added = merge(lines(LEOPARD), lines(GEPARD, LEOPARD), lines(LEOPARD, HELMET))
    assert added is not None
    assert quantities(added.lines) == {"Gepard": "5", "Leopard 2": "3", "Helmet": "100"}
    out = merge(lines(LEOPARD, HELMET), lines(LEOPARD), lines(LEOPARD, HELMET, GEPARD))
    assert out is not None
    assert quantities(out.lines) == {"Leopard 2": "3", "Gepard": "5"}


def test_an_item_called_otherwise_here_is_told_by_its_number() -> None:
    found = merge(lines(LEOPARD, HELMET), lines(("Leopard 2A6", "3"), HELMET), lines(("Leopard 2", "8"), HELMET))
    assert found is not None
    assert (quantities(found.lines), found.conflicts) == ({"Leopard 2A6": "8", "Helmet": "100"}, [])


def test_amounts_follow_beside_a_row_more() -> None:
    found = merge(
        lines(LEOPARD, allocations=("10", "20")), lines(("Leopard 2", "4"), allocations=("10", "20")),
        lines(LEOPARD, allocations=("10", "25", "30")),
    )  # fmt: skip
    assert found is not None
    assert [value["amount"] for value in found.lines[2]] == ["10", "25", "30"]
    assert quantities(found.lines) == {"Leopard 2": "4"}


def test_what_the_source_changes_of_a_row_taken_out_here_is_decided_whole() -> None:
    last = lines(LEOPARD, HELMET)
    new = ("Helmet", "200")
    now = lines(LEOPARD, new)
    now[0][1]["modality"] = "procurement"
    found = merge(last, lines(LEOPARD), now)
    assert found is not None
    assert quantities(found.lines) == quantities(lines(LEOPARD))
    assert quantities(found.theirs) == quantities(lines(LEOPARD, new))
    assert found.theirs[0][1] == now[0][1]
    assert all(row.keys() >= {"number", "description", "quantity"} for row in found.base[0])


def test_of_a_row_that_is_gone_and_was_changed_here_the_source_said_all_that_it_said() -> None:
    last = lines(LEOPARD, HELMET)
    found = merge(last, lines(LEOPARD, ("Helmet", "7")), lines(LEOPARD))
    assert found is not None
    assert found.base == last
