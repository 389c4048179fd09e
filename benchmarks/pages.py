"""Measures pages in Chromium: bytes, requests, time to the first byte and to the end, and what shifts while it loads.

DEBUG=True DATABASE_URL=sqlite:////absolute/path.sqlite3 python benchmarks/pages.py

A page has 60 kB of HTML at most, 150 kB with a chart, three requests besides pictures, and shifts nothing; exits with 1
where one does not keep to that. Times depend on the machine: `slow` stands where the first answer took more than 300
ms, or one that is kept more than one and a half times what the same as JSON takes, and 10 ms.
"""

import argparse
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

PROJECT = Path(__file__).resolve().parent.parent
PAGES = (
    # The first page of all waits for what each process does once.
    "/about/", "/", "/explore/", "/explore/?rows=month&columns=aid_type&stage=allocation&chart=lines",
    "/explore/?rows=year&columns=aid_type&stage=allocation&chart=multiples", "/contributors/", "/pledges/", "/tables/",
    *(f"/tables/{name}/" for name in (
        "country-summary", "by-month", "by-contributor-and-month", "by-group", "stage-funnel",
        "platforms-by-contributor", "source-of-equipment", "initiative", "initiative-targets", "meeting-outcomes",
        "deployments", "coverage", "requirements", "incidents",
    )),
    "/parties/DEU/", "/parties/UKR/", "/groups/EU/", "/initiatives/purl/", "/pledges/DEU-2025-0001/",
    "/platforms/eurofighter-typhoon/", "/incidents/drones-in-polish-airspace/", "/changes/", "/changes/table/",
    "/cell/?rows=contributor&columns=aid_type&stage=allocation&row=DEU&column=military", "/search/?q=poland",
    "/methodology/", "/data/", "/de/", "/uk/",
    # The longest pages, in the language that takes the most bytes.
    "/uk/explore/?rows=month&columns=aid_type&stage=allocation&chart=lines",
    "/uk/explore/?rows=contributor&columns=year&stage=allocation", "/uk/tables/by-month/",
    "/uk/tables/country-summary/", "/uk/tables/source-of-equipment/", "/uk/groups/NATO/",
    "/uk/cell/?rows=month&columns=aid_type&stage=allocation",
)  # fmt: skip
MOST, MOST_WITH_CHART, MOST_REQUESTS = 60_000, 150_000, 3
LONGEST_FIRST = 300
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 300);
})"""


@dataclass(frozen=True)
class Measured:
    """What a page took: HTML in bytes, requests besides pictures, milliseconds, and the sum of its layout shifts."""

    address: str
    html: int
    has_chart: bool
    requests: int
    first_byte: float
    again: float
    loaded: float
    shift: float
    api: float | None
    """How long the same as JSON takes when it is kept; None where a page has no such form."""

    @property
    def is_slow(self) -> bool:
        """Whether somebody waits longer for it than they should."""
        return self.first_byte > LONGEST_FIRST or self.again > 1.5 * (self.api or 0) + 10

    @property
    def is_right(self) -> bool:
        """Whether it keeps to what a page may take."""
        most = MOST_WITH_CHART if self.has_chart else MOST
        return self.html <= most and self.requests <= MOST_REQUESTS and self.shift == 0

    def __str__(self) -> str:
        return (
            f"{self.html / 1000:7.1f} kB  {self.requests} requests  first {self.first_byte:5.0f} ms  "
            f"kept {self.again:4.0f} ms  API {'   –' if self.api is None else format(self.api, '4.0f')}  "
            f"loaded {self.loaded:5.0f} ms  shift {self.shift:.3f}  "
            f"{'  ' if self.is_right else 'NO'} {'slow' if self.is_slow else '    '} {self.address}"
        )


def measure(browser: Browser, origin: str, address: str) -> Measured:
    """Open a page in a fresh browser, and once more for what is kept."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    asked: list[Any] = []
    page.on("request", lambda request: asked.append(request))
    response = page.goto(origin + address, wait_until="load")
    assert response is not None
    assert response.ok, f"{address}: {response.status}"
    html = response.body()
    timing = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    shift = page.evaluate(SHIFTS)
    # The icon of the page is a picture, though browsers do not call it one.
    requests = sum(each.resource_type != "image" and not each.url.endswith(".svg") for each in asked)
    json = page.evaluate("document.querySelector('link[rel=alternate][type=\"application/json\"]')?.href")
    again = _kept(page, origin + address)
    api = None
    if json:
        # Once for the file's address, which leads to the API's, and once more for what is kept.
        page.goto(json)
        api = _kept(page, page.url)
    page.close()
    return Measured(
        address, len(html), b"<svg" in html, requests, timing["responseStart"] - timing["requestStart"], again,
        timing["loadEventEnd"], shift, api,
    )  # fmt: skip


def _kept(page: Page, address: str) -> float:
    """Return the milliseconds until an answer that was asked for before begins."""
    page.goto(address, wait_until="load")
    timing = page.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    return float(timing["responseStart"] - timing["requestStart"])


def free_port() -> int:
    """Return a port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    """Serve the register of DATABASE_URL, measure each page, and print it; returns 1 where one takes too much."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--chromium", default="/usr/bin/chromium", help="the browser")
    options, port = parser.parse_args(), free_port()
    command = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        command, cwd=PROJECT, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=options.chromium, args=["--no-sandbox"])
            found = [measure(browser, f"http://127.0.0.1:{port}", address) for address in PAGES]
            browser.close()
    finally:
        server.terminate()
        server.wait()
    for each in found:
        sys.stdout.write(f"{each}\n")
    return 0 if all(each.is_right for each in found) else 1


def _wait_for(port: int) -> None:
    for _attempt in range(120):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit("The server does not answer.")


if __name__ == "__main__":
    sys.exit(main())
