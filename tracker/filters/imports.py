"""Filters on the steps and the rows of a plan."""

import django_filters
from django.db.models import Q

from tracker.filters.fields import ChoicesFilter
from tracker.models import ImportStep, ReconciliationLine, Stage


class CauseFilter(ChoicesFilter):
    """Steps with one of several causes; a step can have more than one."""

    def condition(self, values: list[str]) -> Q:
        return Q(*(Q(causes__contains=f" {value} ") for value in values), _connector=Q.OR)


class NotedFilter(ChoicesFilter):
    """Rows in which something was odd, or those in which nothing was."""

    def condition(self, values: list[str]) -> Q:
        return Q(*(~Q(notes="") if value == "true" else Q(notes="") for value in values), _connector=Q.OR)


class StepFilterSet(django_filters.FilterSet):
    """Filters on the steps of a plan."""

    outcome = ChoicesFilter(field_name="outcome", allowed=ImportStep.Outcome.values, label="Outcome")
    cause = CauseFilter(field_name="causes", allowed=ImportStep.Cause.values, label="Cause")


class DifferingFilter(ChoicesFilter):
    """Lines in which the register is not what the file is, or those in which it is."""

    def condition(self, values: list[str]) -> Q:
        return Q(*(~Q(cause="") if value == "true" else Q(cause="") for value in values), _connector=Q.OR)


class ReconciliationFilterSet(django_filters.FilterSet):
    """Filters on the lines of a reconciliation."""

    stage = ChoicesFilter(field_name="stage", allowed=Stage.values, label="Stage")
    cause = ChoicesFilter(
        field_name="cause", allowed=[value for value in ReconciliationLine.Cause.values if value], label="Cause"
    )
    differs = DifferingFilter(field_name="difference", allowed=["true", "false"], label="Whether the register differs")


class DecidedFilter(ChoicesFilter):
    """Twins about which something is decided, or those about which nothing is."""

    def condition(self, values: list[str]) -> Q:
        return Q(*(~Q(decision="") if value == "true" else Q(decision="") for value in values), _connector=Q.OR)


class TwinFilterSet(django_filters.FilterSet):
    """Filters on the likely twins of a plan."""

    is_decided = DecidedFilter(field_name="decision", allowed=["true", "false"], label="Whether it is decided")


class RowFilterSet(django_filters.FilterSet):
    """Filters on the rows of a file."""

    outcome = ChoicesFilter(field_name="outcome", allowed=ImportStep.Outcome.values, label="Outcome")
    has_notes = NotedFilter(field_name="notes", allowed=["true", "false"], label="Whether something was odd in the row")
