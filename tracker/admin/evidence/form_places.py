"""Which field of a form is which place of its record, so that findings, claims and passages stand beside it."""

from typing import Any

from tracker.models import Claim
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.places import NOT_SAID, named_rows
from tracker.records.engine.types import Document
from tracker.reporting.shelf.wording import place_of


def name_places(serializer: Any, document: Document | None, form: Any, formsets: list[Any]) -> None:
    """Write into the widgets of a form which place each is: `data-place` is its path.

    What no claim can be about has none. `data-words` says it as people do. Rows that are new have no path yet:
    `data-list` and `data-field` say to which list they belong, and which of its fields they are. The row of a claim
    says by `data-claim` which it is. `document` is the record's; None of a new one.
    """
    kind = serializer.Meta.model.kind
    fields = fields_of(serializer)
    columns = {str(field.source): name for name, field in fields.items() if name not in NOT_SAID}
    for column, field in form.fields.items():
        if column in columns:
            _note(field, place=columns[column], field=columns[column], words=place_of(kind, columns[column]))
    lists = {
        field.row.Meta.model: (name, field.row) for name, field in fields.items()
        if field.row is not None and name != "claims"
    }  # fmt: skip
    for formset in formsets:
        if formset.model is Claim:
            _name_claims(formset)
        elif formset.model in lists:
            _name_rows(serializer, document, formset, *lists[formset.model])


def _name_claims(formset: Any) -> None:
    for form in formset.forms:
        if form.instance.pk and "verdict" in form.fields:
            _note(form.fields["verdict"], claim=form.instance.public_id)


def _name_rows(serializer: Any, document: Document | None, formset: Any, name: str, row: Any) -> None:
    kind = serializer.Meta.model.kind
    columns = {str(field.source): part for part, field in fields_of(row).items() if part not in NOT_SAID}
    known = {_identity(row, own): key for key, own in named_rows(serializer, document, name)} if document else {}
    # The pattern for rows that the browser adds is made of these.
    _name_fields(kind, formset.form.base_fields, columns, name, None)
    for form in formset.forms:
        key = known.get(_identity_of(row, form.instance)) if form.instance.pk else None
        _name_fields(kind, form.fields, columns, name, key)


def _name_fields(kind: str, fields: dict[str, Any], columns: dict[str, str], name: str, key: str | None) -> None:
    for column, field in fields.items():
        # Rows that name others by number have a field of their own for it.
        part = columns.get(column.removesuffix("_number"))
        if part is not None:
            _note(field, list=name, field=part)
            if key is not None:
                path = f"{name}[{key}].{part}"
                _note(field, place=path, words=place_of(kind, path))


def _note(shown: Any, **data: str) -> None:
    """Write attributes to the widget of a form field; one that only wraps another passes them on."""
    widget = getattr(shown.widget, "widget", shown.widget)
    widget.attrs |= {f"data-{name}": value for name, value in data.items()}


def _identity(row: Any, own: Document) -> tuple[Any, ...]:
    """Return what tells a row of a document from the others."""
    return tuple(value["id"] if isinstance(value := own.get(name), dict) else value for name in row.identity)


def _identity_of(row: Any, part: Any) -> tuple[Any, ...]:
    """Return the same of a row of the table."""
    return tuple(_identifying(getattr(part, name)) for name in row.identity)


def _identifying(value: Any) -> Any:
    for name in ("public_id", "number"):
        if hasattr(value, name):
            return getattr(value, name)
    return value.isoformat() if hasattr(value, "isoformat") else value
