"""Reading the amounts of a row as its form does: `EUR 2bn` names its currency, and a note keeps `about EUR 2 bn`."""

from typing import Any, ClassVar

from rest_framework import serializers

from tracker.lib import money
from tracker.lib.typed_amounts import CurrencyProblem, about_refused, currency_of, note_keeping
from tracker.records.engine.plain_fields import Amount


class ReadsAmounts(serializers.ModelSerializer):
    """A record or a row whose amounts are in one currency, which their texts may name."""

    about_kept_in: ClassVar[str] = ""
    """The field that keeps the words of an amount that is a round one; empty: it takes none."""

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(self._with_currency(data) if isinstance(data, dict) else data)

    def _with_currency(self, data: dict[str, Any]) -> dict[str, Any]:
        """Return what was sent with its currency in the field of its own, and each amount without."""
        if "currency" not in self.fields:
            return data
        if isinstance(data.get("currency"), str):
            data = data | {"currency": data["currency"].strip().upper()}
        named = [name for name, field in self.fields.items() if isinstance(field, Amount)]
        texts = {name: data[name] for name in named if isinstance(data.get(name), str) and data[name].strip()}
        if not any(map(_says_more, texts.values())):
            return data
        read, amounts = dict(data), {}
        for name, text in texts.items():
            problem = "" if self.about_kept_in else about_refused(text)
            if problem:
                raise serializers.ValidationError({name: [problem]})
            amounts[name] = money.split_about(text)[1]
            if self.about_kept_in and isinstance(read.get(self.about_kept_in) or "", str):
                read[self.about_kept_in] = note_keeping(read.get(self.about_kept_in) or "", text)
        for name, amount in amounts.items():
            try:
                read[name] = money.parse_amount(amount)[0]
            except money.AmountError as error:
                raise serializers.ValidationError({name: [str(error)]}) from error
        read["currency"] = self._currency(data, amounts)
        return read

    def _currency(self, data: dict[str, Any], amounts: dict[str, str]) -> Any:
        """Return the currency of a row; what is stated and is no text is left to its field to refuse."""
        stated = data.get("currency", getattr(self.instance, "currency", "")) or ""
        if not isinstance(stated, str):
            return stated
        contributor = data.get("contributor")
        country = contributor.get("id") if isinstance(contributor, dict) else contributor
        try:
            return currency_of(amounts, stated=stated, country=country if isinstance(country, str) else "")
        except CurrencyProblem as error:
            raise serializers.ValidationError({error.field: [str(error)]}) from error


def _says_more(text: str) -> bool:
    """Tell whether a text says more than a number: a currency, or that it is a round amount."""
    about, amount = money.split_about(text)
    try:
        return bool(about or money.parse_amount(amount)[1])
    except money.AmountError:
        return bool(about)
