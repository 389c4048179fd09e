"""A signed link for a contributor: it confirms or disputes its figures without an account."""

import time
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from tracker.curation import error_reports
from tracker.models import ErrorReport, Party
from tracker.reporting.shelf import published
from tracker.web.names import name_of
from tracker.web.reports import guard
from tracker.web.reports.form import ReportForm, asked_now, show
from tracker.web.tables.figures import figures_of
from tracker.web.tables.shown import tables_shown


class ConfirmForm(ReportForm):
    """Whether the figures are right, and what is to be said of them."""

    stance = forms.ChoiceField(
        label=gettext_lazy("Are these figures right?"), widget=forms.RadioSelect,
        choices=[(ErrorReport.Stance.CONFIRMED, gettext_lazy("Yes, we confirm them")),
                 (ErrorReport.Stance.DISPUTED, gettext_lazy("No, we dispute them"))],
    )  # fmt: skip
    field_order = ("stance", "message", "email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["message"].label = _(
            "In your words, with the source of your figures. It is published with our answer."
        )


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Show a contributor its figures, and take in what it says of them."""
    try:
        public_id = error_reports.contributor_of(token)
    except signing.BadSignature:
        raise Http404 from None
    asked = asked_now(request)
    record = published.records("party", asked.moment).filter(public_id=public_id).first()
    party = Party.objects.filter(public_id=public_id).first()
    if record is None or party is None:
        raise Http404
    form, about, problem = ConfirmForm(request.POST or None), f"confirm:{public_id}", ""
    if request.method == "POST" and form.is_valid():
        problem = guard.problem(request, about, time.time)
        if not problem:
            taken = error_reports.receive(
                kind="party", public_id=public_id, field="", message=form.cleaned_data["message"],
                email=form.cleaned_data["email"], stance=form.cleaned_data["stance"], contributor=party,
                at=timezone.now(),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("report-answer", args=[taken.reference]))
    own = {"contributor": public_id}
    return show(asked, "web/confirm.html", {
        "title": _("The figures of %s") % name_of("party", public_id, record.name), "form": form, "problem": problem,
        "sealed": guard.sealed(about), "figures": figures_of(asked, own),
        "tables": tables_shown(asked, (_("Allocated by year"), own | {"rows": "year", "columns": "aid_type",
                                                                      "stage": "allocation"})),
    }, 200 if request.method != "POST" else 400)  # fmt: skip
