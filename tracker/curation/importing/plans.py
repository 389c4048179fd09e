"""Plans: what an import would do, before anything is done. Pure data, made by exchange and applied by curation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import orjson
from django.utils.translation import gettext as _

from tracker.curation.importing.packed import Packed, name_in, packed
from tracker.curation.importing.reconciled import Reconciled
from tracker.records.engine.source_form import compared
from tracker.records.engine.types import Document


class Outcome(StrEnum):
    """What becomes of a row, and of what it describes."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICTING = "conflicting"
    INVALID = "invalid"
    PASSED = "passed"


class RecognisedBy(StrEnum):
    """By what a record of the register was recognised."""

    ID = "id"
    CONTENT = "content"
    BOTH = "id and content"
    PERSON = "choice"
    NOTHING = ""


Fields = Mapping[str, Any]
"""Some fields of a document, to be set anew and never changed in place."""

_NO_FIELDS: Fields = {}
_NONE: Sequence[Any] = []
"""Nearly all that is empty in tens of thousands of drafts and steps is one."""


@dataclass
class Draft:
    """A record as a source describes it.

    `source_id` is its id in the dataset. A new record gets `public_id` where that is given, else one made of
    `lead`, its first contributor. `umbrella` is the source id of the pledge that it is a tranche of.
    `fingerprint` tells it from others. `rows` are the rows that describe it and nothing else.
    """

    kind: str
    document: Packed = Packed()  # noqa: RUF009  A descriptor, which they share.
    """Set it anew to keep what is changed in it."""
    source_id: str = ""
    public_id: str = ""
    lead: str = ""
    umbrella: str = ""
    fingerprint: str = ""
    rows: Sequence[int] = field(default_factory=lambda: _NONE)
    unread: Sequence[str] = field(default_factory=lambda: _NONE)
    """What stands in the file and could not be read: `announced`, `entries[2].value`."""

    @property
    def name(self) -> str:
        """The name in the document, at hand without unpacking that."""
        return name_in(self)

    @property
    def packed(self) -> orjson.Fragment:
        """The document as a part of other JSON, which is as it is kept."""
        return orjson.Fragment(packed(self))


@dataclass(frozen=True)
class Likely:
    """A record that a draft could be, how much speaks for it, and what."""

    public_id: str
    name: str
    score: int
    reasons: list[str]


@dataclass(frozen=True, slots=True)
class PlannedTwin:
    """A new pledge that is likely to be one with a pledge of the register, or with another new one of the file."""

    source_id: str
    name: str
    rows: list[int]
    other: str
    """The public id of the pledge of the register; nothing where the other one is new, too."""
    other_source_id: str
    """The id in the file of the other one, where that is new."""
    other_name: str
    other_rows: list[int]
    """The rows of the other one in the file, where it has any."""
    said: dict[str, Any]
    """Contributors, date, amounts and description of the new one, as the file has them."""
    other_said: dict[str, Any]
    """The same of the other one, where that is new."""
    score: int
    """How much of the evidence agrees, of 100."""
    reasons: list[str]


@dataclass(slots=True)
class Step:
    """What is to become of one draft.

    `fields` are those that change, and `conflicts` those that stay as they are here, as both sides changed them;
    `write` is what is written, and `before` what the desk has in these fields, as a source would write it.
    """

    draft: Draft
    outcome: Outcome
    public_id: str = ""
    recognised_by: RecognisedBy = RecognisedBy.NOTHING
    fields: Sequence[str] = field(default_factory=lambda: _NONE)
    conflicts: Sequence[str] = field(default_factory=lambda: _NONE)
    write: Fields = field(default_factory=lambda: _NO_FIELDS)
    before: Fields = field(default_factory=lambda: _NO_FIELDS)
    after: Fields = field(default_factory=lambda: _NO_FIELDS)
    """What the file says in these fields, where that is not what is made of `draft` for comparing."""
    base: Fields = field(default_factory=lambda: _NO_FIELDS)
    """What the dataset said last in fields that nobody has decided about, which stays what it is compared with."""
    keeps_ours: bool = False
    """Whether something that was changed here stays, though the file says otherwise."""
    is_held: bool = False
    """Whether nothing of it is written, because of what is here."""
    reason: str = ""
    earlier_id: str = ""
    """Under which id the dataset knew the record before, where that is another."""
    earlier_record: str = ""
    """Which other record the dataset meant by this id before."""
    score: int = 0
    """How much speaks for the record that the draft is taken for: likeness of 100, and more for its id."""
    evidence: Sequence[str] = field(default_factory=lambda: _NONE)
    others: Sequence[Likely] = field(default_factory=lambda: _NONE)
    """Records that it could be as well."""
    because: Sequence[str] = field(default_factory=lambda: _NONE)
    """Causes beside the fields that change: `split`, `merged`."""
    is_moved: bool = False
    """Whether it becomes a tranche, of another umbrella than before, or of none."""
    umbrella_before: str = ""
    is_noted: bool = False
    """Whether its external id stands as it is, so that there is nothing to note."""
    merged_from: str = ""
    """The record, merged into this one since, that the dataset means by its id."""
    is_absorbed: bool = False
    """Whether the file has the record twice, as two of its records were merged: nothing of this one is written."""

    @property
    def content(self) -> Document:
        """What the dataset says of the record, as it is kept for comparing with later releases."""
        return self.content_of(self.draft.document)

    def content_of(self, document: Document) -> Document:
        """Return `content`, given the document of the draft."""
        said = {**compared(document), **self.base}
        return {name: value for name, value in said.items() if value is not None}

    @property
    def choices(self) -> str:
        """Which records it could be, in words: the likeliest first."""
        own = [self.public_id] if self.public_id else []
        names = [*own, *(other.public_id for other in self.others), *([] if own else [_("a new one")])]
        return _("%(id)s (%(name)s) could be %(records)s") % {
            "id": self.draft.source_id, "name": self.draft.name[:60],
            "records": _(" or ").join(names),
        }  # fmt: skip

    @property
    def writes(self) -> bool:
        """Whether it writes a record."""
        return self.outcome in (Outcome.NEW, Outcome.CHANGED) or (
            self.outcome is Outcome.CONFLICTING and self.follows
        )  # fmt: skip

    @property
    def follows(self) -> bool:
        """Whether anything of a record that conflicts is written all the same."""
        return not self.is_held and bool(self.write or self.is_moved)


