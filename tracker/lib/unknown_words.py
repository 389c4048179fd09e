"""Words by which a source says that it does not know, in a column of whatever type. Folded."""

UNKNOWN_WORDS = frozenset({
    "", ".", "-", "–", "—", "?", "n/a", "na", "unknown", "unclear", "not given", "not specified", "not stated",
    "unspecified", "tbd", "to be determined",
})  # fmt: skip

WITHHELD_WORDS = frozenset({"withheld", "undisclosed", "not disclosed", "secret", "classified"})
"""Words by which it says that it knows, and does not tell."""

SOME_WORDS = frozenset({"several", "some", "dozens", "hundreds", "thousands", "multiple", "various", "partially"})
"""Words for a number that nobody counted."""
