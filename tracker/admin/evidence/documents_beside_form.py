"""The documents of a record beside its form: their texts with the cited passages marked, and its claims by field."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.admin.evidence.claim_support import SUPPORT_COLOURS, passage_trouble, support_shown
from tracker.admin.evidence.marks import marked, pieces
from tracker.filters.claims import DEAD, GONE, MOVED
from tracker.models import Claim, Document, Text
from tracker.reporting.shelf.wording import place_of

MOST = 6
"""How many documents stand beside a form at first; each other one is brought when it is chosen."""


@dataclass(frozen=True)
class Source:
    """A document beside the form: its newest text, the one that it names first; or why there is none."""

    document: Document
    text: Text | None
    html: str
    quotes: int


@dataclass(frozen=True)
class ShownClaim:
    """A claim beside the form."""

    claim: Claim
    support: str
    colour: str
    trouble: str
    """Why its passage is dead or has moved; empty where it stands as it was noted."""


@dataclass(frozen=True)
class Place:
    """The claims about one field; rivals assert what is not the same."""

    path: str
    words: str
    claims: list[ShownClaim]

    @property
    def has_rivals(self) -> bool:
        """Tell whether somebody has to say which of the claims is right, or has said so.

        Of two that are adopted, one that does not say what the record says is a rival of the other.
        """
        agreeing = [
            shown for shown in self.claims
            if shown.claim.verdict == Claim.Verdict.ADOPTED and shown.claim.support != Claim.Support.BROKEN
        ]  # fmt: skip
        return len(self.claims) > 1 and len(agreeing) < len(self.claims)


def panel(kind: str, public_id: str | None, user: Any) -> dict[str, Any]:
    """Return what stands beside the form of a record; None is the id of a new one."""
    claims = _claims(kind, public_id) if public_id else []
    about = Claim.objects.filter(record_kind=kind, record_id=public_id or "")
    troubled = set(about.filter(DEAD | MOVED | GONE).values_list("pk", flat=True))
    cited = {claim.document.pk: claim.document for claim in claims}
    held = set(Text.objects.filter(document__in=list(cited)).order_by().values_list("document", flat=True))
    # Texts to read first, before what only says that there is none.
    documents = sorted(cited.values(), key=lambda document: document.pk not in held)
    may_see = user.has_perm("tracker.view_text")
    shown = [
        ShownClaim(claim, *_support(claim), passage_trouble(claim) if claim.pk in troubled else "") for claim in claims
    ]
    by_field: dict[str, list[ShownClaim]] = defaultdict(list)
    for one in shown:
        by_field[one.claim.field].append(one)
    return {
        "sources": [source(document, claims) for document in documents[:MOST]] if may_see else [],
        "more": documents[MOST:],
        "may_see": may_see,
        "places": [Place(path, place_of(kind, path), found) for path, found in sorted(by_field.items())],
        "troubled": [one for one in shown if one.trouble],
        "record": f"{kind}:{public_id or ''}",
    }  # fmt: skip


def _claims(kind: str, public_id: str) -> list[Claim]:
    claims = Claim.objects.filter(record_kind=kind, record_id=public_id)
    return list(claims.select_related("document").order_by("public_id"))


def _support(claim: Claim) -> tuple[str, str]:
    support, words = support_shown(claim)
    return words, SUPPORT_COLOURS[Claim.Support(support)]


def source(document: Document, claims: Iterable[Claim]) -> Source:
    """Return a document as it stands beside the form, with the passages marked that `claims` quote."""
    own = [claim for claim in claims if claim.document_id == document.pk]
    texts = sorted(
        Text.objects.without_content().filter(document=document).order_by("-version"),
        key=lambda text: text.sha256 != document.sha256,
    )  # fmt: skip
    if not texts:
        return Source(document, None, "", len(own))
    text = Text.objects.get(pk=texts[0].pk)
    return Source(document, text, marked(pieces(text, document, own)), len(own))


def source_view(request: HttpRequest) -> HttpResponse:
    """Answer one document with its text, as it stands beside the form of `record`: for a browser that asks for more."""
    if not (request.user.has_perm("tracker.view_text") and request.user.has_perm("tracker.view_document")):
        raise Http404
    key = request.GET.get("document", "")
    document = Document.objects.filter(pk=int(key)).first() if key.isdecimal() and len(key) < 18 else None
    if document is None:
        raise Http404
    kind, _colon, public_id = request.GET.get("record", "").partition(":")
    claims = _claims(kind, public_id) if public_id else []
    return render(request, "admin/tracker/source.html", {"source": source(document, claims)})


def chooser(site: Any) -> str:
    """Return the field by which another document is looked for."""
    widget = AutocompleteSelect(Claim._meta.get_field("document"), site)
    field = forms.ModelChoiceField(Document.objects.all(), widget=widget)
    return str(field.widget.render("another-document", None, {"id": "tracker-another"}))
