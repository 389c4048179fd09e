"""Imports on the desk: a file is sent, its plan read by cause, names mapped, and the plan accepted."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import django_filters
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import QueryDict, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk import import_schema
from tracker.api.desk.base import DeskView
from tracker.api.desk.import_answers import as_document, plan_of
from tracker.api.desk.schema import CURSOR, LIMIT, LOCATION
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.describing import filter_parameters
from tracker.curation import jobs
from tracker.curation.errors import CurationError
from tracker.curation.importing import answers, imports
from tracker.curation.importing.labels import leave_labels, map_label
from tracker.curation.importing.serializers import (
    ImportLabelSerializer,
    ImportRowSerializer,
    ImportSerializer,
    ImportStepSerializer,
    ReconciliationLineSerializer,
)
from tracker.exchange.datasets.report import stored_report
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.exchange.inbound.workbook_types import MAX_FILE_BYTES, MIB
from tracker.exchange.outbound.csv_and_ndjson import csv_lines
from tracker.exchange.profiles import PROFILES
from tracker.filters.imports import ReconciliationFilterSet, RowFilterSet, StepFilterSet
from tracker.filters.parameters import choice, refuse
from tracker.models import Import, ImportLabel
from tracker.reporting.shelf.paging import Order

ME = "me"
_PAGE = ("limit", "cursor")
IN_ORDER = {"position": Order("position")}
_UNDER_WAY = {Import.Status.WAITING, Import.Status.ACCEPTED}


class UploadParser(MultiPartParser):
    """Reads a form with a file, unless it says itself that it is too large."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the parts of the request `stream`; raises TooLarge before anything is read."""
        if int(stream.META.get("CONTENT_LENGTH") or 0) > MAX_FILE_BYTES + MIB:
            raise import_schema.too_large()
        return super().parse(stream, media_type, parser_context)


