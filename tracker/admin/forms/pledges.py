"""Forms of pledges: rows that name other rows by number, and rules over several rows."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.admin.forms.fields import AmountFormField
from tracker.admin.forms.inlines import NumberedFormSet, PartFormSet
from tracker.admin.forms.records import NumberedForm, PartForm, RecordForm
from tracker.admin.site.typed_values import ABOUT_AMOUNT
from tracker.lib.typed_amounts import note_keeping
from tracker.models import Basis, Pledge
from tracker.models.desk.entries import totals_problem
from tracker.models.desk.pledges import fractions_problem, in_saving_order


class PledgeForm(RecordForm):
    """The form of a pledge."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            self.fields["name"].label = _("Title")
            self.fields["name"].help_text = _("In a few words, such as: Netherlands: EUR 500 million for PURL.")

    def clean(self) -> dict[str, Any]:
        """Say at the field itself that a deployment has no aid type, and that all else has one."""
        cleaned = super().clean()
        nature, aid_type = cleaned.get("nature"), cleaned.get("aid_type")
        if nature == Pledge.Nature.DEPLOYMENT and aid_type:
            self.add_error("aid_type", _("A deployment is no aid and has no aid type: leave this empty."))
        elif nature and nature != Pledge.Nature.DEPLOYMENT and aid_type == "":
            self.add_error("aid_type", _("Say whether this is military, financial or humanitarian aid."))
        return cleaned


class RowReferenceField(forms.IntegerField):
    """Another row of the same page, by its number: the row may be new, and have no key yet."""

    def __init__(self, **kwargs: Any) -> None:
        widget = UnfoldAdminTextInputWidget({"inputmode": "numeric"})
        super().__init__(**({"min_value": 1, "max_value": 32767, "required": False, "widget": widget} | kwargs))


