"""A page of another site adds up contributions from the address of a file, in a real browser."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from tests.api.shelf import publish_fixtures

pytestmark = pytest.mark.browser

READ = """async ([site, path]) => {
    const first = await fetch(site + path);
    const again = await fetch(site + path, {headers: {"If-None-Match": first.headers.get("ETag")}, cache: "no-store"});
    const rows = (await first.text()).trim().split("\\r\\n");
    return {rows: rows.length - 1, asOf: first.headers.get("As-Of"), again: again.status};
}"""
REFUSED = """async site => {
    try { await fetch(site + "/api/v1/desk/pledges/"); return "read"; } catch (error) { return error.name; }
}"""


class EmptyPage(BaseHTTPRequestHandler):
    """A site with nothing but empty pages."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Stay silent."""


@pytest.fixture
def other_site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), EmptyPage)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_another_site_reads_the_public_side_and_not_the_desk(
    page: Page, live_server: LiveServer, other_site: str
) -> None:
    publish_fixtures()
    page.goto(other_site)
    path = "/api/v1/pledges/?format=csv&initiative=eastern-sentry"
    found = page.evaluate(READ, [live_server.url, path])
    assert (found["rows"], found["again"]) == (5, 304)
    assert found["asOf"]
    assert page.evaluate(REFUSED, live_server.url) == "TypeError"
