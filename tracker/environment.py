"""What settings read from the environment; a value that makes no sense stops the start and says what would."""

import re
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

from tracker.lib.citing import Licence, licence_of

env = environ.Env()


def flag(name: str, default: bool) -> bool:
    """Read a switch; a misspelt one stops the start, because a guess could open what should be shut."""
    text = env.str(name, default="").strip().lower()
    if text not in ("", "true", "1", "yes", "on", "false", "0", "no", "off"):
        raise ImproperlyConfigured(f"{name}: write True or False, not “{text}”")
    return text in ("true", "1", "yes", "on") if text else default


def rate(name: str, default: str) -> str:
    """Read a limit on requests, such as 600/minute."""
    text = env.str(name, default="").strip() or default
    if not re.fullmatch(r"[1-9]\d*/(second|minute|hour|day)", text, re.ASCII):
        raise ImproperlyConfigured(f"{name}: write a rate such as {default}, not “{text}”")
    return text


def count(name: str) -> int:
    """Read a whole number, zero where it is not set."""
    text = env.str(name, default="") or "0"
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII):
        raise ImproperlyConfigured(f"{name}: write a whole number, not “{text}”")
    return int(text)


def choice(name: str, *allowed: str) -> str:
    """Read one of the words that are allowed; the first where it is not set."""
    text = env.str(name, default="").strip() or allowed[0]
    if text not in allowed:
        raise ImproperlyConfigured(f"{name}: write {' or '.join(allowed)}, not “{text}”")
    return text


def licence(name: str, default: str) -> Licence:
    """Read a licence, written as its name and its address."""
    try:
        return licence_of(env.str(name, default="").strip() or default)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def mail() -> dict[str, Any]:
    """Read EMAIL_URL, and MAIL_FROM, the sender; nothing where mail is not set up, and no mail is sent then."""
    if not env.str("EMAIL_URL", default="").strip():
        return {}
    sender = env.str("MAIL_FROM", default="").strip() or "webmaster@localhost"
    # Nobody waits longer for a mail that cannot be sent.
    return {**env.email_url("EMAIL_URL"), "DEFAULT_FROM_EMAIL": sender, "EMAIL_TIMEOUT": 5}


def no_mail(debug: bool) -> dict[str, Any]:
    """Return the settings where mail is not set up: mails are printed while trying things out, and else not sent."""
    return {"EMAIL_BACKEND": f"django.core.mail.backends.{'console' if debug else 'dummy'}.EmailBackend"}


def site_address() -> str:
    """Read SITE_ADDRESS, under which people reach the tracker, with no stroke at its end; empty where it is not set."""
    text = env.str("SITE_ADDRESS", default="").strip().rstrip("/")
    if text and not re.fullmatch(r"https?://[^/\s]+", text):
        raise ImproperlyConfigured(f"SITE_ADDRESS: write an address such as https://tracker.example.org, not “{text}”")
    return text


def contact() -> str:
    """Read CONTACT, where readers reach the publisher: an e-mail address or a page; empty where it is not set."""
    text = env.str("CONTACT", default="").strip()
    if text and not re.fullmatch(r"https?://\S+|[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ImproperlyConfigured(f"CONTACT: write an e-mail address or https://…, not “{text}”")
    return text


def database(default: str) -> dict[str, Any]:
    """Read DATABASE_URL; `default` is the one where it is not set."""
    url = env.str("DATABASE_URL", default="") or default
    right = "write sqlite:////path/to/file or postgres://user:password@host:port/name"
    if url.partition(":")[0] not in ("sqlite", "postgres", "postgresql"):
        raise ImproperlyConfigured(f"DATABASE_URL: {right}")
    try:
        return env.db_url_config(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}; {right}") from error
