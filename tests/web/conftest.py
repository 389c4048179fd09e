"""The fixtures of the project as published, as for the API."""

from tests.api.conftest import register

__all__ = ["register"]
