"""The fixtures of the project as published, and one record of each kind, as for the API."""

from tests.api.conftest import register, shown, world

__all__ = ["register", "shown", "world"]
