"""Pledges: one promise on one page."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import path
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.forms.copying import copy_view
from tracker.admin.forms.inlines import NumberedInline, PartInline
from tracker.admin.forms.pledges import (
    AboutAmountForm,
    EntryForm,
    EntryFormSet,
    ItemForm,
    ItemFormSet,
    PledgeForm,
    ShareFormSet,
    ValuationForm,
    ValuationFormSet,
)
from tracker.admin.lists.filters import ContributorGroupFilter, DayListFilter, StateFilter
from tracker.admin.lists.record_filters import AmountListFilter, DatasetFilter, declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.review import twins
from tracker.admin.site.admin_site import site
from tracker.lib import partial_dates
from tracker.models import Condition, Entry, Item, Party, Pledge, PledgeLink, Share, Stage, Valuation

UKRAINE = "UKR"
_STAGES = dict(Stage.choices)


class ShareInline(PartInline):
    """Who bears the cost."""

    model = Share
    form = AboutAmountForm
    formset = ShareFormSet
    fields = ("contributor", "fraction", "amount", "currency", "note")
    autocomplete_fields = ("contributor",)
    joins = ("contributor",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1


class ItemInline(NumberedInline):
    """What is given."""

    model = Item
    form = ItemForm
    formset = ItemFormSet
    fields = (
        "number", "platform", "category", "description", "quantity", "quantity_words", "part_of_number", "modality",
        "condition", "supplier", "stock_owner", "requirement",
    )  # fmt: skip
    autocomplete_fields = ("platform", "category", "supplier", "stock_owner", "requirement")
    joins = ("platform", "category", "supplier", "stock_owner", "requirement", "part_of")

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Leave it to the entries' own check whether a removed item is still named."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("ItemForm", (formset.form,), {"hand_clean_DELETE": lambda form: None})
        return formset

    @display(description=_("part of no."))
    def part_of_number(self, item: Item) -> int | None:
        """The number of the item that it is part of, where the page cannot be edited."""
        return item.part_of.number if item.part_of else None


class ConditionInline(NumberedInline):
    """On what it depends."""

    model = Condition
    fields = ("number", "words", "met_by", "due", "state", "settled", "settled_by")
    autocomplete_fields = ("settled_by",)
    joins = ("settled_by",)
    classes = ("collapse",)


class EntryInline(NumberedInline):
    """Steps in money or quantity."""

    model = Entry
    form = EntryForm
    formset = EntryFormSet
    fields = ("number", "stage", "amount", "currency", "date", "item_number", "quantity", "is_total", "note")
    joins = ("item",)

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        return 0 if obj else 1

    @display(description=_("item no."))
    def item_number(self, entry: Entry) -> int | None:
        """The number of the item, where the page cannot be edited."""
        return entry.item.number if entry.item else None


class ValuationInline(PartInline):
    """Amounts on other bases."""

    model = Valuation
    form = ValuationForm
    formset = ValuationFormSet
    fields = ("entry_number", "item_number", "basis", "amount", "low", "high", "currency", "source")
    joins = ("entry", "item")
    classes = ("collapse",)

    @display(description=_("entry no."))
    def entry_number(self, valuation: Valuation) -> int | None:
        """The number of the entry, where the page cannot be edited."""
        return valuation.entry.number if valuation.entry else None

    @display(description=_("item no."))
    def item_number(self, valuation: Valuation) -> int | None:
        """The number of the item, where the page cannot be edited."""
        return valuation.item.number if valuation.item else None


class LinkInline(PartInline):
    """Overlap with other pledges."""

    model = PledgeLink
    fk_name = "pledge"
    fields = ("link", "target", "note")
    autocomplete_fields = ("target",)
    joins = ("target",)
    classes = ("collapse",)


@admin.register(Pledge, site=site)
class PledgeAdmin(RecordAdmin):
    """Pledges."""

    form = PledgeForm
    change_form_template = "admin/tracker/pledge_form.html"
    list_display = (
        "public_id", "name", "contributors", "beneficiary", "sort", "when", "steps", "state", "holder",
    )  # fmt: skip
    list_display_links = ("public_id", "name")
    list_select_related = ("beneficiary",)
    list_prefetches = ("shares__contributor", "entries")
    list_filter = (
        StateFilter, *declared_filters("pledge"), ContributorGroupFilter, DatasetFilter, AmountListFilter,
        ("announced_earliest", DayListFilter),
    )  # fmt: skip
    date_hierarchy = "announced_earliest"
    autocomplete_fields = ("beneficiary", "host", "base_state", "initiative", "package", "meeting")
    fieldsets = (
        (None, {"fields": ["name"]}),
        (
            None,
            {"fields": [("announced", "initiative"), ("nature", "aid_type"), ("beneficiary", "host")]},
        ),
        (
            _("Where own forces are, of a deployment"),
            {"fields": [("base", "base_state"), "area"], "classes": ["collapse"]},
        ),
        (
            _("More about it"),
            {"fields": [("meeting", "package"), ("aid_kind", "rate_policy"), "description"], "classes": ["collapse"]},
        ),
    )
    inlines = (ShareInline, EntryInline, ItemInline, ConditionInline, ClaimInline, ValuationInline, LinkInline)

    def get_urls(self) -> list[Any]:
        """Add the worklist of likely twins, and what it and the form ask."""
        protect, context = self.admin_site.admin_view, self.admin_site.each_context
        worklist = protect(lambda request: twins.twins_view(request, context(request)))
        own = [
            path("<int:pk>/copy/", protect(partial(copy_view, self)), name="tracker_pledge_copy"),
            path("twins/", worklist, name="tracker_pledge_twins"),
            path("twins/typed/", protect(twins.typed_view), name="tracker_pledge_twins_typed"),
            path("twins/renew/", protect(twins.renew_view), name="tracker_pledge_twins_renew"),
            path("twins/decide/", protect(twins.decide_view), name="tracker_pledge_twins_decide"),
        ]
        return [*own, *super().get_urls()]

    def save_related(self, request: Any, form: Any, formsets: list[Any], change: bool) -> None:
        """Save the pledge, and say where it looks like another."""
        super().save_related(request, form, formsets, change)
        told = "" if getattr(request, "nothing_changed", False) else twins.told_after_saving(form.instance)
        if told:
            self.message_user(request, told, messages.WARNING)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Begin with what most pledges are: military aid to Ukraine, in money."""
        ukraine = Party.objects.filter(public_id=UKRAINE).values_list("pk", flat=True).first()
        usual = {"nature": Pledge.Nature.FINANCING, "aid_type": Pledge.AidType.MILITARY, "beneficiary": ukraine}
        return usual | super().get_changeform_initial_data(request)

    def _create_formsets(self, request: HttpRequest, obj: Any = None, change: bool = False) -> Any:
        """Tell the rows that name others by number where to find them."""
        formsets, inlines = super()._create_formsets(request, obj, change)
        by_model = {formset.model: formset for formset in formsets}
        items, entries = by_model.get(Item), by_model.get(Entry)
        if items is not None:
            items.referred = {"part_of_number": items}
        if entries is not None:
            entries.referred = {"item_number": items} if items is not None else {}
        if Valuation in by_model:
            found = {"item_number": items, "entry_number": entries}
            by_model[Valuation].referred = {name: formset for name, formset in found.items() if formset is not None}
        return formsets, inlines

    def lead(self, formsets: list[Any]) -> Party | None:
        """Return the first contributor, who is in the public id of a new pledge."""
        shares = next((formset for formset in formsets if formset.model is Share), None)
        named = shares.remaining_forms() if shares is not None else []
        return named[0].cleaned_data["contributor"] if named else None

    def save_parts(self, formsets: list[Any]) -> None:
        """Save the rows so that none is ever without one that it refers to.

        Items come before the entries that name them; what is removed of them goes last, when none does.
        """
        ordered = sorted(formsets, key=lambda formset: formset.model is not Item)
        removed = [form.instance for form in ordered[0].deleted_forms] if ordered[0].model is Item else []
        ordered[0].delete_existing = lambda obj, commit=True: None
        super().save_parts(ordered)
        for item in removed:
            item.delete()

    @display(description=_("contributors"))
    def contributors(self, pledge: Pledge) -> str:
        """The contributors, in the order in which they were entered."""
        return ", ".join(share.contributor.name for share in pledge.shares.all())

    @display(description=_("nature"), ordering="nature")
    def sort(self, pledge: Pledge) -> str:
        """Nature and aid type in two words."""
        return " · ".join(filter(None, (pledge.nature, pledge.aid_type)))

    @display(description=_("announced"), ordering="announced_earliest")
    def when(self, pledge: Pledge) -> str:
        """The date in words."""
        return partial_dates.stored(pledge.announced).describe()

    @display(description=_("entries"))
    def steps(self, pledge: Pledge) -> str:
        """The first entries in words."""
        words = [_entry_in_words(entry) for entry in pledge.entries.all()]
        return "; ".join(words[:2]) + (f" … (+{len(words) - 2})" if len(words) > 2 else "")


def _entry_in_words(entry: Entry) -> str:
    # As get_stage_display does, which makes a dictionary of all stages each time.
    stage = capfirst(str(_STAGES.get(entry.stage, entry.stage)))
    if entry.amount is not None:
        return f"{stage}: {entry.currency} {entry.amount:,.0f}"
    return f"{stage}: {entry.quantity}" if entry.quantity else stage
