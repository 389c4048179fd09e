"""The fixtures of the project as published, and one record of each kind, as for the API."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.api.conftest import register, shown, world

__all__ = ["register", "shown", "world"]


@pytest.fixture(autouse=True)
def _in_english_again() -> Iterator[None]:
    """Leave the language that a page was read in: Django's test client keeps it."""
    yield
    translation.deactivate()
