"""What is answered about imports: how far one is, and what its plan comes to by outcome and by cause."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.curation.importing.serializers import ImportLabelSerializer, ImportSerializer
from tracker.exchange.datasets.imports import progress_of
from tracker.exchange.datasets.twins import notices_of_twins
from tracker.models import Import, ImportStep, ReconciliationLine
from tracker.reporting.checks.reconciliation import amount, of_import
from tracker.reporting.desk.imports import Summary, by_recognition, summary

_PARTS = ("plan", "reconciliation", "steps", "rows", "labels", "twins", "report")


class MappedSerializer(serializers.Serializer):
    """The labels that were mapped."""

    labels = ImportLabelSerializer(many=True)


class ProgressSerializer(serializers.Serializer):
    """How many records are written, of how many; zeros where nothing is being applied."""

    done = serializers.IntegerField()
    total = serializers.IntegerField()


class LinksSerializer(serializers.Serializer):
    """Where the parts of an import are."""

    plan = serializers.URLField()
    reconciliation = serializers.URLField()
    steps = serializers.URLField()
    rows = serializers.URLField()
    labels = serializers.URLField()
    twins = serializers.URLField()
    report = serializers.URLField()


class CountsSerializer(serializers.Serializer):
    """How many there are of each outcome; those that there are none of are left out."""

    rows = serializers.DictField(child=serializers.IntegerField())
    records = serializers.DictField(child=serializers.IntegerField())


class DeskImportSerializer(ImportSerializer):
    """An import with how far it is and what its plan comes to."""

    progress = ProgressSerializer()
    counts = CountsSerializer()
    labels = serializers.IntegerField(help_text="Names in the file that no record goes by.")
    links = LinksSerializer()

    class Meta(ImportSerializer.Meta):
        fields = (*ImportSerializer.Meta.fields, "progress", "counts", "labels", "links")


class OutcomeSerializer(serializers.Serializer):
    """What becomes of so many rows, and of the records that they describe."""

    outcome = serializers.ChoiceField(ImportStep.Outcome.choices)
    words = serializers.CharField()
    rows = serializers.IntegerField()
    records = serializers.IntegerField()
    url = serializers.URLField(help_text="The steps.")


class CauseSerializer(serializers.Serializer):
    """Why so many records are in the plan. One that is in it for several causes counts under each."""

    cause = serializers.ChoiceField(ImportStep.Cause.choices)
    words = serializers.CharField()
    records = serializers.IntegerField()
    url = serializers.URLField(help_text="The steps.")


class CountedSerializer(serializers.Serializer):
    """So many, and where they are."""

    count = serializers.IntegerField()
    url = serializers.URLField()


class RenamedSerializer(serializers.Serializer):
    """A party that the file calls otherwise than the register does."""

    called = serializers.CharField(help_text="In the file.")
    id = serializers.CharField()
    name = serializers.CharField(help_text="As the register calls it.")
    rows = serializers.IntegerField()


class PlannedTwinsSerializer(CountedSerializer):
    """How many pairs of likely twins there are, and of how many nobody has decided what they are to each other."""

    undecided = serializers.IntegerField()


class MeasuredSerializer(serializers.Serializer):
    """What the file and the register come to at one stage, in the currency of the file."""

    stage = serializers.CharField()
    basis = serializers.CharField()
    currency = serializers.CharField()
    in_file = serializers.CharField()
    in_register = serializers.CharField()
    difference = serializers.CharField(help_text="Register less file.")


class NamedDifferenceSerializer(serializers.Serializer):
    """The differences of one name at one stage."""

    cause = serializers.ChoiceField([choice for choice in ReconciliationLine.Cause.choices if choice[0]])
    words = serializers.CharField()
    stage = serializers.CharField()
    currency = serializers.CharField()
    lines = serializers.IntegerField()
    difference = serializers.CharField()


class ReconciliationSerializer(serializers.Serializer):
    """The file's own totals beside what the register holds after applying, and the differences by name."""

    totals = MeasuredSerializer(many=True)
    differences = NamedDifferenceSerializer(many=True, help_text="Those to look at first, first.")
    url = serializers.URLField(help_text="Record by record.")


