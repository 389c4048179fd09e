"""What the tracker understands of a date, a quantity or an amount that somebody typed."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from tracker.lib import money, partial_dates, quantities

DATE, QUANTITY, AMOUNT, ABOUT_AMOUNT = "date", "quantity", "amount", "about-amount"


def _date(text: str) -> str:
    partial = partial_dates.parse(text)
    if not partial.edtf:
        return _("unknown")
    days = " – ".join(day.isoformat() if day else "…" for day in (partial.earliest, partial.latest))
    exact = partial.earliest == partial.latest
    return partial.describe() if exact else f"{partial.describe()} ({days})"


def _quantity(text: str) -> str:
    quantity = quantities.parse(text)
    if quantity.counted is None:
        return quantity.qualifier
    if quantity.qualifier == quantities.EXACT:
        return str(quantity)
    return _("%(quantity)s; tables count %(number)s") % {"quantity": quantity, "number": f"{quantity.counted:f}"}


def _amount(text: str) -> str:
    amount, currency = money.parse_amount(text)
    return f"{currency} {amount:,.2f}".strip()


def _about_amount(text: str) -> str:
    about, amount = money.split_about(text)
    words = _amount(amount)
    return _("%(amount)s; the note keeps “%(text)s”") % {"amount": words, "text": text.strip()} if about else words


READERS = {DATE: _date, QUANTITY: _quantity, AMOUNT: _amount, ABOUT_AMOUNT: _about_amount}


def understood(reads: str, text: str) -> str:
    """Return in words how `text` is read as a date, a quantity or an amount.

    Empty where there is no text, or it says just that already. Raises ValueError with what was
    found and what would be right.
    """
    words = READERS[reads](text) if text.strip() else ""
    return _("understood as %(words)s") % {"words": words} if words not in ("", text.strip()) else ""


def understood_view(request: HttpRequest) -> JsonResponse:
    """Answer what a field shows below itself while somebody types: `{"text", "wrong"}`."""
    reads, text = request.GET.get("reads", ""), request.GET.get("text", "")
    answer: dict[str, Any] = {"text": "", "wrong": False}
    if reads in READERS:
        try:
            answer["text"] = understood(reads, text)
        except ValueError as error:
            answer = {"text": str(error), "wrong": True}
    return JsonResponse(answer)
