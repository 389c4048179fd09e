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


def english(text: str) -> SafeString:
    """Return words of the register, marked as English where the page is not."""
    language = in_language("en")
    return format_html("<span{}>{}</span>", language, text) if text and language else conditional_escape(text)


def in_language(code: str) -> SafeString:
    """Return the attribute that says in which language words are, where that is another than the page's; or nothing."""
    own = (get_language() or settings.LANGUAGE_CODE).partition("-")[0]
    return format_html(' lang="{}"', code) if code and code.partition("-")[0] != own else SafeString()


def of_name(kind: str, public_id: str) -> SafeString:
    """Return the attribute for the name of a record, where the page has none in its own language."""
    return in_language("en") if is_own_name(kind, public_id) else SafeString()


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
