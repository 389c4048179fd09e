"""Bringing a text in order to see what it proposes: pasted, uploaded, or one that is held already."""

from typing import Any, cast

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.serializers import ValidationError
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from tracker.admin.evidence.document_form import PASTED
from tracker.admin.site.admin_site import site
from tracker.curation.desk import records
from tracker.curation.desk.texts import Reading, take_in
from tracker.curation.errors import CurationError
from tracker.curation.refusals import in_words
from tracker.exchange.inbound.articles import MAX_ARTICLE_BYTES, Article, proposed, read_article
from tracker.exchange.inbound.workbook_types import MIB, FileRefused
from tracker.models import Document, Text
from tracker.records.engine.source_form import written
from tracker.records.registry import KINDS, document_of

_NEWEST = 30
"""How many of the texts that are held are offered."""


class BringForm(forms.Form):
    """A text, and what it may not say of itself."""

    pasted = forms.CharField(
        label=gettext_lazy("Paste a text or HTML"), required=False, strip=False,
        widget=UnfoldAdminTextareaWidget({"rows": 10}),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("or choose a file"), required=False, max_length=200,
        widget=UnfoldAdminFileFieldWidget({"accept": ".html,.htm,.pdf,.txt"}),
    )  # fmt: skip
    published = forms.CharField(
        label=gettext_lazy("Published"), required=False, max_length=60, widget=UnfoldAdminTextInputWidget(),
        help_text=gettext_lazy("Dates such as “on Wednesday” are read from it. Left empty: as the text says."),
    )  # fmt: skip
    url = forms.URLField(
        label=gettext_lazy("Address"), required=False, max_length=1000, assume_scheme="https",
        widget=UnfoldAdminTextInputWidget(),
    )  # fmt: skip

    article: Article | None = None

    def clean(self) -> dict[str, Any]:
        """Read what was brought; one text, of a size that is read."""
        cleaned = super().clean() or {}
        file, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if bool(file) == bool(pasted.strip()):
            self.add_error("pasted", _("Paste a text or choose a file, one of the two."))
        elif file and file.size > MAX_ARTICLE_BYTES:
            self.add_error("file", _("At most %s MiB are read.") % (MAX_ARTICLE_BYTES // MIB))
        else:
            content = file.read() if file else pasted.replace("\r\n", "\n").encode()
            try:
                self.article = read_article(content, file.name if file else str(PASTED))
            except FileRefused as error:
                self.add_error("file" if file else "pasted", str(error))
        return cleaned


def new_from_document_view(request: HttpRequest) -> HttpResponse:
    """Take in a text, and lead to what it proposes."""
    if not (request.user.has_perm("tracker.add_text") and request.user.has_perm("tracker.add_document")):
        raise PermissionDenied
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.article is not None:
        try:
            text = _bring(request, form.article, form.cleaned_data)
            return HttpResponseRedirect(reverse("admin:tracker_text_proposals", args=[text.pk]))
        except (CurationError, ValidationError) as error:
            form.add_error(None, in_words(error.detail) if isinstance(error, ValidationError) else str(error))
    held = Text.objects.without_content().select_related("document").order_by("-pk")[:_NEWEST]
    context = site.each_context(request) | {"title": _("New from document"), "form": form, "texts": held}
    return render(request, "admin/tracker/new_from_document.html", context)


def _completed(document: Document, given: dict[str, Any], by: Any, at: Any) -> Document:
    """Return a document that is known with what was typed of it and it does not say yet: when, and at which address."""
    more = {name: given[name] for name in ("url", "published") if given[name] and not getattr(document, name)}
    if not more:
        return document
    serializer = KINDS["document"].serializer(document, data=written(document_of(document)) | more)
    serializer.is_valid(raise_exception=True)
    return cast("Document", records.write(serializer=serializer, by=by, at=at))


@transaction.atomic
def _bring(request: Any, article: Article, given: dict[str, Any]) -> Text:
    """Return the text of a document that says its hash, or of a new one."""
    at = timezone.now()
    document = Document.objects.filter(sha256=article.sha256).order_by("public_id").first()
    if document is None:
        data = proposed(article, given["url"]) | {name: given[name] for name in ("url", "published") if given[name]}
        data.setdefault("name", _("A text of %s") % at.date().isoformat())
        serializer = KINDS["document"].serializer(data=data)
        serializer.is_valid(raise_exception=True)
        document = records.write(serializer=serializer, by=request.user, at=at)
    else:
        document = _completed(document, given, request.user, at)
    reading = Reading(article.text, article.tool, article.tool_version, article.language)
    return take_in(document=document, reading=reading, by=request.user, at=at).text
