"""The OpenAPI document is true of the desk."""

from typing import Any

import pytest
from hypothesis import settings
from knox.models import AuthToken

from tests.api.described import CHECKS, desk, few
from tests.api.shelf import API, KIND_OF
from tests.examples import examples
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]


@pytest.fixture(scope="module")
def headers(lasting_world: Any) -> dict[str, str]:
    """The token of an administrator, for all tests of the module."""
    return {"Authorization": f"Token {AuthToken.objects.create(UserFactory(role='administrator'))[1]}"}


@pytest.mark.alike
@desk.parametrize()
@settings(few, max_examples=examples(2))
def test_the_desk_is_as_described(case: Any, lasting_world: Any, headers: Any) -> None:
    case.call_and_validate(checks=CHECKS)
    case.call_and_validate(headers=headers, checks=CHECKS)
    kind = KIND_OF.get(case.operation.path.removeprefix(f"{API}desk/").partition("/")[0])
    if kind and "public_id" in (case.path_parameters or {}):
        case.path_parameters["public_id"] = lasting_world[kind].public_id
        case.call_and_validate(headers=headers | {"If-Match": "*"}, checks=CHECKS)
