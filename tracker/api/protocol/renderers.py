"""JSON in and out, strict in what comes in and exact in what goes out."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import orjson
from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

from tracker.lib import canonical

MOST_LEVELS = 20
"""How deeply a body can be nested; a document has six levels at most."""


class TooLarge(APIException):
    """The body is larger than the API takes."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


class JSONRenderer(BaseRenderer):
    """Writes JSON: decimals as strings, stored documents (`orjson.Fragment` or bytes) as they are."""

    media_type = "application/json"
    format = "json"
    charset = None
    render_style = "binary"

    def render(
        self, data: Any, accepted_media_type: str | None = None, renderer_context: Mapping[str, Any] | None = None
    ) -> bytes:
        """Return `data` as UTF-8; nothing for None."""
        if data is None:
            return b""
        return data if isinstance(data, bytes) else canonical.dump(data).encode()


class JSONParser(BaseParser):
    """Reads JSON as the standard has it: UTF-8, no NaN, no lone surrogates, not nested without end."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Return the value in `stream`; raises TooLarge and ParseError."""
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        raw = stream.read(limit + 1)
        if len(raw) > limit:
            raise TooLarge(_("The body is larger than %(limit)s bytes.") % {"limit": limit})
        try:
            value = orjson.loads(raw)
        except orjson.JSONDecodeError as error:
            raise ParseError(_("The body is not JSON: %(reason)s.") % {"reason": error}) from error
        if _too_deep(value):
            raise ParseError(_("The body is nested more than %(most)s levels deep.") % {"most": MOST_LEVELS})
        return value


def _too_deep(value: Any) -> bool:
    """Tell whether there is a container below `MOST_LEVELS` others."""
    level = [value]
    for _level in range(MOST_LEVELS + 1):
        level = [
            inner
            for container in level
            if isinstance(container, (dict, list))
            for inner in (container.values() if isinstance(container, dict) else container)
        ]
        if not level:
            return False
    return any(isinstance(inner, (dict, list)) for inner in level)
