"""Keeping what the rules of quality find, so that forms, lists and programs read it."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Claim, Document, Finding
from tracker.models.inserting import insert_columns
from tracker.models.key_lists import Listed
from tracker.records.engine.types import Document as RecordDocument
from tracker.records.engine.types import Key, by_kind
from tracker.records.quality.referred import Referred
from tracker.records.quality.rules import check
from tracker.records.registry import KINDS
from tracker.records.shelved import references

_LONGEST = Finding._meta.get_field("field").max_length or 0
_ORPHAN = "orphan"
_TOGETHER = 800
"""How many records an import has looked at together: what the rules ask for besides takes a dozen queries each time."""
_MOST_DEPENDING = 300
"""How many records are looked at anew because another was edited."""
_DEPENDING: dict[str, tuple[tuple[str, str], ...]] = {
    "initiative": (("pledge", "initiative"), ("package", "initiative")),
    "official": (("meeting", "participations__official"), ("meeting", "agenda__speaker")),
    "forum": (("meeting", "forum"),),
}
"""The kinds of records that are judged by one of a kind, and the look-up that leads from them to it."""

Place = tuple[str, str, str, str]
"""The record, the rule, the field and the claim of a finding; one kind of records is looked at, at a time."""

_Part = tuple[list[str], list[RecordDocument]]
"""Records of one kind by their public ids, and the documents of those of them that are there."""


@contextmanager
def kept(keys: Iterable[Key], *, at: dt.datetime) -> Iterator[None]:
    """Keep right what is found in the records `keys`, which are written within the block.

    That is in themselves, in those that are judged by them, and in those that they no longer refer to.
    """
    written = sorted(set(keys))
    before = _targets(written)
    yield
    _settle_others(written, before - settle(written, at=at), at=at)


def settle_edit(
    key: Key, *, stood: Iterable[RecordDocument], stands: list[RecordDocument], at: dt.datetime
) -> None:  # fmt: skip
    """Do what `kept` does for one record that was edited, whose document was read as it stood before and as it stands.

    Either is a list of it alone, or of none where there was no such record.
    """
    kind, public_id = key
    found = _settle_read(kind, [([public_id], stands)], at)
    _adopt(found)
    before = {target for document in stood for target in _targets_of(kind, document)}
    _settle_others([key], before - found, at=at)


def settle(keys: Iterable[Key], *, at: dt.datetime) -> set[Key]:
    """Look at records anew by every rule, and keep what is found; returns what they refer to.

    What was found before and is no longer so goes; a waiver stays while the values that it was about are the same.
    Records that are gone lose their findings. Those that these refer to are no orphans any more.
    """
    found: set[Key] = set()
    for kind, public_ids in by_kind(keys).items():
        found |= _settle_read(
            kind, ((part, KINDS[kind].documents(part)) for part in chunked(public_ids, _TOGETHER)), at
        )
    _adopt(found)
    return found


def _settle_read(kind: str, parts: Iterable[_Part], at: dt.datetime) -> set[Key]:
    """Keep what is found in records of one kind, given in parts; returns what these refer to."""
    found: set[Key] = set()
    settled: set[str] = set()
    linked: set[str] = set()
    for public_ids, documents in parts:
        referred = Referred(kind, documents, at.date())
        _keep(public_ids, referred, at)
        found.update(target for document in documents for target in _targets_of(kind, document))
        settled.update(public_ids)
        linked.update(referred.links)
    # What a tranche allocates is held against the commitment of its umbrella, and links may lead in a circle.
    for part in chunked(sorted(linked - settled)):
        _keep(part, Referred(kind, KINDS[kind].documents(part), at.date()), at)
    return found


def _settle_others(written: Collection[Key], left: Iterable[Key], *, at: dt.datetime) -> None:
    """Look anew at what is judged by the records that were written, and at those `left` that they refer to no more."""
    _settle_depending(written, at=at)
    settle(left, at=at)


def _settle_depending(keys: Collection[Key], *, at: dt.datetime) -> None:
    """Look anew at the records that the rules judge by those of `keys`, such as pledges by the dates of an initiative.

    Of very many, and of what memberships say, `check_register` takes care.
    """
    found: set[Key] = set()
    for key in keys:
        depending = _depending(*key)
        if len(depending) <= _MOST_DEPENDING:
            found |= depending
    settle(found.difference(keys), at=at)


def _depending(kind: str, public_id: str) -> set[Key]:
    """Return the records that are judged by one, and one more than _MOST_DEPENDING at most of each kind."""
    found: set[Key] = set()
    for depending, condition in _DEPENDING.get(kind, ()):
        rows = KINDS[depending].model._default_manager.filter(**{f"{condition}__public_id": public_id}).order_by()
        found |= {(depending, other) for other in rows.values_list("public_id", flat=True)[: _MOST_DEPENDING + 1]}
    if kind == Document.kind:
        claims = Claim.objects.filter(document__public_id=public_id).order_by()
        found |= set(claims.values_list("record_kind", "record_id").distinct()[: _MOST_DEPENDING + 1])
    return found


def _keep(public_ids: list[str], referred: Referred, at: dt.datetime) -> None:
    """Make the findings of records of one kind those that the rules find now in the documents of `referred`."""
    found = _found(referred, at)
    gone, changed = [], []
    for row in _standing(referred.kind, public_ids):
        now = found.pop((row.record_id, row.rule, row.field, row.claim), None)
        if now is None:
            gone.append(row.pk)
        elif _renew(row, now):
            changed.append(row)
    for part in chunked(gone):
        Finding.objects.filter(pk__in=part).delete()
    Finding.objects.bulk_update(
        changed, ["about", "message", "severity", "found_at", "waived_by", "waived_at", "reason"], batch_size=100
    )
    # Who saves another record at the same time may find the same in one that both refer to.
    insert_columns(Finding, found.values(), or_ignore=True)


def _standing(kind: str, public_ids: list[str]) -> Iterator[Finding]:
    for part in chunked(public_ids):
        yield from Finding.objects.filter(record_kind=kind, record_id__in=Listed(part)).order_by("pk")


def _found(referred: Referred, at: dt.datetime) -> dict[Place, dict[str, Any]]:
    """Return the findings of documents as rows of the table; of two at one place, the first."""
    rows: dict[Place, dict[str, Any]] = {}
    for public_id, rule, found in check(referred):
        field = found.field[:_LONGEST]
        row = {
            "record_kind": referred.kind, "record_id": public_id, "rule": rule.id, "severity": int(rule.severity),
            "field": field, "claim": found.claim, "message": str(found.message),
            "about": canonical.digest(canonical.dump(found.about)), "found_at": at,
        }  # fmt: skip
        rows.setdefault((public_id, rule.id, field, found.claim), row)
    return rows


def _renew(row: Finding, now: dict[str, Any]) -> bool:
    """Write what is found now to `row`; tells whether anything changed. A waiver about other values falls."""
    if row.about != now["about"]:
        row.waived_by, row.waived_at, row.reason, row.found_at = None, None, "", now["found_at"]
    elif (row.message, row.severity) == (now["message"], now["severity"]):
        return False
    row.about, row.message, row.severity = now["about"], now["message"], now["severity"]
    return True


def _targets(keys: Iterable[Key]) -> set[Key]:
    """Return what records refer to."""
    return {
        target
        for kind, public_ids in by_kind(keys).items()
        for part in chunked(public_ids)
        for document in KINDS[kind].documents(part)
        for target in _targets_of(kind, document)
    }


def _targets_of(kind: str, document: RecordDocument) -> Iterator[Key]:
    for _container, _key, target in references(kind, document):
        yield target
    for claim in document.get("claims", ()):
        yield Document.kind, claim["document"]["id"]


def _adopt(referred_to: Iterable[Key]) -> None:
    """Take away the finding that nothing refers to a record from those that something refers to now."""
    for kind, public_ids in by_kind(referred_to).items():
        for part in chunked(public_ids):
            Finding.objects.filter(rule=_ORPHAN, record_kind=kind, record_id__in=Listed(part)).delete()


def forget(*, kind: str, public_id: str) -> None:
    """Drop the findings of a record that is removed."""
    Finding.objects.filter(record_kind=kind, record_id=public_id).delete()
