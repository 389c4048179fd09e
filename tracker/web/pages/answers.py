"""What contributors answered for their own figures, as sentences on the page of the record."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.filters.fields import has_facet
from tracker.lib import canonical
from tracker.models import Document as Source
from tracker.reporting.shelf import published, wording
from tracker.web.page_request import PageRequest
from tracker.web.pages.differing_sources import value_at
from tracker.web.pages.facts import Document, named_path


@dataclass(frozen=True)
class Answered:
    """A claim that a contributor makes of its own figures: in a sentence, and as it stands."""

    sentence: str
    claim: Document


def answers_of(asked: PageRequest, kind: str, document: Document) -> list[Answered]:
    """Return what contributors answered about a record, in the order of its claims."""
    claims = document.get("claims", ())
    cited = {claim["document"]["id"] for claim in claims}
    sources = published.records("document", asked.moment).filter(public_id__in=cited).order_by("public_id")
    answers = sources.filter(has_facet("kind", [Source.Kind.CONTRIBUTOR_ANSWER])).values_list("public_id", "document")
    who = {public_id: canonical.load(text)["publisher"] for public_id, text in answers} if cited else {}
    return [
        Answered(_sentence(kind, document, claim, who[claim["document"]["id"]]), claim)
        for claim in claims
        if claim["document"]["id"] in who
    ]


def as_asked(kind: str, document: Document, field: str) -> str:
    """Return the value of a field in the one language in which values that contributors confirm are kept."""
    with translation.override(settings.LANGUAGE_CODE):
        return value_at(kind, document, field)


def _sentence(kind: str, document: Document, claim: Document, who: str) -> str:
    field, said = claim["field"], claim["value"]
    if not field:
        return _("%s answers for the record as a whole.") % who
    texts = {
        "who": who, "place": wording.place_of(kind, named_path(kind, document, field)),
        "value": value_at(kind, document, field), "said": said,
    }  # fmt: skip
    if said == as_asked(kind, document, field):
        return _("%(who)s confirms it: %(place)s, %(value)s.") % texts
    if not texts["value"]:
        return _("%(who)s answers: %(place)s, %(said)s.") % texts
    return _("%(who)s says otherwise: %(place)s, %(said)s, where the register has %(value)s.") % texts
