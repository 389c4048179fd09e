"""Dimensions as titles of tables have them, behind “by”: other languages than English put them into a case."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

BY: dict[str, Promise] = {
    "contributor": pgettext_lazy("by", "contributor"),
    "beneficiary": pgettext_lazy("by", "beneficiary"),
    "supplier": pgettext_lazy("by", "supplier"),
    "stock_owner": pgettext_lazy("by", "stock owner"),
    "manufacturer": pgettext_lazy("by", "manufacturer"),
    "host": pgettext_lazy("by", "host"),
    "group": pgettext_lazy("by", "group"),
    "initiative": pgettext_lazy("by", "initiative"),
    "package": pgettext_lazy("by", "package"),
    "meeting": pgettext_lazy("by", "meeting"),
    "category": pgettext_lazy("by", "category"),
    "category_1": pgettext_lazy("by", "category, first level"),
    "category_2": pgettext_lazy("by", "category, second level"),
    "category_3": pgettext_lazy("by", "category, third level"),
    "platform": pgettext_lazy("by", "platform"),
    "modality": pgettext_lazy("by", "modality"),
    "source": pgettext_lazy("by", "source of equipment"),
    "condition": pgettext_lazy("by", "condition"),
    "aid_type": pgettext_lazy("by", "aid type"),
    "aid_kind": pgettext_lazy("by", "finer kind of aid"),
    "nature": pgettext_lazy("by", "nature"),
    "stage": pgettext_lazy("by", "stage"),
    "basis": pgettext_lazy("by", "basis"),
    "year": pgettext_lazy("by", "year"),
    "half_year": pgettext_lazy("by", "half-year"),
    "quarter": pgettext_lazy("by", "quarter"),
    "month": pgettext_lazy("by", "month"),
    "announced_year": pgettext_lazy("by", "year of the announcement"),
}
