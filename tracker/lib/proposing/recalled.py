"""Amounts and numbers of things that a sentence only recalls: `on top of the 6.7 billion kroner pledged in April`."""

import re

from tracker.lib.proposing.amounts import Amount
from tracker.lib.proposing.things import Thing

_BEFORE = re.compile(
    r"(?:\b(?:on top of|in addition to|besides|beyond|following|after|apart from|compared (?:with|to)|up from|down from|more than the|"
    r"zusätzlich zu|neben|über|nach|gegenüber|statt|anstelle|instead of|rather than|out of|"
    r"на додачу до|на додаток до|окрім|крім|порівняно з|замість)\s(?:the|its|an?|den|dem|der|die|das|ihren|seinen|earlier|previous|bisherigen|тих|раніше)\s(?:\w+\s){0,3}"
    r"|\b(?:bereits |schon |längst |früher |im \w+ |in \w+ |раніше |торік |вже |уже |already |previously |earlier )?"
    r"(?:zugesagten|versprochenen|angekündigten|bewilligten|gelieferten|übergebenen|genehmigten|geleisteten|beschlossenen|ausgesetzten|"
    r"the (?:promised|pledged)|обіцян(?:их|і|ий)|оголошен(?:их|і|ий)|надан(?:их|і)|виділен(?:их|і)|передан(?:их|і))\s(?:insgesamt\s|rund\s|etwa\s)?)$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:\s(?:of|for|in|worth of)\s(?:[\w-]+\s?){1,4})?,?\s?(?:(?:which|that)\s)?(?:(?:was|were|had been|it had|they had|he had|she had)\s)?(?:already\s|previously\s|first\s)?"
    r"(?:pledged|promised|announced|agreed|approved|committed|unveiled|presented|donated|delivered|supplied|allocated)\s"
    r"(?:in|under|last|at|earlier|by|during|back|since|before|a year|two years|ago)\b"
    r"|(?:\s(?:an|für)\s[\w-]+)?,\s(?:die|das|der)\s[^,.]{0,60}(?:zugesagt|versprochen|angekündigt|bewilligt|geliefert|beschlossen)\s(?:hatte[n]?|worden|wurde[n]?)"
    r"|,\s(?:обіцян|оголошен|виділен|пообіцян|анонсован)\w+\s(?:у|в|на|під|ще|торік|раніше)\b",
    re.IGNORECASE,
)
_UMBRELLA = re.compile(
    r"\b(?:(?:as )?(?:a )?part of|under|within|out of|from|im Rahmen|aus|Teil|у межах|в рамках|у рамках|з|із|частин\w+)\s"
    r"(?:a|an|the|its|this|einem|einer|eines|dem|der|des|seinem|пакет\w*|програм\w*)?\s?(?:[\w-]+\s){0,3}(?:of |worth |von |über |на (?:суму )?|у )?$",
    re.IGNORECASE,
)
_KITTY = re.compile(
    r"(?:[\s-]|\b)(?:[\w-]+\s){0,2}(?:package|fund|project|programme|program|scheme|plan|deal|budget|facility|envelope|loan|[Pp]aket\w*|[Ff]onds|[Pp]rogramm\w*|"
    r"фонд\w*|пакет\w*|програм\w*|кредит\w*)\b",
)
_KITTY_BEFORE = re.compile(r"\b(?:package|fund|project|programme|program|scheme|plan|deal|budget|facility|loan|\w*[Pp]aket\w*|\w*[Ff]onds|пакет\w*|програм\w*|фонд\w*)\b[^,.]{0,25}$")


def is_recalled(text: str, value: Amount | Thing) -> bool:
    """Tell whether a value is one that was promised before, or that of a whole of which another is a part."""
    before, after = text[: value.start], text[value.end :]
    if _BEFORE.search(before) or _AFTER.match(after):
        return True
    if not isinstance(value, Amount):
        return False
    within = _UMBRELLA.search(before)
    return bool(within and (_KITTY.match(after) or _KITTY_BEFORE.search(within.group())))
