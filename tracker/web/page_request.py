"""What is asked of a page: as of which moment it reads, and the addresses of others as of the same."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.filters.parameters import check_given, check_once, refuse
from tracker.lib.citing import AS_OF, Licence, cited_address
from tracker.lib.short_links import shorten
from tracker.models import clock
from tracker.reporting.shelf import moments
from tracker.reporting.shelf.paging import Cursor, decode

EMBED = "embed/"
"""Ends the address of a page as a frame."""

FRONT = "front"
"""What the front page is called where a form stands behind its name."""


_TRACKING = re.compile(
    r"utm_\w+|mc_[ce]id|(?:fb|g|ms|dc|tt|tw|y)clid|[gw]braid|igsh|igshid|mkt_tok|_hs(?:enc|mi)|ref_src"
)
"""Parameters that mail and other sites put behind an address that is shared: they ask for nothing."""


def newest_of(request: HttpRequest) -> dt.datetime:
    """Return the newest publishing: as the response cache read it for this request, or read now."""
    newest: dt.datetime = getattr(request, moments.NEWEST, None) or moments.newest()
    return newest


def said(params: QueryDict) -> dict[str, list[str]]:
    """Return the parameters of an address that ask for something, each with its values."""
    found = {
        name: [value for value in values if value.strip()]
        for name, values in params.lists() if not _TRACKING.fullmatch(name)
    }  # fmt: skip
    return {name: values for name, values in found.items() if values}


@dataclass(frozen=True)
class PageRequest:
    """A request for a page, and the publishing that its answer shows; `as_of` is empty for the newest."""

    request: HttpRequest
    moment: dt.datetime
    newest: dt.datetime
    as_of: str = ""

    @property
    def params(self) -> dict[str, str]:
        """What the address says beside `as_of`, and says something: several values of one name joined by commas."""
        joined = {name: ",".join(values) for name, values in said(self.request.GET).items()}
        return {name: text for name, text in joined.items() if name != AS_OF and "\0" not in text}

    def check(self, allowed: Iterable[str], lists: Iterable[str] = ()) -> None:
        """Raise ValidationError for a parameter that the page has not, or that is given twice and is not of `lists`."""
        check_given(said(self.request.GET), {AS_OF, *allowed}, lists=set(lists))

    def number(self, name: str, most: int) -> int:
        """Return a number that the address says, such as which page, else 1; raises ValidationError beyond `most`."""
        text = self.params.get(name, "1")
        if not (text.isascii() and text.isdigit() and len(text) < 8 and 1 <= int(text) <= max(1, most)):
            texts = {"most": max(1, most), "found": text[:20]}
            refuse(name, _("Write a number from 1 to %(most)s; found “%(found)s”.") % texts)
        return int(text)

    @property
    def cursor(self) -> Cursor | None:
        """Where a part of a list begins; raises ValidationError where the address says so and cannot be read."""
        if "cursor" not in self.params:
            return None
        try:
            return decode(self.params["cursor"])
        except ValidationError:
            refuse("cursor", _("The address was cut off or changed: begin again at the first page of the list."))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was published yet."""
        return self.moment == moments.NEVER

    @property
    def origin(self) -> str:
        """Where this site is, such as https://example.org."""
        return self.request.build_absolute_uri("/").rstrip("/")

    @property
    def licence(self) -> Licence:
        """Under which licence the data may be used."""
        found: Licence = settings.DATA_LICENCE
        return found

    @property
    def now(self) -> str:
        """The address of the same page as it stands today."""
        return f"{self.request.path}?{urlencode(self.params)}" if self.params else self.request.path

    @property
    def cited(self) -> str:
        """The address at which this page stays as it is now."""
        return cited_address(self.request.build_absolute_uri(), None if self.is_empty else self.moment)

    @property
    def short(self) -> str:
        """A short link to this page with all that it asks; empty where that is too long for one."""
        letters = shorten(self.with_moment(self.request.path, self.params))
        return f"{self.origin}{reverse('short-link', args=[letters])}" if letters else ""

    def address(self, name: str, *args: str, **params: Any) -> str:
        """Return the address of a page by the name of its route, as of the same moment."""
        return self.with_moment(reverse(name, args=args), params)

    def with_moment(self, path: str, params: dict[str, Any]) -> str:
        """Return a path with the parameters that say something, as of their own moment or that asked for."""
        asked = {key: value for key, value in params.items() if value not in (None, "")}
        if self.as_of:
            asked.setdefault(AS_OF, self.as_of)
        return f"{path}?{urlencode(asked)}" if asked else path

    def here(self, **params: Any) -> str:
        """Return the address of this page with other parameters, as of the same moment."""
        return self.with_moment(self.request.path, self.params | params)

    def file(self, form: str) -> str:
        """Return the address of this page in another form, such as `csv`, with all that it asks."""
        path = self.request.path.removesuffix(EMBED)
        # The front page has no name to put a form behind.
        where = f"{path}{FRONT}" if path == reverse("home") else path.rstrip("/")
        return self.with_moment(f"{where}.{form}", self.params)

    @property
    def feed(self) -> str:
        """The address of what changes in this page, as a feed, which is of no moment."""
        return replace(self, as_of="").file("atom")

    def record(self, kind: str, public_id: str) -> str:
        """Return the address of a record's page."""
        return self.address(f"page-{kind}", public_id)


def of_newest(request: HttpRequest) -> PageRequest:
    """Return what is asked where no moment can be: as of the newest publishing."""
    newest = newest_of(request)
    return PageRequest(request, newest, newest)


def read(request: HttpRequest, newest: dt.datetime) -> PageRequest:
    """Return what is asked of a page; raises MomentError where `as_of` is no moment that has passed, ValidationError
    where it is given twice, and Unsettled.
    """
    given = said(request.GET).get(AS_OF, [])
    check_once(AS_OF, given)
    text = given[0].strip() if given else ""
    if not text:
        return PageRequest(request, newest, newest)
    return PageRequest(request, moments.resolve(moments.settled_moment(text, clock=clock.now)), newest, text)
