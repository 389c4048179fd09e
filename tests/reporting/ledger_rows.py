"""Rows of the ledger by chance, as far as tables look at them."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

CENTS = st.one_of(st.none(), st.integers(0, 10**16))
DATES = st.sampled_from(
    [(None, "", None), (2024, "", "2024-01-01"), (2025, "2025-08", "2025-08-15"), (2025, "2025-09", "2025-09-10")]
)
QUANTITIES = st.one_of(
    st.just((None, "")),
    st.tuples(st.none(), st.sampled_from(["unknown", "withheld"])),
    st.tuples(st.integers(0, 10**15), st.sampled_from(["exact", "about", "up to"])),
)
PATHS = st.sampled_from(["", "/aircraft/", "/aircraft/fighters/", "/aircraft/fighters/light/", "/tanks/main/"])
REFERENCES = ("platform", "initiative", "meeting", "supplier", "stock_owner", "manufacturer", "host", "package")


@st.composite
def contributions(draw: Any, stages: tuple[str, ...] = ("commitment",)) -> dict[str, Any]:
    """Return the columns of a row of the ledger, as far as tables look at them."""
    eur, usd, (year, month, day), (units, qualifier) = draw(CENTS), draw(CENTS), draw(DATES), draw(QUANTITIES)
    minor = 1 if eur is not None or usd is not None else draw(st.sampled_from([None, 1]))
    nature = draw(st.sampled_from(["transfer", "financing", "deployment"]))
    aid_type = "" if nature == "deployment" else draw(st.sampled_from(["military", "financial"]))
    gap = "" if eur is not None else "no_rate" if minor else draw(st.sampled_from(["no_value", "bundled"]))
    path = draw(PATHS)
    return {
        "nature": nature, "aid_type": aid_type, "stage": draw(st.sampled_from(stages)), "year": year, "month": month,
        "earliest": day and dt.date.fromisoformat(day), "amount_minor": minor, "eur_cents": eur, "usd_cents": usd,
        "gap": gap, "quantity_millionths": units, "quantity_qualifier": qualifier, "category_path": path,
        "category": path.strip("/").rpartition("/")[2],
        "contributor": draw(st.sampled_from(["DEU", "NLD", "FRA"])), "pledge": draw(st.sampled_from(["P1", "P2"])),
        **{name: draw(st.sampled_from(["", "a", "b"])) for name in REFERENCES},
        "modality": draw(st.sampled_from(["", "loan", "stock_transfer"])),
        "condition": draw(st.sampled_from(["", "new", "second_hand"])),
        "announced_year": draw(st.sampled_from([None, 2024, 2025])),
        "aid_kind": draw(st.sampled_from(["", "Loan, soft"])),
        "basis": draw(st.sampled_from(["stated", "dataset"])), "beneficiary": draw(st.sampled_from(["", "UKR"])),
        **{name: draw(st.booleans()) for name in ("is_netted", "is_estimated", "is_provisional")},
    }  # fmt: skip
