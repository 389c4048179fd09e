"""What the pages of rates and indicators share: a figure is proposed in a change set, and what is in force stays."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.records.base import change_set_link
from tracker.admin.review import choosing_change_set
from tracker.curation.reference import proposing
from tracker.models import ChangeSet
from tracker.models.figures import Figure


class FigureAdmin(RefusingAdmin):
    """Figures of other sources. What is in force stays as it is: add a figure, and it follows once it is published."""

    list_select_related: tuple[str, ...] = ("change_set",)
    change_form_before_template = "admin/tracker/where.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.select_related(*self.list_select_related)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open_to(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_open_to(request, obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def render_change_form(self, request: Any, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show where a new figure goes; one that waits stays in its change set."""
        if kwargs.get("obj") is None:
            context["where"] = choosing_change_set.shown(request, None, ChangeSet.Cause.REFERENCE)
        return super().render_change_form(request, context, **kwargs)

    def save_model(self, request: Any, obj: Figure, form: Any, change: bool) -> None:
        """Propose the figure in the change set that was chosen, and say which that is."""
        wanted = None if change else choosing_change_set.chosen(request, None, str(obj))
        change_set = proposing.propose_one(figure=obj, by=request.user, at=timezone.now(), change_set=wanted)
        said = _("Saved in {link}. Nothing of it is public until that is submitted and published.")
        self.message_user(request, format_html(said, link=change_set_link(change_set)), messages.INFO)

    def delete_model(self, request: Any, obj: Figure) -> None:
        """Take the figure out of its change set."""
        proposing.take_back(figure=obj, by=request.user)

    @display(description=gettext_lazy("held by"))
    def holder(self, figure: Figure) -> str:
        """The change set in which it waits."""
        change_set = figure.change_set if figure.recorded_from is None else None
        return change_set_link(change_set, short=True) if change_set else ""


def _is_open_to(request: HttpRequest, figure: Figure | None) -> bool:
    """Tell whether the person may change a figure: it waits in a change set of theirs that they can still edit."""
    if figure is None:
        return True
    change_set = figure.change_set
    if figure.recorded_from is not None or change_set is None:
        return False
    return change_set.author_id == request.user.pk and change_set.status in change_set.EDITABLE
