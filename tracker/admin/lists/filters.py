"""Filters of the list pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter, RangeDateFilter

from tracker.curation.review.permissions import who_may_review
from tracker.curation.review.standing import HELD, HELD_LABEL, State, held, in_state
from tracker.models import ChangeSet, Group
from tracker.reporting.desk.record_filters import of_group


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

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(Group.objects.values_list("public_id", "name"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return of_group(queryset, self.value(), on=timezone.localdate()) if self.value() else queryset


class ContributorGroupFilter(GroupListFilter):
    """By group of a contributor."""

    title = _("group of a contributor (members today)")


class AuthorFilter(DropdownFilter):
    """By the person who made it: whoever looks at the list may not look up accounts, and needs only these names."""

    title = _("author")
    parameter_name = "author"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        names = model_admin.model._default_manager.order_by().values_list("author__username", flat=True)
        return [(name, name) for name in sorted(set(names))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(author__username=self.value()) if self.value() else queryset


class ReviewerFilter(DropdownFilter):
    """By the person who is to review a change set: those who may review, and who was asked while they might."""

    title = _("to be reviewed by")
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        asked = ChangeSet.objects.order_by().filter(assignee__isnull=False)
        may = who_may_review().values_list("username", flat=True)
        names = {*may, *asked.values_list("assignee__username", flat=True)}
        return [(name, name) for name in sorted(names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(assignee__username=self.value()) if self.value() else queryset
