"""A dictionary of documents that stores each as JSON in a temporary file: those of a long import fill the memory."""

from collections.abc import Iterator, MutableMapping

from tracker.lib import canonical
from tracker.records.engine.spilled import Place, Spilled
from tracker.records.engine.types import Document, Key


class SerialisedDocuments(MutableMapping[Key, Document]):
    """Documents by kind and id. Each look-up returns a new copy: assign it again to store what was changed in it."""

    def __init__(self) -> None:
        self._file = Spilled()
        self._places: dict[Key, Place] = {}

    def __getitem__(self, key: Key) -> Document:
        document: Document = canonical.load(self._file.get(self._places[key]))
        return document

    def __setitem__(self, key: Key, document: Document) -> None:
        self._places[key] = self._file.put(canonical.pack(document))

    def keep(self, key: Key, text: str) -> None:
        """Store a document that is JSON text already."""
        self._places[key] = self._file.put(text.encode())

    def text(self, key: Key) -> str:
        """Return a document as JSON text."""
        return self._file.get(self._places[key]).decode()

    def __delitem__(self, key: Key) -> None:
        del self._places[key]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[Key]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)
