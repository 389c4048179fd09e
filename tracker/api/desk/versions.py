"""Versions of a record by REST: two of them compared, and one restored."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView, if_match
from tracker.api.desk.bulk_edits import BulkChangeSerializer
from tracker.api.desk.records import RecordDesk
from tracker.api.desk.schema import CHANGE_SET, IF_MATCH, PUBLIC_ID_IN_PATH
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation.desk import versions as curated
from tracker.filters.parameters import refuse
from tracker.reporting.desk.versions import DESK, Side, compared, side, version_numbers

_SIDE = f"A number of a version, or `{DESK}` for the record as it is on the desk."
FROM = OpenApiParameter("from", str, required=True, description=_SIDE)
TO = OpenApiParameter("to", str, default=DESK, description=_SIDE)
SAID = 20
"""How many of the versions of a record a refusal names, the newest first."""


class VersionChangesSerializer(serializers.Serializer):
    """What differs between two versions of a record, in words."""

    changes = BulkChangeSerializer(many=True, help_text="None where both say the same.")


class RestoredSerializer(serializers.Serializer):
    """The version that a record is to be restored to."""

    version = serializers.IntegerField(min_value=1, max_value=99_999_999)


class VersionDesk(RecordDesk):
    """The versions of the records of one kind."""

    schema = Schema()
    verbs = DeskView.verbs | {"compare": "view", "restore": "change"}
    problems = {"restore": (409, 412, 428)}

    @extend_schema(parameters=[PUBLIC_ID_IN_PATH, FROM, TO], responses=VersionChangesSerializer)
    def compare(self, request: Request, public_id: str) -> Response:
        """Say in words what differs between two published versions, or between one and the desk."""
        check_parameters(request, ("from", "to"))
        if not version_numbers(self.kind, public_id):
            # What was never published stands on the desk, or nowhere.
            self._find(public_id)
        if not request.query_params.get("from"):
            refuse("from", _("Give the version to compare, such as from=1. %s") % self._versions(public_id))
        before = self._side(public_id, request.query_params.get("from", ""))
        after = self._side(public_id, request.query_params.get("to", DESK))
        changes = compared(self.kind, before, after)
        return self.answer(
            {"changes": [{"field": each.what, "before": each.before, "after": each.after} for each in changes]}
        )

    @extend_schema(
        parameters=[PUBLIC_ID_IN_PATH, CHANGE_SET, IF_MATCH], request=RestoredSerializer,
        responses={200: VersionChangesSerializer},
    )  # fmt: skip
    def restore(self, request: Request, public_id: str) -> Response:
        """Write a record as it was published in a version, as an edit; answers what that changed."""
        tags = if_match(request)
        asked = self.body(RestoredSerializer(data=request.data), ("change_set",))
        with transaction.atomic():
            self._locked(public_id, tags)
            before, version = self._side(public_id, DESK), self._side(public_id, str(asked["version"]))
            assert version.version is not None  # It is no desk.
            curated.restore(
                version=version.version, by=self.user, at=timezone.now(), change_set=self.asked_change_set()
            )  # fmt: skip
            changes = compared(self.kind, before, self._side(public_id, DESK))
        return self.answer(
            {"changes": [{"field": each.what, "before": each.before, "after": each.after} for each in changes]}
        )

    def _side(self, public_id: str, named: str) -> Side:
        found = side(self.kind, public_id, named)
        if found is None:
            raise NotFound(
                _("%(id)s has no version “%(found)s”. %(versions)s")
                % {"id": public_id[:100], "found": named[:20], "versions": self._versions(public_id)}
            )
        return found

    def _versions(self, public_id: str) -> str:
        """Say which versions a record has."""
        numbers = version_numbers(self.kind, public_id)
        if not numbers:
            return _("It was never published.")
        named = ", ".join(map(str, numbers[:SAID])) + (" …" if len(numbers) > SAID else "")
        return _("Its versions: %s, and desk for the record as it is on the desk.") % named
