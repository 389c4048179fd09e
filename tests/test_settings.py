"""The environment is checked at start, and its mistakes are named."""

import os
import runpy
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

KEY = "k" * 50
PRODUCTION = {"SECRET_KEY": KEY, "ALLOWED_HOSTS": "tracker.example, www.tracker.example"}
NAMES = [
    "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL", "HTTPS", "PROXIES",
    "THROTTLE_ANONYMOUS", "THROTTLE_STAFF", "THROTTLE_TOKEN", "TASKS", "STATEMENT_TIMEOUT", "CONTACT",
]  # fmt: skip


def settings_in(environment: dict[str, str]) -> dict[str, Any]:
    """Return the settings that come of an environment with nothing else in it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in NAMES:
            patch.delenv(name, raising=False)
        for name, value in environment.items():
            patch.setenv(name, value)
        return runpy.run_path(os.path.join("tracker", "settings.py"))


@pytest.fixture(autouse=True)
def _in_the_project(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(request.config.rootpath)


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "only-for-development-" + "0" * 40}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY}, "ALLOWED_HOSTS"),
        (PRODUCTION | {"CONTACT": "javascript:alert(1)@x.y z"}, "CONTACT: write an e-mail address or https://…"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": " , "}, "ALLOWED_HOSTS"),
        (PRODUCTION | {"DEBUG": "Flase"}, "DEBUG: write True or False, not “flase”"),
        (PRODUCTION | {"HTTPS": "ture"}, "HTTPS: write True or False"),
        (PRODUCTION | {"DATABASE_URL": "nonsense"}, "DATABASE_URL: write sqlite"),
        (PRODUCTION | {"DATABASE_URL": "mysql://user@host/name"}, "DATABASE_URL: write sqlite"),
        (PRODUCTION | {"DATABASE_URL": "postgres://user@host:port/name"}, "DATABASE_URL"),
        (PRODUCTION | {"THROTTLE_ANONYMOUS": "many"}, "THROTTLE_ANONYMOUS: write a rate such as 600/minute"),
        (PRODUCTION | {"PROXIES": "-1"}, "PROXIES: write a whole number"),
        (PRODUCTION | {"THROTTLE_TOKEN": "0/minute"}, "THROTTLE_TOKEN"),
        (PRODUCTION | {"TASKS": "later"}, "TASKS: write worker or immediate"),
    ],
)
def test_what_stops_the_start(environment: dict[str, str], says: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=says):
        settings_in(environment)


def test_a_password_in_a_wrong_address_is_not_printed() -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        settings_in(PRODUCTION | {"DATABASE_URL": "mysql://user:pass-word@host/name"})
    assert "pass-word" not in str(caught.value)


def test_production_is_strict() -> None:
    settings = settings_in(PRODUCTION)
    assert settings["DEBUG"] is False
    assert settings["ALLOWED_HOSTS"] == ["tracker.example", "www.tracker.example"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY"):
        assert settings[name] is True, name
    assert settings["SECURE_HSTS_SECONDS"] > 0


def test_trying_things_out_needs_only_debug() -> None:
    settings = settings_in({"DEBUG": "True"})
    assert settings["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    assert settings["SECURE_SSL_REDIRECT"] is False
    assert settings["DATABASES"]["default"]["ENGINE"] == settings["SQLITE"]


def test_without_https_cookies_travel_in_the_open_only_where_the_environment_says_so() -> None:
    assert settings_in(PRODUCTION | {"HTTPS": "no"})["SESSION_COOKIE_SECURE"] is False


def test_postgresql() -> None:
    database = settings_in(PRODUCTION | {"DATABASE_URL": "postgres://user:pa%20ss@db:5433/register"})["DATABASES"]
    wanted = {"USER": "user", "PASSWORD": "pa ss", "HOST": "db", "PORT": 5433, "NAME": "register"}
    assert wanted.items() <= database["default"].items()


def test_what_a_database_url_says_of_postgresql_is_added_to_our_own_options() -> None:
    url = "postgres://user@host/name?options=-c%20search_path%3Dregister%20-c%20lock_timeout%3D9s&sslmode=require"
    options = settings_in(PRODUCTION | {"DATABASE_URL": url})["DATABASES"]["default"]["OPTIONS"]
    assert options["sslmode"] == "require"
    # The last one that is said holds.
    assert options["options"].split("-c ")[-3:] == ["statement_timeout=0s ", "search_path=register ", "lock_timeout=9s"]


def test_limits_on_requests_come_from_the_environment() -> None:
    rates = settings_in(PRODUCTION | {"THROTTLE_STAFF": "5/second"})["REST_FRAMEWORK"]["DEFAULT_THROTTLE_RATES"]
    assert rates == {"anon": "600/minute", "user": "5/second", "token": "10/minute"}


def test_the_server_gives_up_statements_that_take_long_and_commands_do_not() -> None:
    production = PRODUCTION | {"DATABASE_URL": "postgres://user@host/name"}
    commands = settings_in(production)["DATABASES"]["default"]["OPTIONS"]["options"]
    assert "lock_timeout=5s" in commands
    assert "statement_timeout=0s" in commands
    # Whatever the database says by itself: long work is no client that died.
    assert "idle_in_transaction_session_timeout=0" in commands
    assert "idle_session_timeout=0" in commands
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("STATEMENT_TIMEOUT", raising=False)
        runpy.run_path(os.path.join("tracker", "wsgi.py"))
        by_server = os.environ["STATEMENT_TIMEOUT"]
    server = settings_in(production | {"STATEMENT_TIMEOUT": by_server})["DATABASES"]["default"]["OPTIONS"]["options"]
    assert "statement_timeout=60s" in server
