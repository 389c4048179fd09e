"""Names of pledges that come from a file."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_compact_decimal
from hypothesis import given
from hypothesis import strategies as st

from tracker.curation.importing.plans import Draft
from tracker.exchange.drafting.pledge_names import LONGEST, compact, name_of, tell_apart

MONEY = {"amount": "5230000000.50", "currency": "EUR"}


def test_a_name_says_who_what_of_which_kind_by_which_initiative_and_when() -> None:
    document = {"aid_kind": "Grant", "announced": "2025-03-01", "entries": [{"amount": "7", "currency": "EUR"}, MONEY]}
    assert name_of(document, "Germany", "PURL") == "Germany: EUR 5.2 billion, Grant, PURL, 2025-03-01"
    items = [
        {"description": "Patriot", "quantity": "unknown"}, {"description": "Leopard 2", "quantity": "14"},
        {"description": "HIMARS", "quantity": "about 3"},
    ]  # fmt: skip
    whole = name_of({"aid_type": "military", "items": items}, "Germany", "")
    assert whole == "Germany: about 3 × HIMARS, 14 × Leopard 2, 1 more, military"
    assert name_of({"aid_type": "military", "items": items[::-1]}, "Germany", "") == whole


@given(st.decimals(-(10**14), 10**14, places=2) | st.integers(-(10**14), 10**14).map(Decimal))
def test_amounts_are_spelled_out_as_babel_does(amount: Decimal) -> None:
    assert compact(amount) == format_compact_decimal(
        amount, format_type="long", fraction_digits=1, locale=Locale("en")
    ) or (amount == 0 and compact(amount) in ("0", "-0"))


def test_what_states_neither_is_called_by_its_own_words() -> None:
    said = name_of({"aid_type": "military", "description": "Ammunition " * 50}, "Norway", "")
    assert said.startswith("Norway: Ammunition Ammunition")
    assert said.endswith(" …, military")
    assert len(said) <= LONGEST


def test_names_that_several_have_get_the_ids_in_the_dataset() -> None:
    long = "Spain: 3 × " + "Howitzer " * 12
    names = {"A1": "Spain: EUR 5", "A2/A2_1": "Spain: EUR 5", "A3": "Spain: EUR 6", "A4": long, "A5#2": long}
    drafts = [Draft("pledge", {"name": name}, source_id=source_id) for source_id, name in names.items()]
    tell_apart(drafts)
    told = [draft.document["name"] for draft in drafts]
    assert told[:3] == ["Spain: EUR 5, A1", "Spain: EUR 5, A2/A2_1", "Spain: EUR 6"]
    assert [name.endswith(end) for name, end in zip(told[3:], (" …, A4", " …, A5"), strict=True)] == [True, True]
    assert max(map(len, told)) <= LONGEST
