"""What the admin of every record shares: each write goes through `curation`, in one transaction."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from tracker.admin.evidence import documents_beside_form
from tracker.admin.evidence.form_places import name_places
from tracker.admin.forms import returned_forms
from tracker.admin.forms.records import RecordForm
from tracker.admin.imports.kept_rows import has_rows, rows_view
from tracker.admin.imports.labels import after_creating
from tracker.admin.lists import paging
from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.lists.records import RecordLists
from tracker.admin.lists.result_rows import label
from tracker.admin.review import bulk_edits, choosing_change_set, withdrawing
from tracker.admin.review.merging import merge_view
from tracker.admin.review.versions import compare_view, restore_view
from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.review.naming import title_of, withdrawal_title
from tracker.curation.review.standing import State, standing_of
from tracker.filters.desk_search import search
from tracker.filters.exact_matches import best_first
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet, Finding, Party, Publication
from tracker.models.base import Record
from tracker.records.registry import KINDS, document_of
from tracker.records.shelved import coverage_of
from tracker.reporting.desk.findings import of_record, placed

COLOURS = {
    State.NEVER_PUBLISHED: "info", State.PUBLISHED: "success", State.CHANGED: "warning", State.WITHDRAWN: "danger",
}  # fmt: skip
ERRORS_TOLD = 3
"""How many errors of a record are told to whoever has saved it; its form and its change set tell them all."""


class CuratedAdmin(RefusingAdmin):
    """Something that belongs to a record, whose edits go into a change set."""

    usual_cause: str = ChangeSet.Cause.NEW_INFORMATION
    """The cause that the form proposes for a new change set."""

    def edited_record(self, obj: Any) -> Record | None:
        """Return the record that is checked out to save `obj`; None where it is gone."""
        record: Record = obj
        return record

    def lead(self, formsets: list[Any]) -> Party | None:
        """Return the party after which a new record is numbered, or None."""
        return None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Leave it to `save_related`, which saves all in one edit."""

    def save_related(self, request: Any, form: Any, formsets: list[Any], change: bool) -> None:
        """Check the record out, save it with its rows, and say where the edit went."""
        if change and not form.has_changed() and not any(formset.has_changed() for formset in formsets):
            request.nothing_changed = True
            return
        record = self.edited_record(form.instance)
        assert record is not None
        change_set = choosing_change_set.chosen(request, record, title_of(record))
        with records.edit(
            record=record, by=request.user, at=timezone.now(), change_set=change_set, lead=self.lead(formsets)
        ) as edit:
            form.instance.save()
            form.save_m2m()
            self.save_parts(formsets)
        self.message_user(
            request,
            format_html(
                _("Saved in {link}. Nothing of it is public until that is submitted and published."),
                link=change_set_link(edit.change_set),
            ),
            messages.INFO,
        )
        errors = of_record(record.kind, record.public_id).standing().filter(severity=Finding.Severity.ERROR)
        for finding in errors[:ERRORS_TOLD]:
            self.message_user(request, _("To be put right: %s") % finding.message, messages.WARNING)

    def render_change_form(self, request: Any, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show where the edit goes."""
        obj = kwargs.get("obj")
        if self.has_change_permission(request, obj) if obj else self.has_add_permission(request):
            context["where"] = choosing_change_set.shown(
                request, self.edited_record(obj) if obj else None, self.usual_cause
            )
        form = context["adminform"].form
        if getattr(form, "seen_as", ""):
            formsets = [inline.formset for inline in context["inline_admin_formsets"]]
            context["stale"] = returned_forms.differences(form, formsets)
        return super().render_change_form(request, context, **kwargs)

    def save_parts(self, formsets: list[Any]) -> None:
        """Save the rows of the record."""
        for formset in formsets:
            formset.save()

    def construct_change_message(self, request: Any, form: Any, formsets: list[Any], add: bool = False) -> Any:
        unchanged = getattr(request, "nothing_changed", False)
        return [] if unchanged else super().construct_change_message(request, form, formsets, add)

    def log_change(self, request: Any, obj: Any, message: Any) -> Any:
        """Note the change in the log, if there is one."""
        return None if getattr(request, "nothing_changed", False) else super().log_change(request, obj, message)

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        if getattr(request, "nothing_changed", False):
            self.message_user(request, _("Nothing was changed."), messages.INFO)
            if "_continue" in request.POST:
                return redirect(request.get_full_path())
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # While somebody saves, curation itself says who holds the record, and the form stays as typed.
        return super().has_change_permission(request, obj) and (
            request.method == "POST" or not self.is_closed(request, obj)
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (
            request.method == "POST" or not self.is_closed(request, obj)
        )

    def is_closed(self, request: HttpRequest, obj: Any) -> bool:
        """Tell whether the record of `obj` is held by another, or waits for review."""
        if obj is None:
            return False
        record = self.edited_record(obj)
        return record is None or standing_of(record).is_closed_to(request.user)

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def delete_view(self, request: Any, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except CurationError as error:
            self.message_user(request, str(error), messages.ERROR)
        return redirect(reverse(f"admin:tracker_{self.opts.model_name}_change", args=[object_id]))


class RecordAdmin(RecordLists, CuratedAdmin):
    """A kind of record: its list and its page."""

    form = RecordForm
    search_fields = ("public_id", "name")
    actions = ("edit_selected", "withdraw_selected")
    change_form_before_template = "admin/tracker/before_fields.html"
    change_form_outer_before_template = "admin/tracker/standing.html"
    change_form_outer_after_template = "admin/tracker/after_form.html"
    delete_confirmation_template = "admin/tracker/withdraw.html"
    paginator = paging.KeyPaginator

    def get_urls(self) -> list[Any]:
        views: dict[str, tuple[str, Any]] = {
            "rows": ("<int:pk>/rows/", rows_view),
            "merge": ("<int:pk>/merge/", merge_view),
            "compare": ("<int:pk>/compare/", compare_view),
            "restore": ("<int:pk>/restore/", restore_view),
            "bulk_edit": ("bulk-edits/<int:number>/", bulk_edits.bulk_edit_view),
        }

        def protected(view: Any) -> Any:
            return self.admin_site.admin_view(partial(view, self))

        own = [
            path(address, protected(view), name=f"tracker_{self.opts.model_name}_{name}")
            for name, (address, view) in views.items()
        ]
        return [*own, *self.list_urls(protected), *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Lead to the versions of the record: the log of the admin knows nothing of what was published."""
        if not is_key(object_id):
            raise Http404
        return redirect(reverse(f"admin:tracker_{self.opts.model_name}_compare", args=[object_id]))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), *(("public_id",) if obj else ())]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Add the note, and the public id out of the way: it is made where none is given."""
        return [
            *super().get_fieldsets(request, obj),
            (_("For the desk alone"), {"fields": ["note"], "classes": ["collapse"]}),
            (_("Public id"), {"fields": ["public_id"], "classes": ["collapse"]}),
        ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the records that match, as REST finds them, and that none stands twice among them."""
        found = search(queryset, search_term)
        # Suggestions begin with the best match; a list keeps the order that somebody chose.
        suggesting = request.path.endswith("/autocomplete/")
        return (best_first(found, search_term) if suggesting and search_term.strip() else found), False

    edit_selected = bulk_edits.edit_selected
    withdraw_selected = withdrawing.withdraw_selected

    @display(description=gettext_lazy("state"))
    def state(self, record: Any) -> str:
        """Whether it is published."""
        found = standing_of(record).state
        return label(str(found.label), COLOURS[found])

    @display(description=gettext_lazy("held by"))
    def holder(self, record: Any) -> str:
        """Who holds it, with a link to the change set."""
        edit = standing_of(record).edit
        return (
            format_html("{} {}", edit.change_set.author, change_set_link(edit.change_set, short=True)) if edit else ""
        )

    def render_change_form(self, request: Any, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        """Show where the record stands, what was published of it, and its documents beside the form."""
        record = kwargs.get("obj")
        form = context["adminform"].form
        document = form.document or (document_of(record) if record is not None else None)
        context["beside"] = documents_beside_form.panel(self.model.kind, record and record.public_id, request.user)
        context["another_document"] = documents_beside_form.chooser(self.admin_site)
        formsets = [inline.formset for inline in context["inline_admin_formsets"]]
        name_places(KINDS[self.model.kind].published(), document, form, formsets)
        if record is not None:
            found = standing_of(record)
            published = Publication.objects.filter(kind=record.kind, public_id=record.public_id)
            context |= {
                "standing": found,
                "coverage": coverage_of(record.kind, document or {}),
                "standing_colour": COLOURS[found.state],
                "has_rows": has_rows(record),
                "findings": placed(of_record(record.kind, record.public_id)),
                "is_closed": found.is_closed_to(request.user),
                "published_versions": published.defer("document", "search").select_related("change_set")
                .order_by("-version")[:50],
                "public_address": f"/api/v1/{KINDS[record.kind].plural}/{record.public_id}/",
            }  # fmt: skip
        return super().render_change_form(request, context, **kwargs)

    def response_add(self, request: Any, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Lead back to the import for which the record was created, or wherever people go after saving."""
        return after_creating(request, obj) or super().response_add(request, obj, post_url_continue)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """Name the records only: curation knows what goes with them and what stands in the way."""
        return [str(obj) for obj in objs], {}, set(), []

    def delete_view(self, request: Any, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        record = self.get_object(request, object_id)
        context: dict[str, Any] = {"standing": standing_of(record)} if record else {}
        if record and standing_of(record).is_public:
            context["where"] = choosing_change_set.shown(request, record, ChangeSet.Cause.WITHDRAWAL)
        return super().delete_view(request, object_id, context | (extra_context or {}))

    def delete_model(self, request: Any, obj: Any) -> None:
        public = standing_of(obj).is_public
        request.withdrawal = records.withdraw(
            record=obj, by=request.user, at=timezone.now(), reason=request.POST.get("reason", ""),
            change_set=choosing_change_set.chosen(request, obj, withdrawal_title(obj.name)) if public else None,
        )  # fmt: skip

    def response_delete(self, request: Any, obj_display: str, obj_id: Any) -> HttpResponse:
        message, level = withdrawing.outcome(obj_display, request.withdrawal)
        self.message_user(request, message, level)
        response = redirect(reverse(f"admin:tracker_{self.opts.model_name}_changelist"))
        returned_forms.told_saved(request, response)
        return response


def change_set_link(change_set: ChangeSet, short: bool = False) -> str:
    """Return a link to the page of a change set."""
    address = reverse("admin:tracker_changeset_change", args=[change_set.pk])
    text = f"#{change_set.pk}" if short else _("change set #%(id)s “%(message)s”") % {
        "id": change_set.pk, "message": change_set.message,
    }  # fmt: skip
    return format_html('<a class="text-link underline" href="{}">{}</a>', address, text)
