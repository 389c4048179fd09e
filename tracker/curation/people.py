"""Members of staff: a new one has a role from the beginning, and a link by which they choose their own password."""

import datetime as dt
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation import accounts
from tracker.curation.errors import CurationError
from tracker.curation.mails import send_mails
from tracker.models import AccountEvent, Notice

_What = AccountEvent.What


@transaction.atomic
def make_user(
    *, username: str, roles: Iterable[str], by: User, at: dt.datetime, email: str = "", first_name: str = "",
    last_name: str = "",
) -> User:  # fmt: skip
    """Make a member of staff with roles, named by their groups, and no password yet; what `link_for` gives leads on.

    Raises CurationError for a name that is taken or none, for no role, and for one that there is not.
    """
    user = User(
        username=username.strip(), email=email.strip(), first_name=first_name.strip(), last_name=last_name.strip(),
        is_staff=True,
    )  # fmt: skip
    user.set_unusable_password()
    try:
        user.full_clean(exclude=["password"])
    except ValidationError as error:
        raise CurationError(" ".join(error.messages)) from error
    require_free_name(user.username)
    named = list(dict.fromkeys(roles))
    found = list(Role.objects.filter(name__in=named))
    missing = sorted(set(named) - {role.name for role in found})
    if missing or not found:
        known = ", ".join(Role.objects.order_by("name").values_list("name", flat=True))
        raise CurationError(_("Give a role that there is; known are: %s.") % known)
    user.save()
    user.groups.set(found)
    accounts.note(what=_What.MADE, user=user, by=by, at=at)
    accounts.note_changes(user=user, by=by, at=at)
    return user


def require_free_name(username: str, but: int | None = None) -> None:
    """Raise CurationError where somebody else than user `but` has this name, upper and lower case alike.

    Django tells `Editor` from `editor`, and people do not: whoever reads the audit would take one for the other.
    """
    wanted = User.normalize_username(username.strip()).casefold()
    for name in User.objects.exclude(pk=but or 0).order_by("username").values_list("username", flat=True):
        if name.casefold() == wanted:
            raise CurationError(_("There is a user “%s” already: choose a name that differs by more than case.") % name)


class Link(NamedTuple):
    """What is in the address by which a user chooses a password, and whether a mail with it is on its way."""

    who: str
    token: str
    is_mailed: bool


@transaction.atomic
def link_for(*, user: User, by: User, at: dt.datetime) -> Link:
    """Return the link by which `user` chooses a password, and have it sent where mails are, and lead somewhere.

    It holds for a time, and ends with the password, or a login. Raises CurationError for a closed account.
    """
    if not user.is_active:
        raise CurationError(_("The account of %s is closed: open it first.") % user.get_username())
    event = accounts.note(what=_What.LINK, user=user, by=by, at=at)
    is_mailed = bool(settings.SENDS_MAIL and settings.SITE_ADDRESS and user.email)
    if is_mailed:
        AccountEvent.objects.filter(pk=event.pk).update(mail=Notice.Mail.WAITING)
        # Robust: that a task cannot be noted down undoes nothing, and its mail goes with the next.
        transaction.on_commit(partial(send_mails.enqueue, at.isoformat()), robust=True)
    return Link(*accounts.password_link(user), is_mailed)
