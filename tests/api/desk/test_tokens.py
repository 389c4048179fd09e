"""Tokens of staff: given out for a password, kept as a hash, expiring, revocable."""

import datetime as dt
from io import StringIO
from typing import Any
from unittest import mock

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework.test import APIClient
from rest_framework.throttling import SimpleRateThrottle

from tests import factories
from tests.api.conftest import DESK, client_of, refusal_of
from tracker.curation import attempts
from tracker.models import Attempt

TOKEN = f"{DESK}/token/"


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
    for _number in range(9):
        assert log_in(api_client, "editor", "wrong").status_code == 403
    assert log_in(api_client, "editor", "wrong").status_code == 429
    locked = log_in(api_client, "editor", "editor")
    assert locked.status_code == 429
    assert locked["Retry-After"] == "900"
    assert locked["Content-Type"] == "application/problem+json"
    assert "locked" in locked.json()["detail"]
    assert log_in(APIClient(REMOTE_ADDR="198.51.100.7"), "reviewer", "reviewer").status_code == 200


def test_one_name_is_guessed_ten_times_from_however_many_addresses(users: Any) -> None:
    codes = []
    for number in range(60):
        client = APIClient(REMOTE_ADDR=f"198.51.100.{number}")
        if number % 2:
            codes.append(log_in(client, "editor", f"guess-{number}").status_code)
        else:
            codes.append(client.post("/admin/login/", {"username": "editor", "password": "guess"}, "multipart"))
    tried = [code if isinstance(code, int) else code.status_code for code in codes]
    assert tried[:9] == [200, 403] * 4 + [200], "the page of the login is shown again"
    assert set(tried[9:]) == {429}
    # Going on to guess keeps nobody out for longer: the time runs from the last attempt that counted.
    AccessAttempt.objects.update(attempt_time=timezone.now() - dt.timedelta(minutes=16))
    assert log_in(APIClient(), "editor", "editor").status_code == 200


def test_one_address_guesses_ten_times_at_however_many_names(users: Any, api_client: APIClient) -> None:
    codes = [log_in(api_client, f"name-{number}", "password").status_code for number in range(12)]
    assert codes == [403] * 9 + [429] * 3
    page = api_client.post("/admin/login/", {"username": "reviewer", "password": "reviewer"}, "multipart")
    assert page.status_code == 429
    assert log_in(APIClient(REMOTE_ADDR="198.51.100.7"), "reviewer", "reviewer").status_code == 200


def test_a_right_password_forgives_the_wrong_ones(users: Any, api_client: APIClient) -> None:
    for _round in range(2):
        for _number in range(9):
            assert log_in(api_client, "editor", "wrong").status_code == 403
        assert log_in(api_client, "editor", "editor").status_code == 200


def test_what_a_proxy_says_that_is_no_address_counts_for_the_proxy(users: Any, settings: Any) -> None:
    """PostgreSQL takes nothing else for an address: a guess ended in an error. Those of one /64 count together."""
    settings.PROXIES = 1
    client, told = APIClient(), ("unknown", "198.51.100.7:5678", "[2001:db8::1]:443", "fe80::1%eth0", "x" * 300)
    assert [
        client.post(TOKEN, {"username": "editor", "password": "guess"}, headers={"x-forwarded-for": each}).status_code
        for each in told
    ] == [403] * len(told)
    counted = AccessAttempt.objects.values_list("ip_address", "failures_since_start")
    assert dict(counted) == {"127.0.0.1": 2, "198.51.100.7": 1, "2001:db8::": 1, "fe80::": 1}


def test_an_account_of_ones_own_forgives_no_guesses_at_others(users: Any) -> None:
    """Whoever logs in between, by program or in the admin, may guess no more often than anybody."""
    found = []
    for round_ in range(3):
        for number in range(6):
            found.append(log_in(APIClient(), "administrator", f"guess-{round_}-{number}").status_code)
        log_in(APIClient(), "editor", "editor")
        APIClient().post("/admin/login/", {"username": "editor", "password": "editor"}, "multipart")
    assert found == [403] * 9 + [429] * 9


def test_who_tries_too_often_is_slowed_down_by_all_processes_together(
    users: Any, api_client: APIClient, monkeypatch: Any
) -> None:
    monkeypatch.setattr(SimpleRateThrottle, "THROTTLE_RATES", {"token": "2/minute"})
    codes = []
    for _process in range(3):
        # What another process remembers by itself is nothing.
        cache.clear()
        codes.append(log_in(api_client, "editor", "editor").status_code)
    assert codes == [200, 200, 429]


@pytest.mark.django_db(transaction=True)
def test_what_is_over_is_forgotten_and_nobody_waits_for_what_another_counts() -> None:
    """On PostgreSQL, those who wait to forget what others count wait for one another in the end."""
    at = timezone.now()
    counts = [attempts.count(what="a", seconds=60, at=at + dt.timedelta(seconds=each)).count for each in (0, 59, 60)]
    assert counts == [1, 2, 1]
    attempts.count(what="b", seconds=60, at=at)
    later = at + dt.timedelta(hours=1)
    other = connection.copy()
    try:
        if connection.vendor == "postgresql":
            with other.cursor() as cursor:
                cursor.execute("BEGIN")
                cursor.execute("SELECT 1 FROM tracker_attempt WHERE name = 'a' FOR UPDATE")
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
        assert attempts.count(what="c", seconds=60, at=later).count == 1
    finally:
        other.close()
        connection.close()
    attempts.count(what="c", seconds=60, at=later)
    assert list(Attempt.objects.values_list("name", "count")) == [("c", 2)]


def _in_the_admin(users: Any) -> None:
    browser = Client()
    browser.force_login(users.administrator)
    data = {"password1": "another-Word-1", "password2": "another-Word-1", "usable_password": "true"}
    browser.post(f"/admin/auth/user/{users.editor.pk}/password/", data)


def _taken_away_in_the_admin(users: Any) -> None:
    browser = Client()
    browser.force_login(users.administrator)
    browser.post(f"/admin/auth/user/{users.editor.pk}/password/", {"usable_password": "false", "unset-password": "1"})


def _by_herself(users: Any) -> None:
    browser = Client()
    browser.force_login(users.editor)
    new = {"new_password1": "another-Word-1", "new_password2": "another-Word-1"}
    browser.post("/admin/password_change/", {"old_password": "editor"} | new)


def _by_command(users: Any) -> None:
    with mock.patch("getpass.getpass", return_value="another-Word-1"):
        call_command("changepassword", "editor", stdout=StringIO())


@pytest.mark.parametrize("change", [_in_the_admin, _taken_away_in_the_admin, _by_herself, _by_command])
def test_a_password_that_changes_ends_the_tokens(change: Any, users: Any) -> None:
    editor, reviewer = client_of(users.editor), client_of(users.reviewer)
    change(users)
    users.editor.refresh_from_db()
    assert not users.editor.check_password("editor")
    assert editor.get(f"{DESK}/parties/").status_code == 401
    assert reviewer.get(f"{DESK}/parties/").status_code == 200


def test_what_else_changes_of_an_account_ends_none(users: Any) -> None:
    editor = client_of(users.editor)
    users.editor.first_name = "Erin"
    users.editor.save()
    assert log_in(APIClient(), "editor", "editor").status_code == 200
    assert editor.get(f"{DESK}/parties/").status_code == 200


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
