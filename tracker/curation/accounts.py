"""Accounts of staff: what is done to them is on record, and what belongs to one ends with its password."""

import datetime as dt
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import AbstractBaseUser, User
from django.contrib.auth.models import Group as Role
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from knox.models import AuthToken

from tracker.curation.errors import CurationError
from tracker.models import AccountEvent, ChangeSet

ADMINISTER = "auth.change_user"
"""The right to look after accounts, which administrators have."""

SUPERUSER = "superuser"
"""How a superuser's right to everything is called among roles."""

_What = AccountEvent.What
_TAKING = {_What.MADE, _What.OPENED, _What.LINK, _What.PASSWORD}


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
    *, user: User, by: User | None, at: dt.datetime, roles: frozenset[str] = frozenset(), was_open: bool = True
) -> None:  # fmt: skip
    """Put on record how an account differs from what it was; it had `roles`, as `roles_of` gives them.

    It `was_open` as `is_open` tells.
    """
    now = roles_of(user)
    for role in sorted(now - roles):
        note(what=_What.GRANTED, user=user, by=by, at=at, role=role)
    for role in sorted(roles - now):
        note(what=_What.TAKEN, user=user, by=by, at=at, role=role)
    if was_open != is_open(user):
        note(what=_What.OPENED if is_open(user) else _What.CLOSED, user=user, by=by, at=at)


def is_open(user: User) -> bool:
    """Tell whether an account lets anybody in to the desk: whoever is no longer staff is as good as away."""
    return user.is_active and user.is_staff


def staff_with(permission: str) -> QuerySet[User]:
    """Return the members of staff who have a permission, however they got it, by name."""
    granted = Q(pk__in=User.objects.filter(gives(permission)).values("pk"))
    return User.objects.filter(granted, is_active=True, is_staff=True).order_by("username")


def gives(permission: str) -> Q:
    """Return the condition by which a user, active or not, was given a permission. It may find one user twice."""
    codename = permission.partition(".")[2]
    return Q(groups__permissions__codename=codename) | Q(user_permissions__codename=codename) | Q(is_superuser=True)


def administrators() -> QuerySet[User]:
    """Return who looks after accounts, and can log in to do so: whoever has no password yet is not among them."""
    return staff_with(ADMINISTER).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)


@transaction.atomic
def require_other_administrator(user: User) -> None:
    """Raise CurationError where `user` is the last administrator: without them nobody would look after accounts.

    To be asked before one is closed, loses that right, or has the password taken away. Others who do so at the same
    moment wait for the end of the transaction.
    """
    there = administrators()
    # All of them, and in one order: else two who close each other would both find one left.
    list(User.objects.select_for_update().filter(pk__in=there.values("pk")).order_by("pk"))
    if there.filter(pk=user.pk).exists() and not there.exclude(pk=user.pk).exists():
        raise CurationError(
            _("%s is the last administrator who can log in: make somebody else an administrator first, who has chosen "
              "a password.") % user.get_username()
        )  # fmt: skip


def password_link(user: User) -> tuple[str, str]:
    """Return what is in the address by which a user chooses a password: who, and Django's own token."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


def who_made_reviewer(*, user: User, by: User, since: dt.datetime) -> list[User]:
    """Return through whom `by` gave `user` the right to publish, or the use of their account, at `since` or later.

    From `by` on, in order, without `user`; empty where `by` did not. Whoever makes an account, opens it again, or sets
    its password could use it, and what it did from then on counts as done by them.
    """
    publishing = roles_with(ChangeSet.PUBLISH)
    leading = publishing | roles_with("auth.add_user", "auth.change_user")
    events = AccountEvent.objects.filter(at__gte=since, by__isnull=False).order_by("at", "id")
    through = {by.pk: [by.pk]}
    for what, role, whom, who in events.values_list("what", "role", "user", "by"):
        if who not in through:
            continue
        taken = what in _TAKING
        if whom == user.pk and (taken or (what == _What.GRANTED and role in publishing)):
            found = User.objects.in_bulk(through[who])
            return [found[pk] for pk in through[who]]
        if taken or (what == _What.GRANTED and role in leading):
            through.setdefault(whom, [*through[who], whom])
    return []


def roles_with(*permissions: str) -> set[str]:
    """Return what gives one of these permissions, as events of accounts name it: roles, permissions, `superuser`."""
    codenames = [permission.partition(".")[2] for permission in permissions]
    roles = Role.objects.filter(permissions__codename__in=codenames).values_list("name", flat=True)
    return {SUPERUSER, *permissions, *roles}


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
