"""The archive that an XLSX or ODS file is: looked at before any parser unpacks it."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from tracker.exchange.inbound.workbook_types import (
    MAX_DIRECTORY_BYTES,
    MAX_MEMBERS,
    MAX_UNPACKED_BYTES,
    MIB,
    FileRefused,
)

_END, _END_64 = b"PK\x05\x06", b"PK\x06\x07"
_END_LENGTH, _LONGEST_COMMENT = 22, 65_535
_CHUNK = MIB // 4
_LONGEST_TAG = MIB

StartHandler = Callable[[str, list[str]], None]


class _Enough(Exception):
    """The root element has begun: what can stand before it has been seen."""


class Archive:
    """A zip file whose directory keeps the limits. What it contains is read piece by piece."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises FileRefused for a broken, encrypted or too large archive, and for one with a DTD in its XML."""
        self.name = name
        _check_directory_size(path, name)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise FileRefused(f"{name} is broken: {error}") from error
        self._infos: dict[str, zipfile.ZipInfo] = {}
        try:
            self._check_members()
            for member in self._infos:
                if member.endswith((".xml", ".rels")):
                    self._check_prologue(member)
        except FileRefused:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._zip.close()

    def __contains__(self, member: str) -> bool:
        return member.casefold() in self._infos

    def _check_members(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS:
            raise FileRefused(f"{self.name} has {len(infos):,} parts; at most {MAX_MEMBERS:,} are read")
        unpacked = sum(info.file_size for info in infos)
        if unpacked > MAX_UNPACKED_BYTES:
            raise FileRefused(
                f"{self.name} unpacks to {unpacked // MIB:,} MiB; at most {MAX_UNPACKED_BYTES // MIB} MiB are read"
            )
        for info in infos:
            if info.flag_bits & 0x1:
                raise FileRefused(f"{self.name} is encrypted; save it without a password")
            # Parsers look parts up without regard to case; of two, each would take another.
            if self._infos.setdefault(info.filename.casefold(), info) is not info:
                raise FileRefused(f"{self.name} is broken: it has two parts “{info.filename[:80]}”")

    def _check_prologue(self, member: str) -> None:
        """Refuse a DTD: it stands before the root element, so no more than that is unpacked."""

        def stop(_tag: str, _attributes: list[str]) -> None:
            raise _Enough

        try:
            self.parse(member, stop)
        except _Enough:
            return
        raise FileRefused(f"{self.name} is broken: {member} is empty")

    def parse(
        self,
        member: str,
        start: StartHandler,
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        *,
        cut: bytes = b"",
        is_read: Callable[[bytes], bool] | None = None,
    ) -> None:
        """Run an XML part through handlers, in pieces, with memory for one piece and one tag.

        Attributes come as a flat list of names and values. Entities are never expanded. Pieces begin with `cut`;
        those of which `is_read` tells that it has read them, and that they have nothing but whole elements, are passed
        over. Raises FileRefused where the part is missing, broken, has a DTD, or a tag of more than 1 MiB.
        """
        parser = expat.ParserCreate()
        parser.ordered_attributes = True
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._refuse_dtd
        parser.StartElementHandler, parser.EndElementHandler = start, end
        info = self._infos.get(member.casefold())
        if info is None:
            raise FileRefused(f"{self.name} is broken: it has no part “{member[:80]}”")
        read = 0
        try:
            with self._zip.open(info) as part:
                for piece in _pieces(part, cut):
                    # Set anew, it hears first what text came before.
                    parser.CharacterDataHandler = text
                    if is_read is not None and is_read(piece):
                        continue
                    read += len(piece)
                    parser.Parse(piece, False)
                    if read - parser.CurrentByteIndex > _LONGEST_TAG:
                        raise FileRefused(f"{self.name}: {info.filename} has a tag of more than 1 MiB")
                parser.Parse(b"", True)
        except (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise FileRefused(f"{self.name} is broken: {info.filename[:80]}: {error}") from error

    def _refuse_dtd(self, *_declaration: object) -> None:
        raise FileRefused(f"{self.name} declares document types or entities in its XML, as no spreadsheet program does")


def _pieces(part: IO[bytes], cut: bytes) -> Iterator[bytes]:
    """Yield a part in pieces that begin with `cut`, where it has that often enough."""
    rest = b""
    while chunk := part.read(_CHUNK):
        rest += chunk
        at = rest.rfind(cut) if cut and len(rest) < _LONGEST_TAG else len(rest)
        if at > 0:
            yield rest[:at]
            rest = rest[at:]
    yield rest


def _check_directory_size(path: Path, name: str) -> None:
    """Refuse a directory that would itself fill the memory, which the standard library reads whole."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = max(0, size - _END_LENGTH - _LONGEST_COMMENT)
        file.seek(start)
        tail = file.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_LENGTH:
        raise FileRefused(f"{name} is broken: it ends before its table of contents; was it copied in full?")
    directory = int.from_bytes(tail[found + 12 : found + 16], "little")
    if directory > MAX_DIRECTORY_BYTES or _END_64 in tail:
        raise FileRefused(f"{name} has a table of contents of more than {MAX_DIRECTORY_BYTES // MIB} MiB")


def local(tag: str) -> str:
    """Return a tag or attribute without its namespace prefix."""
    return tag.rpartition(":")[2]


def attributes_of(flat: list[str]) -> dict[str, str]:
    """Return a flat list of attributes by their names without prefix."""
    return {local(name): value for name, value in zip(flat[::2], flat[1::2], strict=True)}