class PlanSerializer(serializers.Serializer):
    """What an import would do, or did, by outcome and by cause."""

    status = serializers.ChoiceField(Import.Status.choices)
    title = serializers.CharField()
    problem = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the plan: this one is applied, or none.")
    planned_at = serializers.DateTimeField(allow_null=True)
    notices = serializers.ListField(child=serializers.CharField(), help_text="To be looked at first.")
    reconciliation = ReconciliationSerializer()
    outcomes = OutcomeSerializer(many=True)
    causes = CauseSerializer(many=True)
    recognised_by = serializers.DictField(
        child=serializers.IntegerField(), help_text="How many records of the register were recognised by what."
    )
    gone = CountedSerializer(help_text="Records that the file no longer has. They stay unless withdrawn.")
    odd_rows = CountedSerializer(help_text="Rows with a cell that could not be read, or was read otherwise.")
    labels = CountedSerializer(help_text="Names that no record goes by.")
    renamed = RenamedSerializer(many=True, help_text="Parties that the file calls otherwise, by their aliases.")
    unread = serializers.ListField(child=serializers.CharField(), help_text="Headers of columns that are not read.")
    twins = PlannedTwinsSerializer(help_text="Pairs of a new pledge and one that it is likely to be.")


def as_document(imported: Import, request: Request) -> dict[str, Any]:
    """Return an import with how far it is, what its plan comes to, and where the parts of that are."""
    counted = summary(imported)
    done, total = progress_of(imported)
    return ImportSerializer(imported).data | {
        "progress": {"done": done, "total": total},
        "counts": {"rows": counted.rows, "records": counted.records},
        "labels": counted.labels,
        "links": {part: _url(part, imported, request) for part in _PARTS},
    }


def plan_of(imported: Import, request: Request) -> dict[str, Any]:
    """Return what the plan of an import comes to, with the address of each part of it."""
    counted = summary(imported)
    return {
        "status": imported.status, "title": imported.title, "problem": imported.problem,
        "digest": imported.digest, "planned_at": imported.planned_at,
        "notices": [*notices_of_twins(counted.twins, counted.undecided), *imported.notices],
        "reconciliation": _reconciliation(imported, request),
        "outcomes": _outcomes(counted, imported, request),
        "causes": [
            {"cause": cause, "words": ImportStep.Cause(cause).label, "records": count,
             "url": _url("steps", imported, request, f"cause={cause}")}
            for cause, count in counted.causes.items()
        ],
        "recognised_by": by_recognition(imported),
        "gone": {
            "count": counted.records.get(ImportStep.Outcome.GONE, 0),
            "url": _url("steps", imported, request, f"outcome={ImportStep.Outcome.GONE}"),
        },
        "odd_rows": {"count": counted.noted, "url": _url("rows", imported, request, "has_notes=true")},
        "labels": {"count": counted.labels, "url": _url("labels", imported, request)},
        "renamed": [dict(zip(("called", "id", "name", "rows"), row, strict=True)) for row in imported.renamed],
        "unread": imported.unread,
        "twins": {
            "count": counted.twins, "undecided": counted.undecided,
            "url": _url("twins", imported, request),
        },
    }  # fmt: skip


def _reconciliation(imported: Import, request: Request) -> dict[str, Any]:
    found = of_import(imported)
    labels = dict(ReconciliationLine.Cause.choices)
    return {
        "totals": [
            measure._asdict() | {
                "in_file": f"{amount(total.in_file, measure):f}",
                "in_register": f"{amount(total.in_register, measure):f}",
                "difference": f"{amount(total.difference, measure):f}",
            }
            for measure, total in found.totals.items()
        ],
        "differences": [
            {"cause": cause, "words": str(labels[cause]), "stage": measure.stage, "currency": measure.currency,
             "lines": named.lines, "difference": f"{amount(named.difference, measure):f}"}
            for (cause, measure), named in found.by_name()
        ],
        "url": _url("reconciliation", imported, request),
    }  # fmt: skip


def _outcomes(counted: Summary, imported: Import, request: Request) -> list[dict[str, Any]]:
    return [
        {"outcome": outcome, "words": outcome.label, "rows": counted.rows.get(outcome, 0),
         "records": counted.records.get(outcome, 0), "url": _url("steps", imported, request, f"outcome={outcome}")}
        for outcome in ImportStep.Outcome
        if outcome in counted.rows or outcome in counted.records
    ]  # fmt: skip


def _url(part: str, imported: Import, request: Request, query: str = "") -> str:
    address: str = reverse(f"desk-import-{part}", kwargs={"number": imported.pk}, request=request)
    return f"{address}?{query}" if query else address
