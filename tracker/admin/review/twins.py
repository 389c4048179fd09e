"""Likely twins: the worklist, what is decided about a pair, and what is said while a pledge is typed."""

from decimal import Decimal
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.admin.review.jobs import LOOK_AGAIN, job_shown
from tracker.curation.errors import CurationError
from tracker.curation.merging.twins import keep_apart, link
from tracker.curation.twins import kept_list
from tracker.curation.twins.likely_pairs import Twin, twins_of, twins_of_pledge, twins_of_typed
from tracker.curation.twins.traits import converter, typed
from tracker.exchange.jobs import begin_again
from tracker.lib import money, partial_dates
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet, Party, Platform, Pledge, PledgeLink

SHOWN, AT_ENTRY, BESIDE = 25, 5, 20
WORKLIST = "admin:tracker_pledge_twins"
VIEW, CHANGE = "tracker.view_pledge", "tracker.change_pledge"


def shown(twins: list[Twin]) -> list[dict[str, Any]]:
    """Return pairs with their pledges, as pages show them."""
    ids = {public_id for twin in twins for public_id in (twin.one, twin.other)}
    rows = Pledge.objects.filter(public_id__in=ids).prefetch_related("entries", "shares__contributor")
    pledges = {pledge.public_id: pledge for pledge in rows}
    return [
        {"score": twin.score, "one": pledges[twin.one], "other": pledges[twin.other],
         "sides": [_side(pledges[public_id]) for public_id in (twin.one, twin.other)],
         "reasons": ", ".join(twin.reasons)}
        for twin in twins
        if twin.one in pledges and twin.other in pledges
    ]  # fmt: skip


def _side(pledge: Pledge) -> dict[str, Any]:
    announced = partial_dates.stored(pledge.announced).describe() if pledge.announced else ""
    return {"pledge": pledge, "announced": announced}


def told_after_saving(pledge: Pledge) -> str:
    """Return that a pledge which was saved has likely twins, with the way to them; nothing where it has none."""
    found = twins_of_pledge(pledge)
    if not found:
        return ""
    names = ", ".join(twin.beside(pledge.public_id) for twin in found[:AT_ENTRY])
    return format_html(
        _("Perhaps it is there already, as {names}: {link}."), names=names,
        link=format_html(
            '<a class="text-link underline" href="{}?pledge={}">{}</a>', reverse(WORKLIST), pledge.public_id,
            _("look at them beside each other"),
        ),
    )  # fmt: skip


def shown_beside(change_set: ChangeSet) -> dict[str, Any]:
    """Return the likely twins of a change set, as its page shows them; how many is None where it has many records."""
    few = kept_list.is_small(change_set)
    found = twins_of(change_set) if few else []
    return {"pairs": found[:BESIDE], "count": len(found) if few else None}


def twins_view(request: Any, site_context: dict[str, Any]) -> HttpResponse:
    """List the pairs of pledges that are likely to be one, by pages: of a few that are named, or of all, as kept."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    number = request.GET.get("change_set", "")
    is_number = number.isascii() and number.isdigit()
    change_set = get_object_or_404(ChangeSet, pk=int(number) if is_key(number) else 0) if is_number else None
    named = request.GET.get("pledge", "")[:100].replace("\0", "")
    pledge = get_object_or_404(Pledge, public_id=named) if named else None
    found, kept = kept_list.listed(change_set=change_set, pledge=pledge)
    page = Paginator(found, SHOWN).get_page(request.GET.get("page"))
    context = site_context | {
        "title": _("Likely twins"), "page": page, "pairs": shown(list(page)), "change_set": change_set,
        "pledge": pledge.public_id if pledge else "", "kept": kept,
        "at_work": job_shown(kept.job) if kept and kept.job else None,
        "links": PledgeLink.Link.choices, "may_change": request.user.has_perm(CHANGE),
        "here": request.get_full_path(),
    }  # fmt: skip
    response = TemplateResponse(request, "admin/tracker/twins.html", context)
    at_work: Any = context["at_work"]
    if at_work and at_work["job"].is_open and not at_work["is_stuck"] and not context["pairs"]:
        # Whoever has pairs to decide about does so in peace.
        response["Refresh"] = str(LOOK_AGAIN)
    return response


@require_POST
def renew_view(request: Any) -> HttpResponse:
    """Have the list of all likely twins worked out anew; work that was lost is begun again."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    job = kept_list.kept_list().job
    if job is not None and job.is_open and job_shown(job)["is_stuck"]:
        begin_again(job)
    elif kept_list.request(by=request.user, at=timezone.now()) is None:
        messages.info(request, _("The list is being worked out already."))
    return redirect(WORKLIST)


