"""The audit: who published, was given a role or a token, logged in or failed to, which mails were not sent.

Each is kept where it happens: publishing in the change sets, what is done to accounts in their events, and logins by
django-axes. They are put together when they are looked at.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any

from axes.models import AccessFailureLog, AccessLog
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import AccountEvent, AnswerLink, ChangeSet, Notice

PUBLISHED, LOGIN, FAILED, NOT_MAILED = "published", "login", "failed", "not_mailed"
LINKED, REVOKED = "answer_link", "answer_link_revoked"
KINDS: dict[str, Any] = {
    PUBLISHED: _("published"), **dict(AccountEvent.What.choices), LOGIN: _("logged in"), FAILED: _("failed to log in"),
    NOT_MAILED: _("mail not sent"), LINKED: _("link for a contributor made"),
    REVOKED: _("link for a contributor revoked"),
}  # fmt: skip


@dataclass(frozen=True)
class Event:
    """One thing that somebody did: when, what, who, to whose account, change set or figures, and from where."""

    at: dt.datetime
    what: str
    who: str
    whom: str = ""
    detail: str = ""

    @property
    def label(self) -> str:
        """What was done, in words."""
        return str(KINDS[self.what])


_Source = tuple[QuerySet[Any], Callable[[Any], Event]]


class AuditPages:
    """All events, as a paginator takes them: counted, and cut."""

    def __init__(self, sources: list[_Source]) -> None:
        self._sources = sources

    def __len__(self) -> int:
        return sum(rows.count() for rows, _event in self._sources)

    def __getitem__(self, cut: slice) -> list[Event]:
        listed = [self._newest(rows, event, cut.stop) for rows, event in self._sources]
        return list(islice(merge(*listed, key=lambda event: event.at, reverse=True), cut.start, cut.stop))

    @staticmethod
    def _newest(rows: QuerySet[Any], event: Callable[[Any], Event], most: int) -> Iterator[Event]:
        return map(event, rows[:most])


def pages(*, what: str = "", who: str = "") -> AuditPages:
    """Return the events of one sort, or all; by or about one user, or anybody."""
    sources: list[_Source] = []
    if what in ("", PUBLISHED):
        sets = ChangeSet.objects.filter(status=ChangeSet.Status.PUBLISHED).select_related("author", "reviewer")
        own = Q(author__username=who) | Q(reviewer__username=who)
        sources.append(((sets.filter(own) if who else sets).order_by("-published_at", "-pk"), _published))
    if what == "" or what in AccountEvent.What.values:
        events = AccountEvent.objects.select_related("user", "by")
        events = events.filter(what=what) if what else events
        own = Q(user__username=who) | Q(by__username=who)
        sources.append(((events.filter(own) if who else events).order_by("-at", "-pk"), _of_account))
    links_made = AnswerLink.objects.select_related("contributor", "made_by", "revoked_by")
    if what in ("", LINKED):
        made = links_made.filter(made_by__username=who) if who else links_made
        sources.append((made.order_by("-made_at", "-pk"), _link_made))
    if what in ("", REVOKED):
        revoked = links_made.filter(revoked_at__isnull=False)
        revoked = revoked.filter(revoked_by__username=who) if who else revoked
        sources.append((revoked.order_by("-revoked_at", "-pk"), _link_revoked))
    for kind, model in ((LOGIN, AccessLog), (FAILED, AccessFailureLog)):
        if what in ("", kind):
            rows = model.objects.filter(username=who) if who else model.objects.all()
            sources.append((rows.order_by("-attempt_time", "-pk"), _login(kind)))
    if what in ("", NOT_MAILED):
        left = Notice.objects.filter(mail=Notice.Mail.WAITING).exclude(mail_problem="")
        left = left.select_related("recipient", "by")
        own = Q(recipient__username=who) | Q(by__username=who)
        sources.append(((left.filter(own) if who else left).order_by("-at", "-pk"), _not_mailed))
        links = AccountEvent.objects.filter(mail=Notice.Mail.WAITING).exclude(mail_problem="")
        links = links.select_related("user", "by")
        own = Q(user__username=who) | Q(by__username=who)
        sources.append(((links.filter(own) if who else links).order_by("-at", "-pk"), _link_not_mailed))
    return AuditPages(sources)


def _published(row: Any) -> Event:
    return Event(row.published_at, PUBLISHED, _name(row.reviewer), _name(row.author), f"#{row.pk} {row.message}")


def _of_account(row: Any) -> Event:
    return Event(row.at, row.what, _name(row.by), _name(row.user), row.role)


def _link_made(row: Any) -> Event:
    return Event(row.made_at, LINKED, _name(row.made_by), row.contributor.name, row.recipient)


def _link_revoked(row: Any) -> Event:
    return Event(row.revoked_at, REVOKED, _name(row.revoked_by), row.contributor.name, row.recipient)


def _not_mailed(row: Any) -> Event:
    return Event(row.at, NOT_MAILED, _name(row.by), _name(row.recipient), f"#{row.change_set_id} {row.mail_problem}")


def _link_not_mailed(row: Any) -> Event:
    return Event(row.at, NOT_MAILED, _name(row.by), _name(row.user), row.mail_problem)


def _login(kind: str) -> Callable[[Any], Event]:
    return lambda row: Event(row.attempt_time, kind, row.username or "", detail=row.ip_address or "")


def _name(user: Any) -> str:
    return user.get_username() if user is not None else ""
