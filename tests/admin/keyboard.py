"""Pages used by keyboard alone, and looked at on a desk and on a phone."""

from playwright.sync_api import Locator, Page

from tests.accessibility import violations
from tests.admin.conftest import settle

FOCUS = """(each) => {
    const style = getComputedStyle(each), around = getComputedStyle(each.parentElement);
    return [style.outlineStyle, around.outlineStyle].some((outline) => outline !== 'none')
        || style.boxShadow !== 'none';
}"""


def look_at(page: Page, name: str, part: str = "body") -> None:
    """Look at a page on a desk and on a phone; axe looks at a part of it."""
    settle(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        assert violations(page, part) == [], (name, width)


def press(page: Page, at: Locator, key: str = "Enter") -> None:
    """Press a key where the focus is put, which has to be seen."""
    page.keyboard.press("Shift")
    at.focus()
    assert at.evaluate(FOCUS), at
    page.keyboard.press(key)


def type_at(at: Locator, text: str) -> None:
    at.focus()
    at.page.keyboard.press("Control+a")
    at.page.keyboard.type(text)
