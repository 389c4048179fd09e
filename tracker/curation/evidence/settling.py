"""Working out the support of the claims of records, and keeping it beside them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.evidence.support import SourceTexts, Support, support_of
from tracker.lib.chunks import chunked
from tracker.models import Claim
from tracker.models.inserting import update_rows
from tracker.models.key_lists import Listed
from tracker.records.engine.claims import COMPUTED
from tracker.records.engine.row_cells import differing, values_of
from tracker.records.engine.source_form import written
from tracker.records.engine.types import Document, Key, by_kind
from tracker.records.registry import KINDS

Cited = tuple[Any, ...]
_LONGEST = Claim._meta.get_field("field").max_length or 0

_CITED = ("field", "value", "quote", "document_id", "locator")
"""What a claim asserts; one that differs in it is another assertion."""


@dataclass(frozen=True)
class Before:
    """A record as it stood before an edit: what its claims asserted, by id."""

    claims: dict[str, Cited] = field(default_factory=dict)
    document: Document | None = None
    """Its document, where a claim may name a line of it: an edit can change what that line is called."""


@dataclass(frozen=True)
class ClaimProblem:
    """What is wrong with one claim: in which of its fields, and why. `said` are its document's key, quote and value."""

    claim: str
    field: str
    message: str
    said: Cited


class ClaimsRefused(CurationError):
    """Claims say what is not so."""

    def __init__(self, problems: list[ClaimProblem]) -> None:
        self.problems = problems
        super().__init__(" ".join(problem.message for problem in problems))


def before(key: Key, documents: Sequence[Document] = ()) -> Before:
    """Return a record as it stands, for `settle` to tell after an edit what is new in it.

    Who has read its document hands that on.
    """
    claims = Claim.objects.filter(record_kind=key[0], record_id=key[1])
    cited = {row[0]: row[1:] for row in claims.values_list("public_id", *_CITED)}
    if not documents and any("[" in named for named, *_rest in cited.values()):
        documents = KINDS[key[0]].documents([key[1]])
    return Before(cited, documents[0] if documents else None)


def can_fail(stood: Before, written: Iterable[Mapping[str, Any]]) -> bool:
    """Tell whether `settle_edit` could refuse a claim: one that stood or is `written` names a field, or quotes."""
    return any(cited[0] or cited[2] for cited in stood.claims.values()) or any(
        row.get("field") or row.get("quote") for row in written
    )


def settle_edit(key: Key, stood: Before, documents: list[Document] | None = None) -> None:
    """Work out the support of the claims of a record that was edited, which stood as `stood`.

    Who has read its document hands that on, and finds in it what was worked out.
    Claims that are new or assert something else must hold. Raises ClaimsRefused where one of them names a field that
    there is not; or quotes what a text that is held does not say, and gives no reason.
    """
    befores = {key[1]: stood.document} if stood.document else {}
    found = _settle_read(key[0], [key[1]], documents, befores)
    wrong = [public_id for public_id, support in found.items() if support.wrong]
    rows = Claim.objects.filter(public_id__in=wrong).order_by("public_id").values_list("public_id", "reason", *_CITED)
    problems = [
        ClaimProblem(public_id, found[public_id].wrong, found[public_id].problem, (cited[3], cited[2], cited[1]))
        for public_id, reason, *cited in rows
        if found[public_id].wrong == "field" or (found[public_id].wrong == "quote" and not reason)
        if not _is_same(stood.claims.get(public_id), cited)
    ]
    if problems:
        raise ClaimsRefused(problems)


def _is_same(stood: Cited | None, cited: list[Any]) -> bool:
    return stood is not None and list(stood) == cited


def settle(keys: Iterable[Key], befores: Mapping[str, Document] | None = None) -> dict[str, Support]:
    """Work out the support of the claims of records, and keep it; returns that of each claim, by id.

    `befores` are documents as they stood before the edit, or what was edited in them, by id.
    """
    found: dict[str, Support] = {}
    for kind, public_ids in by_kind(keys).items():
        for part in chunked(public_ids):
            found |= _settle_read(kind, part, befores=befores)
    return found


