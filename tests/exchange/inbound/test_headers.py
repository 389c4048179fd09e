"""Headers: moved, renamed, repeated, blank, over two lines, below a preamble."""

import pytest

from tracker.exchange.inbound.files import Row
from tracker.exchange.inbound.headers import Header, HeaderMissing, ProfileColumn
from tracker.lib.cells import Cell

KIEL = Header(
    (
        ProfileColumn("donor", ("countries", "Country"), required=True),
        ProfileColumn("stated", ("Monetary Value as Given by Source", "source_reported_value"), required=True),
        ProfileColumn("item", after="stated"),
        ProfileColumn("sub_type", ("Sub-type of item", "item_sub_type")),
        ProfileColumn("sub_type_again", ("Sub-type of item",), occurrence=2),
    )
)


def sheet(*lines: list[Cell]) -> list[Row]:
    return [Row(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]


def test_renamed_and_moved_headers_with_a_blank_one_between() -> None:
    old = sheet(
        ["ID", "countries", "Monetary Value as Given\N{NO-BREAK SPACE}by\nSource ", None, "Sub-type of item"],
        ["AUH1", "Australia", 35, "tent", "Shelter"],
    )
    new = sheet(
        ["item", "item_sub_type", "DONOR", "new", "source-reported-value"], ["tent", "Shelter", "Australia", 1, 35]
    )
    wanted = {"donor": "Australia", "stated": 35, "item": "tent", "sub_type": "Shelter", "sub_type_again": None}
    assert [cells for _row, cells in KIEL.find(old)] == [wanted]
    assert [cells for _row, cells in KIEL.find(new)] == [wanted]


def test_a_blank_header_counts_only_where_no_header_fits() -> None:
    table = KIEL.find(sheet(["donor", "source_reported_value", None, "item"], ["Australia", 35, "other", "tent"]))
    assert next(iter(table))[1]["item"] == "tent"
    assert KIEL.find(sheet(["donor", "source_reported_value", "currency"])).absent == [
        "item",
        "sub_type",
        "sub_type_again",
    ]


@pytest.mark.parametrize("blank", ["Unnamed: 8", " ", "\N{NO-BREAK SPACE}", None, ""])
def test_what_programs_put_for_a_blank_header(blank: Cell) -> None:
    table = KIEL.find(sheet(["donor", "source_reported_value", blank, blank], ["Australia", 35, "tent", "x"]))
    assert table.positions["item"] == 2
    assert table.unread == []


def test_a_header_that_stands_twice() -> None:
    table = KIEL.find(sheet(["Sub-type of item", "countries", "Sub-type of item", "source_reported_value"]))
    assert (table.positions["sub_type"], table.positions["sub_type_again"]) == (0, 2)


def test_a_header_below_a_preamble_and_rows_of_uneven_length() -> None:
    rows = sheet(
        ["SIPRI, the donor"], ["donor"], [], ["Figures, in millions", "x"], ["donor", "source_reported_value", "more"]
    )
    rows += [Row(9, ["Australia"]), Row(11, ["Austria", 5, "x", "beyond"])]
    table = KIEL.find(rows)
    assert (table.header.number, [row.number for row in table.preamble], table.unread) == (5, [1, 2, 4], ["more"])
    assert [(row.number, cells["donor"], cells["stated"]) for row, cells in table] == [
        (9, "Australia", None), (11, "Austria", 5),
    ]  # fmt: skip


def test_a_header_over_two_lines() -> None:
    summary = Header(
        (
            ProfileColumn("country", required=True),
            ProfileColumn("total", ("Total bilateral commitments € billion",), required=True),
            ProfileColumn("share", ("Total bilateral commitments % GDP",)),
            ProfileColumn("eu", ("EU member",)),
        ),
        lines=2,
    )
    rows = sheet(
        ["Numbers by country"],
        ["Country", "EU member", "Total bilateral commitments", "Total bilateral commitments"],
        [None, None, "€ billion", "% GDP"],
        ["Austria", 1, 0.56, 0.128],
    )
    table = summary.find(rows)
    assert [cells for _row, cells in table] == [{"country": "Austria", "total": 0.56, "share": 0.128, "eu": 1}]
    assert table.unread == []


def test_what_is_missing_is_named_with_what_was_found() -> None:
    with pytest.raises(HeaderMissing) as missing:
        KIEL.find(sheet(["Notes"], ["ID", "Country", "value"], ["AUH1", "Australia", 5]), "book.xlsx, sheet “Main”")
    assert str(missing.value) == (
        "book.xlsx, sheet “Main”, row 2 lacks the headers “Monetary Value as Given by Source” or "
        "“source_reported_value”; it has “ID”, “Country”, “value”"
    )
    for rows in ([], sheet(["nothing"])):
        with pytest.raises(HeaderMissing, match="the sheet has no row with the headers “countries” or “Country”"):
            KIEL.find(rows)


def test_only_the_first_rows_are_searched() -> None:
    rows = sheet(*[["text"]] * 60, ["donor", "source_reported_value"])
    with pytest.raises(HeaderMissing, match="the sheet has no row with the headers"):
        KIEL.find(rows)
    assert Header(KIEL.columns, within=70).find(rows).header.number == 61
