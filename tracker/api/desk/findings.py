"""Findings on the desk: what the rules of quality say of records, how much of it there is, and waiving it."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.schema import CURSOR, LIMIT, page_of
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema, action_of
from tracker.curation.quality import waiving
from tracker.filters.parameters import refuse
from tracker.models import Finding
from tracker.records.quality.rules import RULES
from tracker.records.registry import KINDS
from tracker.reporting.desk.findings import counts, findings_of
from tracker.reporting.shelf.paging import Order

SEVERITIES = {severity.name.lower(): severity for severity in Finding.Severity}
_CHOSEN_BY: dict[str, tuple[str, dict[str, Any]]] = {
    "severity": ("severity", dict(SEVERITIES)), "rule": ("rule", {rule: rule for rule in RULES}),
    "kind": ("record_kind", {kind: kind for kind in KINDS}),
    "waived": ("waived_at__isnull", {"true": False, "false": True}),
}  # fmt: skip
"""The look-up behind each parameter that takes one of a few words, and what each word means there."""
FILTERS = [
    OpenApiParameter("severity", str, enum=list(SEVERITIES)),
    OpenApiParameter("rule", str, enum=list(RULES)),
    OpenApiParameter("kind", str, enum=list(KINDS), description="Kind of record."),
    OpenApiParameter("record", str, description="Of one record, such as `pledge:DEU-2025-0001`."),
    OpenApiParameter(
        "change_set", {"type": "integer", "minimum": 1}, description="Of the records that a change set holds."
    ),
    OpenApiParameter("waived", str, enum=["true", "false"], description="Left out, both."),
]


class WaiverSerializer(serializers.Serializer):
    """Who says that a record is right all the same, when, and why. It falls when the value changes."""

    by = serializers.CharField(source="waived_by.username")
    at = serializers.DateTimeField(source="waived_at")
    reason = serializers.CharField()


class FindingRecordSerializer(serializers.Serializer):
    """The record that a finding is about."""

    kind = serializers.CharField(source="record_kind")
    id = serializers.CharField(source="record_id")


class FindingSerializer(serializers.Serializer):
    """What a rule finds at one field of a record."""

    id = serializers.IntegerField()
    rule = serializers.ChoiceField(list(RULES))
    severity = serializers.SerializerMethodField()
    sentence = serializers.SerializerMethodField(help_text="What the rule says is right.")
    record = FindingRecordSerializer(source="*")
    field = serializers.CharField(help_text="The path of the field; empty for the whole record.")
    claim = serializers.CharField(help_text="The claim that it is about; empty where it is about none.")
    message = serializers.CharField()
    found_at = serializers.DateTimeField()
    waiver = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(list(SEVERITIES)))
    def get_severity(self, finding: Finding) -> str:
        """Return the severity by its name."""
        return Finding.Severity(finding.severity).name.lower()

    def get_sentence(self, finding: Finding) -> str:
        """Return what the rule says; nothing of a rule that is no longer there."""
        rule = RULES.get(finding.rule)
        return str(rule.sentence) if rule else ""

    @extend_schema_field(WaiverSerializer(allow_null=True))
    def get_waiver(self, finding: Finding) -> Any:
        """Return the waiver; None where nobody waived it."""
        return WaiverSerializer(finding).data if finding.waived_at else None


class RuleCountSerializer(serializers.Serializer):
    """A rule, and how many of the findings it has."""

    rule = serializers.ChoiceField(list(RULES))
    severity = serializers.ChoiceField(list(SEVERITIES))
    sentence = serializers.CharField()
    kinds = serializers.ListField(child=serializers.CharField(), help_text="The kinds of records that keep it.")
    findings = serializers.IntegerField()


class FindingCountsSerializer(serializers.Serializer):
    """How many findings there are, by severity, by kind of record, and by rule; a rule without any stands there too."""

    count = serializers.IntegerField()
    severities = serializers.DictField(child=serializers.IntegerField())
    kinds = serializers.DictField(child=serializers.IntegerField())
    rules = RuleCountSerializer(many=True)


class ReasonSerializer(serializers.Serializer):
    """Why a finding is waived."""

    reason = serializers.CharField(max_length=2000)


class FindingSchema(Schema):
    """Describes the desk's endpoints of findings."""

    def get_override_parameters(self) -> list[Any]:
        """Return what the operation takes besides its body."""
        return {"list": [*FILTERS, LIMIT, CURSOR], "counts": FILTERS}.get(action_of(self.view), [])

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        if action_of(self.view) == "list":
            return {200: page_of(self.resolve_serializer(FindingSerializer(), "response").ref)}
        return {200: FindingCountsSerializer if action_of(self.view) == "counts" else FindingSerializer}