def settle_quoted(kind: str, public_ids: Iterable[str]) -> None:
    """Work out anew the support of the claims of records that quote anything: the edits settled what rows say."""
    for part in chunked(public_ids):
        quoting = (
            Claim.objects.filter(record_kind=kind, record_id__in=Listed(part)).exclude(quote="", field="").order_by()
        )
        settle((kind, public_id) for public_id in sorted(set(quoting.values_list("record_id", flat=True))))


def _settle_read(
    kind: str, public_ids: list[str], documents: list[Document] | None = None,
    befores: Mapping[str, Document] | None = None,
) -> dict[str, Support]:  # fmt: skip
    found: dict[str, Support] = {}
    claims = Claim.objects.filter(record_kind=kind, record_id__in=public_ids)
    rows = {claim.public_id: claim for claim in claims.select_related("document")}
    known = SourceTexts.of(claim.document.public_id for claim in rows.values() if claim.quote)
    others = []
    if documents is None:
        documents = KINDS[kind].documents(sorted({claim.record_id for claim in rows.values()}))
    for document in documents:
        standing = document.get("claims", ())
        has_cells = any(row["cells"] for row in standing)
        values = values_of(written(document)) if has_cells else {}
        for row in standing:
            claim = rows[row["id"]]
            differs = differing(row["cells"], values)
            support = support_of(
                kind, document, row, known, holds=len(differs) < len(row["cells"]),
                before=(befores or {}).get(document["id"]),
            )  # fmt: skip
            found[claim.public_id] = support
            if _keep(claim, support, ", ".join(differs)):
                others.append(claim)
                row |= {name: getattr(claim, name) for name in _COMPUTED}
    update_rows(Claim, _COMPUTED, ([*(getattr(claim, name) for name in _COMPUTED), claim.pk] for claim in others))
    return found


_COMPUTED = ["field", "support", "score", "passage_start", "passage_end", "text_sha256", "differs"]


def _keep(claim: Claim, support: Support, differs: str) -> bool:
    """Write what was worked out to `claim`; tells whether anything changed. Positions stay where nothing was found."""
    values: dict[str, Any] = {
        "support": str(support.kind), "score": support.score, "differs": differs,
        "text_sha256": claim.text_sha256 if claim.cells else support.sha256,
    }  # fmt: skip
    if len(support.path) <= _LONGEST:
        values["field"] = support.path
    if support.start is not None:
        values |= {"passage_start": support.start, "passage_end": support.end}
    is_other = any(getattr(claim, name) != value for name, value in values.items())
    for name, value in values.items():
        setattr(claim, name, value)
    return is_other


def put_back(document: Document) -> None:
    """Make the support of claims what a document says that is put back on the desk."""
    for claim in document.get("claims", ()):
        known = {name: claim[name] for name in COMPUTED if name in claim}
        if known:
            Claim.objects.filter(public_id=claim["id"]).update(**known)


def missing(document: Document) -> list[str]:
    """Return what keeps the claims of a document from being published, a sentence for each.

    An adopted claim needs a passage, a row, a passage of a text that is known by its hash, or a reason; one that does
    not hold needs a reason, which is public.
    """
    told = []
    for claim in document.get("claims", ()):
        if claim["reason"].strip() or claim["verdict"] == Claim.Verdict.REJECTED:
            continue
        if claim["support"] == Claim.Support.BROKEN:
            told.append(
                _("claim %s does not hold (broken): mend it, or give a reason, which is public") % _named(claim)
            )
        elif claim["support"] == Claim.Support.REFERENCE and claim["verdict"] == Claim.Verdict.ADOPTED:
            told.append(
                _("claim %s is adopted without a passage or a row: quote one, or give a reason, which is public")
                % _named(claim)
            )
    return told


def _named(claim: Document) -> str:
    return f"{claim['id']} “{claim['quote']}”" if claim["quote"] else str(claim["id"])
