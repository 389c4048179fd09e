"""Text that a spreadsheet would take for a formula, and how it is kept from that."""

BLANKS = " \u00a0\u3000"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defuse(text: str) -> str:
    """Return `text` so that no spreadsheet runs it as a formula: an apostrophe goes before its start."""
    bare = text.lstrip(BLANKS)
    return f"'{text}" if bare.startswith(FORMULA_STARTS) else text
