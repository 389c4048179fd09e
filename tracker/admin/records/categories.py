"""The tree of categories."""

from django.contrib import admin

from tracker.admin.forms.inlines import AliasInline
from tracker.admin.lists.filters import StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Category, CategoryAlias, ChangeSet


class CategoryAliasInline(AliasInline):
    """Other names of a category."""

    model = CategoryAlias


@admin.register(Category, site=site)
class CategoryAdmin(RecordAdmin):
    """Categories."""

    usual_cause = ChangeSet.Cause.RECLASSIFICATION
    list_display = ("name", "public_id", "parent", "state", "holder")
    list_select_related = ("parent",)
    list_filter = (StateFilter, *declared_filters("category"))
    fieldsets = ((None, {"fields": ["name", "parent", "description"]}),)
    autocomplete_fields = ("parent",)
    inlines = (CategoryAliasInline, ClaimInline)
