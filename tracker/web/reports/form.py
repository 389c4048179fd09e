""" "Something wrong here?": a form beside each value, for anybody, and what becomes of it."""

import time
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation import error_reports
from tracker.lib import canonical
from tracker.models import ErrorReport, Publication
from tracker.models.review.error_reports import LONGEST, SHORTEST
from tracker.records.naming_places import why_no_place
from tracker.records.registry import KINDS
from tracker.reporting.shelf import published, wording
from tracker.web.answering import READS, languages, read_only, takes
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest, of_newest
from tracker.web.reports import guard

MOST_SHOWN = 100


class ReportForm(forms.Form):
    """What is wrong, and, if one likes, where an answer reaches one."""

    message = forms.CharField(
        label=gettext_lazy("What is wrong, and how do you know? A link to a source helps most."),
        min_length=SHORTEST, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Your e-mail, if you want us to ask back. It is never published."),
        required=False,
        error_messages={"invalid": gettext_lazy("Write an address such as name@example.org, or leave it empty.")},
    )


# There is no session that a foreign page could use: what the form was opened for is sealed in it.
@takes(*READS, "POST")
def report(request: HttpRequest) -> HttpResponse:
    """Show the form about a field of a published record, and take it in."""
    asked = of_newest(request)
    record, field = _about(asked)
    missing = why_no_place(record.kind, [canonical.load(record.document)], field) if field else ""
    if missing:
        return show(asked, "web/problem.html", {"title": _("There is nothing here"), "messages": [missing]}, 400)
    about = f"{record.kind}:{record.public_id}:{field}"
    form = ReportForm(request.POST or None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = guard.problem(request, about, time.time)
        if not problem:
            taken = error_reports.receive(
                kind=record.kind, public_id=record.public_id, field=field, message=form.cleaned_data["message"],
                email=form.cleaned_data["email"], at=timezone.now(),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("report-answer", args=[taken.reference]))
    status = 200 if request.method != "POST" else 400
    return show(asked, "web/report.html", {
        "title": _("Something wrong here?"), "form": form, "problem": problem, "sealed": guard.sealed(about),
        "about": _about_in_words(record.kind, record.public_id, record.name, field), "query": request.GET.urlencode(),
    }, status)  # fmt: skip


def _about(asked: PageRequest) -> tuple[Publication, str]:
    """Return the record that a report is about, and the field; raises Http404 for what is not published."""
    kind, public_id = asked.params.get("kind", ""), asked.params.get("id", "")[:100]
    if kind not in KINDS:
        raise Http404
    found = published.records(kind, asked.moment).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found, asked.params.get("field", "")


def _about_in_words(kind: str, public_id: str, name: str, field: str) -> dict[str, str]:
    """Return what a report is about, in words."""
    place = wording.place_of(kind, field) if field else ""
    return {"kind": kind, "id": public_id, "name": name_of(kind, public_id, name), "place": place}


@read_only
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Show whoever reported something what became of it."""
    found = ErrorReport.objects.filter(reference=reference).select_related("change_set").first()
    if found is None:
        raise Http404
    asked = of_newest(request)
    return show(asked, "web/report_answer.html", {
        "title": _("Your report"), "each": _shown(asked, [found])[0],
        "is_waiting": found.status == ErrorReport.Status.WAITING,
    })  # fmt: skip


@read_only
def reports(request: HttpRequest) -> HttpResponse:
    """Show what was reported, and what became of it; what waits is counted."""
    asked = of_newest(request)
    rows = ErrorReport.objects.select_related("change_set", "contributor")
    for name, column in (("kind", "kind"), ("id", "public_id")):
        if name in asked.params:
            rows = rows.filter(**{column: asked.params[name][:100]})
    answered = rows.exclude(status=ErrorReport.Status.WAITING).order_by("-answered_at", "-pk")
    waiting = rows.filter(status=ErrorReport.Status.WAITING).count()
    return show(asked, "web/reports.html", {
        "title": _("What readers reported, and what became of it"), "waiting": waiting,
        "rows": _shown(asked, list(answered[:MOST_SHOWN])),
    })  # fmt: skip


def _shown(asked: PageRequest, rows: list[ErrorReport]) -> list[dict[str, Any]]:
    """Return reports without what their authors wrote, which is for the desk alone."""
    found = []
    for row in rows:
        names = published.names(row.kind, [row.public_id], asked.moment)
        found.append({
            "about": _about_in_words(row.kind, row.public_id, names.get(row.public_id, row.public_id), row.field),
            "is_there": row.public_id in names, "status": row.get_status_display(), "report": row,
            "stance": row.get_stance_display() if row.contributor_id else "",
        })  # fmt: skip
    return found


def show(asked: PageRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """Answer a page that is of no moment, and that nobody keeps."""
    context |= {"asked": asked, "languages": languages(asked)}
    response = render(asked.request, template, context, status=status)
    response["Cache-Control"] = "no-store"
    return response
