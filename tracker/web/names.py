"""What records, times and words of publishers are called in the language of the page.

States and unions are called as the CLDR has them, all else as the register does.
"""

import datetime as dt
import re
from typing import Any

from babel.core import Locale, get_global
from babel.dates import format_skeleton
from django.conf import settings
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from tracker.lib.text import fold
from tracker.records import words

LONGEST_ADDRESS = 60
"""How many characters of the address of a source a page shows."""

_LETTERS = (
    "AFI ANT ATB BUR BYS CSK CTE DDR DHY FXX GEL HVO JTN MID NHB NTZ PCI PCZ PUS RHO ROM SCG SKM SUN TMP VDR WAK YMD "
    "YUG ZAR"
)
_GONE = frozenset(_LETTERS.split())
"""The letters of states that are no more (ISO 3166-3): the CLDR calls each as one that followed it."""

_TERRITORIES: Any = {
    letters: codes for letters, codes in get_global("territory_aliases").items() if letters not in _GONE
}


def name_of(kind: str, public_id: str, name: str) -> str:
    """Return the name of a record: the register's own is English, and of a state, by its letters, there are others.

    Days in names are written as the language of the page has them, and of an address only what tells it from others.
    """
    if kind == "document":
        return short_address(name)
    if kind == "pledge":
        return _CODED_DAY.sub(_day, name)
    if kind not in ("party", "group") or get_language() == settings.LANGUAGE_CODE:
        return name
    return _territory(public_id) or name


def is_own_name(kind: str, public_id: str) -> bool:
    """Tell whether pages call a record by the name that the register gave it, which is English.

    Of a source nobody says in which language its title is.
    """
    return kind != "document" and (kind not in ("party", "group") or not _territory(public_id))


def _territory(public_id: str) -> str:
    """Return what the language of the page calls a state or a union; empty where it knows none by these letters."""
    return _called(public_id, words.locale())


def in_all_languages(public_id: str) -> list[str]:
    """Return what each language of the pages calls a state or a union; none where they know none by these letters."""
    called = (_called(public_id, Locale.parse(language, sep="-")) for language, _name in settings.LANGUAGES)
    return [name for name in called if name]


def _called(public_id: str, locale: Locale) -> str:
    if public_id in _GONE:
        return ""
    code = (_TERRITORIES.get(public_id) or [public_id])[0]
    return str(locale.territories.get(code, ""))


def states_called(text: str) -> list[str]:
    """Return the ids of the states whose names in the language of the page have a text in them."""
    wanted, territories = fold(text), words.locale().territories
    if not wanted:
        return []
    return [
        letters for letters, codes in _TERRITORIES.items()
        if len(letters) == 3 and letters.isalpha() and wanted in fold(str(territories.get(codes[0], "")))
    ]  # fmt: skip


def _day(match: re.Match[str]) -> str:
    try:
        return words.partial_date({"edtf": match[0]})
    except ValueError:
        # There is no such day.
        return match[0]


_CODED_DAY = re.compile(r"(\.\./)?\b\d{4}-\d\d-\d\d\b(/\.\.)?")
_ARCHIVED = re.compile(r"^(?:https?://?)?web\.archive\.org/web/\w+/(?:https?://?)?(?=\w)")


def short_address(name: str) -> str:
    """Return the name of a source; one that is an address without that of an archive, and cut in its middle."""
    archived = _ARCHIVED.match(name)
    found = name[archived.end() :] if archived else name
    found = found.removeprefix("https://").removeprefix("http://").removeprefix("www.")
    if " " in found or "/" not in found:
        return name
    if len(found) > LONGEST_ADDRESS:
        host, _slash, rest = found.partition("/")
        found = f"{host}/…{rest[-(LONGEST_ADDRESS - len(host)) :]}"
    return _("%s (archived)") % found if archived else found


_AID_KINDS = (
    gettext_noop("Assistance"), gettext_noop("Budgetary appropriations"), gettext_noop("Consolidation"),
    gettext_noop("Contribution"), gettext_noop("Equipment"), gettext_noop("European Peace Facility"),
    gettext_noop("Funding for Weapon Acquisition Program"), gettext_noop("Grant"), gettext_noop("Guarantee"),
    gettext_noop("Loan"), gettext_noop("Reconstruction"), gettext_noop("Swap-line"), gettext_noop("Training"),
    gettext_noop("Weapons"), gettext_noop("Weapons and equipment"),
)  # fmt: skip
"""The finer kinds of aid of the datasets that have some, in their publishers' words."""


def of_aid_kind(text: str) -> str:
    """Return a finer kind of aid in the language of the page; one that nobody translated stays as its source has it."""
    known = {each.casefold(): each for each in _AID_KINDS}
    return "/".join(_(known.get(part.casefold(), part)) for part in text.split("/")) if text else text


def period(text: str) -> str:
    """Return a year, half-year, quarter or month, such as 2025-10, in words; what is none of these stays."""
    year, _dash, part = text.partition("-")
    if not (year.isdigit() and len(year) == 4 and part):
        return text
    if part[0] == "H":
        return (_("first half of %s") if part == "H1" else _("second half of %s")) % year
    month = int(part[1:]) * 3 if part[0] == "Q" else int(part)
    skeleton = "yQQQ" if part[0] == "Q" else "yMMM"
    return str(format_skeleton(skeleton, dt.date(int(year), month, 1), locale=words.locale()))
