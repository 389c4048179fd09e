"""What tests of the register's own workbook share."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.again import again
from tests.exchange.registers import Register


@pytest.fixture(scope="module")
def register(django_db_setup: None, django_db_blocker: Any) -> Iterator[Register]:
    """The published register with a record of each kind, for all tests of a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield again("register", Register)
        transaction.set_rollback(True)
