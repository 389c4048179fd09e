"""Documents as plans hold them: tens of thousands at once, as JSON in a temporary file."""

from typing import Any, Self, overload
from weakref import ref

from tracker.lib import canonical
from tracker.records.engine.spilled import Spilled
from tracker.records.engine.types import Document

_FILE, _PLACE = "_file", "_place"
"""Where a draft has the file of its document, which goes with the last draft that has it, and the place in that."""

_NAME = "_name"
"""Where it has the name in its document."""


class Packed:
    """An attribute that holds a document outside of the memory, which those of a long file would fill.

    Each look gives a new one. It takes one that is packed already as well.
    """

    def __init__(self) -> None:
        self._newest: ref[Spilled] | None = None

    @overload
    def __get__(self, draft: None, owner: type) -> Self: ...
    @overload
    def __get__(self, draft: object, owner: type) -> Document: ...
    def __get__(self, draft: Any, owner: type) -> Any:
        if draft is None:
            raise AttributeError("document")  # So that a dataclass sees no default.
        return canonical.load(packed(draft))

    def __set__(self, draft: object, document: Document | bytes) -> None:
        file = self._newest() if self._newest else None
        if file is None:
            file = Spilled()
            self._newest = ref(file)
        setattr(draft, _FILE, file)
        text, name = (document, None) if isinstance(document, bytes) else (canonical.pack(document), _name_of(document))
        setattr(draft, _PLACE, file.put(text))
        setattr(draft, _NAME, name)


def name_in(draft: object) -> str:
    """Return the name in the document of a draft; empty where it has none."""
    name: str | None = getattr(draft, _NAME)
    return _name_of(canonical.load(packed(draft))) if name is None else name


def _name_of(document: Document) -> str:
    return str(document.get("name") or "")


def packed(draft: object) -> bytes:
    """Return the document of a draft as JSON."""
    return bytes(getattr(draft, _FILE).get(getattr(draft, _PLACE)))
