"""What belongs to an account and ends with its password."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _
from knox.models import AuthToken


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
