"""What is answered about a change set: how long work on it stands, the effect of publishing, and its figures."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status

from tracker.curation import jobs
from tracker.curation.publishing import effect
from tracker.models import ChangeSet, Job, Stage
from tracker.reporting.desk.effects import in_a_sentence, is_known
from tracker.reporting.desk.figures import SHOWN

INTERRUPTED = "interrupted"
CENTS = Decimal("0.01")
MILLIONTHS = Decimal("0.000001")
_UNKNOWN = {"changes": None, "totals": None, "quantities": None}


class JobSerializer(serializers.ModelSerializer):
    """Long work that somebody asked for: how far it is, and what kept it from being done."""

    asked_by = serializers.CharField(source="asked_by.username")
    status = serializers.ChoiceField(
        [*Job.Status.choices, (INTERRUPTED, _("interrupted"))],
        help_text="`interrupted`: the process that was at work is gone, and nothing was written. A worker that is "
        "started begins it again, and asking again does.",
    )  # fmt: skip
    steps_done = serializers.IntegerField(source="done")
    steps = serializers.IntegerField(source="total", help_text="Zero where it is not at work.")

    class Meta:
        model = Job
        fields = ("status", "asked_by", "asked_at", "begun_at", "ended_at", "steps_done", "steps", "problem")

    def to_representation(self, job: Job) -> dict[str, Any]:
        """Return the job as it stands now."""
        done, total = job.progress()
        document: dict[str, Any] = super().to_representation(job) | {"steps_done": done, "steps": total}
        return document | ({"status": INTERRUPTED} if job.is_interrupted() else {})


class ChangedSumSerializer(serializers.Serializer):
    """A sum that publishing changes, in euros."""

    table = serializers.ChoiceField(
        [(name, name) for name in effect.TABLES], help_text="Each is by stage, too; `aid_type`: of contributors."
    )  # fmt: skip
    row = serializers.CharField(
        help_text="Public id of the contributor, initiative or group, or the month; empty: none."
    )
    aid_type = serializers.CharField(help_text="In the table of aid types; else empty.")
    stage = serializers.ChoiceField(Stage.choices)
    before = serializers.DecimalField(20, 2, allow_null=True, help_text="Null where no amount is known; 0 for none.")
    after = serializers.DecimalField(20, 2, allow_null=True, help_text="Null where no amount is known.")


class ChangedTotalSerializer(serializers.Serializer):
    """The total of a stage that publishing changes, in euros."""

    stage = serializers.ChoiceField(Stage.choices)
    before = serializers.DecimalField(20, 2, allow_null=True, help_text="Null where no amount is known; 0 for none.")
    after = serializers.DecimalField(20, 2, allow_null=True, help_text="Null where no amount is known.")


class ChangedQuantitySerializer(serializers.Serializer):
    """How much of a platform is published of a contributor, where publishing changes that, in units."""

    contributor = serializers.CharField(help_text="Public id.")
    platform = serializers.CharField(help_text="Public id.")
    nature = serializers.CharField(help_text="`deployment`: that is no aid, and counted apart; else empty.")
    stage = serializers.ChoiceField(Stage.choices)
    before = serializers.DecimalField(20, 6)
    after = serializers.DecimalField(20, 6)


class EffectSerializer(serializers.Serializer):
    """What publishing a change set would do to the published sums."""

    job = JobSerializer(allow_null=True, help_text="How the work stands; null where nobody asked for it.")
    changes = ChangedSumSerializer(
        many=True, allow_null=True,
        help_text="The most changed first. Null, like the others, as long as it is not worked out, and where it "
        "cannot be for one of the `problems`.",
    )  # fmt: skip
    totals = ChangedTotalSerializer(many=True, allow_null=True)
    quantities = ChangedQuantitySerializer(many=True, allow_null=True, help_text="The most changed first.")
    sentence = serializers.CharField(allow_null=True, help_text="All of it in words, or why it is not known.")
    problems = serializers.ListField(
        child=serializers.CharField(), help_text="What keeps the change set from being published, a line each."
    )
    is_old = serializers.BooleanField(help_text="Something was edited, or published, since; ask again.")


class FigureChangeSerializer(serializers.Serializer):
    """An exchange rate or an indicator of a change set, and what it follows."""

    kind = serializers.CharField()
    figure = serializers.CharField()
    before = serializers.CharField(allow_null=True, help_text="Null where none stood.")
    after = serializers.CharField()


class FigureChangesSerializer(serializers.Serializer):
    """The figures of a change set."""

    count = serializers.IntegerField()
    shown = FigureChangeSerializer(many=True, help_text=f"The first {SHOWN} of each kind.")


def code_of(job: Job | None) -> int:
    """Return the code of an answer after work was asked for: 202 where it is still to be done."""
    if job is not None:
        job.refresh_from_db()
    return status.HTTP_202_ACCEPTED if job is not None and job.is_open else status.HTTP_200_OK


def effect_of(change_set: ChangeSet) -> dict[str, Any]:
    """Return what is known of the effect of a change set."""
    job = jobs.newest(kind=Job.Kind.EFFECT, of=change_set)
    result = job.result if job and "tables" in (job.result or {}) else None
    about: dict[str, Any] = {"job": None if job is None else JobSerializer(job).data}
    if result is None:
        return about | _UNKNOWN | {"sentence": None, "problems": [], "is_old": False}
    about["is_old"] = not effect.kept_effect(change_set)[1]
    about |= {"sentence": in_a_sentence(result), "problems": result["problems"]}
    if not is_known(result):
        return about | _UNKNOWN
    quantities = result.get("quantities", ())
    return about | {
        "changes": [
            {"table": table, "row": row, "aid_type": aid_type, "stage": stage} | _euros(before, after)
            for table, cells in result["tables"].items()
            for row, aid_type, stage, before, after in cells
        ],
        "totals": [{"stage": stage} | _euros(before, after) for stage, before, after in result["totals"]],
        "quantities": [
            dict(zip(("contributor", "platform", "nature", "stage"), cell[:4], strict=True)) | _units(*cell[4:])
            for cell in quantities
        ],
    }


def _euros(before: int | None, after: int | None) -> dict[str, str | None]:
    pair = (("before", before), ("after", after))
    return {name: None if cents is None else str(cents * CENTS) for name, cents in pair}


def _units(before: int, after: int) -> dict[str, str]:
    return {"before": str(before * MILLIONTHS), "after": str(after * MILLIONTHS)}