class FindingDesk(DeskView):
    """Findings: list, count, read, waive, and take a waiver back."""

    permission_model = Finding
    schema = FindingSchema()
    verbs = DeskView.verbs | {"counts": "view", "waive": "waive", "take_back": "waive"}
    problems = {"waive": (409,), "take_back": (409,)}

    def list(self, request: Request) -> Response:
        """List the findings, the worst first."""
        check_parameters(request, ("limit", "cursor", *(parameter.name for parameter in FILTERS)))
        rows, around = self.page(
            self._chosen().select_related("waived_by"), {"severity": Order("severity")}, "severity", "pk"
        )
        return self.answer(around | {"results": FindingSerializer(rows, many=True).data})

    def counts(self, request: Request) -> Response:
        """Count the findings by severity, by kind of record and by rule."""
        check_parameters(request, [parameter.name for parameter in FILTERS])
        found = counts(self._chosen())
        names = {severity.value: name for name, severity in SEVERITIES.items()}
        of_rule = dict(found["rule"])
        rules = [
            {
                "rule": rule.id, "severity": names[rule.severity], "sentence": str(rule.sentence),
                "kinds": list(rule.kinds), "findings": of_rule.get(rule.id, 0),
            }
            for rule in RULES.values()
        ]  # fmt: skip
        return self.answer(
            {
                "count": sum(of_rule.values()), "kinds": dict(found["kind"]), "rules": rules,
                "severities": {names[severity]: number for severity, number in found["severity"]},
            }
        )  # fmt: skip

    def retrieve(self, request: Request, number: int) -> Response:
        """Return one finding."""
        check_parameters(request, ())
        return self.answer(FindingSerializer(_find(number)).data)

    @extend_schema(request=ReasonSerializer)
    def waive(self, request: Request, number: int) -> Response:
        """Waive a finding: the record is right all the same, and `reason` says why."""
        reason = self.body(ReasonSerializer(data=request.data))["reason"]
        finding = waiving.waive(finding=_find(number), by=self.user, reason=reason, at=timezone.now())
        return self.answer(FindingSerializer(finding).data)

    @extend_schema(request=None)
    def take_back(self, request: Request, number: int) -> Response:
        """Take the waiver of a finding back, so that it counts again."""
        self.no_body()
        return self.answer(FindingSerializer(waiving.take_back(finding=_find(number), by=self.user)).data)

    def _chosen(self) -> QuerySet[Finding]:
        """Return the findings that the parameters ask for; raises ValidationError where one cannot be meant."""
        change_set = self.asked_change_set()
        found: QuerySet[Finding] = Finding.objects.all() if change_set is None else findings_of(change_set)
        asked = self.request.query_params
        for name, (column, known) in _CHOSEN_BY.items():
            if name in asked:
                if asked[name] not in known:
                    refuse(name, _("Write one of %s.") % ", ".join(known))
                found = found.filter(**{column: known[asked[name]]})
        if "record" in asked:
            kind, _colon, public_id = asked["record"].partition(":")
            found = found.filter(record_kind=kind, record_id=public_id)
        return found


def _find(number: int) -> Finding:
    finding = Finding.objects.select_related("waived_by").filter(pk=number).first()
    if finding is None:
        raise NotFound(_("There is no finding #%s.") % number)
    return finding
