"""The recipes of docs/recipes.md as a page, with the address of this site in place of that of the demo."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from tracker.web.answering import ShownPage
from tracker.web.page_request import PageRequest

_DEMO = "http://127.0.0.1:8000"
_FENCED = re.compile(r"^```(\w*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Block:
    """A heading, a paragraph, or something to paste; `language` is that of code, or `output` for what it prints."""

    kind: str
    text: SafeString | str
    language: str = ""


def recipes(asked: PageRequest) -> ShownPage:
    """Show the recipes, ready to paste."""
    text = (settings.BASE_DIR / "docs" / "recipes.md").read_text().replace(_DEMO, asked.origin)
    return ShownPage("web/recipes.html", {"title": _("Recipes"), "blocks": list(_blocks(text))})


def _blocks(text: str) -> Iterator[Block]:
    """Yield the blocks of a page that is written in the few marks of Markdown that it needs."""
    at = 0
    for fenced in _FENCED.finditer(text):
        yield from _prose(text[at : fenced.start()])
        language, code = fenced.groups()
        yield Block("code", code, language)
        at = fenced.end()
    yield from _prose(text[at:])


def _prose(text: str) -> Iterator[Block]:
    for part in filter(None, map(str.strip, text.split("\n\n"))):
        if part.startswith("## "):
            yield Block("heading", _inline(part.removeprefix("## ")))
        elif not part.startswith("# "):
            yield Block("paragraph", _inline(part))


def _inline(text: str) -> SafeString:
    """Return a text with its code marked; of links to other pages of the documentation only their words."""
    text = re.sub(r"\[([^\]]+)\]\([^)]+\)", r"\1", text)
    return mark_safe(re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text)))
