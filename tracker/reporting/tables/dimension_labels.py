"""What dimensions of tables, and those of their members that are no records, are called."""

from typing import Any

from django.utils.translation import gettext_lazy

from tracker.models import Basis, Item, Pledge, Stage

PURL = "purl"
"""The public id of the mechanism that buys American equipment."""

MEMBER_LABELS: dict[str, dict[str, Any]] = {
    "aid_type": dict(Pledge.AidType.choices),
    "nature": dict(Pledge.Nature.choices),
    "modality": dict(Item.Modality.choices),
    "condition": dict(Item.Condition.choices),
    "stage": dict(Stage.choices),
    "basis": dict(Basis.choices),
    "source": {
        "stock": gettext_lazy("from stock"), "procurement": gettext_lazy("from procurement"),
        PURL: gettext_lazy("through PURL"),
    },
}  # fmt: skip
TIMES = ("month", "quarter", "half_year", "year")
LEVELS = ("category_1", "category_2", "category_3")
ANNOUNCED_YEAR = "announced_year"
GROUP = "group"
PERSPECTIVES = ("contributor", "supplier", "stock_owner", "manufacturer", "host", "initiative")
DIMENSION_LABELS = {
    "contributor": gettext_lazy("contributor"), "beneficiary": gettext_lazy("beneficiary"),
    "supplier": gettext_lazy("supplier"), "stock_owner": gettext_lazy("stock owner"),
    "manufacturer": gettext_lazy("manufacturer"), "host": gettext_lazy("host"), GROUP: gettext_lazy("group"),
    "initiative": gettext_lazy("initiative"), "package": gettext_lazy("package"), "meeting": gettext_lazy("meeting"),
    "category": gettext_lazy("category"), "category_1": gettext_lazy("category, first level"),
    "category_2": gettext_lazy("category, second level"), "category_3": gettext_lazy("category, third level"),
    "platform": gettext_lazy("platform"), "modality": gettext_lazy("modality"),
    "source": gettext_lazy("source of equipment"), "condition": gettext_lazy("condition"),
    "aid_type": gettext_lazy("aid type"),
    "aid_kind": gettext_lazy("finer kind of aid"), "nature": gettext_lazy("nature"), "stage": gettext_lazy("stage"),
    "basis": gettext_lazy("basis"), "year": gettext_lazy("year"), "half_year": gettext_lazy("half-year"),
    "quarter": gettext_lazy("quarter"), "month": gettext_lazy("month"),
    ANNOUNCED_YEAR: gettext_lazy("year of the announcement"),
}  # fmt: skip
"""What dimensions are called, for people."""

DIMENSIONS = tuple(DIMENSION_LABELS)
