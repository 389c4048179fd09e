"""The rows of a list in HTML: as unfold makes them, but what all rows have in common is made once.

Unfold makes the headers of a list again for each row, and a box to tick from three templates, which takes a third of
the time of a page.
"""

import datetime as dt
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import lookup_field
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import DateField, ForeignKey, TimeField
from django.urls import NoReverseMatch
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from unfold.admin import checkbox
from unfold.templatetags.unfold_list import (
    CHECKBOX_CLASSES,
    LINK_CLASSES,
    ROW_CLASSES,
    UnfoldResultList,
    result_headers,
)
from unfold.utils import display_for_field, display_for_label, display_for_value
from unfold.views import ChangeList

_ANY_KEY = "any-key"
_REPEATED = (str, bool, tuple, type(None))
"""Types of values that stand in many rows, such as choices, and are put into HTML once for a list."""


class ListColumn:
    """One column of a list, which makes its cells."""

    def __init__(self, changes: Any, name: str, text: Any) -> None:
        self._name, self._admin = name, changes.model_admin
        self._empty = self._admin.get_empty_value_display()
        self._shown: dict[Any, Any] = {}
        self._classes = " ".join([f"field-{name}", *ROW_CLASSES])
        self._label = conditional_escape(text)
        self.is_link = name in (changes.list_display_links or ())

    def cell(self, record: Any, tag: str, link: str) -> SafeString:
        """Return the cell of `record`; `link` is what comes before its text, and is closed after it."""
        shown, is_short = self._value(record)
        classes = f"{self._classes} nowrap" if is_short else self._classes
        text = f"{link}{conditional_escape(shown)}</a>" if link else conditional_escape(shown)
        return mark_safe(f'<{tag} class="{classes}" data-label="{self._label}">{text}</{tag}>')

    def _value(self, record: Any) -> tuple[Any, bool]:
        """Return what the cell shows, and whether it stays on one line."""
        try:
            field, attribute, value = lookup_field(self._name, record, self._admin)
        except ObjectDoesNotExist:
            return self._empty, False
        if field is None or field.auto_created:
            return self._computed(attribute, value), isinstance(value, dt.date | dt.time)
        if isinstance(field, ForeignKey):
            return self._empty if value is None else value, True
        is_short = isinstance(field, DateField | TimeField)
        return self._once(value, lambda: display_for_field(value, field, self._empty)), is_short

    def _computed(self, attribute: Any, value: Any) -> Any:
        """Return what is shown of a value that a method of the admin or of the model gave."""
        empty = getattr(attribute, "empty_value_display", self._empty)
        if label := getattr(attribute, "label", False):
            return self._once(value, lambda: display_for_label(value, empty, label))
        return display_for_value(value, empty, getattr(attribute, "boolean", False))

    def _once(self, value: Any, make: Any) -> Any:
        if not isinstance(value, _REPEATED):
            return make()
        if value not in self._shown:
            self._shown[value] = make()
        return self._shown[value]


class BoxColumn(ListColumn):
    """The boxes to tick."""

    def __init__(self, changes: Any, name: str, text: Any) -> None:
        super().__init__(changes, name, _("Select record"))
        self._classes = " ".join(CHECKBOX_CLASSES)
        self._box = checkbox.render(ACTION_CHECKBOX_NAME, _ANY_KEY)

    def _value(self, record: Any) -> tuple[Any, bool]:
        return mark_safe(self._box.replace(_ANY_KEY, str(conditional_escape(record.pk)))), False


class RowsChangeList(ChangeList):
    """A list that makes its own headers and rows, for `admin/tracker/change_list.html`. None can be edited in it."""

    @cached_property
    def headers(self) -> list[dict[str, Any]]:
        """What stands above the columns."""
        return list(result_headers(self))

    @property
    def sorted_columns(self) -> int:
        """By how many columns it is sorted."""
        return sum(bool(header["sortable"] and header["sorted"]) for header in self.headers)

    def rows(self) -> list[UnfoldResultList]:
        """Return the rows of the page, each a list of cells."""
        columns = [
            (BoxColumn if name == "action_checkbox" else ListColumn)(self, name, header["text"])
            for name, header in zip(self.list_display, self.headers, strict=True)
        ]
        return [UnfoldResultList(record, None, self._cells(columns, record)) for record in self.result_list]

    def _cells(self, columns: list[ListColumn], record: Any) -> list[SafeString]:
        """Return the cells of a row: the first that leads to the record is its header."""
        link = self._link(record)
        cells, tags = [], iter(("th",))
        for column in columns:
            tag = next(tags, "td") if column.is_link else "td"
            cells.append(column.cell(record, tag, link if column.is_link else ""))
        return cells

    def _link(self, record: Any) -> str:
        """Return the beginning of a link to the record, or nothing where it has no page."""
        try:
            address = self.url_for_result(record)
        except NoReverseMatch:
            return ""
        address = add_preserved_filters({"preserved_filters": self.preserved_filters, "opts": self.opts}, address)
        key = record.serializable_value(str(self.to_field) if self.to_field else self.lookup_opts.pk.attname)
        opener = format_html(' data-popup-opener="{}"', key) if self.is_popup else ""
        return format_html('<a href="{}" class="{}" {}>', address, " ".join(LINK_CLASSES), opener)
