"""Who asks: tokens of staff."""

from typing import Any

from django.utils.translation import gettext as _
from knox import auth
from rest_framework.exceptions import AuthenticationFailed


class TokenAuthentication(auth.TokenAuthentication):
    """`Authorization: Token …`; the token is kept as a hash, expires, and can be revoked."""

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Return the user and the token. Raises AuthenticationFailed for what cannot be a token."""
        if not token.isalnum():
            raise AuthenticationFailed(_("Invalid token."))
        found: tuple[Any, Any] = super().authenticate_credentials(token)
        return found
