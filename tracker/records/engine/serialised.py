"""A dictionary of documents that stores each as JSON bytes, so that tens of thousands fit into memory."""

from collections.abc import Iterator, MutableMapping

from tracker.lib import canonical
from tracker.records.engine.types import Document, Key


class SerialisedDocuments(MutableMapping[Key, Document]):
    """Documents by kind and id. Each look-up returns a new copy: assign it again to store what was changed in it."""

    def __init__(self) -> None:
        self._texts: dict[Key, bytes] = {}

    def __getitem__(self, key: Key) -> Document:
        document: Document = canonical.load(self._texts[key])
        return document

    def __setitem__(self, key: Key, document: Document) -> None:
        # A copy: orjson keeps up to three times the memory that its result needs.
        self._texts[key] = bytes(memoryview(canonical.pack(document)))

    def keep(self, key: Key, text: str) -> None:
        """Store a document that is JSON text already."""
        self._texts[key] = text.encode()

    def __delitem__(self, key: Key) -> None:
        del self._texts[key]

    def __contains__(self, key: object) -> bool:
        return key in self._texts

    def __iter__(self) -> Iterator[Key]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)
