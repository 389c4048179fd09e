"""Filters of the list pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter

from tracker.curation.review.standing import HELD, HELD_LABEL, State, held, in_state
from tracker.models import Group, Membership


class StateFilter(DropdownFilter):
    """By state of publication."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [*State.choices, (HELD, HELD_LABEL)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == HELD:
            return queryset.filter(held(queryset.model))
        return queryset.filter(in_state(queryset.model, State(self.value()))) if self.value() in State else queryset


class DayListFilter(RangeDateFilter):
    """By the first day that a partial date can mean."""

    def __init__(self, field: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(field, *args, **kwargs)
        if hasattr(field, "source"):
            self.title = field.model._meta.get_field(field.source).verbose_name


class GroupListFilter(DropdownFilter):
    """By group: the parties that are its members today."""

    title = _("group (members today)")
    parameter_name = "group"
    party = "pk"
    """The look-up from the listed model to the party."""

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Group.objects.values_list("public_id", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.value():
            return queryset
        members = Membership.objects.on(timezone.localdate()).filter(group__public_id=self.value()).values("party")
        if self.party == "pk":
            return queryset.filter(pk__in=members)
        # In a subquery, so that a record with two members of the group is listed once.
        model = queryset.model._default_manager
        return queryset.filter(pk__in=model.filter(**{f"{self.party}__in": members}).values("pk"))


class ContributorGroupFilter(GroupListFilter):
    """By group of a contributor."""

    title = _("group of a contributor (members today)")
    party = "shares__contributor"


class OwnPartyGroupFilter(GroupListFilter):
    """By group of the party that the record names."""

    party = "party"
