"""Forms of imports: bringing a file, and accepting its plan."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.widgets import UnfoldAdminFileFieldWidget, UnfoldAdminSelectWidget

from tracker.admin.forms.records import RefusableForm
from tracker.exchange.inbound.workbook_types import MAX_FILE_BYTES
from tracker.exchange.profiles import PROFILES
from tracker.lib.numbering import is_key
from tracker.models import Import, ImportStep

_DECISION = ImportStep.Decision
EXCEPTION = "decision-"
"""What the names of fields begin with that decide about one record; the position of its step follows."""


def _profiles() -> list[tuple[str, str]]:
    return [(name, profile.title) for name, profile in PROFILES.items()]


class UploadForm(RefusableForm):
    """A file, and how it is to be read."""

    file = forms.FileField(
        label=gettext_lazy("File"), max_length=200,
        widget=UnfoldAdminFileFieldWidget({"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.tsv,.txt"}),
        help_text=gettext_lazy("XLSX, XLS, ODS or CSV. Nothing is written before you accept what is planned."),
    )  # fmt: skip
    profile = forms.ChoiceField(
        label=gettext_lazy("Profile"), choices=_profiles, widget=UnfoldAdminSelectWidget,
        help_text=gettext_lazy("Which dataset it is."),
    )  # fmt: skip

    class Meta:
        model = Import
        fields = ("file", "profile", "release", "sheet")
        help_texts = {
            "release": gettext_lazy("Which release of the dataset it is, such as 21. The register's own has none."),
            "sheet": gettext_lazy("Left empty: the one that the profile knows, else the first."),
        }

    def clean_file(self) -> Any:
        """Refuse what is too large to be read."""
        file = self.cleaned_data["file"]
        if file.size > MAX_FILE_BYTES:
            raise forms.ValidationError(
                _("%(name)s has %(size)s; at most %(limit)s are read.")
                % {"name": file.name, "size": filesizeformat(file.size), "limit": filesizeformat(MAX_FILE_BYTES)}
            )
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for the release where the profile has any."""
        cleaned = super().clean()
        profile = PROFILES.get(cleaned.get("profile", ""))
        if profile is not None and not profile.needs_release:
            cleaned["release"] = ""
        elif profile is not None and not cleaned.get("release") and "release" not in self.errors:
            self.add_error("release", _("Name the release of the dataset, such as 21."))
        return cleaned


class AcceptForm(forms.Form):
    """The acceptance of a plan: what it is about, and what becomes of the records that are gone from the file."""

    message = forms.CharField(label=gettext_lazy("What is it about?"), max_length=300, required=False)
    decision = forms.ChoiceField(
        choices=[
            (_DECISION.ASK, gettext_lazy("Leave them as they are, and ask again at the next release")),
            (_DECISION.KEEP, gettext_lazy("Keep them, marked as gone from the dataset")),
            (_DECISION.WITHDRAW, gettext_lazy("Withdraw them")),
        ],
        required=False,
    )  # fmt: skip
    digest = forms.CharField(required=False)

    def __init__(self, imported: Import, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"message": imported.message, "decision": _DECISION.ASK})
        self.imported = imported

    def clean_digest(self) -> str:
        """Refuse a plan that is not the one that was looked at."""
        if self.cleaned_data["digest"] != self.imported.digest:
            raise forms.ValidationError(_("The plan was made again since you looked at it: look at this one."))
        return self.imported.digest

    def exceptions(self) -> dict[int, str]:
        """Return what is decided about single records, by the positions of their steps."""
        data = self.data if isinstance(self.data, QueryDict) else QueryDict()
        given = ((name.removeprefix(EXCEPTION), value) for name, value in data.items() if name.startswith(EXCEPTION))
        return {int(key): value for key, value in given if is_key(key) and value in _DECISION.values}
