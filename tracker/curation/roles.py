"""Roles: what one gives is on record with each of its members, and one that administers cannot lose that to nobody."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission, User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.curation import accounts
from tracker.curation.errors import CurationError
from tracker.models import AccountEvent


@transaction.atomic
def set_permissions(*, role: Role, permissions: Collection[Permission], by: User | None, at: dt.datetime) -> None:
    """Let a role give these permissions, and no others; each member who has one more, or less, has that on record.

    Raises CurationError where nobody who can log in would look after accounts any longer.
    """
    changed = sorted(set(role.permissions.all()) ^ set(permissions), key=_name)
    require_administrator(role=role, permissions=permissions)
    had = {permission: _holders(permission) for permission in changed}
    role.permissions.set(permissions)
    for permission in changed:
        has = _holders(permission)
        for user in User.objects.filter(pk__in=had[permission] ^ has).order_by("pk"):
            what = AccountEvent.What.GRANTED if user.pk in has else AccountEvent.What.TAKEN
            accounts.note(what=what, user=user, by=by, at=at, role=_name(permission))


def require_administrator(*, role: Role, permissions: Collection[Permission]) -> None:
    """Raise CurationError where, once the role gives these permissions alone, nobody would look after accounts."""
    administrators = accounts.administrators()
    if not administrators.exists() or accounts.ADMINISTER in map(_name, permissions):
        return
    codename = accounts.ADMINISTER.partition(".")[2]
    roles = Role.objects.filter(permissions__codename=codename).exclude(pk=role.pk)
    other_ways = Q(is_superuser=True) | Q(user_permissions__codename=codename) | Q(groups__in=roles)
    if not administrators.filter(other_ways).exists():
        raise CurationError(
            _("Nobody who can log in would look after accounts: give another role, which somebody has, “%s” first.")
            % accounts.ADMINISTER
        )


def _name(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def _holders(permission: Permission) -> set[int]:
    """Return who was given a permission, by any way, whether they can log in or not."""
    given = Q(groups__permissions=permission) | Q(user_permissions=permission) | Q(is_superuser=True)
    return set(User.objects.filter(given).values_list("pk", flat=True))
