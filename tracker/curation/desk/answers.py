"""What a contributor answers of its figures becomes a claim on the record, with its own words as the source."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.desk import records, texts
from tracker.curation.errors import CurationError, NotAllowed
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.holding import working_set
from tracker.models import ChangeSet, Claim, Document, ErrorReport
from tracker.models.desk.claims import QUOTE_LENGTH
from tracker.records.engine import places
from tracker.records.engine.claims import FIELDS
from tracker.records.registry import KINDS, document_of

TOOL = "answer of a contributor"
"""By what a text came that nobody took out of a file."""


@transaction.atomic
def take_in(*, report: ErrorReport, by: User, at: dt.datetime, change_set: ChangeSet | None = None) -> Claim:
    """Make an open claim of what a contributor answered, as an edit by `by`, who adopts or rejects it like any other.

    The answer itself becomes a document of its own kind, with what was written as its text. Raises CurationError for
    what is no contributor's answer, or is a claim already, NotAllowed, and what `records.write` raises.
    """
    found = ErrorReport.objects.select_for_update(of=("self",)).select_related("contributor").get(pk=report.pk)
    if found.contributor is None:
        raise CurationError(_("Only what a contributor answers by its link becomes a claim."))
    if found.claim:
        raise CurationError(_("It is a claim already: %s.") % found.claim)
    kind = KINDS[found.kind]
    record = kind.model.named(found.public_id)
    if record is None:
        raise CurationError(_("%s is not on the desk any more.") % found)
    if not by.has_perm(f"tracker.change_{kind.name}"):
        raise NotAllowed(_("Only an editor takes in answers."))
    name = _("Answer of %(party)s, %(day)s") % {"party": found.contributor.name, "day": _day(found.received_at)}
    working = working_set([record], by=by, change_set=change_set) or open_change_set(
        author=by, message=name, cause=ChangeSet.Cause.NEW_INFORMATION, at=at
    )
    source = _document(found, name, by, at, working)
    document = document_of(record)
    standing = [_as_written(each) for each in document.get("claims", [])]
    # Since it was answered for, the field may have gone.
    field = found.field if places.find(kind.published(), document, found.field) else ""
    claims = [*standing, _claim(found, field, source)]
    serializer = kind.serializer(record, data={"claims": claims}, partial=True)
    serializer.is_valid(raise_exception=True)
    records.write(serializer=serializer, by=by, at=at, change_set=working)
    made = Claim.objects.get(document=source)
    found.claim = made.public_id
    found.save(update_fields=["claim"])
    return made


def _document(report: ErrorReport, name: str, by: User, at: dt.datetime, change_set: ChangeSet) -> Document:
    """Make a document of an answer, and keep what was written as its text."""
    assert report.contributor is not None
    data = {
        "name": name, "kind": Document.Kind.CONTRIBUTOR_ANSWER, "tier": Document.Tier.PRIMARY,
        "publisher": report.contributor.name, "published": report.received_at.date().isoformat(),
    }  # fmt: skip
    serializer = KINDS[Document.kind].serializer(data=data)
    serializer.is_valid(raise_exception=True)
    document: Document = records.write(serializer=serializer, by=by, at=at, change_set=change_set)
    reading = texts.Reading(report.message, TOOL)
    texts.take_in(document=document, reading=reading, by=by, at=at, change_set=change_set)
    return document


def _claim(report: ErrorReport, field: str, document: Document) -> dict[str, Any]:
    """Return the claim: what it says of the field, in the contributor's own words, and that it is to be decided."""
    said = report.value or str(ErrorReport.Stance(report.stance).label)
    return {
        "field": field, "value": said[:250], "document": document.public_id, "verdict": Claim.Verdict.OPEN,
        "quote": _first_words(report.message),
    }  # fmt: skip


def _first_words(text: str) -> str:
    """Return as many words of a text as a claim quotes: of its first line, and no half ones."""
    line = text.strip().splitlines()[0].strip()
    return line if len(line) <= QUOTE_LENGTH else line[: QUOTE_LENGTH + 1].rpartition(" ")[0] or line[:QUOTE_LENGTH]


def _as_written(claim: dict[str, Any]) -> dict[str, Any]:
    return {name: claim[name] for name in FIELDS if name in claim} | {"document": claim["document"]["id"]}


def _day(moment: dt.datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
