"""The desk that the tests of curation start from."""

import pytest

from tests.curation.desk import Desk


@pytest.fixture
def desk(db: None) -> Desk:
    """A desk with the basics published."""
    desk = Desk()
    desk.basics()
    return desk
