"""Groups of parties and their memberships."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.forms.inlines import PartInline
from tracker.admin.lists.filters import StateFilter
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import ChangeSet, Group, Membership


class MembershipInline(PartInline):
    """Who belongs to the group, and when."""

    model = Membership
    fields = ("party", "valid_from", "valid_to")
    autocomplete_fields = ("party",)
    joins = ("party",)


@admin.register(Group, site=site)
class GroupAdmin(RecordAdmin):
    """Groups."""

    usual_cause = ChangeSet.Cause.MEMBERSHIP
    list_display = ("public_id", "name", "members_today", "state", "holder")
    list_display_links = ("public_id", "name")
    list_filter = (StateFilter,)
    fieldsets = ((None, {"fields": ["name", "description"]}),)
    inlines = (MembershipInline, ClaimInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        today = timezone.localdate()
        in_force = Q(memberships__valid_from__lte=today) & (
            Q(memberships__valid_to__isnull=True) | Q(memberships__valid_to__gte=today)
        )
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.annotate(members_today=Count("memberships", filter=in_force))

    @display(description=_("members today"), ordering="members_today")
    def members_today(self, group: Any) -> int:
        """How many parties belong to it today."""
        return int(group.members_today)
