"""The page of a record of each kind that holds all that it can hold."""

import pytest

from tests.web.pages import addresses, walk
from tracker.models.base import Record

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_every_page_of_a_record_with_all_that_it_can_hold_is_there(shown: dict[str, Record]) -> None:
    walk(addresses())
