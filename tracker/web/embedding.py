"""A view for the pages of others: its chart or table alone, in a frame that any site may show."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from csp.constants import NONE
from csp.decorators import csp_replace
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_exempt

from tracker.web.answering import ShownPage, View, page
from tracker.web.page_request import EMBED, PageRequest


def embedded(view: View) -> Callable[..., HttpResponse]:
    """Return the view of a page as a frame: what it shows, and a line that leads to the page.

    Only who may frame it differs from other pages; a frame has no forms.
    """

    def framed(asked: PageRequest, **parts: Any) -> ShownPage | HttpResponse:
        shown = view(asked, **parts)
        if isinstance(shown, HttpResponse):
            return shown
        path = asked.request.path.removesuffix(EMBED)
        whole = {"whole_address": asked.with_moment(path, dict(asked.params))}
        return replace(shown, template="web/embed.html", context=shown.context | whole)

    allowed = csp_replace({"frame-ancestors": ["*"], "form-action": [NONE]})
    return cast("Callable[..., HttpResponse]", allowed(xframe_options_exempt(page(framed))))
