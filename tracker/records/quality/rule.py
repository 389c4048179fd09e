"""What a rule of quality is: a question to one document, and what it finds there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.models import Finding
from tracker.records.engine.types import Document
from tracker.records.quality.referred import Referred

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

Severity = Finding.Severity


@dataclass(frozen=True)
class Found:
    """What a rule finds at one field of a document.

    `field` is a path as `records.engine.places` names it, empty for the whole record; `about` are the values that the
    finding goes by: a waiver holds for as long as they are the same. `claim` is the id of the claim that it is about.
    """

    field: str
    message: str
    about: Any
    claim: str = ""


Check = Callable[[Document, Referred], Iterator[Found]]
"""A pure function of a document and of what that refers to."""


@dataclass(frozen=True)
class Rule:
    """A rule that documents of some kinds keep; `sentence` says what is right."""

    id: str
    severity: Severity
    sentence: "StrPromise"
    kinds: tuple[str, ...]
    check: Check
