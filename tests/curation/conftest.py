"""The desk that the tests of curation start from."""

import pytest

from tests.curation.desk import Desk, with_basics


@pytest.fixture(scope="module")
def basics(module_db: None) -> Desk:
    """A desk with the basics published, for all tests of a module."""
    return with_basics()


@pytest.fixture
def desk(basics: Desk, db: None) -> Desk:
    """A desk with the basics published; what a test adds is rolled back with it."""
    return basics
