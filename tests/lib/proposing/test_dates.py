"""Tests of dates in running text: what is said of them in English, German and Ukrainian."""

import datetime as dt

import pytest

from tracker.lib.proposing.reading.dates import BY, FROM, dates, is_of_saying, resolved

FRIDAY = dt.date(2026, 3, 20)


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("am Montag", "2026-03-16"),
        ("am vergangenen Donnerstag", "2026-03-19"),
        ("am Montagabend", "2026-03-16"),
        ("in der Nacht zum Mittwoch", "2026-03-17/2026-03-18"),
        ("in der Nacht von Montag auf Dienstag", "2026-03-16/2026-03-17"),
        ("in der Nacht auf den 12. März", "2026-03-11/2026-03-12"),
        ("in der Nacht vom 11. auf den 12. März", "2026-03-11/2026-03-12"),
        ("gestern Abend", "2026-03-19"),
        ("vorgestern", "2026-03-18"),
        ("übermorgen", "2026-03-22"),
        ("vor drei Tagen", "2026-03-17"),
        ("vor einer Woche", "2026-03-13"),
        ("vor zwei Wochen", "2026-03-06"),
        ("letzte Woche", "2026-03-09/2026-03-15"),
        ("in der vergangenen Woche", "2026-03-09/2026-03-15"),
        ("vorige Woche", "2026-03-09/2026-03-15"),
        ("in dieser Woche", "2026-03-16/2026-03-20"),
        ("zu Wochenbeginn", "2026-03-16/2026-03-20"),
        ("am Wochenende", "2026-03-14/2026-03-15"),
        ("am vergangenen Wochenende", "2026-03-14/2026-03-15"),
        ("am kommenden Wochenende", "2026-03-21/2026-03-22"),
        ("kommende Woche", "2026-03-23/2026-03-29"),
        ("im kommenden Monat", "2026-04"),
        ("im laufenden Monat", "2026-03"),
        ("im zweiten Quartal", "2026-04/2026-06"),
        ("im 4. Quartal 2026", "2026-10/2026-12"),
        ("bis Ende des zweiten Quartals", "2026-06-30"),
        ("im ersten Halbjahr 2027", "2027-01/2027-06"),
        ("in der zweiten Jahreshälfte", "2026-07/2026-12"),
        ("bis Jahresende", "2026-12-31"),
        ("bis Ende des Jahres", "2026-12-31"),
        ("noch vor Jahresende", "2026-12-31"),
        ("bis Ende April", "2026-04-30"),
        ("bis Ende des Monats", "2026-03-31"),
        ("im Herbst 2026", "2026-23"),
        ("im Frühjahr", "2026-21"),
        ("im Laufe des Jahres", "2026"),
        ("bis Weihnachten", "2026-12-25"),
        ("binnen zwei Wochen", "2026-04-03"),
        ("Mittwoch kommender Woche", "2026-03-25"),
        ("am Freitag vergangener Woche", "2026-03-13"),
        ("am 3. März", "2026-03-03"),
        ("am 3.3.2026", "2026-03-03"),
        ("nächstes Jahr", "2027"),
        ("у понеділок", "2026-03-16"),
        ("минулого четверга", "2026-03-19"),
        ("у ніч на середу", "2026-03-17/2026-03-18"),
        ("у ніч з 11 на 12 березня", "2026-03-11/2026-03-12"),
        ("вчора ввечері", "2026-03-19"),
        ("позавчора", "2026-03-18"),
        ("післязавтра", "2026-03-22"),
        ("три дні тому", "2026-03-17"),
        ("тиждень тому", "2026-03-13"),
        ("два тижні тому", "2026-03-06"),
        ("минулого тижня", "2026-03-09/2026-03-15"),
        ("цього тижня", "2026-03-16/2026-03-20"),
        ("на початку тижня", "2026-03-16/2026-03-20"),
        ("минулими вихідними", "2026-03-14/2026-03-15"),
        ("на вихідних", "2026-03-14/2026-03-15"),
        ("наступного тижня", "2026-03-23/2026-03-29"),
        ("наступного місяця", "2026-04"),
        ("цього місяця", "2026-03"),
        ("у другому кварталі", "2026-04/2026-06"),
        ("у IV кварталі 2026 року", "2026-10/2026-12"),
        ("до кінця другого кварталу", "2026-06-30"),
        ("у першому півріччі 2027 року", "2027-01/2027-06"),
        ("у другій половині року", "2026-07/2026-12"),
        ("до кінця року", "2026-12-31"),
        ("до кінця квітня", "2026-04-30"),
        ("до кінця місяця", "2026-03-31"),
        ("восени", "2026-23"),
        ("навесні 2027 року", "2027-21"),
        ("протягом року", "2026"),
        ("до Різдва", "2026-12-25"),
        ("протягом двох тижнів", "2026-04-03"),
        ("у середу наступного тижня", "2026-03-25"),
        ("у п’ятницю минулого тижня", "2026-03-13"),
        ("3 березня", "2026-03-03"),
        ("наступного року", "2027"),
        ("сьогодні вранці", "2026-03-20"),
        ("on Sept. 12, 2025", "2025-09-12"),
        ("on the night of 3 to 4 March", "2026-03-03/2026-03-04"),
        ("from 3-10 March", "2026-03-03/2026-03-10"),
        ("March 3-10", "2026-03-03/2026-03-10"),
        ("overnight to Tuesday", "2026-03-16/2026-03-17"),
        ("overnight", "2026-03-19/2026-03-20"),
        ("on Wed", "2026-03-18"),
        ("Wednesday next week", "2026-03-25"),
        ("two days ago", "2026-03-18"),
        ("a week ago", "2026-03-13"),
        ("over the weekend", "2026-03-14/2026-03-15"),
        ("last week", "2026-03-09/2026-03-15"),
        ("earlier this week", "2026-03-16/2026-03-20"),
        ("on Tues", "2026-03-17"),
        ("on Friday night", "2026-03-20/2026-03-21"),
        ("on Friday of last week", "2026-03-13"),
        ("the 3rd of March", "2026-03-03"),
        ("by the end of the second quarter", "2026-06-30"),
        ("in the third quarter of 2026", "2026-07/2026-09"),
        ("in spring 2027", "2027-21"),
        ("within two weeks", "2026-04-03"),
        ("by the end of next month", "2026-04-30"),
        ("by year's end", "2026-12-31"),
    ],
)
def test_dates_are_read_from_the_day_of_the_text(words: str, edtf: str) -> None:
    found = dates(f"Es war {words}, hieß es.", FRIDAY)
    assert [resolved(each, FRIDAY, is_ahead=False) for each in found] == [edtf]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("by mid-May", BY),
        ("before the end of June", BY),
        ("no later than 1 June", BY),
        ("noch vor Ende Juni", BY),
        ("bis spätestens 1. Juni", BY),
        ("не пізніше 1 червня", BY),
        ("до кінця червня", BY),
        ("within two weeks", BY),
        ("since early March", FROM),
        ("ab Anfang Mai", FROM),
        ("seit dem letzten Stand vom 3. März", FROM),
        ("з початку травня", FROM),
    ],
)
def test_a_date_says_whether_something_is_to_be_done_by_it_or_from_it_on(words: str, said: str) -> None:
    assert [each.said for each in dates(f"Es gilt {words}, hieß es.", FRIDAY)] == [said]


def test_a_month_lies_ahead_of_what_begins_and_behind_what_has_lasted() -> None:
    august = dt.date(2025, 8, 29)
    assert [each.edtf for each in dates("ab Dezember", august)] == ["2025-12"]
    assert [each.edtf for each in dates("seit Dezember", august)] == ["2024-12"]


def test_a_word_that_is_also_a_name_or_a_verb_is_no_date() -> None:
    assert dates("Jan Brandes sat in the sun and may fall; Mar Roca said so.", FRIDAY) == []


def test_a_day_on_which_something_was_said_is_no_day_on_which_it_happens() -> None:
    text = "It will arrive on Monday, the ministry said on Thursday."
    assert [is_of_saying(text, each) for each in dates(text, FRIDAY)] == [False, True]
