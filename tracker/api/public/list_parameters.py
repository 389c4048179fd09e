"""What is asked of a list beside its filters: words, an order, and fields."""

from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tracker.filters.fields import MAX_SEARCH
from tracker.filters.parameters import refuse, unknown_word
from tracker.filters.values import MAX_VALUES
from tracker.lib.text import search_terms
from tracker.reporting.shelf.paging import Cursor, Order


class ListParametersMixin:
    """Reads the parameters of a request for the viewset of a list."""

    request: Any
    cursor: Cursor | None
    orders: ClassVar[dict[str, Order]]
    default_ordering: ClassVar[str] = "id"

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the fields that a row has."""
        raise NotImplementedError

    def asked_words(self) -> list[str]:
        """Return the folded words and phrases to search for; raises ValidationError where there are too many."""
        text = self.request.query_params.get("search", "")
        if len(text) > MAX_SEARCH:
            refuse("search", _("At most %(most)s characters; found %(found)s.") % {
                "most": MAX_SEARCH, "found": len(text),
            })  # fmt: skip
        return search_terms(text)

    def asked_ordering(self) -> str:
        """Return the ordering asked for; raises ValidationError for one that there is not."""
        asked = self.request.query_params.get("ordering", self.default_ordering)
        if asked.lstrip("-") not in self.orders or asked.startswith("--"):
            refuse("ordering", unknown_word(asked, [each for name in self.orders for each in (name, f"-{name}")]))
        if self.cursor is not None and self.cursor.ordering != asked:
            refuse("cursor", _("This cursor belongs to another ordering: %s.") % self.cursor.ordering[:40])
        return asked

    def asked_fields(self) -> list[str] | None:
        """Return the fields asked for, with the id; None is all."""
        text = self.request.query_params.get("fields")
        if text is None:
            return None
        asked = [name.strip() for name in text.split(",") if name.strip()]
        allowed = self.field_names()
        unknown = [name for name in asked if name not in allowed]
        if unknown or not asked:
            refuse("fields", unknown_word((unknown or [""])[0], list(allowed)))
        if len(asked) > MAX_VALUES:
            refuse("fields", _("At most %s values at once.") % MAX_VALUES)
        return ["id", *(name for name in dict.fromkeys(asked) if name != "id")]