@dataclass(slots=True)
class RowAccount:
    """What becomes of one row: the step that it belongs to, or why there is none, and what was odd in it."""

    number: int
    outcome: Outcome
    step: Step | None
    reason: str
    notes: tuple[str, ...] = ()
    sheet: str = ""


@dataclass(frozen=True)
class GoneRecord:
    """A record that an earlier import brought and that the file no longer has."""

    release: str
    source_id: str
    public_id: str
    kind: str = "pledge"
    kept_in: str = ""
    """The release that did not have it either, and where it was decided to keep it."""
    obstacle: str = ""
    """What keeps it from being withdrawn, in words."""
    became: str = ""
    """Where it went, in words."""


@dataclass
class Plan:
    """What an import would do: each row once, each record once."""

    dataset: str
    release: str
    title: str
    sha256: str = ""
    """Of the file, where that is kept."""
    supporting: list[Draft] = field(default_factory=list)
    """New records that the others refer to, in the order in which they refer to one another."""
    steps: list[Step] = field(default_factory=list)
    rows: list[RowAccount] = field(default_factory=list)
    labels: list[Any] = field(default_factory=list)
    """Names that no record goes by: once each, with how many rows use them and the nearest names."""
    renamed: list[Any] = field(default_factory=list)
    """Names of parties that the register calls otherwise: once each, with how many rows use them."""
    gone: list[GoneRecord] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    """Headers of columns that are not read."""
    questions: list[Any] = field(default_factory=list)
    """Columns that can be read in two ways, and that somebody has to say about before anything is written."""
    doubts: list[Any] = field(default_factory=list)
    """Figures that can hardly be meant."""
    said: dict[str, str] = field(default_factory=dict)
    """What was answered to questions, by column."""
    likeliest: bool = False
    """Whether the likeliest is right where a draft could be one of several records."""
    held_back: dict[str, str] = field(default_factory=dict)
    """Records that the file has in rows that cannot be used, and their ids in the dataset."""
    notices: list[str] = field(default_factory=list)
    """What a person must look at first, a line each."""
    reconciliation: list[Reconciled] = field(default_factory=list)
    """Each record at each stage, those that differ first. Records that are gone are taken to be kept."""
    twins: list[PlannedTwin] = field(default_factory=list)
    """New pledges that are likely to be there already: the pairs, those most alike first."""
    newer: str = ""
    """A newer release that was brought before, which this one would replace."""
    in_bulk: bool = True
    """Whether new records are pledges that bulk writing takes; else each is written by its serializer."""

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to write."""
        return not any(self.to_write()) and all(step.is_noted for step in self.noted())

    @property
    def ties(self) -> list[Step]:
        """The steps that could be one of several records: somebody has to say which before anything is written."""
        return [] if self.likeliest else [step for step in self.steps if step.others]

    def with_outcome(self, *outcomes: Outcome) -> list[Step]:
        """Return the steps with one of `outcomes`, in order."""
        return [step for step in self.steps if step.outcome in outcomes]

    def to_write(self) -> list[Step]:
        """Return the steps that write a record."""
        return [step for step in self.steps if step.writes]

    def noted(self) -> list[Step]:
        """Return the steps whose external ids hold after the import."""
        return [step for step in self.steps if step.outcome is not Outcome.INVALID and not step.is_held]
