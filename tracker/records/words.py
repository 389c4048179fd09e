"""Dates, numbers and names as people write them, in the language of the page."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_decimal
from django.utils.translation import get_language, gettext, pgettext

NBSP = "\u00a0"
_SINGLE = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$", re.ASCII)


def locale() -> Locale:
    """Return the locale of the page."""
    return Locale.parse(get_language() or "en-gb", sep="-")


def number(value: Decimal | int, places: int | None = None) -> str:
    """Return a number with its digits grouped; `places` behind the point, else those that it has, at least none."""
    decimals = "##########" if places is None else "0" * places
    return format_decimal(value, format=f"#,##0.{decimals}" if decimals else "#,##0", locale=locale())


def money(amount: str | Decimal, currency: str) -> str:
    """Return an amount with its currency: whole, where it has no cents."""
    value = Decimal(amount)
    places = 0 if value == value.to_integral_value() else 2
    return f"{number(value, places)}{NBSP}{currency}"


def aloud(value: Decimal | int, places: int = 1) -> str:
    """Return a large number as one says it: `267.2 billion`."""
    scale = 10 ** (3 * max(0, (len(str(abs(int(value)))) - 1) // 3))
    # Rounded before it is put into words: “900 мільйонів”, and not the plural of 900.0 or 900.02.
    shown = round(Decimal(value) / scale, places) * scale
    whole = int(shown) if shown == int(shown) else shown
    return format_compact_decimal(whole, format_type="long", fraction_digits=places, locale=locale())


def day(value: dt.date) -> str:
    """Return a day: `15 October 2025`."""
    # Ukrainian ends a date with “р.”, which would end a sentence twice.
    return re.sub(r"\s?р\.$", "", format_date(value, "long", locale=locale()))


def moment(value: dt.datetime) -> str:
    """Return a moment with its time in UTC: `15 October 2025, 12:00 UTC`."""
    shown = value.astimezone(dt.UTC)
    return f"{day(shown.date())}, {format_datetime(shown, 'HH:mm', locale=locale())}{NBSP}UTC"


def month(value: str, form: str = "LLLL") -> str:
    """Return a month such as 2025-10: `October 2025`; with the form `MMMM` in the case that follows a preposition."""
    return format_date(dt.date.fromisoformat(f"{value}-01"), f"{form} y", locale=locale())


def partial_date(date: dict[str, Any] | None) -> str:
    """Return a partial date of a document: `about September 2025`; `unknown` where there is none."""
    if not date:
        return gettext("unknown")
    start, slash, end = date["edtf"].partition("/")
    if not slash:
        return _single(start)
    if start in ("", ".."):
        return gettext("until %s") % _single(end, "MMMM")
    if end in ("", ".."):
        return gettext("from %s") % _single(start, "MMMM")
    return gettext("%(start)s to %(end)s") % {"start": _single(start), "end": _single(end)}


def for_people(value: str) -> str:
    """Return a text of a source; one that is a date or a number as machines write it, as people do."""
    if _CODED_DATE.fullmatch(value):
        return partial_date({"edtf": value})
    return number(Decimal(value)) if _CODED_NUMBER.fullmatch(value) else value


_CODED_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])(-(0[1-9]|1\d|2[0-8]))?")
"""A month, or a day that each month has: what is rarer is not worth a calendar."""
_CODED_NUMBER = re.compile(r"\d{5,15}(\.\d+)?|\d{1,4}\.\d+")


def when(date: dict[str, Any] | None) -> str:
    """Return a partial date as a sentence has it: `at an unknown time` where there is none."""
    return partial_date(date) if date else gettext("at an unknown time")


def _parts() -> dict[int, str]:
    """Return the names of the parts of a year, by the number that EDTF gives them."""
    return {
        21: gettext("spring %s"), 22: gettext("summer %s"), 23: gettext("autumn %s"), 24: gettext("winter %s"),
        33: gettext("first quarter of %s"), 34: gettext("second quarter of %s"), 35: gettext("third quarter of %s"),
        36: gettext("fourth quarter of %s"), 40: gettext("first half of %s"), 41: gettext("second half of %s"),
    }  # fmt: skip


def _single(edtf: str, form: str = "LLLL") -> str:
    match = _SINGLE.match(edtf)
    if match is None:
        return edtf
    year, in_year, of_month, qualifier = match.groups()
    if not in_year:
        words = year
    elif int(in_year) > 12:
        words = _parts()[int(in_year)] % year
    elif of_month:
        words = day(dt.date.fromisoformat(f"{year}-{in_year}-{of_month}"))
    else:
        words = month(f"{year}-{in_year}", "MMMM" if qualifier in ("~", "%") else form)
    marks = {"~": gettext("about %s"), "?": gettext("perhaps %s"), "%": gettext("perhaps about %s")}
    return marks[qualifier] % words if qualifier else words


def publisher(name: str) -> str:
    """Return how the language of the page abbreviates who published a rate; the name where it has no other."""
    # The European Central Bank is abbreviated by each language of its members for itself.
    return gettext("ECB") if name == "ECB" else name


def quantity(value: dict[str, Any] | None) -> str:
    """Return a quantity of a document in words: `about 40`, `10 to 20`, `unknown`."""
    if value is None:
        return gettext("unknown")
    low, high = (None if value[bound] is None else number(Decimal(str(value[bound]))) for bound in ("low", "high"))
    words = {
        "exact": low, "about": gettext("about %s") % low, "at least": gettext("at least %s") % low,
        "up to": gettext("up to %s") % high, "range": gettext("%(start)s to %(end)s") % {"start": low, "end": high},
        "unknown": gettext("unknown"), "withheld": gettext("withheld"),
    }  # fmt: skip
    return str(words[value["qualifier"]])


def of_quantity(value: dict[str, Any], what: str) -> str:
    """Return so many of something: `4 × Eurofighter Typhoon`, `Eurofighter Typhoon, number unknown`."""
    if value["qualifier"] == "unknown":
        return pgettext("of a quantity", "%s, number unknown") % what
    if value["qualifier"] == "withheld":
        return pgettext("of a quantity", "%s, number withheld") % what
    return f"{quantity(value)}{NBSP}× {what}"


def first_capital(text: str) -> str:
    """Return `text` with a capital at its start, the rest as it is."""
    return text[:1].upper() + text[1:]


def in_a_sentence(label: str) -> str:
    """Return a label as it is written within a sentence: without its capital, but in German, whose nouns keep it."""
    return label if (get_language() or "").startswith("de") else label.lower()
