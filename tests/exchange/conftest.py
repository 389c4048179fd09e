"""What tests of the register's own workbook share."""

import pytest

from tests.again import again
from tests.exchange.registers import Register


@pytest.fixture(scope="module")
def register(module_db: None) -> Register:
    """The published register with a record of each kind, for all tests of a module."""
    return again("register", Register)
