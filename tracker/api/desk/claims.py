"""Claims by themselves on the desk; each write is an edit of the record that the claim is about."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView, etag_of, if_match
from tracker.api.desk.schema import ClaimSchema
from tracker.api.protocol.errors import PreconditionFailed
from tracker.api.protocol.parameters import check_parameters
from tracker.curation.desk import records
from tracker.curation.review.holding import lock_records
from tracker.filters.claims import BY_PASSAGE
from tracker.filters.desk_search import search_claims
from tracker.filters.parameters import refuse
from tracker.models import Claim
from tracker.models.base import Record
from tracker.records.engine.claims import ClaimPart, ClaimSerializer, claims_of
from tracker.records.engine.strict import refuse_unknown
from tracker.records.registry import KINDS
from tracker.reporting.shelf.paging import Order


class ClaimDesk(DeskView):
    """Claims: list, read, add, change, remove."""

    permission_model = Claim
    schema = ClaimSchema()
    problems = {
        "create": (409,), "update": (409, 412, 428), "partial_update": (409, 412, 428), "destroy": (409, 412, 428),
    }  # fmt: skip

    def list(self, request: Request) -> Response:
        """List the claims, by public id."""
        check_parameters(request, ("limit", "cursor", "search", "record", "support", "passage"))
        queryset = Claim.objects.select_related("document")
        queryset = search_claims(queryset, request.query_params.get("search", ""))
        support, passage = (request.query_params.get(name) for name in ("support", "passage"))
        if support is not None:
            if support not in Claim.Support.values:
                refuse("support", _("Write one of %s.") % ", ".join(Claim.Support.values))
            queryset = queryset.filter(support=support)
        if passage is not None:
            if passage not in BY_PASSAGE:
                refuse("passage", _("Write one of %s.") % ", ".join(BY_PASSAGE))
            queryset = queryset.filter(BY_PASSAGE[passage])
        if "record" in request.query_params:
            kind, _colon, public_id = request.query_params["record"].partition(":")
            if kind not in KINDS:
                refuse("record", _("Write kind and id, such as pledge:DEU-2025-0001; kinds are %(kinds)s.")
                       % {"kinds": ", ".join(KINDS)})  # fmt: skip
            queryset = queryset.filter(record_kind=kind, record_id=public_id)
        rows, around = self.page(queryset, {"id": Order("public_id")}, "id", "public_id")
        return self.answer(around | {"results": [_document(claim) for claim in rows]})

    def retrieve(self, request: Request, public_id: str) -> Response:
        """Return one claim."""
        check_parameters(request, ())
        return self._answer(_find(public_id))

    def create(self, request: Request) -> Response:
        """Add a claim about a record."""
        row = self._row()
        with transaction.atomic():
            record = self._record_named(row)
            before = _rows(record)
            self._write(record, [*before, row], len(before))
            [public_id] = {claim["id"] for claim in _rows(record)} - {claim["id"] for claim in before}
        address = request.build_absolute_uri(f"{request.path}{public_id}/")
        return self._answer(_find(public_id), status.HTTP_201_CREATED, Location=address)

    def update(self, request: Request, public_id: str) -> Response:
        """Write a claim."""
        return self._change(public_id, partial=False)

    def partial_update(self, request: Request, public_id: str) -> Response:
        """Write some fields of a claim."""
        return self._change(public_id, partial=True)

    def destroy(self, request: Request, public_id: str) -> Response:
        """Remove a claim; it leaves the shelf when the edit of its record is published."""
        check_parameters(request, ("change_set",))
        tags = if_match(request)
        with transaction.atomic():
            record, document = self._locked(public_id, tags)
            rows = [row for row in _rows(record) if row["id"] != document["id"]]
            self._write(record, rows, None)
        return self.answer(None, status.HTTP_204_NO_CONTENT)

    def _change(self, public_id: str, partial: bool) -> Response:
        tags = if_match(self.request)
        row = self._row()
        with transaction.atomic():
            record, document = self._locked(public_id, tags)
            its_record = "{kind} {id}".format(**document["record"])
            for name, stands in (("id", public_id), ("record", its_record)):
                if row.get(name, document[name]) != document[name]:
                    raise ValidationError({name: [_("This never changes; it is %s.") % stands]})
            row = (document if partial else {}) | row | {"id": public_id}
            row.pop("record", None)
            rows = _rows(record)
            position = next(place for place, found in enumerate(rows) if found["id"] == public_id)
            rows[position] = row
            self._write(record, rows, position)
        return self._answer(_find(public_id))

    def _row(self) -> dict[str, Any]:
        """Return the body; raises ValidationError where it is no object or has unknown keys."""
        check_parameters(self.request, ("change_set",))
        if not isinstance(self.request.data, dict):
            raise ValidationError(_("Write an object."))
        refuse_unknown(ClaimSerializer(), self.request.data)
        return dict(self.request.data)

    def _record_named(self, row: dict[str, Any]) -> Record:
        """Take the record out of `row` and return it, locked; raises ValidationError where there is none."""
        named = row.pop("record", None)
        kind, public_id = (named.get("kind"), named.get("id")) if isinstance(named, dict) else (None, None)
        if not isinstance(kind, str) or kind not in KINDS:
            raise ValidationError({"record": {"kind": [_("Write one of %s.") % ", ".join(KINDS)]}})
        if not isinstance(public_id, str) or "\0" in public_id:
            raise ValidationError({"record": {"id": [_("Name the record by its id.")]}})
        record: Record | None = _lock(kind, public_id)
        if record is None:
            raise ValidationError({"record": {"id": [_("There is no %s “%s”.") % (kind, public_id[:100])]}})
        return record

    def _write(self, record: Record, rows: Sequence[dict[str, Any]], position: int | None) -> None:
        """Make `rows` the claims of the record; errors of the row at `position` name its fields alone."""
        serializer = KINDS[record.kind].serializer(record, data={"claims": rows}, partial=True)
        try:
            serializer.is_valid(raise_exception=True)
            records.write(serializer=serializer, by=self.user, at=timezone.now(), change_set=self.asked_change_set())
        except ValidationError as error:
            detail: Any = error.detail
            found = detail.get("claims") if isinstance(detail, dict) else None
            # REST framework numbers the rows that have errors; what is found at saving is listed.
            row_errors: dict[int, Any] = dict(enumerate(found)) if isinstance(found, list) else found or {}
            if position is not None and row_errors.get(position):
                raise ValidationError(row_errors[position]) from error
            raise

    def _locked(self, public_id: str, tags: set[str]) -> tuple[Record, dict[str, Any]]:
        """Return the record of a claim, locked, and the claim as it stands.

        Raises PreconditionFailed where that is not what `tags` name.
        """
        claim = _find(public_id)
        record = _lock(claim.record_kind, claim.record_id)
        document = _document(_find(public_id))
        etag = etag_of(document)
        if "*" not in tags and etag not in tags:
            raise PreconditionFailed(
                _("%s has changed since you read it. Nothing was written: read it again, and repeat your change.")
                % public_id,
                etag,
            )
        return record, document

    def _answer(self, claim: Claim, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        document = _document(claim)
        return self.answer(document, code, ETag=etag_of(document), **headers)


def _find(public_id: str) -> Claim:
    claim: Claim | None = Claim.objects.select_related("document").filter(public_id=public_id).first()
    if claim is None:
        raise NotFound(_("There is no claim “%s”.") % public_id[:100])
    return claim


def _lock(kind: str, public_id: str) -> Any:
    return next(iter(lock_records(kind=kind, public_ids=[public_id])), None)


def _document(claim: Claim) -> dict[str, Any]:
    return dict(ClaimSerializer().to_representation(claim))


def _rows(record: Record) -> list[dict[str, Any]]:
    """Return the claims about a record as its document lists them."""
    part = ClaimPart()
    return [dict(part.to_representation(claim)) for claim in claims_of([record])[record.public_id]]