class AboutAmountForm(PartForm):
    """A row whose note keeps the words of a round amount: `about EUR 2 bn`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        amount = self.fields.get("amount")
        if isinstance(amount, AmountFormField) and "note" in self.fields:
            amount.takes_about = True
            amount.widget.reads = amount.widget.attrs["data-reads"] = ABOUT_AMOUNT

    def clean(self) -> dict[str, Any]:
        """Keep in the note that the amount is a round one."""
        cleaned = super().clean()
        if cleaned.get("amount") is not None and "note" in self.fields:
            typed = str(self.data.get(self.add_prefix("amount"), ""))
            cleaned["note"] = note_keeping(cleaned.get("note") or "", typed)
        return cleaned


class ShareFormSet(PartFormSet):
    """Contributors and their shares."""

    def clean(self) -> None:
        super().clean()
        problem = fractions_problem(form.cleaned_data.get("fraction") or Decimal(0) for form in self.remaining_forms())
        if problem:
            raise forms.ValidationError(problem)

    def save(self, commit: bool = True) -> Any:
        """Save those whose fraction falls before those whose fraction rises."""
        present = in_saving_order(
            self.initial_forms,
            before=lambda form: form.initial.get("fraction"),
            after=lambda form: None if self._goes(form) else form.cleaned_data.get("fraction"),
        )
        self.forms = [*present, *self.extra_forms]
        # Django keeps the positions of the removed rows, which are others now.
        self.__dict__.pop("_deleted_form_indexes", None)
        return super().save(commit)


class ReferringFormSet(PartFormSet):
    """Rows that name rows of other formsets by their number."""

    referred: dict[str, NumberedFormSet]
    """The formset behind each field, such as `item_number`; set by the admin of pledges."""

    def clean(self) -> None:
        super().clean()
        for field, formset in self.referred.items():
            formset.is_valid()
            numbers = sorted(form.cleaned_data["number"] for form in formset.remaining_forms())
            for form in self.remaining_forms():
                named = form.cleaned_data.get(field)
                if named is not None and named not in numbers:
                    form.add_error(field, _not_there(named, numbers))

    def save(self, commit: bool = True) -> Any:
        """Put the rows in place of their numbers; the formsets that they come from are saved already."""
        for field, formset in self.referred.items():
            rows = {form.instance.number: form.instance for form in formset.remaining_forms()}
            for form in self.remaining_forms():
                setattr(form.instance, field.removesuffix("_number"), rows.get(form.cleaned_data.get(field)))
        return super().save(commit)


def _not_there(named: int, numbers: list[int]) -> str:
    if not numbers:
        return _("There is no number %(named)s: this pledge has no such rows.") % {"named": named}
    return _("There is no number %(named)s; there are %(numbers)s.") % {
        "named": named, "numbers": ", ".join(map(str, numbers)),
    }  # fmt: skip


class ItemForm(NumberedForm):
    """One line of a pledge."""

    part_of_number = RowReferenceField(
        label=gettext_lazy("part of no."),
        help_text=gettext_lazy("The number of the item that it is within: of which 500,000 are 155 mm."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.part_of_id:
            self.initial["part_of_number"] = self.instance.part_of.number


class ItemFormSet(ReferringFormSet, NumberedFormSet):
    """The lines of a pledge."""

    def clean(self) -> None:
        """Refuse a line that is part of itself, or of one that is itself part of another."""
        super().clean()
        rows = {form.cleaned_data["number"]: form for form in self.remaining_forms()}
        for number, form in rows.items():
            whole = rows.get(form.cleaned_data.get("part_of_number"))
            if whole is not None and (whole is form or whole.cleaned_data.get("part_of_number")):
                form.add_error("part_of_number", _("Item %s cannot be part of it: name the whole.") % number)


class EntryForm(AboutAmountForm, NumberedForm):
    """One dated step of a pledge."""

    item_number = RowReferenceField(
        label=gettext_lazy("item no."),
        help_text=gettext_lazy("The number of an item of this pledge, where this step is about that item only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.item_id:
            self.initial["item_number"] = self.instance.item.number


class EntryFormSet(ReferringFormSet, NumberedFormSet):
    """The steps of a pledge."""

    def clean(self) -> None:
        """Refuse a step beside the total of its stage, and of its item."""
        super().clean()
        remaining = self.remaining_forms()
        steps = [
            (form.cleaned_data["stage"], form.cleaned_data.get("item_number"), form.cleaned_data["is_total"])
            for form in remaining
        ]
        problem = totals_problem(steps)
        if problem:
            position, message = problem
            remaining[position].add_error("is_total", message)


class ValuationForm(PartForm):
    """What an entry or an item comes to on another basis."""

    entry_number = RowReferenceField(label=gettext_lazy("entry no."))
    item_number = RowReferenceField(label=gettext_lazy("item no."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("entry", "item"):
            part = getattr(self.instance, name)
            if part is not None:
                self.initial[f"{name}_number"] = part.number

    def settle_currency(self, cleaned: dict[str, Any], amounts: list[str]) -> None:
        """Leave a value in TIV without a currency; refuse one."""
        if cleaned.get("basis") != Basis.TIV:
            super().settle_currency(cleaned, amounts)
        elif cleaned["currency"] or self.named_currencies(amounts):
            self.add_error("currency", _("SIPRI's trend-indicator values are no money: leave the currency empty."))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if {"entry_number", "item_number"} <= set(cleaned) and (cleaned["entry_number"] is None) == (
            cleaned["item_number"] is None
        ):
            self.add_error("entry_number", _("A valuation is of an entry or of an item: name one of them."))
        return cleaned


class ValuationFormSet(ReferringFormSet):
    """The valuations of a pledge."""

    def clean(self) -> None:
        """Refuse two valuations of one row on one basis."""
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.remaining_forms():
            key = tuple(form.cleaned_data.get(name) for name in ("entry_number", "item_number", "basis"))
            if key in seen:
                form.add_error("basis", _("Another valuation of the same row has this basis."))
            seen.add(key)