@require_POST
def decide_view(request: Any) -> HttpResponse:
    """Note that two pledges are different, or link one to the other; lead back to where it was decided."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    one, other = (get_object_or_404(Pledge, public_id=request.POST.get(name, "")) for name in ("one", "other"))
    decision, at = request.POST.get("decision", ""), timezone.now()
    try:
        if decision == "different":
            keep_apart(one=one, other=other, by=request.user, at=at)
            said = _("%(one)s and %(other)s are different: nobody is asked about them again.")
        else:
            link(pledge=one, target=other, kind=request.POST.get("link", ""), by=request.user, at=at)
            said = _("%(one)s is linked to %(other)s.")
        messages.success(request, said % {"one": one.public_id, "other": other.public_id})
    except CurationError as error:
        messages.error(request, str(error))
    back = request.POST.get("back", "")
    # Only a path of ours.
    return redirect(back if back.startswith("/admin/") else reverse(WORKLIST))


def typed_view(request: Any) -> JsonResponse:
    """Return the pledges that are likely to be what somebody is typing: names, addresses and reasons."""
    if not request.user.has_perm(VIEW):
        raise PermissionDenied
    asked = request.GET
    parties = Party.objects.filter(pk__in=_keys(asked.getlist("contributor"))).order_by("pk")
    contributors = list(parties.values_list("public_id", flat=True))
    platforms = dict(Platform.objects.filter(pk__in=_keys(asked.getlist("platform"))).values_list("public_id", "name"))
    amounts = _amounts(asked)
    announced = _date(asked.get("announced", ""))
    if not contributors or not (announced or amounts or platforms):
        return JsonResponse({"twins": []})
    content = {
        "description": asked.get("name", "")[:250], "aid_type": asked.get("aid_type", ""), "announced": announced,
        "shares": [{"contributor": contributor} for contributor in contributors], "claims": [],
        "lines": [
            [{"description": name} for name in platforms.values()],
            [{"number": at} | amount for at, amount in enumerate(amounts, start=1)],
            [],
        ],
    }  # fmt: skip
    to_euros = converter()
    traits = typed(content, contributors, platforms, to_euros)
    found = twins_of_typed(traits, to_euros, but=asked.get("but", ""))[:AT_ENTRY]
    names = dict(Pledge.objects.filter(public_id__in=[twin.other for twin in found]).values_list("public_id", "name"))
    return JsonResponse(
        {
            "title": _("Perhaps it is there already:"),
            "twins": [
                {
                    "id": twin.other, "name": names[twin.other], "reasons": ", ".join(twin.reasons),
                    "address": reverse("admin:record", args=[Pledge.kind, twin.other]),
                }
                for twin in found
            ],
        }
    )  # fmt: skip


def _keys(texts: list[str]) -> list[int]:
    return [int(text) for text in texts if is_key(text)]


def _amounts(asked: Any) -> list[dict[str, Any]]:
    """Return stage, amount and currency of the lines that somebody types, as far as they can be read."""
    names = ("amount", "stage", "currency")
    return [
        {"stage": stage, "amount": found[0], "currency": found[1] or currency}
        for text, stage, currency in zip_longest(*map(asked.getlist, names), fillvalue="")
        if (found := _amount(text)) is not None
    ]  # fmt: skip


def _amount(text: str) -> tuple[Decimal, str | None] | None:
    try:
        return money.parse_amount(text) if text.strip() else None
    except money.AmountError:
        return None


def _date(text: str) -> str:
    try:
        return partial_dates.parse(text).edtf if text.strip() else ""
    except ValueError:
        return ""
