"""Items: what a pledge gives, one line each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part
from tracker.models.constraints import not_negative
from tracker.models.desk.categories import Category
from tracker.models.desk.parties import Party
from tracker.models.desk.platforms import Platform
from tracker.models.desk.pledges import Pledge
from tracker.models.desk.requirements import Requirement
from tracker.models.fields import QuantityField, QuantityHighField, QuantityLowField


class Item(Part):
    """One line of a pledge: what is given, how many, out of whose stock or from whom."""

    identified_by = ("pledge__public_id", "number")

    class Modality(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        STOCK_TRANSFER = "stock_transfer", _("stock transfer")
        PROCUREMENT = "procurement", _("procurement")
        FINANCED_PURCHASE = "financed_purchase", _("financed purchase")
        GRANT = "grant", _("grant")
        LOAN = "loan", _("loan")
        GUARANTEE = "guarantee", _("guarantee")
        TRAINING = "training", _("training")
        MAINTENANCE = "maintenance", _("maintenance")
        SERVICE = "service", _("service")

    class Condition(models.TextChoices):
        NEW = "new", _("new")
        SECOND_HAND = "second_hand", _("second hand")
        MODERNISED = "modernised", _("second hand, modernised")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    part_of = models.ForeignKey(
        "self", models.SET_NULL, verbose_name=_("part of"), null=True, blank=True, related_name="parts",
        help_text=_("The item whose number this one is within: of which 500,000 are 155 mm. It is not counted again."),
    )  # fmt: skip
    platform = models.ForeignKey(
        Platform, models.PROTECT, verbose_name=_("platform"), null=True, blank=True, related_name="items"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, verbose_name=_("category"), null=True, blank=True, related_name="items",
        help_text=_("Only where there is no platform, which has its own."),
    )  # fmt: skip
    description = models.CharField(_("description"), max_length=500, blank=True, default="")
    quantity = QuantityField(_("quantity"))
    quantity_low = QuantityLowField("quantity")
    quantity_high = QuantityHighField("quantity")
    quantity_words = models.CharField(_("in the source's words"), max_length=120, blank=True, default="")
    modality = models.CharField(_("modality"), max_length=20, choices=Modality, default=Modality.UNKNOWN)
    condition = models.CharField(
        _("condition"), max_length=20, choices=Condition, blank=True, default="", help_text=_("Empty: unknown.")
    )
    supplier = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("supplier"), null=True, blank=True, related_name="supplied_items"
    )
    stock_owner = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("stock owner"), null=True, blank=True, related_name="owned_items"
    )
    requirement = models.ForeignKey(
        Requirement, models.PROTECT, verbose_name=_("requirement"), null=True, blank=True, related_name="items"
    )

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "number"], name="item_number_once",
                violation_error_message=_("Another item of this pledge has this number."),
            ),
            not_negative("item_quantity_not_negative", "quantity_low", "quantity_high"),
            models.CheckConstraint(
                condition=Q(platform__isnull=False) | Q(category__isnull=False) | ~Q(description=""),
                name="item_names_something",
                violation_error_message=_("Name a platform or a category, or describe the item."),
            ),
            models.CheckConstraint(
                condition=Q(platform__isnull=True) | Q(category__isnull=True),
                name="item_platform_or_category",
                violation_error_message=_("Leave the category empty: the platform has its own."),
            ),
            models.CheckConstraint(
                condition=Q(part_of__isnull=True) | ~Q(part_of=F("id")), name="item_not_part_of_itself",
                violation_error_message=_("An item cannot be part of itself."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}. {self.quantity} × {self.platform or self.category or self.description}"
