"""Tokens of staff: given out for a password, kept as a hash, expiring, revocable."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework.test import APIClient
from rest_framework.throttling import ScopedRateThrottle

from tests import factories
from tests.api.conftest import DESK, client_of, refusal_of

TOKEN = f"{DESK}/token/"


@pytest.fixture(autouse=True)
def _no_memory() -> Any:
    """Throttles count in the cache."""
    cache.clear()
    yield
    cache.clear()


def log_in(client: APIClient, username: str, password: str, **more: Any) -> Any:
    return client.post(TOKEN, {"username": username, "password": password} | more)


def test_a_token_lives_ten_hours_and_is_kept_as_a_hash(users: Any, api_client: APIClient) -> None:
    answer = log_in(api_client, "editor", "editor")
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    token = AuthToken.objects.get()
    assert token.expiry - token.created == pytest.approx(dt.timedelta(hours=10), abs=dt.timedelta(seconds=5))
    assert answer.json()["token"] not in (token.digest, token.token_key)
    api_client.credentials(HTTP_AUTHORIZATION=f"Token {answer.json()['token']}")
    assert api_client.get(f"{DESK}/parties/").status_code == 200


def test_a_revoked_token_is_of_no_use(users: Any) -> None:
    first, second, third = (client_of(users.editor) for _number in range(3))
    assert first.delete(TOKEN).status_code == 204
    assert [client.get(f"{DESK}/parties/").status_code for client in (first, second, third)] == [401, 200, 200]
    assert second.post(f"{TOKEN}revoke-all/").status_code == 204
    assert [client.get(f"{DESK}/parties/").status_code for client in (second, third)] == [401, 401]


def test_an_expired_token_is_of_no_use_and_in_nobodys_way(users: Any) -> None:
    client = client_of(users.editor)
    AuthToken.objects.update(expiry=factories.AT)
    assert client.get(f"{DESK}/parties/").status_code == 401
    AuthToken.objects.create(users.editor)
    AuthToken.objects.update(expiry=factories.AT)
    assert log_in(client, "editor", "editor").status_code == 200
    assert AuthToken.objects.count() == 1


def test_the_oldest_token_goes_when_there_are_too_many(users: Any, api_client: APIClient) -> None:
    oldest = client_of(users.editor)
    for _number in range(knox_settings.TOKEN_LIMIT_PER_USER):
        assert log_in(api_client, "editor", "editor").status_code == 200
    assert AuthToken.objects.count() == knox_settings.TOKEN_LIMIT_PER_USER
    assert oldest.get(f"{DESK}/parties/").status_code == 401


def test_who_is_no_active_staff_gets_none(users: Any, api_client: APIClient) -> None:
    factories.UserFactory(username="reader", password="reader", is_staff=False)
    factories.UserFactory(username="former", password="former", is_active=False)
    answers = [
        log_in(api_client, name, password)
        for name, password in (("reader", "reader"), ("former", "former"), ("editor", "x"), ("nobody", "x"))
    ]
    assert {answer.status_code for answer in answers} == {403}
    assert len({answer.content for answer in answers}) == 1
    assert not AuthToken.objects.exists()


def test_a_token_of_who_left_is_of_no_use(users: Any) -> None:
    client, inactive = client_of(users.editor), client_of(users.viewer)
    users.editor.is_staff, users.viewer.is_active = False, False
    users.editor.save()
    users.viewer.save()
    assert client.get(f"{DESK}/parties/").status_code == 403
    assert inactive.get(f"{DESK}/parties/").status_code == 401


def test_wrong_passwords_lock_the_name(users: Any, api_client: APIClient) -> None:
    for _number in range(4):
        assert log_in(api_client, "editor", "wrong").status_code == 403
    assert log_in(api_client, "editor", "wrong").status_code == 429
    locked = log_in(api_client, "editor", "editor")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert locked["Content-Type"] == "application/problem+json"
    assert "locked" in locked.json()["detail"]
    assert log_in(api_client, "reviewer", "reviewer").status_code == 200


def test_a_right_password_forgives_the_wrong_ones(users: Any, api_client: APIClient) -> None:
    for _round in range(2):
        for _number in range(4):
            assert log_in(api_client, "editor", "wrong").status_code == 403
        assert log_in(api_client, "editor", "editor").status_code == 200


def test_who_tries_too_often_is_slowed_down(users: Any, api_client: APIClient, monkeypatch: Any) -> None:
    monkeypatch.setattr(ScopedRateThrottle, "THROTTLE_RATES", {"token": "2/minute"})
    codes = [log_in(api_client, "editor", "editor").status_code for _number in range(3)]
    assert codes == [200, 200, 429]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "username: This field is required"), ({"username": "editor"}, "password: This field is required"),
        ([], "record: Write an object"), ("x", "record: Write an object"), (None, "username: This field is required"),
        ({"username": "editor", "password": ""}, "password: This field may not be blank"),
        ({"username": "ed\0itor", "password": "editor"}, "username: Null characters are not allowed"),
        ({"username": "editor", "password": "edi\0tor"}, "password: Null characters are not allowed"),
        ({"username": ["editor"], "password": "editor"}, "username: Write text; found a list"),
        ({"username": "editor", "password": 1}, "password: Write text; found a number"),
        ({"username": "e" * 151, "password": "editor"}, "username: Ensure this field has no more than 150"),
        ({"username": "editor", "password": "e" * 1_000_000}, "password: Ensure this field has no more than 500"),
        ({"username": "editor", "password": "editor", "otp": "1"}, "otp: There is no such field"),
    ],
)  # fmt: skip
def test_garbage_gets_none(body: Any, words: str, users: Any, api_client: APIClient) -> None:
    answer = api_client.post(TOKEN, body)
    assert words in refusal_of(answer, 400)


@pytest.mark.parametrize(
    "header", ["Token", "Token x", "Token a b", "Token \xe9\xff", "Token " + "a" * 100_000, "Bearer x"]
)
def test_what_is_no_token_lets_nobody_in(header: str, db: None) -> None:
    answer = APIClient(HTTP_AUTHORIZATION=header).get(f"{DESK}/parties/")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Token"
