"""Limits on how often one reader, or one member of staff, may ask."""

from rest_framework import throttling
from rest_framework.request import Request

from tracker.curation.attempts import client_address


class _ByAddress(throttling.SimpleRateThrottle):
    """Tells readers apart as wrong passwords do: a proxy may add a port, or say no address."""

    def get_ident(self, request: Request) -> str:
        """Return the address of the client."""
        return client_address(request)


class AnonRateThrottle(_ByAddress, throttling.AnonRateThrottle):
    """A limit on requests by one address without a token."""


class UserRateThrottle(_ByAddress, throttling.UserRateThrottle):
    """A limit on requests by one user with a token."""
