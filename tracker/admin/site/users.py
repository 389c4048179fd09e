"""Members of staff and their roles."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.http import HttpRequest
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from tracker.admin.site.admin_site import site
from tracker.curation.accounts import end_tokens


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
