"""Partial dates: how people write them, EDTF, and the days that they can mean."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import partial_dates as pd

FIRST, LAST = dt.date(pd.FIRST_YEAR, 1, 1), dt.date(pd.LAST_YEAR + 1, 2, 28)
DAYS = st.dates(FIRST, dt.date(pd.LAST_YEAR, 12, 31))
MONTHS = DAYS.map(lambda day: f"{day:%Y-%m}")
SINGLE = st.one_of(
    DAYS.map(str),
    MONTHS,
    DAYS.map(lambda day: f"{day:%Y}"),
    st.builds("{:%Y}-{}".format, DAYS, st.sampled_from([21, 22, 23, 24, 33, 34, 35, 36, 40, 41])),
)
QUALIFIED = st.builds("{}{}".format, SINGLE, st.sampled_from(["", "", "~", "?", "%"]))
EDTF = st.one_of(
    QUALIFIED,
    QUALIFIED.map("../{}".format),
    QUALIFIED.map("{}/..".format),
    st.builds("{}/{}".format, QUALIFIED, QUALIFIED),
)


@pytest.mark.parametrize(
    ("written", "edtf"),
    [
        ("2025-10-15", "2025-10-15"),
        ("2025-1-5", "2025-01-05"),
        ("15 October 2025", "2025-10-15"),
        ("15th Oct. 2025", "2025-10-15"),
        ("October 15, 2025", "2025-10-15"),
        ("15.10.2025", "2025-10-15"),
        ("5. 3. 2025", "2025-03-05"),
        ("20/3/2022", "2022-03-20"),
        ("3/20/2022", "2022-03-20"),
        ("3/3/2022", "2022-03-03"),
        ("Sept 2025", "2025-09"),
        ("SEPTEMBER 2025", "2025-09"),
        ("2025-09", "2025-09"),
        ("2025/09", "2025-09"),
        ("2025/9", "2025-09"),
        ("9/2025", "2025-09"),
        ("09.2025", "2025-09"),
        ("2025", "2025"),
        ("Q3 2025", "2025-35"),
        ("2025-Q3", "2025-35"),
        ("third quarter of 2025", "2025-35"),
        ("H1 2025", "2025-40"),
        ("second half 2025", "2025-41"),
        ("summer of 2025", "2025-22"),
        ("fall 2025", "2025-23"),
        ("about 2025", "2025~"),
        ("circa Sept 2025", "2025-09~"),
        ("perhaps 2025", "2025?"),
        ("2025-09?", "2025-09?"),
        ("until 15 October 2025", "../2025-10-15"),
        ("since 2022", "2022/.."),
        ("2022/", "2022/.."),
        ("2022/2025", "2022/2025"),
        ("2022-02-24/2025-10", "2022-02-24/2025-10"),
        ("from March 2022 to 2025", "2022-03/2025"),
        ("2022 to 2025", "2022/2025"),
        ("2022–2025", "2022/2025"),
        ("2024-03-01 00:00:00", "2024-03-01"),
        ("2024-03-01T00:00:00Z", "2024-03-01"),
        ("2024-03-01T23:30:00.000+02:00", "2024-03-01"),
        ("3/20/2024 12:00:00 AM", "2024-03-20"),
        ("01.03.2024 10:15", "2024-03-01"),
        ("45292", "2024-01-01"),
        ("45292.0", "2024-01-01"),
        ("2022.0", "2022"),
        ("20240301", "2024-03-01"),
        ("2024/03/01", "2024-03-01"),
        ("01-Mar-24", "2024-03-01"),
        ("1 Mar 24", "2024-03-01"),
        ("Mar-24", "2024-03"),
        ("1. März 2024", "2024-03-01"),
        ("1 березня 2024", "2024-03-01"),
        ("1 March 2024​", "2024-03-01"),
        ("Wednesday, 15 October 2025", "2025-10-15"),
        ("03/22", "2022-03"),
        ("2022/23", "2022/2023"),
        ("FY 2022/23", "2022/2023"),
        ("FY2022-23", "2022/2023"),
        ("until 2022/23", "../2023"),
        ("winter 2023/24", "2023-24"),
        ("before 2023", "../2022-12-31"),
        ("before 1 March 2024", "../2024-02-29"),
        ("after 2022", "2023-01-01/.."),
        ("until 2022", "../2022"),
        ("from 2022 until 2024", "2022/2024"),
        ("after 2022 and before 2025", "2023-01-01/2024-12-31"),
        ("2022 onwards", "2022/.."),
        ("before about 2023", "../2022-12-31~"),
        ("from 05/06/2022 until 13/06/2022", "2022-06-05/2022-06-13"),
        ("perhaps about 2025", "2025%"),
        ("about about 2025", "2025~"),
        ("between Q1 2022 and Q2 2022", "2022-33/2022-34"),
        ("", ""),
        ("unknown", ""),
        ("../..", ""),
        ("  n/a ", ""),
    ],
)
def test_what_people_write(written: str, edtf: str) -> None:
    assert pd.parse(written).edtf == edtf


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("2025-13-45", "no month 13"),
        ("2025-02-30", "February 2025 has no day 30"),
        ("2025-00-10", "no month 0"),
        ("2025-09-00", "no day 0"),
        ("2025-21-05", "no month 21"),
        ("3/4/2022", "2022-04-03 or 2022-03-04"),
        ("05-06-2022", "2022-06-05 or 2022-05-06"),
        ("2022-05/06", "is not a date"),
        ("until 5/6/2022", "../2022-06-05 or ../2022-05-06"),
        ("2022-23", "autumn 2022 or the fiscal year 2022/23"),
        ("2011/12", "2011-12 or the fiscal year 2011/12"),
        ("FY2023", "write both years, such as 2022/23"),
        ("2022/24", "a fiscal year is two years that follow"),
        ("01-Mar-98", "write the year with four digits"),
        ("11/12", "not a date"),
        ("20230", "not a date"),
        ("29/02/2023", "February 2023 has no day 29"),
        ("٢022", "not a date"),
        ("1899", "not between 1900 and 2100"),
        ("2101-01-01", "not between 1900 and 2100"),
        ("0000", "not between"),
        ("Brumaire 2025", "not a month"),
        ("yesterday", "not a date"),
        ("2025\0", "not a date"),
        ("<script>alert(1)</script>", "not a date"),
        ("2025/2022", "backwards"),
        ("until until 2025", "not a date"),
        ("2025/2026/2027", "not a date"),
        ("x" * 1_000_000, "too long"),
    ],
)
def test_what_is_no_date(written: str, says: str) -> None:
    with pytest.raises(pd.DateError, match=says) as caught:
        pd.parse(written)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2025-10-15", dt.date(2025, 10, 15), dt.date(2025, 10, 15)),
        ("2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2025~", dt.date(2025, 1, 1), dt.date(2025, 12, 31)),
        ("2025-24", dt.date(2025, 12, 1), dt.date(2026, 2, 28)),
        ("2025-36", dt.date(2025, 10, 1), dt.date(2025, 12, 31)),
        ("2025-41", dt.date(2025, 7, 1), dt.date(2025, 12, 31)),
        ("../2025-09", None, dt.date(2025, 9, 30)),
        ("2025-09/..", dt.date(2025, 9, 1), None),
        ("", None, None),
    ],
)
def test_bounds(edtf: str, earliest: dt.date | None, latest: dt.date | None) -> None:
    date = pd.parse(edtf)
    assert (date.earliest, date.latest) == (earliest, latest)


@pytest.mark.parametrize(
    ("edtf", "dated", "year"),
    [
        ("2025-10-15", True, 2025),
        ("2025-09", True, 2025),
        ("2025-09-03/2025-09-20", True, 2025),
        ("2025-08-31/2025-09-01", False, 2025),
        ("2025", False, 2025),
        ("2025-24", False, None),
        ("2025-09/..", False, None),
        ("", False, None),
    ],
)
def test_what_spans_more_than_a_month_is_undated(edtf: str, dated: bool, year: int | None) -> None:
    date = pd.parse(edtf)
    assert (date.is_dated, date.year) == (dated, year)


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025-10-05", "5 October 2025"),
        ("2025-09~", "about September 2025"),
        ("2025?", "perhaps 2025"),
        ("2025%", "perhaps about 2025"),
        ("2025-35", "third quarter 2025"),
        ("../2025", "until 2025"),
        ("2022-02-24/..", "from 24 February 2022"),
        ("2022/2025", "2022 to 2025"),
        ("", "unknown"),
    ],
)
def test_in_words(edtf: str, words: str) -> None:
    assert pd.parse(edtf).describe() == words


@given(EDTF)
def test_edtf_is_read_as_it_is(text: str) -> None:
    try:
        date = pd.stored(text)
    except pd.DateError:
        assert "/" in text  # It runs backwards.
        return
    assert date.edtf == text
    assert pd.parse(date.describe()) == pd.kept(text) == date


def test_a_fiscal_year_is_said_to_be_one() -> None:
    date = pd.parse("2022/23")
    assert (date.earliest, date.latest) == (dt.date(2022, 1, 1), dt.date(2023, 12, 31))
    assert date.describe() == "fiscal year 2022/23"
    assert pd.stored(date.edtf).describe() == "2022 to 2023"


def test_the_order_of_a_column_decides_and_what_has_one_reading_is_read() -> None:
    assert pd.parse("05/06/2022", pd.DayOrder.DAY_FIRST).edtf == "2022-06-05"
    assert pd.parse("05/06/2022", pd.DayOrder.MONTH_FIRST).edtf == "2022-05-06"
    assert pd.parse("20/06/2022", pd.DayOrder.MONTH_FIRST).edtf == "2022-06-20"
    assert set(pd.readings("20/06/2022")) == {pd.DayOrder.DAY_FIRST}


@given(st.one_of(st.text(max_size=120), st.text(alphabet="0123456789-/.?~% sepoctq", max_size=24)))
def test_any_text_gives_a_date_or_says_why_not(text: str) -> None:
    try:
        date = pd.parse(text)
    except pd.DateError:
        return
    assert pd.stored(date.edtf) == date
    assert all(pd.parse(text, order) == date for order in pd.DayOrder)
    assert len(date.edtf) <= pd.MAX_LENGTH
    assert date.earliest is None or date.earliest >= FIRST
    assert date.latest is None or date.latest <= LAST
    assert date.earliest is None or date.latest is None or date.earliest <= date.latest


@given(DAYS)
def test_a_day_is_read_however_it_is_written(day: dt.date) -> None:
    for form in (
        "%Y-%m-%d",
        "%d %B %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%d.%m.%Y",
        "%Y/%m/%d",
        "%Y%m%d",
        "%Y-%m-%d %H:%M:%S",
        "%Y-%m-%dT%H:%M:%SZ",
        "%d-%b-%Y",
        "%A, %d %B %Y",
    ):
        assert pd.parse(day.strftime(form)).earliest == day


@pytest.mark.parametrize(
    ("date", "approximate", "since"),
    [
        ("2022", "2022~", "2022/.."), ("2022?", "2022%", "2022?/.."), ("2022-05~", "2022-05~", "2022-05~/.."),
        ("2022/2023-04", "2022~/2023-04~", ""), ("../2022", "../2022~", ""), ("", "", ""),
    ],
)  # fmt: skip
def test_approximate_and_since(date: str, approximate: str, since: str) -> None:
    parsed = pd.parse(date)
    assert pd.approximate(parsed) == pd.parse(approximate)
    assert pd.since(parsed) == pd.parse(since)
