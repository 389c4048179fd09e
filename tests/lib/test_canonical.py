"""One spelling of a document in bytes."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import canonical

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(min_value=-(2**63), max_value=2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(),
)
DOCUMENTS = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=20)


@given(DOCUMENTS)
def test_what_is_dumped_can_be_loaded(document: Any) -> None:
    text = canonical.dump(document)
    assert canonical.load(text) == document
    assert canonical.dump(canonical.load(text)) == text


def test_whole_numbers_of_any_length_can_be_dumped() -> None:
    assert canonical.dump({"amount": 10**20, "name": "Łódź"}) == '{"amount":100000000000000000000,"name":"Łódź"}'


def test_exact_decimals_stay_exact() -> None:
    assert canonical.dump({"amount": Decimal("500000000.00"), "big": Decimal("1E+3")}) == (
        '{"amount":"500000000.00","big":"1000"}'
    )


def test_lazy_words_are_words() -> None:
    assert canonical.dump([gettext_lazy("pledge")]) == '["pledge"]'


def test_keys_keep_their_order_and_text_its_letters() -> None:
    assert canonical.dump({"b": "Türkiye", "a": 1}) == '{"b":"Türkiye","a":1}'


def test_the_digest_is_of_the_bytes() -> None:
    assert canonical.digest("{}") == "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert canonical.digest("ü") != canonical.digest("u\N{COMBINING DIAERESIS}")


@given(st.lists(st.lists(DOCUMENTS, max_size=4), max_size=4))
def test_lists_have_the_digest_that_they_have_as_one_text(lists: list[list[Any]]) -> None:
    assert canonical.digest_of_lists(*map(iter, lists)) == canonical.digest(canonical.dump(lists))
