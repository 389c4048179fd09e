"""Filters on claims."""

from django.db.models import Q

from tracker.filters.fields import FacetChoices, FacetReferences, ShelfFilterSet, ValuesFilter, has_facet
from tracker.models import Claim


class RecordFilter(ValuesFilter):
    """The record that a claim is about, by kind and public id."""

    def condition(self, values: list[str]) -> Q:
        return has_facet("record", values)


class ClaimFilterSet(ShelfFilterSet):
    """Filters on claims."""

    document = FacetReferences(field_name="document", kind="document", label="Document")
    verdict = FacetChoices(field_name="verdict", allowed=Claim.Verdict.values, label="Verdict")
    record = RecordFilter(label="Record, such as pledge:DEU-2025-0001")
