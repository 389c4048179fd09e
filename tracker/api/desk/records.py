"""The desk: what staff curate by program, every kind of record in the same way."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView, etag_of, if_match
from tracker.api.desk.saved_filters import asked_by
from tracker.api.desk.schema import ORDERINGS, KeptRowsSerializer, RecordSchema
from tracker.api.protocol import desk_filters
from tracker.api.protocol.errors import PreconditionFailed
from tracker.api.protocol.parameters import check_parameters
from tracker.curation.desk import records
from tracker.curation.review.holding import lock_records
from tracker.curation.review.standing import Standing, standings
from tracker.exchange.datasets.kept_rows import kept_rows
from tracker.exchange.inbound.files import FileRefused
from tracker.filters.parameters import choice
from tracker.models import Publication
from tracker.models.base import Record
from tracker.records.engine.coverage import Coverage
from tracker.records.engine.strict import refuse_unknown
from tracker.records.registry import KINDS, Kind
from tracker.records.shelved import coverage_of
from tracker.reporting.desk.findings import Health, by_health, health_of
from tracker.reporting.shelf.paging import Order

DESK = "_desk"
"""The key beside a document that says how the record stands; passed over when it is written back."""


class RecordDesk(DeskView):
    """The records of one kind: list, read, create, change, take back, and what was published of them."""

    kind: str = ""
    """The kind; given to `as_view`."""

    schema = RecordSchema()
    problems = {
        "create": (409,), "update": (409, 412, 428), "partial_update": (409, 412, 428), "destroy": (409, 412, 428),
    }  # fmt: skip

    @property
    def kind_of_record(self) -> Kind:
        return KINDS[self.kind]

    @property
    def permission_model(self) -> type[Record]:
        return self.kind_of_record.model

    def list(self, request: Request) -> Response:
        """List the records, by public id or by health; with `saved`, those that a saved filter asks for."""
        known = desk_filters.names(self.kind)
        check_parameters(request, ("limit", "cursor", "ordering", "saved", *known))
        ordering = choice(request.query_params, "ordering", ORDERINGS) or "id"
        asked = request.query_params.dict()
        if "saved" in asked:
            asked = asked_by(asked["saved"], kind=self.kind, user=self.user, known=known) | asked
        queryset, said = desk_filters.narrowed(self.kind, asked, self.user)
        if ordering.lstrip("-") == "health":
            queryset = queryset.annotate(findings_weight=by_health(self.kind))
        orders = {"id": Order("public_id"), "health": Order("findings_weight")}
        rows, around = self.page(queryset, orders, ordering, "public_id")
        return self.answer(around | said | {"results": [body for body, _etag in self._bodies(rows)]})

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Return one record as it stands on the desk."""
        check_parameters(request, ())
        return self._answer(self._find(public_id))

    def create(self, request: Request) -> Response:
        """Add a record."""
        serializer = self._checked(None, partial=False)
        record = records.write(
            serializer=serializer, by=self.user, at=timezone.now(), change_set=self.asked_change_set()
        )
        address = request.build_absolute_uri(f"{request.path}{record.public_id}/")
        return self._answer(self._find(record.public_id), status.HTTP_201_CREATED, Location=address)

    def update(self, request: Request, public_id: str) -> Response:
        """Write a record; a list of parts that is given replaces the one that is there."""
        return self._change(public_id, partial=False)

    def partial_update(self, request: Request, public_id: str) -> Response:
        """Write some fields of a record."""
        return self._change(public_id, partial=True)

    def destroy(self, request: Request, public_id: str) -> Response:
        """Take a record back: at once where it was never published, else when its change set is published.

        `reason` says why; a record that is published needs one, and it is public.
        """
        check_parameters(request, ("change_set", "reason"))
        tags = if_match(request)
        with transaction.atomic():
            record = self._locked(public_id, tags)
            edit = records.withdraw(
                record=record, by=self.user, at=timezone.now(), reason=request.query_params.get("reason", "")[:5000],
                change_set=self.asked_change_set(),
            )  # fmt: skip
        if edit is None:
            return self.answer(None, status.HTTP_204_NO_CONTENT)
        return self._answer(self._find(public_id), status.HTTP_202_ACCEPTED)

    def history(self, request: Request, public_id: str) -> Response:
        """List what was published of a record, the newest first."""
        check_parameters(request, ())
        shelf = Publication.objects.filter(kind=self.kind, public_id=public_id).select_related("change_set")
        rows = list(shelf.defer("document", "search").order_by("-version"))
        if not rows:
            self._find(public_id)
        return self.answer({"count": len(rows), "results": [_version(row) for row in rows]})

    def rows(self, request: Request, public_id: str) -> Response:
        """Read back the rows of the imported file that a record was taken from last."""
        check_parameters(request, ())
        self._find(public_id)
        try:
            found = kept_rows(self.kind, public_id)
        except FileRefused as error:
            raise NotFound(str(error)) from error
        if found is None:
            raise NotFound(_("No import brought %s.") % public_id)
        return self.answer(KeptRowsSerializer(found).data)

    def _change(self, public_id: str, partial: bool) -> Response:
        request = self.request
        check_parameters(request, ("change_set",))
        tags = if_match(request)
        # Read before the transaction, which keeps other writers waiting.
        request.data  # noqa: B018 - asking for it is what reads it.
        with transaction.atomic():
            record = self._locked(public_id, tags)
            records.write(
                serializer=self._checked(record, partial), by=self.user, at=timezone.now(),
                change_set=self.asked_change_set(),
            )  # fmt: skip
        return self._answer(self._find(public_id))

    def _checked(self, record: Record | None, partial: bool) -> Any:
        """Return the serializer with the body; raises ValidationError where it is not right."""
        check_parameters(self.request, ("change_set",))
        serializer = self.kind_of_record.serializer(record, data=self.request.data, partial=partial)
        refuse_unknown(serializer, self.request.data, also=(DESK,))
        serializer.is_valid(raise_exception=True)
        return serializer

    def _find(self, public_id: str) -> Any:
        record = self.kind_of_record.queryset().filter(public_id=public_id).first()
        if record is None:
            raise NotFound(_("There is no %(kind)s “%(id)s”.") % {"kind": self.kind, "id": public_id[:100]})
        return record

    def _locked(self, public_id: str, tags: set[str]) -> Any:
        """Return a record as it stands now, with other writers waiting until the transaction ends.

        Raises PreconditionFailed where that is not what `tags` name.
        """
        # Locked before it is read with all that it refers to, so that nothing read is older.
        lock_records(kind=self.kind, public_ids=[public_id])
        record = self._find(public_id)
        etag = etag_of(self.kind_of_record.desk_documents([public_id])[0])
        if "*" not in tags and etag not in tags:
            raise PreconditionFailed(
                _("%s has changed since you read it. Nothing was written: read it again, and repeat your change.")
                % public_id,
                etag,
            )
        return record

    def _bodies(self, rows: Sequence[Any]) -> Sequence[tuple[dict[str, Any], str]]:
        """Return each document with how its record stands, and its ETag."""
        ids = [row.public_id for row in rows]
        standing = standings(kind=self.kind, public_ids=ids)
        health = health_of(self.kind, ids)
        documents = {document["id"]: document for document in self.kind_of_record.desk_documents(ids)}
        # What has just been removed is left out.
        return [
            (
                document | {DESK: describe(standing[public_id], coverage_of(self.kind, document), health[public_id])},
                etag_of(document),
            )
            for public_id, document in ((public_id, documents.get(public_id)) for public_id in ids)
            if document is not None
        ]

    def _answer(self, record: Any, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        [(body, etag)] = self._bodies([record])
        return self.answer(body, code, ETag=etag, **headers)


def describe(standing: Standing, coverage: Coverage, health: Health) -> dict[str, Any]:
    """Return what an answer says of how a record stands, how far it is supported, and what is found in it."""
    edit = standing.edit
    return {
        "state": standing.state,
        "version": standing.version,
        "held_by": edit.change_set.author.get_username() if edit else None,
        "change_set": edit.change_set_id if edit else None,
        "action": edit.action if edit else None,
        "coverage": {"values": coverage.said, "supported": coverage.supported},
        "health": {"error": health.errors, "warning": health.warnings, "notice": health.notices},
    }


def _version(row: Publication) -> dict[str, Any]:
    return {
        "version": row.version,
        "withdrawn": row.is_tombstone,
        "recorded_from": row.recorded_from,
        "recorded_to": row.recorded_to,
        "change_set": {"id": row.change_set_id, "message": row.change_set.message},
    }
