"""Sharing: which part of a pledge is whose, by its document alone.

Stated shares count as stated; an undisclosed split is divided equally and marked estimated; the
joint total never changes (docs/methodology.md, "What is counted").
"""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import money
from tracker.models import Basis, Pledge, Stage

# A third written with twelve decimals is a third.
_TOLERANCE = Fraction(1, 10**9)


class SharesError(ValueError):
    """The shares do not come to the whole of the pledge; the message says what would be right."""


@dataclass(frozen=True)
class ContributorPart:
    """One contributor's part of a pledge, as a fraction of the whole; nobody's, where it is not said who bears it."""

    contributor: str
    weight: Fraction
    is_estimated: bool


def joint_total(document: dict[str, Any], currency: str) -> Decimal | None:
    """Return the stated total of the first stage that has amounts in `currency`, or None."""
    for stage in Stage.values:
        amounts = [
            Decimal(entry["amount"])
            for entry in document["entries"]
            if entry["stage"] == stage and entry["amount"] is not None and entry["currency"] == currency
        ]
        if amounts:
            return sum(amounts, Decimal(0))
    return None


def shared_total(document: dict[str, Any]) -> tuple[Decimal, str] | None:
    """Return the sum of the shares where every share states an amount, all in one currency."""
    shares = document["shares"]
    currencies = {share["currency"] for share in shares}
    if not shares or len(currencies) > 1 or any(share["amount"] is None for share in shares):
        return None
    return sum((Decimal(share["amount"]) for share in shares), Decimal(0)), currencies.pop()


def _stated(share: dict[str, Any], document: dict[str, Any]) -> Fraction | None:
    """Return the stated fraction of a share, or None where it is undisclosed."""
    if share["fraction"] is not None:
        return money.exact(share["fraction"])
    if share["amount"] is None:
        return None
    total = joint_total(document, share["currency"])
    if total is None:
        whole = shared_total(document)
        total = whole[0] if whole else None
    if not total:
        raise SharesError(
            _("The share of %(contributor)s is %(amount)s %(currency)s, but no entry states a total in %(currency)s.")
            % {
                "contributor": share["contributor"]["name"],
                "amount": f"{Decimal(share['amount']):,}",
                "currency": share["currency"],
            }
        )
    return Fraction(share["amount"]) / Fraction(total)


def _states_money(document: dict[str, Any]) -> bool:
    stated = any(entry["amount"] is not None for entry in document["entries"])
    return stated or any(valuation["basis"] != Basis.TIV for valuation in document["valuations"])


def parts_of(document: dict[str, Any]) -> list[ContributorPart]:
    """Return whose the pledge is, in parts that add up to one exactly.

    A transfer of items without money may name nobody, and is one part of nobody's: a register of arms transfers
    says who supplied them, and not who paid. Raises SharesError for any other that names nobody, where the stated
    shares come to more than the whole, or to less with nobody whose share is undisclosed.
    """
    shares = document["shares"]
    if not shares:
        if document["nature"] != Pledge.Nature.TRANSFER or not document["items"] or _states_money(document):
            raise SharesError(_("Name at least one contributor."))
        return [ContributorPart("", Fraction(1), False)]
    stated = [_stated(share, document) for share in shares]
    undisclosed = stated.count(None)
    if undisclosed == len(shares):
        # Most pledges; to reckon with fractions takes longer than all else here.
        equal = Fraction(1, undisclosed)
        return [ContributorPart(share["contributor"]["id"], equal, len(shares) > 1) for share in shares]
    rest = 1 - sum((weight for weight in stated if weight is not None), Fraction(0))
    if rest < -_TOLERANCE:
        raise SharesError(
            _("The shares come to %(percent)s %% of the whole; together they are 100 %% at most.")
            % {"percent": f"{float((1 - rest) * 100):.2f}"}
        )
    if not undisclosed and rest > _TOLERANCE:
        raise SharesError(
            _("The shares come to %(percent)s %% of the whole: name who bears the rest, or leave a share undisclosed.")
            % {"percent": f"{float((1 - rest) * 100):.2f}"}
        )
    whole = sum((weight for weight in stated if weight is not None), Fraction(0)) if not undisclosed else Fraction(1)
    equal = max(rest, Fraction(0)) / undisclosed if undisclosed else Fraction(0)
    return [
        ContributorPart(
            share["contributor"]["id"], equal if weight is None else weight / whole, weight is None and len(shares) > 1
        )
        for share, weight in zip(shares, stated, strict=True)
    ]
