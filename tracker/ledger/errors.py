"""What keeps a pledge from being posted."""


class PostingError(ValueError):
    """The pledge cannot be posted; the message says which part of it and what would be right."""
