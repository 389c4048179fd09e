"""What keeps people with a keyboard or a screen reader out of a page, as axe-core finds it."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

_AXE = (Path(__file__).parent / "web" / "assets" / "axe.min.js").read_text()
_RUN = "([part, rules]) => axe.run(part || document, {runOnly: rules, resultTypes: ['violations']})"

WCAG = ("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa")


def violations(page: Page, part: str = "", rules: Any = WCAG) -> list[tuple[str, str]]:
    """Return what is wrong on a page, or in a part of it: each rule, and the beginning of what breaks it.

    Of what is right nothing is asked, which takes axe most of its time: to say where each of it stands.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found = page.evaluate(_RUN, [part, rules])["violations"]
    return [(rule["id"], node["html"][:200]) for rule in found for node in rule["nodes"]]
