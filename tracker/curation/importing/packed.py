"""Documents as plans hold them: tens of thousands at once, as JSON."""

from typing import Any, Self, overload

from tracker.lib import canonical
from tracker.records.engine.types import Document


class Packed:
    """An attribute that holds a document as JSON, which takes less than half the memory; each look gives a new one."""

    @overload
    def __get__(self, draft: None, owner: type) -> Self: ...
    @overload
    def __get__(self, draft: object, owner: type) -> Document: ...
    def __get__(self, draft: Any, owner: type) -> Any:
        if draft is None:
            raise AttributeError("document")  # So that a dataclass sees no default.
        return canonical.load(draft.__dict__["document"])

    def __set__(self, draft: object, document: Document) -> None:
        # A copy: orjson keeps up to three times the memory that its result needs.
        draft.__dict__["document"] = bytes(memoryview(canonical.pack(document)))
