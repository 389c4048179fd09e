"""What there is: the lists of the public side, and its tables."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.api.describing import CONDITIONAL, UNCHANGED
from tracker.api.public import PublicView
from tracker.reporting.dimensions import DIMENSIONS
from tracker.reporting.measures import MEASURES
from tracker.reporting.named import NAMED
from tracker.reporting.rules import RULES


class IndexView(PublicView):
    """The lists of the public side, each with its address."""

    lists: tuple[str, ...] = ()

    @extend_schema(
        operation_id="index_list",
        tags=["index"],
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
                for name, view in [
                    *named,
                    ("tables", "tables"),
                    ("columns", "columns"),
                    ("docs", "api-docs"),
                    ("schema", "api-schema"),
                ]
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
                    "measure": serializers.CharField(),
                    "rules": serializers.ListField(child=serializers.CharField()),
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
        free = {
            "name": "contributions",
            "title": _("Contributions"),
            "description": _("Contributions added up by any dimensions: value, quantity or count."),
            "measure": _("As asked for: a value, a quantity, or a number of contributions or pledges"),
            "rules": list(RULES),
            "url": reverse("table-contributions", request=request),
            "dimensions": DIMENSIONS,
            "measures": MEASURES,
        }
        named = [
            {
                "name": table.id, "title": str(table.title), "description": str(table.sentence),
                "measure": str(table.measure), "rules": list(table.rules),
                "url": reverse(f"table-{table.id}", request=request), "dimensions": [], "measures": [],
            }
            for table in NAMED.values()
        ]  # fmt: skip
        return self.answer([free, *named])
