"""Where a request comes from: never from what a stranger wrote into a header."""

import pytest
from django.test import RequestFactory

from tracker.curation.attempts import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "made-up, 203.0.113.9", "203.0.113.9"),
        (2, "made-up, 203.0.113.9, 198.51.100.2", "203.0.113.9"),
        (2, "203.0.113.9", "203.0.113.9"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.2:4711", "198.51.100.2"),
        (1, "::ffff:198.51.100.2", "198.51.100.2"),
        (1, "[2001:db8::9]", "2001:db8::"),
        (1, "[2001:0DB8:0:0:7:8:9:a]:443", "2001:db8::"),
        (1, "2001:db8:0:1::9%eth0", "2001:db8:0:1::"),
        (1, "unknown", "192.0.2.1"),
    ],
)
def test_the_address_is_the_one_that_our_own_proxy_saw(settings, proxies: int, forwarded: str, address: str) -> None:
    settings.PROXIES = proxies
    headers = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="::ffff:192.0.2.1", **headers)) == address


def test_a_socket_without_an_address_has_none() -> None:
    """A proxy on the same machine may come by a file."""
    assert client_address(RequestFactory().get("/", REMOTE_ADDR="")) == ""
