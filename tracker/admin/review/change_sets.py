"""Change sets: what each changes, what publishing it would do, and the steps that it can take."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin, RefusingAdmin
from tracker.admin.lists.filters import AuthorFilter, ReviewerFilter
from tracker.admin.review import (
    choosing_change_set,
    chosen_records,
    discussion,
    effects,
    jobs,
    selected_steps,
    transitions,
    twins,
)
from tracker.admin.review.records_shown import records_shown
from tracker.admin.site.admin_site import site
from tracker.curation.review import change_sets
from tracker.curation.review.permissions import PUBLISH
from tracker.filters.folded_texts import holding
from tracker.lib.numbering import is_key
from tracker.lib.text import search_terms
from tracker.models import ChangeSet, Edit
from tracker.reporting.checks.totals import shown
from tracker.reporting.desk.beside_differences import to_show
from tracker.reporting.desk.figures import figure_changes

STATUS_COLOURS = {
    ChangeSet.Status.OPEN: "info",
    ChangeSet.Status.SUBMITTED: "warning",
    ChangeSet.Status.REJECTED: "danger",
    ChangeSet.Status.PUBLISHED: "success",
    ChangeSet.Status.DISCARDED: "default",
}


@admin.register(ChangeSet, site=site)
class ChangeSetAdmin(RefusingAdmin):
    """Change sets."""

    list_display = (
        "number", "message", "status_label", "cause", "author", "records", "assignee", "due", "submitted_at",
        "published_at",
    )  # fmt: skip
    list_display_links = ("number", "message")
    list_select_related = ("author", "assignee")
    list_filter = (
        ("status", ChoicesDropdownFilter), ("cause", ChoicesDropdownFilter), AuthorFilter, ReviewerFilter,
        ("submitted_at", RangeDateTimeFilter), ("published_at", RangeDateTimeFilter),
    )  # fmt: skip
    search_fields = ("message", "reason", "author__username")
    date_hierarchy = "opened_at"
    actions = selected_steps.LIST_ACTIONS
    fields = ("message", "cause")
    change_form_outer_before_template = "admin/tracker/change_set_steps.html"
    change_form_outer_after_template = "admin/tracker/change_set_records.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        edits = Edit.objects.filter(change_set=OuterRef("pk")).order_by().values("change_set")
        counted = Coalesce(Subquery(edits.annotate(count=Count("pk")).values("count")), 0)
        return queryset.annotate(records=counted).select_related("author", "reviewer", "assignee")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find a change set also by its number, `#12`, and by the public ids of its records."""
        found = queryset
        for word in search_terms(search_term.replace("\0", "")):
            edits = Edit.objects.filter(public_id__icontains=word).order_by().values("change_set")
            said = holding(queryset, self.search_fields, [word]).order_by().values("pk")
            found = found.filter(Q(pk__in=said) | Q(pk__in=edits))
        number = search_term.strip().removeprefix("#")
        if is_key(number):
            found |= queryset.filter(pk=int(number))
        return found, False

    def get_urls(self) -> list[Any]:
        steps = [
            path(
                f"<int:pk>/{step}/", self.admin_site.admin_view(transitions.step_view), {"step": step},
                name=f"tracker_changeset_{step}",
            )
            for step in transitions.TRANSITIONS
        ]  # fmt: skip
        protect = self.admin_site.admin_view
        long_work = [
            path("<int:pk>/effect/", protect(jobs.effect_view), name="tracker_changeset_effect"),
            path("<int:pk>/seen/", protect(chosen_records.seen_view), name="tracker_changeset_seen"),
            path("<int:pk>/send-back/", protect(chosen_records.send_back_view), name="tracker_changeset_sendback"),
            path("<int:pk>/revert/", protect(chosen_records.revert_view), name="tracker_changeset_revert"),
            path("<int:pk>/comment/", protect(discussion.comment_view), name="tracker_changeset_comment"),
            path("<int:pk>/answer/", protect(discussion.answer_view), name="tracker_changeset_answer"),
            path("<int:pk>/assign/", protect(discussion.assign_view), name="tracker_changeset_assign"),
            path("<int:pk>/alone/", protect(chosen_records.alone_view), name="tracker_changeset_alone"),
            path("<int:pk>/move/", protect(chosen_records.move_view), name="tracker_changeset_move"),
            path("<int:pk>/again/", protect(jobs.again_view), name="tracker_changeset_again"),
        ]
        return [*steps, *long_work, *super().get_urls()]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        """Tell whether the person can review at all."""
        return request.user.has_perm(PUBLISH)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request, obj):
            return False
        # While somebody saves, curation says whether the status still allows it.
        editable = request.method == "POST" or (obj is not None and obj.status in ChangeSet.EDITABLE)
        return obj is None or (obj.author_id == request.user.pk and editable)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: Any, obj: ChangeSet, form: Any, change: bool) -> None:
        """Open a new change set, or describe one that is still open in other words."""
        if change:
            change_sets.describe(change_set=obj, by=request.user, message=obj.message, cause=obj.cause)
            return
        opened = change_sets.open_change_set(
            author=request.user, message=obj.message, cause=obj.cause, at=timezone.now()
        )
        request.session[choosing_change_set.LAST_CHOSEN] = opened.pk
        obj.pk = opened.pk
        obj.refresh_from_db()

    def render_change_form(self, request: Any, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show what the change set changes, its effect, and the steps that the person can take."""
        change_set = kwargs.get("obj")
        if change_set is not None:
            context |= jobs.work_shown(change_set)
            steps = transitions.possible_transitions(change_set, request.user)
            at_work = context.get("at_work")
            if at_work is not None:
                # What nobody is at work on can be rejected or discarded; the work then finds nothing to do.
                steps = [step for step in steps if at_work["is_stuck"] and step != context["at_work_on"]]
            context |= {
                "steps": steps,
                "may_state_alone": transitions.may_state_alone(change_set, request.user),
                "may_begin_again": jobs.may_begin_again(request.user, change_set),
                "status_colour": STATUS_COLOURS[change_set.status],
                "record_count": change_set.edits.count(),
                "figures": figure_changes(change_set),
            } | ({} if "at_work" in context else records_shown(change_set, request))
            if change_set.status in ChangeSet.HOLDING and "at_work" not in context:
                context |= {"to_show": to_show(change_set), "likely_twins": twins.shown_beside(change_set)}
            context |= discussion.talk_shown(change_set, request.user, context.get("differences", []))
            if "submit" in steps:
                context["where"] = choosing_change_set.shown(request, None)
                context |= effects.effect_shown(change_set)
            if "discard" in steps:
                context["discarded_too"] = change_sets.merging_of(change_set)
            if "publish" in steps:
                context["import_differences"] = [
                    named for imported in change_set.imports.order_by("pk") for named in shown(imported).named
                ]
                context |= effects.effect_shown(change_set)
        context["show_save_and_add_another"] = False
        response = super().render_change_form(request, context, **kwargs)
        if "at_work" in context and not context["at_work"]["is_stuck"]:
            # Who reads what to do, or types why it is rejected, does so in peace.
            response["Refresh"] = str(jobs.LOOK_AGAIN)
        return response

    @display(description=_("no."), ordering="pk")
    def number(self, change_set: ChangeSet) -> str:
        """Its number, as people say it."""
        return f"#{change_set.pk}"

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def status_label(self, change_set: ChangeSet) -> tuple[str, str]:
        """Its status, in colour."""
        return change_set.status, change_set.get_status_display()

    @display(description=_("records"), ordering="records")
    def records(self, change_set: Any) -> int:
        """How many records it edits."""
        return int(change_set.records)


@admin.register(Edit, site=site)
class EditAdmin(ReadOnlyAdmin):
    """Which change set holds or held which record."""

    list_display = ("kind", "public_id", "action", "change_set", "edited_at", "released_at")
    list_display_links = ("public_id",)
    list_select_related = ("change_set",)
    list_filter = ("kind", ("action", ChoicesDropdownFilter), ("edited_at", RangeDateTimeFilter))
    search_fields = ("public_id",)
