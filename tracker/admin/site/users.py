"""Members of staff and their roles."""

from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from tracker.admin.site.admin_site import site
from tracker.curation import accounts
from tracker.curation.accounts import end_tokens
from tracker.models import AccountEvent


class PasswordForm(AdminPasswordChangeForm):
    """A new password, or none, for somebody else."""

    def save(self, commit: bool = True) -> Any:
        """Save it. Where a password is taken away, Django tells nobody: the tokens end here."""
        user = super().save(commit)
        if not user.has_usable_password():
            end_tokens(user=user)
        return user


@admin.register(User, site=site)
class UserAdmin(DjangoUserAdmin, ModelAdmin):
    """Members of staff. Only a superuser makes superusers, or changes one."""

    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = PasswordForm
    list_display = ("username", "first_name", "last_name", "email", "is_staff", "is_active", "last_login")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        return fields if _is_superuser(request) else [*fields, "is_superuser", "user_permissions"]

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:
        """Remember what the user was given before, and save the user."""
        stood = User.objects.filter(pk=obj.pk).first()
        request.roles_before = accounts.roles_of(stood) if stood else frozenset()
        request.was_active = stood.is_active if stood else True
        super().save_model(request, obj, form, change)
        if not change:
            accounts.note(what=AccountEvent.What.MADE, user=obj, by=request.user, at=timezone.now())

    def save_related(self, request: Any, form: Any, formsets: Any, change: bool) -> None:
        """Save what the user is given, and put on record who gave it."""
        super().save_related(request, form, formsets, change)
        accounts.note_changes(
            user=form.instance, by=request.user, at=timezone.now(), roles=request.roles_before,
            was_active=request.was_active,
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
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


def _is_superuser(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))


def _may_touch(request: HttpRequest, user: Any) -> bool:
    return user is None or not user.is_superuser or _is_superuser(request)


@admin.register(Role, site=site)
class RoleAdmin(DjangoGroupAdmin, ModelAdmin):
    """The roles that a migration made. Whoever looks after users sees what each may do."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_view_permission(request, obj) or request.user.has_perm("auth.view_user")
