"""Members of staff and their roles."""

from http import HTTPStatus
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.forms import AdminPasswordChangeForm, UserChangeForm
from unfold.widgets import UnfoldAdminTextInputWidget

from tracker.admin.site.admin_site import site
from tracker.admin.site.passwords import address_of
from tracker.curation import accounts, people, roles
from tracker.curation.accounts import end_tokens
from tracker.curation.errors import CurationError
from tracker.filters.folded_texts import holding
from tracker.lib.text import search_terms
from tracker.models import AccountEvent
from tracker.reporting.desk import audit

AUDITED = 50
"""How many events a page of the audit has."""


def _require_other_administrator(user: User) -> None:
    try:
        accounts.require_other_administrator(user)
    except CurationError as error:
        raise forms.ValidationError(str(error)) from error


class NameForm(forms.ModelForm):
    """Takes no user name that differs from another by case alone."""

    def clean_username(self) -> str:
        """Return the name; a name that is the same to the letter is refused as Django does."""
        username: str = self.cleaned_data["username"]
        if not User.objects.filter(username=username).exists():
            try:
                people.require_free_name(username, but=self.instance.pk)
            except CurationError as error:
                raise forms.ValidationError(str(error)) from error
        return username


class ChangedUserForm(NameForm, UserChangeForm):
    """A member of staff, as they stand. The last administrator stays one."""

    def clean(self) -> dict[str, Any]:
        """Refuse what would leave nobody who looks after accounts."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not self._stays_administrator(said):
            _require_other_administrator(self.instance)
        return said

    def _stays_administrator(self, said: dict[str, Any]) -> bool:
        """Tell whether the user looks after accounts with what the form says; what it does not ask for stays."""
        if not (said.get("is_active", True) and said.get("is_staff", True)):
            return False
        stood, codename = self.instance, accounts.ADMINISTER.partition(".")[2]
        single = said.get("user_permissions", stood.user_permissions)
        roles = said["groups"] if "groups" in said else stood.groups.all()
        return (
            said.get("is_superuser", stood.is_superuser)
            or single.filter(codename=codename).exists()
            or roles.filter(permissions__codename=codename).exists()
        )  # fmt: skip


class NewUserForm(NameForm):
    """A new member of staff: a name, and at least one role. The password is for the person to choose."""

    groups = forms.ModelMultipleChoiceField(
        Role.objects.order_by("name"), label=_lazy("Roles"), widget=forms.CheckboxSelectMultiple,
        help_text=_lazy("What this person may do."),
    )  # fmt: skip

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")
        widgets: ClassVar[dict[str, Any]] = {
            "username": UnfoldAdminTextInputWidget, "first_name": UnfoldAdminTextInputWidget,
            "last_name": UnfoldAdminTextInputWidget, "email": UnfoldAdminTextInputWidget,
        }  # fmt: skip


class PasswordForm(AdminPasswordChangeForm):
    """A new password, or none, for somebody else."""

    def clean(self) -> Any:
        """Refuse to take away the password of the last administrator."""
        said = super().clean()
        if not self.cleaned_data.get("set_usable_password", True):
            try:
                _require_other_administrator(self.user)
            except forms.ValidationError as error:
                # The page shows the errors of its fields alone.
                self.add_error("password1", error)
        return said

    def save(self, commit: bool = True) -> Any:
        """Save it. Where a password is taken away, Django tells nobody: the tokens end here."""
        user = super().save(commit)
        if not user.has_usable_password():
            end_tokens(user=user)
        return user


@admin.register(User, site=site)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """Members of staff. Only a superuser makes superusers, or changes one."""

    form = ChangedUserForm
    add_form = NewUserForm
    add_fieldsets = ((None, {"fields": ("username", ("first_name", "last_name"), "email", "groups")}),)
    add_form_template = "admin/tracker/new_user.html"
    change_password_form = PasswordForm
    change_form_outer_before_template = "admin/tracker/user_link.html"
    list_display = ("username", "first_name", "last_name", "email", "roles_held", "is_active", "last_login")
    list_filter = ("is_active", "groups")
    show_facets = admin.ShowFacets.NEVER

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Return who has every word, whatever the case and the accents."""
        return holding(queryset, self.search_fields, search_terms(search_term.replace("\0", ""))), False

    @display(description=_lazy("roles"))
    def roles_held(self, user: User) -> str:
        """What the person may do, by the names of their roles."""
        return ", ".join(sorted(role.name for role in user.groups.all()))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if _is_superuser(request) else [*fields, "is_superuser", "user_permissions"]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Remember what the user was given before, and save the user."""
        if change:
            stood = User.objects.get(pk=obj.pk)
            request.roles_before, request.was_open = accounts.roles_of(stood), accounts.is_open(stood)
            super().save_model(request, obj, form, change)
            return
        made = people.make_user(
            username=obj.username, email=obj.email, first_name=obj.first_name, last_name=obj.last_name,
            roles=[role.name for role in form.cleaned_data["groups"]], by=request.user, at=timezone.now(),
        )  # fmt: skip
        obj.__dict__.update(made.__dict__)
        request.roles_before, request.was_open = accounts.roles_of(made), True

    def get_urls(self) -> list[Any]:
        """Add making a link for somebody, and the audit page."""
        protect = self.admin_site.admin_view
        own = [
            path("<int:pk>/link/", protect(require_POST(self.make_link)), name="auth_user_link"),
            path("audit/", protect(self.audit), name="auth_user_audit"),
        ]
        return [*own, *super().get_urls()]

    def response_add(self, request: Any, obj: Any, post_url_continue: Any = None) -> HttpResponse:
        """Give the link by which the new person chooses a password."""
        self._tell_link(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def make_link(self, request: Any, pk: int) -> HttpResponse:
        """Make a link by which somebody chooses a password."""
        user = get_object_or_404(User, pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        try:
            self._tell_link(request, user)
        except CurationError as error:
            self.message_user(request, str(error), messages.ERROR)
        return redirect("admin:auth_user_change", pk)

    def _tell_link(self, request: Any, user: User) -> None:
        link = people.link_for(user=user, by=request.user, at=timezone.now())
        days = settings.PASSWORD_RESET_TIMEOUT // 86_400
        told = _("{name} chooses a password here, within {days} days: {address} {also}")
        address = format_html('<code class="tracker-link">{}</code>', address_of(request, link))
        also = _("It is on its way by e-mail, too.") if link.is_mailed else ""
        self.message_user(
            request,
            format_html(told, name=user.get_username(), days=days, address=address, also=also),
            messages.SUCCESS,
        )

    def audit(self, request: Any) -> HttpResponse:
        """Show who published, granted, issued a token, logged in or failed to."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        what, who = request.GET.get("what", ""), request.GET.get("who", "")[:150]
        pages: Any = audit.pages(what=what if what in audit.KINDS else "", who=who)
        page = Paginator(pages, AUDITED).get_page(request.GET.get("page"))
        context = self.admin_site.each_context(request) | {
            "title": _("Audit"), "page": page, "what": what, "who": who, "kinds": audit.KINDS.items(),
        }  # fmt: skip
        return TemplateResponse(request, "admin/tracker/audit.html", context)

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save what the user is given, and put on record who gave it."""
        super().save_related(request, form, formsets, change)
        accounts.note_changes(
            user=form.instance, by=request.user, at=timezone.now(), roles=request.roles_before,
            was_open=request.was_open,
        )  # fmt: skip

    def user_change_password(self, request: Any, id: str, form_url: str = "") -> HttpResponse:
        """Set a password for somebody else, and put that on record."""
        response: HttpResponse = super().user_change_password(request, id, form_url)
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND:
            user = User.objects.get(pk=id)
            accounts.note(what=AccountEvent.What.PASSWORD, user=user, by=request.user, at=timezone.now())
        return response

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # An account is closed, and stays on record: else who could have reviewed would be gone without a trace.
        return False


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _may_touch(request: HttpRequest, user: Any) -> bool:
    return user is None or not user.is_superuser or _is_superuser(request)


class RoleForm(forms.ModelForm):
    """What a role gives. Somebody goes on looking after accounts."""

    def clean(self) -> dict[str, Any]:
        """Refuse what would leave nobody who looks after accounts."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if self.instance.pk and "permissions" in said:
            try:
                roles.require_administrator(role=self.instance, permissions=said["permissions"])
            except CurationError as error:
                raise forms.ValidationError(str(error)) from error
        return said


@admin.register(Role, site=site)
class RoleAdmin(DjangoGroupAdmin, ModelAdmin):
    """The roles that a migration made. Whoever looks after users sees what each may do.

    What is on record of accounts names roles: one keeps its name, and stays.
    """

    form = RoleForm

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("name",) if obj else ()

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save what the role gives, and put that on record of its members."""
        roles.set_permissions(
            role=form.instance, permissions=form.cleaned_data["permissions"], by=request.user, at=timezone.now()
        )

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm("auth.view_user")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
