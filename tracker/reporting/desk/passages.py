"""What sources say of the fields of a record: the quote and the place of each claim, by the path of the field.

An import claims what it read in each cell: of that the place is the row of the file, which is kept.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from tracker.models import Claim, Import, ImportRow
from tracker.records.engine import places
from tracker.records.engine.paths import row_label
from tracker.records.engine.row_cells import line_of
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS

_IN_ROW = re.compile(r"(\w+)\[.+\]")


@dataclass(frozen=True)
class Passage:
    """What a document says of a field: a few words of it, where they stand, and how far they hold."""

    claim: str
    document_id: str
    document: str
    quote: str
    value: str
    place: str
    support: str
    verdict: str
    file: str = ""
    """The imported file that says it, where one does; then `sheet`, `row` and `cell` say where."""
    sheet: str = ""
    row: int | None = None
    cell: str = ""
    differs: bool = False
    """Whether the record does not have what the cell says."""


Files = dict[str, tuple[str, str]]
"""The name and the sheet of imported files, by their hashes."""


def passages(kind: str, document: Document, files: Files) -> dict[str, list[Passage]]:
    """Return the passages behind a document of a kind, by the paths that a comparison of documents uses.

    `files` are those that its cells stand in, as `files_behind` returns them. A claim on a whole row, such as
    `items[patriot]`, stands under the path of the row.
    """
    found: dict[str, list[Passage]] = {}
    _add_cells(found, kind, document, files)
    claims = [claim for claim in document.get("claims") or [] if claim.get("field")]
    if not claims:
        return found
    serializer = KINDS[kind].published()
    known = places.places(serializer, document)
    for claim in claims:
        place = places.find(serializer, document, claim["field"])
        if place is not None:
            found.setdefault(_compared(kind, document, known, place.path), []).append(_passage(claim))
    return found


def _add_cells(found: dict[str, list[Passage]], kind: str, document: Document, files: Files) -> None:
    """Add what cells of imported files say, by the paths that a comparison of documents uses."""
    claims = [claim for claim in document.get("claims") or [] if claim.get("cells")]
    if not claims:
        return
    paths = _paths_of_lines(kind, document)
    told: set[tuple[str, str, str]] = set()
    for claim in claims:
        file, sheet = files.get(claim["text_sha256"], ("", ""))
        differing = (claim.get("differs") or "").split(", ")
        for cell in claim["cells"]:
            path = _path_of(paths, cell["field"])
            # Each source of a row says what all its cells say; another file says it for itself.
            key = (claim["text_sha256"], path, cell["cell"])
            if key not in told:
                told.add(key)
                number = int("".join(filter(str.isdigit, cell["cell"])) or 0) or None
                listed = replace(
                    _passage(claim), quote="", value=cell["value"], place="", file=file, sheet=sheet, row=number,
                    cell=cell["cell"], differs=cell["field"] in differing,
                )  # fmt: skip
                found.setdefault(path, []).append(listed)


def _paths_of_lines(kind: str, document: Document) -> dict[str, str]:
    """Return how comparisons write each line of a document, by what imports call it."""
    found: dict[str, str] = {}
    for name, rows in document.items():
        if isinstance(rows, list) and name != "claims":
            identity = KINDS[kind].identities.get(name, ("id",))
            for position, row in enumerate(rows):
                if isinstance(row, dict):
                    found[line_of(name, row)] = f"{name}[{row_label(identity, row, position)}]"
    return found


def _path_of(paths: dict[str, str], field: str) -> str:
    """Return how comparisons write the field of a cell; what is worth so much on a basis is an amount."""
    if field in paths:
        return f"{paths[field]}.amount"
    line, dot, name = field.partition(".")
    return f"{paths.get(line, line)}{dot}{name}"


def files_behind(documents: Iterable[Document]) -> Files:
    """Return the imported files whose cells claims of documents quote; of one that was brought twice, as it was last.

    Of all documents of a page at once, in one query.
    """
    claims = (claim for document in documents for claim in document.get("claims") or [])
    hashes = {claim["text_sha256"] for claim in claims if claim.get("cells")}
    if not hashes:
        return {}
    imports = Import.objects.filter(sha256__in=hashes).order_by("pk")
    first = ImportRow.objects.filter(imported=OuterRef("pk")).order_by("position").values("sheet")[:1]
    rows = imports.annotate(read=Subquery(first)).values_list("sha256", "file_name", "sheet", "read")
    return {sha256: (name, read or sheet) for sha256, name, sheet, read in rows}


def of_path(found: dict[str, list[Passage]], path: str) -> list[Passage]:
    """Return the passages on a field, and those on the whole row that it stands in."""
    row, dot, _inner = path.rpartition(".")
    return [*found.get(path, ()), *(found.get(row, ()) if dot else ())]


def _compared(kind: str, document: Document, known: dict[str, places.Place], path: str) -> str:
    """Return a path of a claim as comparisons write it: with what tells rows apart in place of their names."""
    match = _IN_ROW.match(path)
    if match is None:
        return path
    name, row = match[1], known[match[0]].value
    position = next((at for at, each in enumerate(document[name]) if each is row), 0)
    identity = KINDS[kind].identities.get(name, ("id",))
    return f"{name}[{row_label(identity, row, position)}]{path[match.end() :]}"


def _passage(claim: dict[str, Any]) -> Passage:
    place = claim.get("locator") or ""
    if not place and claim.get("passage_start") is not None:
        place = _("characters %(start)s–%(end)s") % {"start": claim["passage_start"], "end": claim["passage_end"]}
    return Passage(
        claim["id"], claim["document"]["id"], claim["document"]["name"], claim.get("quote") or "",
        claim.get("value") or "", place, str(dict(Claim.Support.choices).get(claim.get("support", ""), "")),
        str(dict(Claim.Verdict.choices).get(claim.get("verdict", ""), "")),
    )  # fmt: skip
