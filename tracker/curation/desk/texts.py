"""Taking in the text of a document: stored once, as a version of its own."""

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.holding import hold
from tracker.curation.review.standing import State, standings
from tracker.models import ChangeSet, Claim, Document, Text
from tracker.models.desk.texts import MAX_CHARACTERS
from tracker.records.engine.types import Key


@dataclass(frozen=True)
class Reading:
    """A text, and how it was taken out of what it stood in."""

    content: str
    tool: str
    tool_version: str = ""
    language: str = ""

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8."""
        return sha256(self.content.encode()).hexdigest()


@dataclass(frozen=True)
class TakenIn:
    """What became of a reading: the text that is held of it, and whether it was held before."""

    text: Text
    is_new: bool


@transaction.atomic
def take_in(
    *, document: Document, reading: Reading, by: User | None, at: dt.datetime, change_set: ChangeSet | None = None
) -> TakenIn:
    """Store a reading of `document` as its next version; one that is held already stays as it is.

    A document that says the hash of no text yet says this one's from now on, as an edit by `by`; without anybody who
    edits (a command), only texts whose hash the document says are taken. Published records whose claims stand
    otherwise now are held by a change set of `by`, so that the world sees it when that is published; what others hold
    waits for theirs. Raises CurationError where there is nothing to store, and what `records.edit` raises.
    """
    if not reading.content.strip() or "\0" in reading.content:
        raise CurationError(_("There is no text in it."))
    if len(reading.content) > MAX_CHARACTERS:
        raise CurationError(_("The text has more than %s characters.") % f"{MAX_CHARACTERS:,}")
    document = Document.objects.select_for_update().get(pk=document.pk)
    held = Text.objects.without_content().filter(document=document, sha256=reading.sha256).first()
    if held is not None:
        return TakenIn(held, is_new=False)
    if by is None and document.sha256 != reading.sha256:
        raise CurationError(_("%s says another hash than this text has.") % document.public_id)
    text = Text.objects.create(
        document=document, version=_last_version(document) + 1, content=reading.content, sha256=reading.sha256,
        characters=len(reading.content), language=reading.language or document.language, tool=reading.tool,
        tool_version=reading.tool_version, read_on=at.date(), added_by=by,
    )  # fmt: skip
    if by is not None and not document.sha256:
        with records.edit(record=document, by=by, at=at, change_set=change_set):
            document.sha256, document.characters = text.sha256, text.characters
            document.save(update_fields=["sha256", "characters"])
    quoting = sorted(set(_quoting(document).values_list("record_kind", "record_id")))
    changed = _settle_claims(document, quoting)
    # Also where nothing changed: a newer text may have the words no more.
    keeping.settle(quoting, at=at)
    if by is not None:
        _hold_published(changed, document, by, at, change_set)
    return TakenIn(text, is_new=True)


def _quoting(document: Document) -> QuerySet[Claim]:
    return Claim.objects.filter(document=document).exclude(quote="").order_by("public_id")


def _settle_claims(document: Document, quoting: list[Key]) -> list[Key]:
    """Work out anew the claims of the records that quote a document; returns those whose claims stand otherwise now."""
    citing = _quoting(document)
    before = {row[0]: row[1:] for row in citing.values_list("public_id", "support", "score", "text_sha256")}
    settling.settle(quoting)
    now = citing.values_list("public_id", "record_kind", "record_id", "support", "score", "text_sha256")
    return sorted({(kind, record) for public_id, kind, record, *stands in now if tuple(stands) != before[public_id]})


def _hold_published(
    changed: list[Key], document: Document, by: User, at: dt.datetime, change_set: ChangeSet | None
) -> None:  # fmt: skip
    """Hold those of the records that are published and that nobody holds."""
    free = [
        (kind, public_id) for kind, public_id in changed
        if standings(kind=kind, public_ids=[public_id])[public_id].state == State.PUBLISHED
    ]  # fmt: skip
    if not free:
        return
    working = change_set or open_change_set(
        author=by, message=_("Passages found in the text of %s") % document.name,
        cause=ChangeSet.Cause.NEW_INFORMATION, at=at,
    )  # fmt: skip
    for kind, public_id in free:
        hold(kind=kind, public_id=public_id, change_set=working, at=at)


def _last_version(document: Document) -> int:
    last: int | None = Text.objects.filter(document=document).aggregate(last=Max("version"))["last"]
    return last or 0
