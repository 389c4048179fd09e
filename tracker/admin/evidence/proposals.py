"""New from a document: its text with what it proposes marked, each to accept, set right or refuse in place."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.serializers import ValidationError

from tracker.admin.review import choosing_change_set
from tracker.admin.site.admin_site import site
from tracker.curation.errors import CurationError
from tracker.curation.proposing.accepting import Accepted, Way, accept, undo
from tracker.curation.proposing.comparing import Status
from tracker.curation.proposing.correcting import Correction, corrected, corrections_of
from tracker.curation.proposing.proposals import Proposal, language_read, proposals_of
from tracker.curation.refusals import in_words
from tracker.curation.review import change_sets, holding
from tracker.models import ChangeSet, Text
from tracker.records import field_labels

_ACCEPTED, _REFUSED = "accepted_proposals", "refused_proposals"
"""Keys of the session: what was accepted, so that it can be taken back, and what was refused, so that it rests."""
_MOST_KEPT = 200

STATUSES = {
    Status.NEW: gettext_lazy("new"), Status.SAME: gettext_lazy("the register has the same"),
    Status.CONTRADICTS: gettext_lazy("contradicts what the register has"),
    Status.ADDS: gettext_lazy("adds to what the register has"),
}  # fmt: skip


@dataclass
class Card:
    """A proposal as its page shows it."""

    number: int
    proposal: Proposal
    kind: str
    status: str
    ways: list[tuple[str, Any]]
    corrections: list[Correction]
    passage: str
    record_address: str = ""
    accepted: bool = False
    refused: bool = False


def proposals_view(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a text proposes; take what was decided of one proposal."""
    text = Text.objects.select_related("document").filter(pk=number).first()
    if text is None:
        raise Http404
    if not request.user.has_perm("tracker.view_text"):
        raise PermissionDenied
    found = proposals_of(text)
    if request.method == "POST":
        return _decide(request, text, found)
    return _page(request, text, found)


def _page(request: HttpRequest, text: Text, found: list[Proposal]) -> HttpResponse:
    cards = [_card(request, text, number, each) for number, each in _numbered(request, text, found)]
    open_cards = [each for each in cards if each.proposal.fact.is_sure and not each.accepted and not each.refused]
    context = site.each_context(request) | {
        "title": _("New from “%s”") % text.document.name, "text": text, "is_any": bool(cards),
        "cards": [card for card in cards if card.proposal.fact.is_sure], "open_count": len(open_cards),
        "also": [card for card in cards if not card.proposal.fact.is_sure],
        "marked": _marked(text.content, cards), "where": choosing_change_set.shown(request, None), "opts": Text._meta,
        "is_read": bool(language_read(text)), "may_edit": request.user.has_perm("tracker.add_pledge"),
    }  # fmt: skip
    return render(request, "admin/tracker/proposals.html", context)


def _numbered(request: Any, text: Text, found: list[Proposal]) -> list[tuple[int, Proposal]]:
    """Return the proposals that are shown, with their numbers on the page: of what is known only what was accepted."""
    accepted = request.session.get(_ACCEPTED, {})
    shown = [each for each in found if not each.is_known or f"{text.pk}:{each.key}" in accepted]
    return list(enumerate(shown, start=1))


def _card(request: Any, text: Text, number: int, proposal: Proposal) -> Card:
    comparison, key = proposal.comparison, f"{text.pk}:{proposal.key}"
    ways: list[tuple[str, Any]] = [(Way.NEW, _("Accept as a new record"))]
    if comparison.record is not None:
        ways = [(Way.CLAIMS, _("Add its passages to the record"))]
        if comparison.differences:
            ways.insert(0, (Way.CHANGE, _("Let the record say so")))
        ways.append((Way.NEW, _("It is another: a new record")))
    record = comparison.record
    address = reverse("admin:record", args=[record.kind, record.public_id]) if record else ""
    return Card(
        number, proposal, field_labels.one(proposal.draft.kind), str(STATUSES[comparison.status]),
        [] if proposal.draft.problem else ways, corrections_of(proposal.draft),
        " ".join(text.content[proposal.fact.start : proposal.fact.end].split()), address,
        key in request.session.get(_ACCEPTED, {}), key in request.session.get(_REFUSED, []),
    )  # fmt: skip


