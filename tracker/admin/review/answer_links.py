"""Links by which contributors answer for their figures: made here, listed with what became of them, and revoked."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget

from tracker.admin.forms.records import RefusableForm
from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.site.admin_site import site
from tracker.curation import answer_links
from tracker.curation.errors import CurationError, NotAllowed
from tracker.models import AnswerLink


class NewLinkForm(RefusableForm):
    """For whom a link is, and for how long."""

    days = forms.IntegerField(
        label=_lazy("Days"), min_value=1, max_value=answer_links.MOST_DAYS, initial=answer_links.DAYS,
        widget=UnfoldAdminIntegerFieldWidget, help_text=_lazy("For how many days it can be used."),
    )  # fmt: skip

    class Meta:
        model = AnswerLink
        fields = ("contributor", "recipient")

    def _post_clean(self) -> None:
        # What is said becomes a link in `answer_links`, which checks it.
        return


@admin.register(AnswerLink, site=site)
class AnswerLinkAdmin(FoldingSearch, RefusingAdmin):
    """Who was asked to answer, by whom, until when, and whether they did."""

    form = NewLinkForm
    list_display = ("contributor", "recipient", "made_by", "made_at", "ends_at", "how_it_stands", "answered")
    list_select_related = ("contributor", "made_by", "revoked_by")
    search_fields = ("contributor__found_by", "recipient", "made_by__username")
    ordering = ("-pk",)
    autocomplete_fields = ("contributor",)
    change_form_outer_before_template = "admin/tracker/answer_link.html"
    readonly_fields = ("how_it_stands", "answered", "made_by", "made_at", "ends_at")

    def get_fields(self, request: HttpRequest, obj: AnswerLink | None = None) -> tuple[str, ...]:
        asked = ("contributor", "recipient")
        return (*asked, "days") if obj is None else (*asked, *self.readonly_fields)

    def get_queryset(self, request: HttpRequest) -> QuerySet[AnswerLink]:
        found: QuerySet[AnswerLink] = super().get_queryset(request)
        return found.annotate(answer_count=Count("answers"))

    def has_change_permission(self, request: HttpRequest, obj: AnswerLink | None = None) -> bool:
        """Nothing of a link is edited: it is revoked, by whoever has the right to change it."""
        return False

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.revoke_view))
        return [path("<int:pk>/revoke/", view, name="tracker_answerlink_revoke"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show the address to those alone who may make one: whoever has it can answer by it."""
        link: AnswerLink | None = kwargs.get("obj")
        may: Any = request.user.has_perm
        if link is not None and link.is_open(timezone.now()):
            address = reverse("confirm", args=[answer_links.token_of(link)])
            context["address"] = request.build_absolute_uri(address) if may(answer_links.MAKE) else ""
            context["may_revoke"] = may(answer_links.REVOKE)
        response: HttpResponse = super().render_change_form(request, context, **kwargs)
        return response

    def revoke_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """End a link at once."""
        link, by = get_object_or_404(AnswerLink, pk=pk), cast("User", request.user)
        try:
            answer_links.revoke(link=link, by=by, at=timezone.now())
        except NotAllowed as error:
            raise PermissionDenied from error
        except CurationError as error:
            self.message_user(request, str(error), messages.ERROR)
        return HttpResponseRedirect(reverse("admin:tracker_answerlink_change", args=[pk]))

    def save_model(self, request: HttpRequest, obj: AnswerLink, form: Any, change: bool) -> None:
        """Make the link; its address is on its page."""
        by = cast("User", request.user)
        made = answer_links.make(**form.cleaned_data, by=by, at=timezone.now())
        obj.__dict__.update(made.__dict__)

    def response_add(self, request: HttpRequest, obj: AnswerLink, post_url_continue: Any = None) -> HttpResponse:
        """Lead to the page of the link, where its address is."""
        return HttpResponseRedirect(reverse("admin:tracker_answerlink_change", args=[obj.pk]))

    @display(description=_lazy("status"))
    def how_it_stands(self, link: AnswerLink) -> str:
        """Whether it can be used, has ended, or was revoked, and by whom."""
        if link.revoked_by is not None:
            return _("revoked by %s") % link.revoked_by.get_username()
        return _("can be used") if link.is_open(timezone.now()) else _("ended")

    @display(description=_lazy("answers"))
    def answered(self, link: Any) -> str:
        """How many answers came by it, as a link to them."""
        if not link.answer_count:
            return _("none yet")
        where = reverse("admin:tracker_errorreport_changelist")
        return format_html('<a class="text-link" href="{}?link={}">{}</a>', where, link.pk, link.answer_count)
