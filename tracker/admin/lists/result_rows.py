"""The rows of a list in HTML, as unfold makes them, but without making heads and boxes to tick again for each row.

These, and the labels, take a third of the time of a page. `templates/admin/tracker/change_list.html` shows them.
"""

from copy import copy
from functools import lru_cache
from itertools import chain, islice
from typing import Any

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from unfold.admin import checkbox
from unfold.templatetags.unfold_list import CHECKBOX_CLASSES, UnfoldResultList, items_for_result, result_headers
from unfold.utils import display_for_label
from unfold.views import ChangeList

_BOX = "action_checkbox"
_ANY_KEY = "any-key"


class RowsChangeList(ChangeList):
    """A list that makes its own heads and rows. None can be edited in it."""

    kept_filters = ""
    """What the address of a row ends with, so that its page leads back to the list as it is."""

    @cached_property
    def heads(self) -> list[dict[str, Any]]:
        """What stands above the columns."""
        return list(result_headers(self))

    @property
    def sorted_columns(self) -> int:
        """By how many columns it is sorted."""
        return sum(bool(head["sortable"] and head["sorted"]) for head in self.heads)

    def rows(self) -> list[UnfoldResultList]:
        """Return the rows of the page, each a list of cells."""
        # Unfold asks for the heads in each row, for their text alone: those of a list that nobody can sort cost little.
        plain = copy(self)
        plain.sortable_by = ()
        # It would look for the view behind each address, to add the filters of the list: they are the same for all.
        plain.kept_filters, plain.preserved_filters = self.preserved_filters, ""
        has_boxes = plain.list_display[0] == _BOX
        if has_boxes:
            # A column in place of that of the boxes: unfold treats the first unlike the others.
            plain.list_display = ["pk", *plain.list_display[1:]]
        box, rows = _box_cell(), []
        for record in self.result_list:
            cells = items_for_result(plain, record, None)
            if has_boxes:
                cells = chain([mark_safe(box.replace(_ANY_KEY, str(record.pk)))], islice(cells, 1, None))
            rows.append(UnfoldResultList(record, None, cells))
        return rows

    def url_for_result(self, result: Any) -> str:
        """Return the address of the page of a row."""
        return "?".join(filter(None, (super().url_for_result(result), self.kept_filters)))


def _box_cell() -> SafeString:
    """Return the cell with the box to tick, of any row."""
    return format_html(
        '<td class="{}" data-label="{}">{}</td>',
        " ".join(CHECKBOX_CLASSES), _("Select record"), checkbox.render(ACTION_CHECKBOX_NAME, _ANY_KEY),
    )  # fmt: skip


@lru_cache(maxsize=1000)
def label(text: str, colour: str) -> SafeString:
    """Return a coloured label as unfold makes it, but once for all rows that say the same."""
    return display_for_label((colour, text), "", {colour: colour})
