"""SIPRI's trend-indicator values: posted exactly, beside money and never as money."""

import pytest

from tests.ledger.documents import entry, item, platform, pledge, posted, share, valuation
from tracker.ledger.errors import PostingError


def test_a_value_in_tiv_is_posted_in_hundredths_of_a_million_and_is_no_money() -> None:
    document = pledge(
        entries=[entry(stage="delivery", quantity="46")], valuations=[valuation("tiv", "4.60", "", entry=1)]
    )
    unvalued, row = posted(document)
    assert (unvalued.basis, unvalued.gap, unvalued.is_headline) == ("", "no_value", True), "the money is unknown"
    assert (row.basis, row.amount_minor, row.currency, row.gap, row.is_headline) == ("tiv", 460, "", "", False)
    assert (row.eur_cents, row.usd_cents, row.rate_currency, row.rate_policy) == (None, None, None, "")
    assert row.quantity_millionths == 46_000_000


def test_a_joint_delivery_conserves_its_tiv() -> None:
    document = pledge(
        shares=[share("DEU"), share("NLD"), share("FRA")], entries=[entry(amount="9.00")],
        valuations=[valuation("tiv", "0.10", "", entry=1)],
    )  # fmt: skip
    rows = posted(document)
    assert sum(row.amount_minor for row in rows if row.basis == "tiv") == 10
    assert {row.basis for row in rows if row.is_headline} == {"stated"}


def test_a_transfer_of_which_nobody_says_who_pays_counts_units_and_tiv_and_no_price() -> None:
    document = pledge(
        nature="transfer", shares=[], items=[item(platform="ef")], entries=[entry(stage="delivery", quantity="2")],
        valuations=[valuation("tiv", "4.00", "", entry=1)],
    )  # fmt: skip
    [row] = posted(document, {"ef": platform(("2020-01-01", "100.00"))})
    assert (row.contributor, row.basis, row.amount_minor, row.quantity_millionths) == ("", "tiv", 400, 2_000_000)
    assert row.public_id == "DEU-2025-0001.1.1.0.tiv"
    document["valuations"] = []
    [row] = posted(document, {"ef": platform(("2020-01-01", "100.00"))})
    assert (row.basis, row.gap) == ("", "no_value")


@pytest.mark.parametrize(
    "changes",
    [
        {"entries": [entry(amount="5.00")]},
        {"valuations": [valuation("dataset", "5.00", entry=1)]},
        {"nature": "financing"},
        {"nature": "deployment", "aid_type": ""},
        {"items": []},
    ],
)
def test_all_else_is_somebodys(changes: dict[str, object]) -> None:
    document = pledge(nature="transfer", shares=[], items=[item(quantity="4")], entries=[entry()])
    assert posted(document)
    with pytest.raises(PostingError, match="Name at least one contributor"):
        posted(document | changes)