class ImportDesk(DeskView):
    """Imports: send a file, read its plan, map its labels, have it planned again, accept or drop it."""

    permission_model = Import
    schema = import_schema.ImportSchema()
    verbs = DeskView.verbs | {
        "plan": "view", "reconciliation": "view", "steps": "view", "rows": "view", "labels": "view", "report": "view",
        "map_labels": "change", "choose_records": "change", "say_conventions": "change",
        "decide_conflicts": "change", "leave_labels": "change",
        "replan": "change", "accept": "change",
    }  # fmt: skip
    problems = {
        "map_labels": (409,), "choose_records": (409,), "say_conventions": (409,), "decide_conflicts": (409,),
        "leave_labels": (409,),
        "replan": (409,), "accept": (409,), "destroy": (409,),
    }  # fmt: skip

    @extend_schema(
        parameters=[
            OpenApiParameter("status", str, enum=Import.Status.values),
            OpenApiParameter("profile", str, enum=sorted(PROFILES)),
            OpenApiParameter("author", str, description="A user name, or `me`."),
            LIMIT,
            CURSOR,
        ]
    )
    def list(self, request: Request) -> Response:
        """List the imports, the newest first."""
        check_parameters(request, ("status", "profile", "author", *_PAGE))
        queryset = Import.objects.select_related("author")
        for name, choices in (("status", Import.Status.values), ("profile", sorted(PROFILES))):
            value = choice(request.query_params, name, choices)
            if value is not None:
                queryset = queryset.filter(**{name: value})
        author = request.query_params.get("author")
        if author is not None:
            queryset = queryset.filter(author__username=self.user.get_username() if author == ME else author)
        return self.listed(queryset, ImportSerializer, {"id": Order("id")}, "-id", "id")

    @extend_schema(request={"multipart/form-data": import_schema.UploadSerializer}, parameters=[LOCATION])
    def create(self, request: Request) -> Response:
        """Send a file, which is planned at once or, where a worker does that, soon. Nothing of it is written.

        A file that cannot be read is refused: `status` and `problem` of the answer, or of a later one, say so.
        """
        check_parameters(request, ())
        if isinstance(request.data, QueryDict):
            for name, parts in request.data.lists():
                if len(parts) > 1:
                    refuse(name[:60], _("There are several parts of this name: send one."))
        asked = self.body(import_schema.UploadSerializer(data=request.data))
        with jobs.queueing() as queue:
            received = imports.receive(
                author=self.user, profile=asked["profile"], release=asked.get("release", ""),
                sheet=asked.get("sheet", ""), file_name=asked["file"].name, content=asked["file"].read(),
                at=timezone.now(),
            )  # fmt: skip
            queue(plan_import, received.pk)
        address = request.build_absolute_uri(f"{request.path}{received.pk}/")
        return self.answer_import(received.pk, status.HTTP_201_CREATED, Location=address)

    def retrieve(self, request: Request, number: int) -> Response:
        """Return one import: its status, how far it is, and what its plan comes to."""
        check_parameters(request, ())
        return self.answer_import(number)

    def destroy(self, request: Request, number: int) -> Response:
        """Drop a file that is not applied, with its plan."""
        self.no_body()
        imports.drop(imported=find_import(number), by=self.user)
        return self.answer(None, status.HTTP_204_NO_CONTENT)

    def plan(self, request: Request, number: int) -> Response:
        """Return what an import would do, or did, by outcome and by cause."""
        check_parameters(request, ())
        return self.answer(plan_of(find_import(number), request))

    @extend_schema(parameters=[*filter_parameters(StepFilterSet.base_filters), LIMIT, CURSOR])
    def steps(self, request: Request, number: int) -> Response:
        """List what the plan does to each record, with the fields that change; then what is gone."""
        queryset = self.filtered(StepFilterSet, find_import(number).steps.all())
        return self.listed(queryset, ImportStepSerializer, IN_ORDER, "position", "position")

    @extend_schema(parameters=[*filter_parameters(RowFilterSet.base_filters), LIMIT, CURSOR])
    def rows(self, request: Request, number: int) -> Response:
        """List the rows of the file with what becomes of each, in the order of the file."""
        queryset = self.filtered(RowFilterSet, find_import(number).rows.all())
        return self.listed(queryset, ImportRowSerializer, IN_ORDER, "position", "position")

    @extend_schema(parameters=[*filter_parameters(ReconciliationFilterSet.base_filters), LIMIT, CURSOR])
    def reconciliation(self, request: Request, number: int) -> Response:
        """List what the file and the register come to, record by record; those that differ most come first."""
        queryset = self.filtered(ReconciliationFilterSet, find_import(number).reconciliation.all())
        return self.listed(queryset, ReconciliationLineSerializer, IN_ORDER, "position", "position")

    @extend_schema(parameters=[LIMIT, CURSOR])
    def labels(self, request: Request, number: int) -> Response:
        """List the names that no record goes by, the most used first."""
        check_parameters(request, _PAGE)
        queryset = find_import(number).labels.annotate(place=0 - F("rows"))
        return self.listed(queryset, ImportLabelSerializer, {"rows": Order("place")}, "rows", "id")

    def report(self, request: Request, number: int) -> StreamingHttpResponse:
        """Return what becomes of every row of the file, as CSV."""
        check_parameters(request, ())
        lines = csv_lines(stored_report(find_import(number)))
        name = f'attachment; filename="import-{number}.csv"'
        headers = {"Content-Disposition": name, "Cache-Control": "no-store"}
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)

    @extend_schema(request=import_schema.MappingsSerializer)
    def map_labels(self, request: Request, number: int) -> Response:
        """Remember which records labels mean: all of them or none. Have the file planned again afterwards."""
        mappings = self.body(import_schema.MappingsSerializer(data=request.data))["mappings"]
        imported = find_import(number)
        with transaction.atomic():
            imports.require_author(imports.locked(imported), self.user)
            labels = self._map(imported, mappings)
        return self.answer({"labels": ImportLabelSerializer(labels, many=True).data})

    @extend_schema(request=import_schema.LeavingSerializer)
    def leave_labels(self, request: Request, number: int) -> Response:
        """Decide that labels mean no record: all that no name reads like enough. Items keep them as descriptions."""
        asked = self.body(import_schema.LeavingSerializer(data=request.data))
        leave_labels(imported=find_import(number), below=asked["below"], kind=asked["kind"], by=self.user)
        return self.answer_import(number)

    @extend_schema(request=import_schema.ChoicesSerializer)
    def choose_records(self, request: Request, number: int) -> Response:
        """Say which records ids in the file mean, where they could be several. Have the file planned again then."""
        asked = self.body(import_schema.ChoicesSerializer(data=request.data))
        matches = {match["source_id"]: match["record"] or "" for match in asked["matches"]}
        with transaction.atomic():
            answers.choose_records(imported=find_import(number), chosen=matches, by=self.user)
            if asked["likeliest"]:
                answers.take_likeliest(imported=find_import(number), by=self.user)
        return self.answer_import(number)

    @extend_schema(request=import_schema.SidesSerializer)
    def decide_conflicts(self, request: Request, number: int) -> Response:
        """Say whose fields stay that staff and the file have both changed. Have the file planned again then."""
        asked = self.body(import_schema.SidesSerializer(data=request.data))
        sides = {one["source_id"]: one["side"] for one in asked["records"]}
        sides |= {"": asked["all"]} if asked["all"] else {}
        answers.decide_conflicts(imported=find_import(number), sides=sides, by=self.user)
        return self.answer_import(number)

    @extend_schema(request=import_schema.ConventionsSerializer)
    def say_conventions(self, request: Request, number: int) -> Response:
        """Say how columns are written that can be read in two ways. Have the file planned again then."""
        said = self.body(import_schema.ConventionsSerializer(data=request.data))["conventions"]
        answers.say_conventions(imported=find_import(number), said=said, by=self.user)
        return self.answer_import(number)

    @extend_schema(request=None)
    def replan(self, request: Request, number: int) -> Response:
        """Have the file planned anew, as after labels were mapped. 202 where a worker does that."""
        self.no_body()
        with jobs.queueing() as queue:
            imports.plan_again(imported=find_import(number), by=self.user)
            queue(plan_import, number)
        return self._answer_work(number)

    @extend_schema(request=import_schema.AcceptanceSerializer)
    def accept(self, request: Request, number: int) -> Response:
        """Have the plan applied into one change set, all of it or nothing. 202 where a worker does that.

        Where that was not possible, `status` is `planned` again and `problem` says why.
        """
        acceptance = import_schema.AcceptanceSerializer(data=request.data)
        asked = self.body(acceptance)
        gone, exceptions = acceptance.decisions()
        with jobs.queueing() as queue:
            imports.accept(
                imported=find_import(number), by=self.user, message=asked["message"], gone=gone, exceptions=exceptions
            )  # fmt: skip
            queue(apply_import, number)
        return self._answer_work(number)

    def filtered(self, filters: type[django_filters.FilterSet], queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Return the rows that the parameters ask for; raises ValidationError where one is not right."""
        check_parameters(self.request, (*filters.base_filters, *_PAGE))
        found = filters(self.request.query_params, queryset=queryset)
        if not found.is_valid():
            raise ValidationError({name: list(map(str, messages)) for name, messages in found.errors.items()})
        return found.qs

    def listed(
        self, queryset: QuerySet[Any], serializer: type[Any], orders: dict[str, Order], ordering: str, unique: str
    ) -> Response:
        """Return a page of rows."""
        rows, around = self.page(queryset, orders, ordering, unique)
        return self.answer(around | {"results": serializer(rows, many=True).data})

    def _map(self, imported: Import, mappings: Iterable[dict[str, str]]) -> Sequence[ImportLabel]:
        """Map labels and return them; raises ValidationError, by position, where any cannot be."""
        labels, problems = [], []
        for mapping in mappings:
            label = imported.labels.filter(kind=mapping["kind"], label=mapping["label"]).first()
            problem: dict[str, list[str]] = {}
            if label is None:
                problem["label"] = [_("There is no such label in this import; copy it from its labels.")]
            else:
                try:
                    map_label(label=label, public_id=mapping["record"], by=self.user, at=timezone.now())
                except CurationError as error:
                    problem["record"] = [str(error)]
                labels.append(label)
            problems.append(problem)
        if any(problems):
            raise ValidationError({"mappings": problems})
        return labels

    def answer_import(self, number: int, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        """Return an import as it is now."""
        return self.answer(as_document(find_import(number), self.request), code, **headers)

    def _answer_work(self, number: int) -> Response:
        """Return the import; 202 where a worker is still to do what was asked for."""
        under_way = find_import(number).status in _UNDER_WAY
        return self.answer_import(number, status.HTTP_202_ACCEPTED if under_way else status.HTTP_200_OK)


def find_import(number: int) -> Import:
    """Return an import by its number; raises NotFound."""
    imported = Import.objects.select_related("author").filter(pk=number).first()
    if imported is None:
        raise NotFound(_("There is no import #%s.") % number)
    return imported
