"""Ranges of a file (RFC 9110, section 14), by which readers of Parquet fetch only what they need."""

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django_http_compression.middleware import best_coding

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
_BLOCK = 2**16


def asks_for_part(request: Any) -> bool:
    """Tell whether a reader goes by ranges of a text, which is else written while it is sent: or asks how long it is.

    Who takes a coding gets no length, as the same text compressed has another.
    """
    if request.method == "HEAD":
        return best_coding(request.headers.get("Accept-Encoding", "")) == "identity"
    return "Range" in request.headers


def in_ranges(request: Any, file: IO[bytes], etag: str, headers: dict[str, str]) -> HttpResponseBase:
    """Return a file, or the one range of it that is asked for; it is closed with the response.

    Several ranges at once, a range of another version of the file (`If-Range`) and what is no range give the whole.
    """
    size = file.seek(0, 2)
    headers = headers | {"Accept-Ranges": "bytes"}
    bounds = _bounds(request.META.get("HTTP_RANGE", ""), size)
    if bounds is None or request.META.get("HTTP_IF_RANGE", etag) != etag:
        return _part(request, file, 0, size, headers)
    first, end = bounds
    if first >= end:
        file.close()
        headers |= {"Content-Range": f"bytes */{size}"}
        return HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    response = _part(request, file, first, end, headers | {"Content-Range": f"bytes {first}-{end - 1}/{size}"})
    response.status_code = HTTPStatus.PARTIAL_CONTENT
    return response


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    """Return where a range starts and the byte behind it; None where the header asks for no single range."""
    asked = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        return max(size - int(last), 0), size
    if last and int(last) < int(first):
        return None
    return int(first), min(int(last) + 1, size) if last else size


def _part(request: Any, file: IO[bytes], first: int, end: int, headers: dict[str, str]) -> HttpResponseBase:
    headers = headers | {"Content-Length": str(end - first)}
    if request.method == "HEAD":
        file.close()
        return HttpResponse(headers=headers)
    return StreamingHttpResponse(_blocks(file, first, end), headers=headers)


def _blocks(file: IO[bytes], first: int, end: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while first < end:
            block = file.read(min(_BLOCK, end - first))
            first += len(block)
            yield block