def _marked(content: str, cards: list[Card]) -> str:
    """Return a text as HTML: each passage in a mark, with a link to each of its proposals."""
    places: list[tuple[int, int, list[Card]]] = []
    for card in sorted(cards, key=lambda each: (each.proposal.fact.start, each.number)):
        start, end = card.proposal.fact.start, card.proposal.fact.end
        if places and start < places[-1][1]:
            first, last, own = places.pop()
            places.append((first, max(last, end), [*own, card]))
        else:
            places.append((start, end, [card]))
    parts, last = [], 0
    for start, end, own in places:
        links = format_html_join(
            "", ' <a class="tracker-proposal-link" href="#proposal-{0}" aria-label="{1} {0}">{0}</a>',
            ((card.number, _("Proposal")) for card in own),
        )  # fmt: skip
        mark = format_html('<mark id="passage-{}">{}</mark>{}', own[0].number, content[start:end], links)
        parts += [(content[last:start],), (mark,)]
        last = end
    return format_html_join("", "{}", [*parts, (content[last:],)])


def _decide(request: Any, text: Text, found: list[Proposal]) -> HttpResponse:
    """Accept, refuse or take back one proposal, and lead back to the next."""
    decision, _colon, key = request.POST.get("decision", "").partition(":")
    number, proposal = next((pair for pair in _numbered(request, text, found) if pair[1].key == key), (0, None))
    if proposal is None:
        messages.error(request, _("This proposal is not there any more: the text or the register has changed."))
        return _back(request, text, 0)
    kept = f"{text.pk}:{key}"
    try:
        if decision == "undo":
            _take_back(request, kept)
        elif decision == "refuse":
            request.session[_REFUSED] = [*request.session.get(_REFUSED, []), kept][-_MOST_KEPT:]
        elif decision == "restore":
            request.session[_REFUSED] = [each for each in request.session.get(_REFUSED, []) if each != kept]
        elif decision in [way.value for way in Way]:
            _accept(request, text, proposal, kept, Way(decision))
            number += 1
    except CurationError as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, _("Not accepted: %s") % in_words(error.detail))
    return _back(request, text, number)


def _back(request: HttpRequest, text: Text, number: int) -> HttpResponse:
    address = reverse("admin:tracker_text_proposals", args=[text.pk])
    return HttpResponseRedirect(f"{address}#proposal-{number}" if number else address)


def _accept(request: Any, text: Text, proposal: Proposal, kept: str, way: Way) -> None:
    kind = proposal.draft.kind
    if not request.user.has_perm(f"tracker.{'add' if way == Way.NEW else 'change'}_{kind}"):
        raise PermissionDenied
    prefix = f"{proposal.key}-"
    given = {name.removeprefix(prefix): value for name, value in request.POST.items() if name.startswith(prefix)}
    draft = corrected(proposal.draft, given)
    record = proposal.comparison.record if way != Way.NEW else None
    change_set = _change_set(request, record, _("New from “%s”") % text.document.name)
    accepted = accept(
        draft=draft, comparison=proposal.comparison, way=way, by=request.user, at=timezone.now(), change_set=change_set
    )
    own = dict(request.session.get(_ACCEPTED, {}))
    own[kept] = [accepted.kind, accepted.public_id, accepted.before]
    request.session[_ACCEPTED] = dict(list(own.items())[-_MOST_KEPT:])
    address = reverse("admin:record", args=[accepted.kind, accepted.public_id])
    messages.success(
        request, format_html(
            _('Accepted: <a class="text-link underline" href="{}">{}</a>. Nothing is public before it is published.'),
            address, accepted.public_id,
        ),
    )  # fmt: skip


def _change_set(request: Any, record: Any, title: str) -> ChangeSet | None:
    """Return the change set that was chosen; one that nobody named takes all that is accepted from the text."""
    if request.POST.get("change_set") != choosing_change_set.NEW or request.POST.get("change_set_message", "").strip():
        return choosing_change_set.chosen(request, record, title)
    if record is not None and holding.holder(kind=record.kind, public_id=record.public_id) is not None:
        return None
    cause = request.POST.get("change_set_cause", "")
    if cause not in ChangeSet.Cause.values:
        raise CurationError(_("Choose a cause for the new change set."))
    return change_sets.of_name(author=request.user, message=title[:300], cause=cause, at=timezone.now())


def _take_back(request: Any, kept: str) -> None:
    own = dict(request.session.get(_ACCEPTED, {}))
    if kept not in own:
        raise CurationError(_("Nothing was accepted here in this session."))
    undo(accepted=Accepted(*own.pop(kept)), by=request.user, at=timezone.now())
    request.session[_ACCEPTED] = own
    messages.success(request, _("Taken back: the register is as it was before."))
