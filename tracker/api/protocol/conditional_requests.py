"""Conditional requests (RFC 9110, section 13): whether a reader has an answer already, which is then a 304."""

import datetime as dt
import hashlib
import re
from typing import Any

from django.utils.http import parse_etags, parse_http_date_safe

from tracker.reporting.shelf import moments

_MARK = re.compile(r'-{1,2}(?:gzip|br|zstd|deflate)"$')
REPRESENTATION_VERSION = 6
"""Part of every ETag: raise it when the same records come to be answered in other words."""


def etag_of(moment: dt.datetime, form: str, address: str) -> str:
    """Return a strong tag: an answer follows from its address, its format and the newest publishing that it shows."""
    what = f"{REPRESENTATION_VERSION} {moment.isoformat()} {form} {address}"
    return f'"{hashlib.sha256(what.encode()).hexdigest()[:32]}"'


def names_tag(request: Any, etag: str) -> bool:
    """Tell whether the reader named this tag: true before it is known that there is such an answer, as it had one."""
    return etag in _tags_of(request)


def has_answer(request: Any, etag: str, moment: dt.datetime | None) -> bool:
    """Tell whether the reader has this answer: by its tag or by `*`, or where no tag came along, by its date.

    `moment` is that of the newest publishing that the answer shows; None before the first. Ask it only of an answer
    that there is: neither `*` nor a date says whether what is asked for is right.
    """
    if "HTTP_IF_NONE_MATCH" in request.META:
        return not _tags_of(request).isdisjoint((etag, "*"))
    since = parse_http_date_safe(request.META.get("HTTP_IF_MODIFIED_SINCE", ""))
    if moment is None or since is None or since < int(moment.timestamp()):
        return False
    # Dates of HTTP have no fractions: two publishings in one second look alike.
    return not moments.published_in_the_same_second(moment)


def _tags_of(request: Any) -> set[str]:
    """Return the tags of `If-None-Match`, `*` among them."""
    return tags_in(request.META.get("HTTP_IF_NONE_MATCH", ""))


def tags_in(header: str) -> set[str]:
    """Return the tags that `If-Match` or `If-None-Match` names, `*` among them; weak ones as strong.

    Who compresses an answer, here or in between, marks its tag as weak, Apache with `-gzip`: it is the same answer. The
    standard has `If-Match` compare strongly; but then nobody who reads compressed answers could write.
    """
    return {_MARK.sub('"', tag.removeprefix("W/")) for tag in parse_etags(header)}
