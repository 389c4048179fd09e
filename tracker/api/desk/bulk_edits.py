"""Editing many records by one request: what each would become, or the act, in one change set."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.jobs import JobSerializer
from tracker.api.protocol.parameters import check_parameters
from tracker.curation.desk import bulk_edits, bulk_planning
from tracker.curation.desk.bulk_edits import AT_ONCE, Outcome
from tracker.curation.desk.bulk_planning import PlannedRecord, Setting
from tracker.curation.desk.bulk_rows import NotForMany
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Job, Pledge
from tracker.models.fields import PUBLIC_ID
from tracker.records.registry import KINDS
from tracker.reporting.shelf.comparing import lines
from tracker.reporting.shelf.wording import in_words

MOST = 10_000


class BulkEditSerializer(serializers.Serializer):
    """An edit of many records that somebody asks for."""

    kind = serializers.ChoiceField([(kind, kind) for kind in KINDS])
    ids = serializers.ListField(
        child=serializers.CharField(max_length=100, validators=[PUBLIC_ID]),
        min_length=1,
        max_length=MOST,
        help_text="Public ids.",
    )
    values = serializers.DictField(
        help_text="A part of a document: the fields to set, as a record of the desk has them."
    )
    rows = serializers.CharField(
        default="", max_length=60, allow_blank=True,
        help_text="A list of the records, such as items: the values are set on its rows, and not on the records.",
    )  # fmt: skip
    where = serializers.DictField(
        default=dict,
        help_text='Which rows: those that say all of this, such as `{"platform": "himars"}`; left out, each. Of '
        "texts it is words that they hold.",
    )
    preview = serializers.BooleanField(default=False, help_text="Say what each would become, and write nothing.")
    change_set = serializers.IntegerField(
        required=False, min_value=1, help_text="One of yours that is still editable; left out, a new one is opened."
    )
    message = serializers.CharField(required=False, max_length=300, help_text="What a new change set is called.")
    cause = serializers.ChoiceField(
        ChangeSet.Cause.choices, default=ChangeSet.Cause.NEW_INFORMATION, help_text="The cause of a new change set."
    )


class BulkChangeSerializer(serializers.Serializer):
    """One field of one record, in words."""

    field = serializers.CharField()
    before = serializers.CharField(allow_blank=True)
    after = serializers.CharField(allow_blank=True)


class BulkLineSerializer(serializers.Serializer):
    """What would become of one record."""

    id = serializers.CharField()
    changes = BulkChangeSerializer(many=True, help_text="None where it says this already, or is left out.")
    left_out = serializers.CharField(allow_null=True, help_text="Why it would be left out.")


class LeftOutRecordSerializer(serializers.Serializer):
    """A record that was left out."""

    id = serializers.CharField()
    reason = serializers.CharField()


class BulkOutcomeSerializer(serializers.Serializer):
    """What became of the records, or would."""

    change_set = serializers.IntegerField(allow_null=True, help_text="Null of a preview.")
    edited = serializers.IntegerField(allow_null=True, help_text="Null as long as it is not done.")
    unchanged = serializers.IntegerField(allow_null=True)
    left_out = LeftOutRecordSerializer(many=True, help_text="The first hundred, where a job did it.")
    job = JobSerializer(allow_null=True, help_text=f"Of an edit of more than {AT_ONCE}.")
    preview = BulkLineSerializer(many=True, allow_null=True)


class BulkEditDesk(DeskView):
    """Edits of many records."""

    permission_model = Pledge
    verbs = DeskView.verbs | {"create": "change"}
    problems = {"create": (409,)}

    @extend_schema(request=BulkEditSerializer, responses={200: BulkOutcomeSerializer, 202: BulkOutcomeSerializer})
    def create(self, request: Request) -> Response:
        """Set some fields of many records, or of rows of theirs, in one change set; or say what each would become.

        A record that refuses the values, or that another change set holds, is left out and named.
        """
        asked = self.body(BulkEditSerializer(data=request.data))
        model = KINDS[asked["kind"]].model
        if not self.user.has_perm(f"tracker.change_{model._meta.model_name}"):
            raise PermissionDenied
        setting = Setting(asked["kind"], asked["values"], asked["rows"], asked["where"])
        named = {"setting": setting, "public_ids": asked["ids"], "by": self.user}
        try:
            return self._preview(asked, named) if asked["preview"] else self._edit(asked, named)
        except NotForMany as error:
            raise serializers.ValidationError({"values": [str(error)]}) from error

    @extend_schema(responses=BulkOutcomeSerializer)
    def retrieve(self, request: Request, number: int) -> Response:
        """Return how far the newest edit of many records in a change set is, which a job does."""
        check_parameters(request, ())
        job = Job.objects.filter(kind=Job.Kind.BULK_EDIT, change_set=number).select_related("asked_by").last()
        if job is None:
            raise NotFound(_("No job edits records in change set #%s.") % number)
        return self.answer(_of_job(job))

    def _preview(self, asked: dict[str, Any], named: dict[str, Any]) -> Response:
        planned = bulk_planning.plan(**named, change_set=self._named_set(asked))
        refused = [{"id": line.public_id, "reason": line.refusal} for line in planned if line.refusal]
        edited = sum(line.is_changed for line in planned)
        return self.answer({
            "change_set": None, "edited": edited, "unchanged": len(planned) - edited - len(refused),
            "left_out": refused, "job": None, "preview": [_line(asked["kind"], line) for line in planned],
        })  # fmt: skip

    def _edit(self, asked: dict[str, Any], named: dict[str, Any]) -> Response:
        at = timezone.now()
        is_long = len(asked["ids"]) > AT_ONCE
        if is_long:
            change_set = self._set_for(asked)
            done = bulk_edits.request(**named, change_set=change_set, at=at)
        else:
            with transaction.atomic():
                change_set = self._set_for(asked)
                done = bulk_edits.request(**named, change_set=change_set, at=at)
        if isinstance(done, Job):
            done.refresh_from_db()
            return self.answer(_of_job(done), status.HTTP_202_ACCEPTED if done.is_open else status.HTTP_200_OK)
        return self.answer(_of_outcome(change_set, done))

    def _set_for(self, asked: dict[str, Any]) -> ChangeSet:
        found = self._named_set(asked)
        if found is not None:
            return found
        message = asked.get("message") or _("%(kind)s: %(fields)s") % {
            "kind": KINDS[asked["kind"]].plural, "fields": ", ".join(asked["values"]),
        }  # fmt: skip
        return change_sets.open_change_set(
            author=self.user, message=message, cause=asked["cause"], at=timezone.now(),
            named=ChangeSet.Naming.TYPED if asked.get("message") else ChangeSet.Naming.WORK,
        )  # fmt: skip

    def _named_set(self, asked: dict[str, Any]) -> ChangeSet | None:
        if "change_set" not in asked:
            return None
        found = ChangeSet.objects.filter(pk=asked["change_set"]).first() if asked["change_set"] < 10**18 else None
        if found is None:
            raise serializers.ValidationError({"change_set": [_("There is no such change set.")]})
        return found


def _line(kind: str, line: PlannedRecord) -> dict[str, Any]:
    changed = in_words(kind, lines(kind, line.before, line.after)) if line.is_changed else []
    return {
        "id": line.public_id, "left_out": line.refusal or None,
        "changes": [{"field": each.what, "before": each.before, "after": each.after} for each in changed],
    }  # fmt: skip


def _of_outcome(change_set: ChangeSet, outcome: Outcome) -> dict[str, Any]:
    return {
        "change_set": change_set.pk, "edited": len(outcome.edited), "unchanged": outcome.unchanged,
        "left_out": [{"id": public_id, "reason": reason} for public_id, reason in outcome.refused],
        "job": None, "preview": None,
    }  # fmt: skip


def _of_job(job: Job) -> dict[str, Any]:
    result = job.result or {"edited": None, "unchanged": None, "refused": []}
    return {
        "change_set": job.change_set_id, "edited": result["edited"], "unchanged": result["unchanged"],
        "left_out": [{"id": public_id, "reason": reason} for public_id, reason in result["refused"]],
        "job": JobSerializer(job).data, "preview": None,
    }  # fmt: skip
