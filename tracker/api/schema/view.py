"""The description of the public side, or of the desk, as a file: YAML, or JSON with `format=json`."""

from typing import Any

from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.protocol.parameters import check_parameters
from tracker.filters.parameters import choice

_FORMATS: dict[str, type[Any]] = {"yaml": OpenApiYamlRenderer2, "json": OpenApiJsonRenderer2}


class _ByFormat(DefaultContentNegotiation):
    """Goes by `format=` in the address, else by `Accept`."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        """Return the renderer of the format that is asked for; raises ValidationError where there is none."""
        asked = choice(request.query_params, "format", list(_FORMATS))
        if asked is None:
            found: tuple[Any, str] = super().select_renderer(request, renderers, format_suffix)
            return found
        renderer = _FORMATS[asked]()
        return renderer, renderer.media_type


class SchemaView(SpectacularAPIView):
    """An OpenAPI document; a parameter that it does not know is refused."""

    authentication_classes = ()
    content_negotiation_class = _ByFormat

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return the document."""
        check_parameters(request, ("format", "lang"))
        response: Response = super().get(request, *args, **kwargs)
        return response
