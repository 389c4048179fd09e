"""Amounts of money in running text."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from tracker.lib import quantities
from tracker.lib.proposing.reading.numerals import Number

CROWN, KRONER, DOLLAR = "crown", "kroner", "dollar"
"""Words that name the money of several states."""
CROWNS = {CROWN: ("SEK", "NOK", "DKK", "ISK", "CZK"), KRONER: ("NOK", "DKK")}
"""The currencies that such a word can mean."""

_BEFORE = re.compile(
    r"(?P<sign>US\$|A\$|AU\$|C\$|CA\$|NZ\$|HK\$|€|£|\$|¥|EUR|USD|GBP|SEK|NOK|DKK|ISK|CHF|CAD|AUD|NZD|JPY|"
    r"PLN|CZK|UAH|KRW"
    r"|US dollars?|Euro)\s?$"
)
_SIGNS = {
    "US$": "USD",
    "A$": "AUD",
    "AU$": "AUD",
    "C$": "CAD",
    "CA$": "CAD",
    "NZ$": "NZD",
    "HK$": "HKD",
    "€": "EUR",
    "£": "GBP",
    "$": "USD",
    "¥": "JPY",
    "Euro": "EUR",
    "US dollar": "USD",
    "US dollars": "USD",
}
_STATES = {
    "canadian": "CAD",
    "kanadisch": "CAD",
    "канадськ": "CAD",
    "australian": "AUD",
    "australisch": "AUD",
    "австралійськ": "AUD",
    "new zealand": "NZD",
    "neuseeländisch": "NZD",
    "neuseeland": "NZD",
    "kanada": "CAD",
    "новозеландськ": "NZD",
    "us": "USD",
    "american": "USD",
    "amerikanisch": "USD",
    "американськ": "USD",
    "swedish": "SEK",
    "schwedisch": "SEK",
    "шведськ": "SEK",
    "norwegian": "NOK",
    "norwegisch": "NOK",
    "норвезьк": "NOK",
    "danish": "DKK",
    "dänisch": "DKK",
    "данськ": "DKK",
    "icelandic": "ISK",
    "isländisch": "ISK",
    "ісландськ": "ISK",
    "czech": "CZK",
    "tschechisch": "CZK",
    "чеськ": "CZK",
    "swiss": "CHF",
    "schweizer": "CHF",
    "швейцарськ": "CHF",
    "british": "GBP",
    "britisch": "GBP",
    "британськ": "GBP",
    "japanese": "JPY",
    "polish": "PLN",
    "polnisch": "PLN",
    "польськ": "PLN",
    "romanian": "RON",
    "rumänisch": "RON",
    "румунськ": "RON",
    "turkish": "TRY",
    "türkisch": "TRY",
    "турецьк": "TRY",
    "south korean": "KRW",
    "südkoreanisch": "KRW",
    "південнокорейськ": "KRW",
    "hungarian": "HUF",
    "ungarisch": "HUF",
    "угорськ": "HUF",
    "bulgarian": "BGN",
    "bulgarisch": "BGN",
    "болгарськ": "BGN",
    "ukrainian": "UAH",
    "ukrainisch": "UAH",
    "українськ": "UAH",
    "japanisch": "JPY",
}
_AFTER = re.compile(
    r"\s?(?P<of>(?:"
    + "|".join(_STATES)
    + r")\w*[\s-])?(?P<word>€|£|\$|EUR\b|USD\b|GBP\b|SEK\b|NOK\b|DKK\b|ISK\b|CHF\b|CAD\b|AUD\b|NZD\b"
    r"|JPY\b|PLN\b|CZK\b|UAH\b|euros?\b|Euros?\b|євро|US-Dollar\w*|Dollar\w*|dollars?\b|долар\w*|"
    r"дол\.?(?:\s?США)?|pounds?(?:\ssterling)?\b|Pfund\b"
    r"|фунт\w*|crowns?\b|kron[ae]\w*\b|korun[ay]?\b|kroner\b|kronor\b|kr\b|Kronen\b|крон\w*|francs?\b|Franken\b|"
    r"франк\w*|yen\b|Yen\b|[иі]?єн\w*|ієн\w*|zloty\w*|Zloty|злот\w*"
    r"|hryvni\w*|Hrywnja|гривен\w*|гривн\w*|Griwna|Griwnja|won\b|вон\b|lira\w*|лір[иа]?\b|lei\b|леї|леїв|leva\b|lev\b|Lewa\b|лев(?:и|ів)\b|kronur\b|forints?\b|форинт\w*)(?P<us>\s?США)?",
    re.IGNORECASE,
)
_WORDS = (
    (r"€|eur", "EUR"),
    (r"євро", "EUR"),
    (r"£|gbp|pound|pfund|фунт", "GBP"),
    (r"usd|us-dollar", "USD"),
    (r"\$|dol|дол", DOLLAR),
    (r"sek", "SEK"),
    (r"nok", "NOK"),
    (r"dkk", "DKK"),
    (r"isk", "ISK"),
    (r"czk", "CZK"),
    (r"kroner", KRONER),
    (r"kronor", "SEK"),
    (r"koruna|korun", "CZK"),
    (r"kr|crown|крон", CROWN),
    (r"chf|fran|франк", "CHF"),
    (r"jpy|yen|[иі]?єн", "JPY"),
    (r"pln|zlot|злот", "PLN"),
    (r"uah|hry|griw|гри", "UAH"),
    (r"won|вон", "KRW"),
    (r"lei|леї", "RON"),
    (r"forint|форинт", "HUF"),
    (r"lira|лір", "TRY"),
    (r"lev|lewa|лев", "BGN"),
    (r"cad", "CAD"),
    (r"aud", "AUD"),
    (r"nzd", "NZD"),
)


@dataclass(frozen=True)
class Amount:
    """An amount from `start` up to `end`; `currency` is empty where the text names none, or CROWN."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    qualifier: str
    currency: str

    def of(self, currency: str) -> "Amount":
        """Return the amount in another currency."""
        return replace(self, currency=currency)


