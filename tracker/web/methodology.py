"""The methodology: the rules by which the tables are made, as the tables name them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.reporting.named.rules import SECTIONS


@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    """Show every rule under its id."""
    return render(request, "web/methodology.html", {"sections": SECTIONS.items()})
