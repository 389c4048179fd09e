"""Accounts of staff: what is done to them is on record, and what belongs to one ends with its password."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, Permission, User
from django.contrib.auth.models import Group as Role
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from knox.models import AuthToken

from tracker.models import AccountEvent, ChangeSet

SUPERUSER = "superuser"
"""How a superuser's right to everything is called among roles."""

_What = AccountEvent.What


def roles_of(user: User) -> frozenset[str]:
    """Return what a user was given, by name: roles, `superuser`, and single permissions."""
    single = user.user_permissions.values_list("content_type__app_label", "codename")
    return frozenset(
        {
            *user.groups.values_list("name", flat=True), *(f"{app}.{codename}" for app, codename in single),
            *([SUPERUSER] if user.is_superuser else []),
        }
    )  # fmt: skip


@transaction.atomic
def note(*, what: str, user: User, by: User | None, at: dt.datetime, role: str = "") -> AccountEvent:
    """Put on record what was done to the account of `user`; `by` is None for a command."""
    return AccountEvent.objects.create(what=what, user=user, by=by, role=role[:150], at=at)


@transaction.atomic
def note_changes(
    *, user: User, by: User | None, at: dt.datetime, roles: frozenset[str] = frozenset(), was_active: bool = True
) -> None:  # fmt: skip
    """Put on record how an account differs from what it was; it had `roles`, as `roles_of` gives them."""
    now = roles_of(user)
    for role in sorted(now - roles):
        note(what=_What.GRANTED, user=user, by=by, at=at, role=role)
    for role in sorted(roles - now):
        note(what=_What.TAKEN, user=user, by=by, at=at, role=role)
    if was_active != user.is_active:
        note(what=_What.OPENED if user.is_active else _What.CLOSED, user=user, by=by, at=at)


def was_made_reviewer(*, user: User, by: User, since: dt.datetime) -> bool:
    """Tell whether `by` gave `user` the right to publish, or the use of their account, at `since` or later.

    Whoever makes an account, opens it again, or sets its password could use it.
    """
    app, codename = ChangeSet.PUBLISH.split(".")
    publishing = Permission.objects.filter(content_type__app_label=app, codename=codename)
    roles = [
        SUPERUSER,
        ChangeSet.PUBLISH,
        *Role.objects.filter(permissions__in=publishing).values_list("name", flat=True),
    ]
    taking = Q(what__in=[_What.MADE, _What.OPENED, _What.LINK, _What.PASSWORD])
    granting = Q(what=_What.GRANTED, role__in=roles)
    return AccountEvent.objects.filter(granting | taking, user=user, by=by, at__gte=since).exists()


@transaction.atomic
def end_tokens(*, user: Any) -> None:
    """Revoke every token of a user: whoever knew the old password may have made one."""
    AuthToken.objects.filter(user=user).delete()


class TokensEndWithPassword:
    """Ends tokens with the password that they were given for.

    A validator, because that is the hook by which Django says that a password was changed, from whatever page, command
    or program: `AbstractBaseUser.save` calls `password_changed`. It refuses no password.
    """

    def validate(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """Take any password."""

    def get_help_text(self) -> str:
        """Return what who chooses a password should know."""
        return _("With a new password the tokens of programs end: have new ones made.")

    def password_changed(self, password: str, user: AbstractBaseUser | None = None) -> None:
        """End the tokens of the user."""
        if user is not None:
            end_tokens(user=user)
