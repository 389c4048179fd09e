"""A signed link for a contributor: it confirms or disputes its figures without an account."""

import time
from http import HTTPStatus
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation import answer_links, error_reports
from tracker.models import AnswerLink, ErrorReport
from tracker.records import words
from tracker.reporting.shelf import published
from tracker.web.answering import READS, takes
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest, of_newest
from tracker.web.pages.pledges import sentence
from tracker.web.reports import guard
from tracker.web.reports.form import ReportForm, show
from tracker.web.reports.own_figures import OwnFigure, document_of, own_figures, own_pledges
from tracker.web.tables.figures import figures_of
from tracker.web.tables.table_on_page import tables_shown

_Stance = ErrorReport.Stance


class ConfirmForm(ReportForm):
    """Whether a figure is right, what it should be, and what is to be said of it."""

    field = forms.ChoiceField(
        label=gettext_lazy("Which figure is it?"), widget=forms.RadioSelect, required=False, choices=[]
    )
    stance = forms.ChoiceField(
        label=gettext_lazy("Is it right?"), widget=forms.RadioSelect,
        choices=[(_Stance.CONFIRMED, gettext_lazy("Yes, we confirm it")),
                 (_Stance.DISPUTED, gettext_lazy("No, we dispute it"))],
    )  # fmt: skip
    value = forms.CharField(label=gettext_lazy("If not: what should it be?"), required=False, max_length=250)
    field_order = ("field", "stance", "value", "message", "email")

    def __init__(self, figures: list[OwnFigure], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._values = {each.path: each.kept for each in figures}
        if figures:
            field: Any = self.fields["field"]
            field.choices = [*((each.path, f"{each.label}: {each.value}") for each in figures),
                             ("", _("The pledge as a whole"))]  # fmt: skip
        else:
            del self.fields["field"]
        self.fields["message"].label = _(
            "In your words, with the source of your figures. It is published as your answer, beside what others say."
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the value of a figure that is disputed; of one that is confirmed it is the one that stands."""
        found: dict[str, Any] = super().clean() or {}
        path = found.get("field", "")
        if found.get("stance") == _Stance.CONFIRMED:
            found["value"] = self._values.get(path, "")
        elif path and not found.get("value"):
            self.add_error("value", _("Say what it should be."))
        return found


@takes(*READS, "POST")
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a contributor its figures, or those of one of its pledges, and take in what it says of them."""
    asked = of_newest(request)
    link = answer_links.link_of(token)
    if link is None:
        said = _("It was cut off or changed on its way: copy it whole from the message that brought it.")
        return _refused(asked, HTTPStatus.NOT_FOUND, _("This link is not one of ours"), said)
    if not link.is_open(timezone.now()):
        when = _("It could be used until %s.") % words.day((link.revoked_at or link.ends_at).date())
        return _refused(asked, HTTPStatus.GONE, _("This link has expired"), when)
    public_id = link.contributor.public_id
    record = published.records("party", asked.moment).filter(public_id=public_id).first()
    if record is None:
        return _refused(asked, HTTPStatus.GONE, _("This link has expired"), _("The party is not published any more."))
    pledges = own_pledges(asked, public_id)
    chosen = request.GET.get("pledge", "")
    # Whatever else is asked for, a contributor answers for its own pledges alone.
    pledge = next((each.public_id for each in pledges if each.public_id == chosen), "")
    document = document_of(asked, pledge) if pledge else {}
    form = ConfirmForm(own_figures(document) if pledge else [], request.POST or None)
    about, problem = f"confirm:{public_id}:{pledge}", ""
    if request.method == "POST" and form.is_valid():
        problem = guard.problem(request, about, time.time)
        if not problem:
            return _taken(form, link, pledge)
    return show(asked, "web/confirm.html", {
        "title": _("The figures of %s") % name_of("party", public_id, record.name), "form": form, "problem": problem,
        "sealed": guard.sealed(about), "pledges": pledges, "pledge": pledge, "document": document,
        "sentence": sentence(document) if pledge else "",
    } | ({} if pledge else _totals(asked, public_id)), 200 if request.method != "POST" else 400)  # fmt: skip


def _totals(asked: PageRequest, public_id: str) -> dict[str, Any]:
    own = {"contributor": public_id}
    by_year = own | {"rows": "year", "columns": "aid_type", "stage": "allocation"}
    return {"figures": figures_of(asked, own), "tables": tables_shown(asked, (_("Allocated by year"), by_year))}


def _taken(form: ConfirmForm, link: AnswerLink, pledge: str) -> HttpResponse:
    said = form.cleaned_data
    taken = error_reports.receive(
        kind="pledge" if pledge else "party", public_id=pledge or link.contributor.public_id,
        field=said.get("field", ""), message=said["message"], email=said["email"], stance=said["stance"],
        value=said["value"], link=link, at=timezone.now(),
    )  # fmt: skip
    return HttpResponseRedirect(reverse("report-answer", args=[taken.reference]))


def _refused(asked: PageRequest, status: int, title: str, said: str) -> HttpResponse:
    ask = _("Ask whoever sent it for a new one.")
    return show(asked, "web/problem.html", {"title": title, "messages": [said, ask]}, status)
