"""Compression: texts are sent in the best coding that the reader takes."""

from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_http_compression.middleware import HttpCompressionMiddleware

_TEXTS = ("text/", "application/json", "application/problem+json", "application/x-ndjson", "application/javascript")
_MORE_TEXTS = ("application/atom+xml", "application/xml", "application/ld+json", "image/svg+xml", "application/vnd.oai")


class TextCompressionMiddleware(HttpCompressionMiddleware):
    """Middleware that compresses texts. Workbooks and Parquet are compressed already, and are read by ranges."""

    def maybe_compress(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Compress a response in place, with a weak ETag, where it is a whole text: ranges are of the text as it is."""
        if response.status_code != HTTPStatus.PARTIAL_CONTENT and response.headers.get("Content-Type", "").startswith(
            _TEXTS + _MORE_TEXTS
        ):
            super().maybe_compress(request, response)