def amounts(text: str, numbers: list[Number]) -> list[Amount]:
    """Return the amounts among `numbers`: those with a currency, and the large ones without that count no things."""
    found: list[Amount] = []
    for number in numbers:
        before, after = _BEFORE.search(text[: number.start]), _AFTER.match(text, number.end)
        start, end = min(number.start, number.said_from), number.end
        if before:
            code = _SIGNS.get(before["sign"], before["sign"])
            start = min(start, before.start())
        elif after:
            code, end = _code(after), after.end()
        elif number.is_scaled and _stands_alone(text, end):
            code = ""
        else:
            continue
        found.append(Amount(start, end, number.low, number.high, number.qualifier, code))
    return found


def _code(match: re.Match[str]) -> str:
    # Case counts for as little as in `_AFTER`, for which ſ is an s.
    code = next(code for pattern, code in _WORDS if re.match(pattern, match["word"], re.IGNORECASE))
    state = (match["of"] or "").strip()
    if state and code in (CROWN, KRONER, "SEK", DOLLAR, "CHF", "GBP"):
        return next(found for stem, found in _STATES.items() if re.match(stem, state, re.IGNORECASE))
    return "USD" if code == DOLLAR else code


_ALONE = re.compile(
    r"\s*(?:$|[.,;:)–—-]|(?:this|for|by|to|in|into|on|through|from|each|more|a|per|an|für|bis|im|in|zu|"
    r"und|aus|an|jährlich|die|der|den|kündigte|sagte|goes?|went|flows?|comes?|came|is|are|was|were|will|would|"
    r"of (?:it|this|that|which)|"
    r"auf|darauf|fließ\w+|geh(?:t|en)|entfall\w+|sind|werden|davon|піде|йде|йдуть|припада\w+|підуть|на|у|в|до|за"
    r"|кожна|кожен|Канада|and|which)\b)",
    re.IGNORECASE,
)


def _stands_alone(text: str, end: int) -> bool:
    """Tell whether no thing follows a number that it could count."""
    return bool(_ALONE.match(text, end)) or text[end : end + 2] in (" Н", " К")


def as_fact(amount: Amount) -> dict[str, object]:
    """Return an amount as facts have it."""
    fact: dict[str, object] = {"value": _plain(amount.low), "currency": amount.currency, "qualifier": amount.qualifier}
    return fact | ({"high": _plain(amount.high)} if amount.qualifier == quantities.RANGE else {})


def _plain(number: Decimal) -> int | float:
    return int(number) if number == int(number) else float(number)
