"""Replaces the many kinds of spaces, hyphens and apostrophes in a text by the ordinary ones of a keyboard."""

import re
import unicodedata

_DASHES = "‐‑‒–—―−﹘﹣－"
_APOSTROPHES = "‘’‚‛`´ʹʻʼʽˈ′‵＇｀"

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")


class _Plain(dict[int, str]):
    """The replacement of each character by its code, worked out when the character is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        category = unicodedata.category(letter)
        if category == "Cf":
            # Zero-width spaces, soft hyphens, marks of direction.
            found = ""
        elif category[0] == "Z" or letter.isspace():
            found = " "
        elif letter in _DASHES:
            found = "-"
        elif letter in _APOSTROPHES:
            found = "'"
        elif 0xFF01 <= code <= 0xFF5E:
            # The wide forms of ASCII.
            found = chr(code - 0xFEE0)
        else:
            found = letter
        self[code] = found
        return found


PLAIN = _Plain()
"""What each character is written as, by its code."""


def plain(text: str) -> str:
    """Return `text` in one line, with ordinary spaces, hyphens and apostrophes, and without invisible characters.

    Letters and digits stay as they are: a raised 2 is no 2.
    """
    return " ".join(replaced(text.replace("`", "'"), PLAIN).split())


def replaced(text: str, by: dict[int, str]) -> str:
    """Return `text` with each letter beyond ASCII replaced by what stands in `by`, where that is replaced by itself.

    One letter after the other: a text has few such, and `str.translate` looks at every letter, five times as long.
    """
    if text.isascii():
        return text
    for letter in set("".join(_BEYOND_ASCII.findall(text))):
        found = by[ord(letter)]
        if found != letter:
            text = text.replace(letter, found)
    return text
