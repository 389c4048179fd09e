"""What tests of imports share."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from tests.again import again
from tests.exchange.registers import Register
from tests.exchange.releases import Bring, bringer


@pytest.fixture
def bring(tmp_path: Path, users: SimpleNamespace) -> Bring:
    """Import rows as a release, withdraw what is gone, publish, and return the plan that was applied."""
    return bringer(tmp_path, users)


@pytest.fixture
def names(db: None) -> None:
    """The parties, categories and platforms of the fixtures, which labels of files stand for; nothing is published."""
    again("names", lambda: call_command("loaddata", "parties", "categories", "platforms", verbosity=0))


@pytest.fixture(scope="module")
def register(module_db: None) -> Register:
    """The published register with a record of each kind, for all tests of a module."""
    return again("register", Register)
