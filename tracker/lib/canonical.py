"""One spelling of a document in bytes, so that it can be hashed, compared and served as it is."""

import hashlib
import json
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import orjson

from tracker.lib.chunks import chunked

_PACKED_AT_ONCE = 500


def _default(value: object) -> object:
    """Write exact decimals as strings; orjson has no type for them."""
    if isinstance(value, Decimal):
        return format(value, "f")
    # Lazy translations and other string-likes.
    return str(value)


def pack(document: Any) -> bytes:
    """Return `document` as compact JSON in the order of its keys."""
    try:
        return orjson.dumps(document, default=_default)
    except TypeError:
        # orjson takes no integer beyond 64 bits, which a cell of a file can hold; it is refused later, in words.
        return json.dumps(document, default=_default, ensure_ascii=False, separators=(",", ":")).encode()


def dump(document: Any) -> str:
    """Do as `pack`, and return text."""
    return pack(document).decode()


def load(text: str | bytes) -> Any:
    """Return the document that `dump` or `pack` wrote."""
    return orjson.loads(text)


def digest(text: str) -> str:
    """Return the SHA-256 of `text` as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def digest_of_lists(*lists: Iterable[Any]) -> str:
    """Return the digest of a list of lists as `dump` gives it, with some of their members in memory at a time."""
    found = hashlib.sha256()
    for place, members in enumerate(lists):
        found.update(b",[" if place else b"[[")
        for number, part in enumerate(chunked(members, _PACKED_AT_ONCE)):
            # Without the brackets of its own list.
            found.update((b"," if number else b"") + pack(part)[1:-1])
        found.update(b"]")
    found.update(b"]" if lists else b"[]")
    return found.hexdigest()
