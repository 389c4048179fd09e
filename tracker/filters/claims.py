"""Filters on claims."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.filters.fields import FacetChoices, FacetReferences, ShelfFilterSet, ValuesFilter, found_by
from tracker.filters.values import ListField, unknown_reference
from tracker.models import Claim, Finding, Publication, Text
from tracker.records.engine.document_field import Fragment
from tracker.records.registry import KINDS


class RecordsField(ListField):
    """Records of any kind that are, or were, on the shelf, as `pledge:DEU-2025-0001`."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a form field gives what its text says
        values = super().to_python(value)
        for found in values:
            kind, _colon, public_id = found.partition(":")
            if kind not in KINDS:
                raise ValidationError(
                    gettext("“%(found)s” is no record such as pledge:DEU-2025-0001; kinds are %(kinds)s.")
                    % {"found": found[:60], "kinds": ", ".join(KINDS)}
                )
            if not Publication.objects.filter(kind=kind, public_id=public_id).exists():
                raise ValidationError(unknown_reference(kind, public_id))
        return values


class RecordFilter(ValuesFilter):
    """The record that a claim is about, by kind and public id."""

    field_class = RecordsField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("Kind and public id, or several separated by commas."), **kwargs)

    def schema(self) -> Fragment:
        return {"type": "string", "minLength": 1, "pattern": "^[a-z]+:[A-Za-z0-9-]+$"}

    def condition(self, values: list[str]) -> Q:
        return found_by("record", values)


class ClaimFilterSet(ShelfFilterSet):
    """Filters on claims."""

    document = FacetReferences(field_name="document", kind="document", label="Document")
    verdict = FacetChoices(field_name="verdict", allowed=Claim.Verdict.values, label="Verdict")
    record = RecordFilter(label="Record, such as pledge:DEU-2025-0001")
    record_kind = FacetChoices(field_name="record_kind", allowed=list(KINDS), label="Kind of record")


DEAD = Q(support=Claim.Support.BROKEN, score__isnull=True) & ~Q(quote="") & Exists(
    Text.objects.filter(document=OuterRef("document"))
)  # fmt: skip
"""Claims whose words a text that is held does not have, or whose field is gone."""

MOVED = Q(support=Claim.Support.PASSAGE) & (~Q(text_sha256="") | Q(score__lt=100))
"""Claims whose words stand in another version of the text, or in other words."""

GONE = Q(public_id__in=Finding.objects.standing().filter(rule="gone-from-newest-text").order_by().values("claim"))
"""Claims whose words an older text has, and the newest no more; of what is waived nobody needs to hear again."""

BY_PASSAGE = {"dead": DEAD, "moved": MOVED, "gone": GONE}
"""The conditions by the words that ask for them."""
