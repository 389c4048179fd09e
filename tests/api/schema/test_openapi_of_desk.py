"""The OpenAPI document is true of the desk."""

from typing import Any

import pytest
from hypothesis import settings
from knox.models import AuthToken

from tests.api.described import CHECKS, desk, few
from tests.api.shelf import API, KIND_OF
from tests.examples import examples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kept_connection")]


@pytest.mark.alike
@desk.parametrize()
@settings(few, max_examples=examples(2))
def test_the_desk_is_as_described(case: Any, world: Any, users: Any) -> None:
    headers = {"Authorization": f"Token {AuthToken.objects.create(users.administrator)[1]}"}
    case.call_and_validate(checks=CHECKS)
    case.call_and_validate(headers=headers, checks=CHECKS)
    kind = KIND_OF.get(case.operation.path.removeprefix(f"{API}desk/").partition("/")[0])
    if kind and "public_id" in (case.path_parameters or {}):
        case.path_parameters["public_id"] = world[kind].public_id
        case.call_and_validate(headers=headers | {"If-Match": "*"}, checks=CHECKS)
