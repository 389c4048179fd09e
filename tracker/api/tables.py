"""What there is: the lists of the public side, and its tables."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.api.describing import CONDITIONAL, UNCHANGED
from tracker.api.public import PublicView
from tracker.reporting.contributions import DIMENSIONS, MEASURES


class IndexView(PublicView):
    """The lists of the public side, each with its address."""

    lists: tuple[str, ...] = ()

    @extend_schema(
        operation_id="index_list",
        parameters=CONDITIONAL,
        responses={
            200: inline_serializer("Index", {"name": serializers.CharField(), "url": serializers.URLField()}, many=True)
        }
        | UNCHANGED,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """The lists of the public side, each with its address."""
        unchanged = self.prepare([])
        if unchanged is not None:
            return unchanged
        named = [(name, f"{name}-list") for name in self.lists]
        return self.answer(
            [
                {"name": name, "url": reverse(view, request=request)}
                for name, view in [*named, ("tables", "tables"), ("docs", "api-docs"), ("schema", "api-schema")]
            ]
        )


class TableIndexView(PublicView):
    """The tables that there are, each with its address and what can be asked of it."""

    @extend_schema(
        operation_id="tables_list",
        parameters=CONDITIONAL,
        responses={
            200: inline_serializer(
                "TableIndex",
                {
                    "name": serializers.CharField(),
                    "title": serializers.CharField(),
                    "description": serializers.CharField(),
                    "url": serializers.URLField(),
                    "dimensions": serializers.ListField(child=serializers.CharField()),
                    "measures": serializers.ListField(child=serializers.CharField()),
                },
                many=True,
            )
        }
        | UNCHANGED,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """The tables that there are, each with its address and what can be asked of it."""
        unchanged = self.prepare([])
        if unchanged is not None:
            return unchanged
        tables: list[dict[str, Any]] = [
            {
                "name": "contributions",
                "title": "Contributions",
                "description": "Contributions added up by two dimensions: value, quantity or count.",
                "url": reverse("table-contributions", request=request),
                "dimensions": DIMENSIONS,
                "measures": MEASURES,
            }
        ]
        return self.answer(tables)
