"""The fields of records, and of their lines, that can be the same on many: as their forms have them."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from tracker.admin.forms.fields import AmountFormField
from tracker.curation.desk import bulk_planning, bulk_rows
from tracker.curation.desk.bulk_planning import Setting
from tracker.models.base import Record
from tracker.records import field_labels
from tracker.records.registry import KINDS

WHERE = "where"


@dataclass(frozen=True)
class BulkField:
    """A field that is offered; of lines, with the list that they stand in, and the fields by which they are told."""

    name: str
    label: str
    shown: forms.Field
    rows: str = ""
    title: str = ""
    """What the list is called: `Items`; empty of a field of the record."""
    telling: dict[str, forms.Field] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What the page calls it: `items.supplier`."""
        return f"{self.rows}.{self.name}" if self.rows else self.name

    def value_form(self, data: Any) -> forms.Form:
        """Return a form with the one field, as the form of a record has it."""
        return type("ValueForm", (forms.Form,), {self.name: deepcopy(self.shown)})(data)

    def telling_form(self, data: Any) -> forms.Form | None:
        """Return a form that asks which lines are meant; None where the field is no line's."""
        if not self.rows:
            return None
        fields = {name: _form_field_for(each) for name, each in self.telling.items()}
        if self.name in fields:
            fields[self.name].label = _("%s now") % self.label
        return type("TellingForm", (forms.Form,), fields)(data, prefix=WHERE)


def _form_field_for(shown: forms.Field) -> forms.Field:
    """Return a field of a form as a question that need not be answered."""
    asked = deepcopy(shown)
    asked.required, asked.initial, asked.help_text = False, None, ""
    if isinstance(asked, forms.ChoiceField) and not isinstance(asked, forms.ModelChoiceField):
        choices: Any = asked.choices
        asked.choices = [("", "–"), *((value, words) for value, words in choices if value)]
    return asked


def offered(model_admin: Any, request: Any) -> list[BulkField]:
    """Return the fields of a kind that can be the same on many records, those of their lines after them."""
    kind, form = model_admin.model.kind, model_admin.get_form(request, None)
    of_record = [
        BulkField(name, field_labels.label_in(KINDS[kind].model, name, each), form.base_fields[str(each.source)])
        for name, each in bulk_planning.fields_for_many(kind).items()
        if each.source in form.base_fields
    ]
    return [*of_record, *_of_lines(kind, model_admin, request)]


def _of_lines(kind: str, model_admin: Any, request: Any) -> Iterator[BulkField]:
    inlines = {inline.model: inline for inline in model_admin.get_inline_instances(request)}
    for rows, part in bulk_rows.lists_for_many(kind).items():
        model = part.row.Meta.model
        if model not in inlines:
            continue
        shown = inlines[model].get_formset(request).form.base_fields
        known = bulk_rows.fields_for_rows(kind, rows)
        telling = {name: shown[str(each.source)] for name, each in bulk_rows.telling_fields(kind, rows).items()
                   if each.source in shown}  # fmt: skip
        first = [name for named in part.row.named_by for name in named.split()]
        for name, each in known.items():
            # An amount and its currency are one, and no two lines are likely to have the same.
            if each.source not in shown or name == "currency" or isinstance(shown[str(each.source)], AmountFormField):
                continue
            by = [other for other in dict.fromkeys((*first, name)) if other in telling]
            yield BulkField(
                name, field_labels.part_label(kind, rows, name), shown[str(each.source)], rows,
                field_labels.label_of(kind, rows), {other: telling[other] for other in by},
            )  # fmt: skip


def grouped(fields: list[BulkField]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the keys and labels of fields by the list of their lines, those of the record first."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in fields:
        groups.setdefault(each.title, []).append((each.key, each.label))
    return list(groups.items())


def setting(kind: str, found: BulkField, form: forms.Form, telling: forms.Form | None) -> Setting:
    """Return what valid forms ask for."""
    values = {found.name: as_document(form.cleaned_data[found.name])}
    asked = {} if telling is None else telling.cleaned_data
    where = {name: as_document(value) for name, value in asked.items() if value not in (None, "")}
    return Setting(kind, values, found.rows, where)


def as_document(value: Any) -> Any:
    """Return a value of a form as a document says it."""
    if isinstance(value, Record):
        return value.public_id
    return value if value is None or isinstance(value, (bool, int, str)) else str(value)
