"""Words of the register in pages of another language: they are English, and marked so that they are read aloud as such.

Sentences that are put together of such words are HTML, and `plain` has them without.
"""

from collections.abc import Iterable
from html import unescape

from django.conf import settings
from django.utils.html import conditional_escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tracker.web.names import is_own_name, name_of


def is_foreign() -> bool:
    """Tell whether the page is in another language than the register."""
    return get_language() != settings.LANGUAGE_CODE


def english(text: str) -> SafeString:
    """Return words of the register, marked as English where the page is not."""
    return format_html('<span lang="en">{}</span>', text) if text and is_foreign() else conditional_escape(text)


def filled(sentence: str, **parts: str) -> SafeString:
    """Return a sentence of a catalogue with its parts, which may be marked."""
    escaped = {name: conditional_escape(part) for name, part in parts.items()}
    return mark_safe(conditional_escape(sentence) % escaped)


def joined(parts: Iterable[str], between: str = " ") -> SafeString:
    """Return texts that may be marked, one after the other; empty ones are left out."""
    return mark_safe(between.join(conditional_escape(part) for part in parts if part))


def party_named(reference: dict[str, str] | None) -> str:
    """Return the name of a party in the language of the page, marked where that has none; empty where there is none."""
    if not reference:
        return ""
    shown = name_of("party", reference["id"], reference["name"])
    return english(shown) if is_own_name("party", reference["id"]) else shown


def plain(text: str) -> str:
    """Return a sentence without its marks, for where no HTML can stand."""
    return unescape(strip_tags(text)) if isinstance(text, SafeString) else text
