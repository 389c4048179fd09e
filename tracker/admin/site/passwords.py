"""The page on which a new member of staff, or one who forgot it, chooses a password by a link of their own."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpResponse
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminPasswordWidget

from tracker.curation.people import Link


class ChosenPasswordForm(SetPasswordForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"})


class ChoosePasswordView(PasswordResetConfirmView):
    """Django's own view: the token in the address holds for some days, and until a password is chosen."""

    form_class = ChosenPasswordForm
    template_name = "admin/choose_password.html"
    success_url = reverse_lazy("admin:login")
    title = _("Choose your password")
    site: Any = None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what every page of the desk has."""
        from_site: dict[str, Any] = self.site.each_context(self.request)
        return from_site | super().get_context_data(**kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        """Set the password, and lead to the login."""
        messages.success(self.request, _("Your password is set: log in with it."))
        return super().form_valid(form)


def address_of(request: Any, link: Link) -> str:
    """Return the whole address behind which somebody chooses a password."""
    path = reverse("admin:choose_password", args=[link.who, link.token])
    address: str = request.build_absolute_uri(path)
    return address
