"""Names of pledges that come from a file."""

from tracker.exchange.drafting.pledge_names import LONGEST, name_of

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


def test_what_states_neither_is_called_by_its_own_words() -> None:
    said = name_of({"aid_type": "military", "description": "Ammunition " * 50}, "Norway", "")
    assert said.startswith("Norway: Ammunition Ammunition")
    assert said.endswith(" …, military")
    assert len(said) <= LONGEST
