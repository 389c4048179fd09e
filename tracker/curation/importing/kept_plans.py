"""Kept plans: what a plan would write, packed, so that the file need not be planned again when it is accepted.

A kept plan holds as long as all that it was made from is as it was: the desk, what was published, and what was decided
about the import. Every edit, publishing and import leaves its mark there.
"""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import fields
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any

from django.db.models import Count, Max

from tracker.curation.importing.packed import packed
from tracker.curation.importing.plans import Draft, GoneRecord, Likely, Outcome, Plan, RecognisedBy, Step
from tracker.curation.review.change_sets import newest_moment
from tracker.lib import canonical
from tracker.models import Edit, ExternalId, Import, KeptPlan, Publication
from tracker.records.registry import KINDS

_FORM = 3
"""The form in which plans are kept; one that an earlier program kept in another is made anew."""
_PIECE = 131_072
"""How many bytes of a kept plan are written, and unpacked, at a time."""
_OF_STEPS = [field.name for field in fields(Step) if field.name != "draft"]
_OF_DRAFTS = [field.name for field in fields(Draft) if field.name != "document"]
_OF_PLANS = ("dataset", "release", "title")


def ground(imported: Import) -> str:
    """Return the digest of what a plan of the import rests on, as it is now: counts and newest moments of all that."""
    kinds = [kind.model._default_manager.aggregate(Count("pk"), Max("pk")) for kind in KINDS.values()]
    return canonical.digest(
        canonical.dump([
            _FORM, imported.sha256, imported.profile, imported.release, imported.sheet, imported.conventions,
            imported.matches, imported.sides, imported.likeliest, kinds, newest_moment(),
            Edit.objects.aggregate(Count("pk"), Max("pk"), Max("edited_at"), Max("released_at")),
            ExternalId.objects.aggregate(Count("pk"), Max("pk")), Publication.objects.aggregate(Max("pk")),
        ])
    )  # fmt: skip


def pack(plan: Plan, ground: str) -> Iterator[KeptPlan]:
    """Pack a plan that was made on `ground`, and return the pieces in which it is to be kept."""
    packer = zlib.compressobj(1)
    file = TemporaryFile()  # noqa: SIM115  Closed with the last piece.
    for line in _lines(plan):
        file.write(packer.compress(line + b"\n"))
    file.write(packer.flush())
    file.seek(0)
    return _pieces(file, ground)


def _pieces(file: IO[bytes], ground: str) -> Iterator[KeptPlan]:
    with file:
        for position, content in enumerate(iter(partial(file.read, _PIECE), b"")):
            yield KeptPlan(ground=ground, position=position, content=content)


def _lines(plan: Plan) -> Iterator[bytes]:
    """Yield the plan, then what it brings along, what is gone, and its steps, a line each; documents before theirs."""
    about = {name: getattr(plan, name) for name in _OF_PLANS}
    counts = {"supporting": len(plan.supporting), "gone": len(plan.gone)}
    yield canonical.pack(about | counts)
    for draft in plan.supporting:
        yield packed(draft)
        yield canonical.pack(_filled(draft, _OF_DRAFTS))
    for gone in plan.gone:
        yield canonical.pack(gone)
    for step in plan.steps:
        yield packed(step.draft)
        yield canonical.pack({"draft": _filled(step.draft, _OF_DRAFTS)} | _filled(step, _OF_STEPS))


def _filled(said: Draft | Step, names: list[str]) -> dict[str, Any]:
    """Return what is not empty: drafts and steps share what is, when they are made again."""
    return {name: value for name in names if (value := getattr(said, name))}


def load(imported: Import, ground: str) -> Plan | None:
    """Return the plan of an import, as far as it writes anything; None where none is kept that was made on `ground`."""
    kept = KeptPlan.objects.filter(imported=imported, ground=ground).order_by("position")
    if not kept.exists():
        return None
    lines = _unpacked(kept.values_list("content", flat=True).iterator(chunk_size=1))
    about = canonical.load(next(lines))
    plan = Plan(**{name: about[name] for name in _OF_PLANS}, likeliest=imported.likeliest)
    for _number in range(about["supporting"]):
        plan.supporting.append(Draft(document=next(lines), **canonical.load(next(lines))))
    plan.gone = [GoneRecord(**canonical.load(next(lines))) for _number in range(about["gone"])]
    plan.steps = [_step(document, canonical.load(next(lines))) for document in lines]
    return plan


def _unpacked(pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """Yield the lines of a kept plan: all at once, those of a long file take more room than what is made of them."""
    unpacker, rest = zlib.decompressobj(), b""
    for piece in pieces:
        *whole, rest = (rest + unpacker.decompress(piece)).split(b"\n")
        yield from whole


def _step(document: bytes, row: dict[str, Any]) -> Step:
    row["draft"], row["outcome"] = Draft(document=document, **row["draft"]), Outcome(row["outcome"])
    row["recognised_by"] = RecognisedBy(row.get("recognised_by", ""))
    if "others" in row:
        row["others"] = [Likely(**other) for other in row["others"]]
    return Step(**row)
