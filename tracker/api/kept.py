"""Answers that are kept: what is read as of a moment never changes, and so is worked out once.

Each process keeps its own, and of these the last few. They go by the ETag, which names all that an answer depends on:
the newest publishing that it shows among them, so that nothing kept is ever old.
"""

import datetime as dt
import zlib
from collections.abc import Callable

from django.core.cache import caches
from rest_framework.request import Request

from tracker.lib import canonical

LONGEST = 2**20
"""How many bytes an answer takes at most to be kept, packed: 128 of them are 128 MiB at the very most."""
_LARGE = 2**17
_NOT_COUNTED = ("limit", "cursor", "ordering", "fields", "format", "as_of")
"""Parameters that leave the number of rows as it is; `as_of` is in the moment."""

_cache = caches["answers"]


def body(etag: str) -> bytes | None:
    """Return the answer with this ETag, as it was rendered; None where it is not kept."""
    found: tuple[bool, bytes] | None = _cache.get(etag)
    if found is None:
        return None
    packed, rendered = found
    return zlib.decompress(rendered) if packed else rendered


def keep(etag: str, rendered: bytes) -> None:
    """Keep an answer, packed where it is large, unless it is very long even so."""
    packed = len(rendered) > _LARGE
    if packed:
        rendered = zlib.compress(rendered, 1)
    if len(rendered) <= LONGEST:
        _cache.set(etag, (packed, rendered))


def count(request: Request, moment: dt.datetime, counting: Callable[[], int]) -> int:
    """Return how many rows a list has as of `moment`, counted once for all pages of it."""
    params = request.query_params
    narrow = sorted((name, params[name]) for name in params if name not in _NOT_COUNTED)
    key = f"count-{canonical.digest(f'{request.path} {moment.isoformat()} {narrow}')}"
    number: int | None = _cache.get(key)
    if number is None:
        number = counting()
        _cache.set(key, number)
    return number
