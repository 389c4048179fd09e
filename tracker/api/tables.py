"""The tables that there are."""

from typing import Any

from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse
from rest_framework.views import APIView

from tracker.api.describing import BAD_REQUEST, THROTTLED, UNCHANGED
from tracker.api.published import PublicView
from tracker.reporting.contributions import DIMENSIONS, MEASURES


class TableIndexView(PublicView, APIView):
    """The tables that there are, each with its address and what can be asked of it."""

    @extend_schema(
        operation_id="tables_list",
        responses={
            200: inline_serializer(
                "TableIndex",
                {
                    "name": serializers.CharField(),
                    "title": serializers.CharField(),
                    "description": serializers.CharField(),
                    "url": serializers.CharField(),
                    "dimensions": serializers.ListField(child=serializers.CharField()),
                    "measures": serializers.ListField(child=serializers.CharField()),
                },
                many=True,
            )
        }
        | UNCHANGED
        | BAD_REQUEST
        | THROTTLED,
    )
    def get(self, request: Request) -> Response:
        unchanged = self.prepare([])
        if unchanged is not None:
            return unchanged  # type: ignore[no-any-return]
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
