"""The form of a document: its text is pasted or uploaded, and proposes what the document says of itself."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminTextareaWidget

from tracker.admin.forms.records import RecordForm
from tracker.exchange.inbound.articles import MAX_ARTICLE_BYTES, Article, proposed, read_article
from tracker.exchange.inbound.workbook_types import MIB, FileRefused

PASTED = gettext_lazy("the pasted text")
_COLUMNS = {"kind": "document_kind"}


class DocumentForm(RecordForm):
    """A document, and a text of it. What is left empty is taken from the text, to be checked by who saves it."""

    file = forms.FileField(
        label=gettext_lazy("File"), required=False, max_length=200,
        widget=UnfoldAdminFileFieldWidget({"accept": ".html,.htm,.pdf,.txt"}),
        help_text=gettext_lazy("A web page, a PDF or a text. What stands around an article is left out of it."),
    )  # fmt: skip
    pasted = forms.CharField(
        label=gettext_lazy("or paste it"), required=False, strip=False,
        widget=UnfoldAdminTextareaWidget({"rows": 6}),
        help_text=gettext_lazy("Text or HTML. It stays on the desk: the public sees the few words that claims quote."),
    )  # fmt: skip

    article: Article | None = None
    """What was brought; None where nothing was, or it was refused."""
    _says_hash = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "name" in self.fields:
            # Left empty, the title of the text becomes the name.
            self.fields["name"].required = False

    @property
    def changed_data(self) -> list[str]:
        """The changed fields of the document; a text is stored beside it."""
        changed = [name for name in super().changed_data if name not in ("file", "pasted")]
        return [*changed, "sha256"] if self._says_hash else changed

    def clean(self) -> dict[str, Any]:
        """Read what was brought, and fill in what was left empty."""
        cleaned = super().clean()
        self._read(cleaned)
        if self.article is not None:
            self._propose(cleaned, self.article)
        if "name" in self.fields and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", _("Give it a name: no text that was brought says its title."))
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        file, pasted = cleaned.get("file"), cleaned.get("pasted") or ""
        if file and pasted.strip():
            self.add_error("pasted", _("Bring a file or paste a text, not both."))
        elif file and file.size > MAX_ARTICLE_BYTES:
            self.add_error("file", _("At most %s MiB are read.") % (MAX_ARTICLE_BYTES // MIB))
        elif file or pasted.strip():
            # Browsers send line breaks as CR LF, whatever was pasted.
            content = file.read() if file else pasted.replace("\r\n", "\n").encode()
            try:
                self.article = read_article(content, file.name if file else str(PASTED))
            except FileRefused as error:
                self.add_error("file" if file else "pasted", str(error))

    def _propose(self, cleaned: dict[str, Any], article: Article) -> None:
        """Fill in what is empty; the kind of a new document, too, where nobody chose another than the first."""
        is_untouched = self.instance._state.adding and "document_kind" not in self.changed_data
        for name, value in proposed(article, cleaned.get("url") or "").items():
            column = _COLUMNS.get(name, name)
            is_free = not cleaned.get(column) or (column == "document_kind" and is_untouched)
            if column in self.fields and column not in self.errors and is_free:
                cleaned[column] = value
        if not cleaned.get("sha256") and not self.instance.sha256:
            self._says_hash = True
            cleaned["sha256"], cleaned["characters"] = article.sha256, len(article.text)
