"""Parties, and the lists of those that give and of those that receive."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from tracker.admin.forms.inlines import AliasInline
from tracker.admin.lists.filters import GroupListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Beneficiary, Contributor, Party, PartyAlias


class PartyAliasInline(AliasInline):
    """Other names of a party."""

    model = PartyAlias
    fk_name = "party"


@admin.register(Party, site=site)
class PartyAdmin(RecordAdmin):
    """Parties."""

    list_display = ("public_id", "name", "party_kind", "iso_alpha2", "parent", "state", "holder")
    list_display_links = ("public_id", "name")
    list_select_related = ("parent",)
    list_filter = (StateFilter, *declared_filters("party"), GroupListFilter)
    fieldsets = ((None, {"fields": ["name", ("party_kind", "iso_alpha2"), "parent", "description"]}),)
    autocomplete_fields = ("parent",)
    inlines = (PartyAliasInline, ClaimInline)


class PartyRoleAdmin(PartyAdmin):
    """Parties in a role, which they have by the pledges that point at them."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [PartyAliasInline, ClaimInline]


@admin.register(Contributor, site=site)
class ContributorAdmin(PartyRoleAdmin):
    """Parties with a share in a pledge."""


@admin.register(Beneficiary, site=site)
class BeneficiaryAdmin(PartyRoleAdmin):
    """Parties that a pledge is made to."""
