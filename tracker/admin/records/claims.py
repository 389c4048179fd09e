"""Claims: rows on the page of the record that they are about, and a list of all."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.checks import InlineModelAdminChecks
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import QuerySet
from django.forms.models import BaseModelFormSet, modelformset_factory
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from tracker.admin.evidence.claim_support import SUPPORT_COLOURS, support_shown
from tracker.admin.forms.inlines import PartInline
from tracker.admin.forms.records import EditedForm
from tracker.admin.records.base import CuratedAdmin
from tracker.admin.review import choosing_change_set
from tracker.admin.site.admin_site import site
from tracker.curation.desk import records
from tracker.curation.evidence.settling import ClaimsRefused
from tracker.curation.review.naming import title_of
from tracker.filters.claims import BY_PASSAGE
from tracker.filters.desk_search import search_claims
from tracker.models import Claim
from tracker.models.base import Record
from tracker.records.engine.claims import next_id
from tracker.records.registry import KINDS


def record_of(claim: Claim) -> Record | None:
    """Return the record that a claim is about, or None where it is gone."""
    kind = KINDS.get(claim.record_kind)
    return kind.model.named(claim.record_id) if kind else None


class ClaimFormSet(BaseModelFormSet):
    """The claims about one record, which they name by kind and public id."""

    def __init__(
        self, data: Any = None, files: Any = None, instance: Any = None, queryset: QuerySet[Claim] | None = None,
        save_as_new: bool = False, **kwargs: Any,
    ) -> None:  # fmt: skip
        self.instance = instance
        claims = Claim.objects.all() if queryset is None else queryset
        about = {"record_kind": instance.kind, "record_id": instance.public_id} if instance and instance.pk else None
        super().__init__(data, files, queryset=claims.filter(**about) if about else claims.none(), **kwargs)

    @classmethod
    def get_default_prefix(cls) -> str:
        """Return what the names of the fields begin with."""
        return "claims"

    def save_new(self, form: Any, commit: bool = True) -> Claim:
        """Save a claim about the record, under the next id of its document."""
        claim: Claim = form.save(commit=False)
        claim.record_kind, claim.record_id = self.instance.kind, self.instance.public_id
        claim.public_id = next_id(claim.document)
        claim.save()
        return claim


class ClaimInlineChecks(InlineModelAdminChecks):
    """The checks of an inline, without those of the foreign key that claims do not have."""

    def _check_exclude_of_parent_model(self, obj: Any, parent_model: Any) -> list[Any]:
        return []

    def _check_relation(self, obj: Any, parent_model: Any) -> list[Any]:
        return []


class ClaimInline(PartInline):
    """What documents assert of the record."""

    model = Claim
    formset = ClaimFormSet
    checks_class = ClaimInlineChecks
    fields = (
        "document", "quote", "support_label", "passage_start", "passage_end", "locator", "field", "value", "verdict",
        "reason",
    )  # fmt: skip
    readonly_fields = ("support_label",)
    autocomplete_fields = ("document",)
    joins = ("document",)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Return the field of a form; where a field of the record is named, how that is done here."""
        if db_field.name == "field":
            kwargs["help_text"] = _(
                "Which field of the record it is about: choose it beside the form. Empty: the whole."
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Return a set of forms without a foreign key to the record."""
        can_change, can_add = self.has_change_permission(request, obj), self.has_add_permission(request, obj)
        refused = getattr(request, "refused", None)
        problems = refused.problems if isinstance(refused, ClaimsRefused) else []

        class PermittedForm(self.form):  # type: ignore[name-defined]  # which form is known at run time
            def has_changed(self) -> bool:
                return (can_add if self.instance._state.adding else can_change) and super().has_changed()

            def clean(self) -> Any:
                """Say at the claim itself why it was refused a moment ago."""
                cleaned = super().clean()
                said = (getattr(cleaned.get("document"), "pk", None), cleaned.get("quote"), cleaned.get("value"))
                for problem in problems:
                    if problem.said == said:
                        self.add_error(problem.field, problem.message)
                return cleaned

        return modelformset_factory(
            self.model,
            form=PermittedForm,
            formset=self.formset,
            fields=[
                name
                for name in kwargs.get("fields") or flatten_fieldsets(self.get_fieldsets(request, obj))
                if name not in self.get_readonly_fields(request, obj)
            ],
            formfield_callback=partial(self.formfield_for_dbfield, request=request),
            extra=self.get_extra(request, obj),
            can_delete=self.can_delete and self.has_delete_permission(request, obj),
        )

    @display(description=_("support"))
    def support_label(self, claim: Claim) -> str:
        """What stands behind it; a row that is new has none yet."""
        return support_shown(claim)[1] if claim.pk else ""


class PassageFilter(DropdownFilter):
    """By what became of the passage: dead, moved or gone."""

    title = _("passage")
    parameter_name = "passage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [
            ("dead", _("dead: not in the text")), ("moved", _("moved: elsewhere, or in other words")),
            ("gone", _("gone: no longer in the newest text")),
        ]  # fmt: skip

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        wanted = BY_PASSAGE.get(self.value() or "")
        return queryset if wanted is None else queryset.filter(wanted)


class ClaimForm(EditedForm):
    """The form of a claim by itself; its record is what is checked out."""

    def edited_record(self) -> Record | None:
        return record_of(self.instance) if self.instance.pk else None


@admin.register(Claim, site=site)
class ClaimAdmin(CuratedAdmin):
    """All claims. New ones are made at the record that they are about."""

    form = ClaimForm
    change_form_before_template = "admin/tracker/before_fields.html"
    list_display = ("public_id", "record", "field", "value", "quote", "verdict_label", "support_label", "document")
    list_select_related = ("document",)
    list_filter = (
        ("verdict", ChoicesDropdownFilter), ("support", ChoicesDropdownFilter),
        PassageFilter, ("document", AutocompleteSelectFilter), "record_kind",
    )  # fmt: skip
    search_fields = ("found_by", "document__found_by")
    fields = (
        "public_id", "record", "document", ("passage_start", "passage_end"), "locator", "quote", "field", "value",
        "verdict", "reason", "support_label",
    )  # fmt: skip
    readonly_fields = ("public_id", "record", "support_label")
    autocomplete_fields = ("document",)

    def edited_record(self, obj: Any) -> Record | None:
        return record_of(obj)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return what REST finds, too."""
        return search_claims(queryset, search_term), False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def delete_model(self, request: Any, obj: Claim) -> None:
        """Remove the claim in an edit of its record."""
        record = record_of(obj)
        assert record is not None
        change_set = choosing_change_set.chosen(request, record, title_of(record))
        with records.edit(record=record, by=request.user, at=timezone.now(), change_set=change_set):
            obj.delete()

    @display(description=_("record"), ordering="record_id")
    def record(self, claim: Claim) -> str:
        """The record that it is about, with a link."""
        address = reverse("admin:record", args=[claim.record_kind, claim.record_id])
        return format_html('<a class="text-link" href="{}">{} {}</a>', address, claim.record_kind, claim.record_id)

    @display(
        description=_("verdict"), ordering="verdict",
        label={Claim.Verdict.OPEN: "info", Claim.Verdict.ADOPTED: "success", Claim.Verdict.REJECTED: "danger"},
    )  # fmt: skip
    def verdict_label(self, claim: Claim) -> tuple[str, str]:
        """Its verdict, in colour."""
        return claim.verdict, claim.get_verdict_display()

    @display(description=_("support"), ordering="support", label=SUPPORT_COLOURS)
    def support_label(self, claim: Claim) -> tuple[str, str]:
        """What stands behind it, in colour."""
        return support_shown(claim)
