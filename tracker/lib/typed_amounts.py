"""What people type into the amounts of one row: with the currency in the text or beside it, and with `about`."""

from collections.abc import Mapping

from tracker.lib import money
from tracker.lib.money import AmountError


class CurrencyProblem(AmountError):
    """It cannot be told in which currency the amounts of a row are; `field` is where to say it."""

    def __init__(self, message: str, field: str = "currency") -> None:
        self.field = field
        super().__init__(message)


def currency_of(amounts: Mapping[str, str], *, stated: str, country: str = "") -> str:
    """Return the one currency of a row: as its amounts name it, texts by field, or as it is `stated` beside them.

    Empty where neither names one. `country` is the ISO 3166 code of the contributor, whose own dollar a `$` alone can
    mean. Raises CurrencyProblem where two are named, and AmountError for what is no amount.
    """
    named = {money.parse_amount(text)[1] for text in amounts.values()} - {""}
    if named == {"USD"} and all(map(money.is_bare_dollar, amounts.values())):
        own = money.dollar_of(country)
        if stated in money.DOLLARS:
            return stated
        if not stated and own not in ("", "USD"):
            raise CurrencyProblem(f"Is it USD or {own}? A $ alone can be either.")
    if stated and named - {stated}:
        both = {"named": ", ".join(sorted(named)), "stated": stated}
        raise CurrencyProblem("The amount says {named} and the currency {stated}: which is it?".format(**both))
    if len(named) > 1:
        raise CurrencyProblem("The amounts name two currencies; all are in one.", next(iter(amounts)))
    return stated or "".join(named)


def about_refused(text: str) -> str:
    """Return why a round amount is refused where no note can keep that it is one; empty where it is none."""
    if not money.split_about(text)[0]:
        return ""
    found = text.strip()[:60]
    return f"“{found}”: nothing here keeps that it is a round amount; the note of an entry or of a share does"


def note_keeping(note: str, text: str) -> str:
    """Return the note of a row with the amount in the words of its source, where these say that it is a round one."""
    typed = text.strip()
    if not money.split_about(typed)[0] or typed in note:
        return note
    return "; ".join(filter(None, (note, typed)))
