"""People: who granted which role, and when, is on record."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.admin.conftest import client_of, form_data
from tracker.curation import accounts
from tracker.models import AccountEvent

EARLIER = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def noted(user: User) -> set[tuple[str, str, str]]:
    """Return what is on record of an account: what, role, and by whom."""
    events = AccountEvent.objects.filter(user=user).select_related("by")
    return {(event.what, event.role, event.by.username if event.by else "") for event in events}


def change(browser: Client, user: User, **changes: object) -> None:
    """Change a user in the admin."""
    address = f"/admin/auth/user/{user.pk}/change/"
    data = form_data(browser.get(address)) | {"last_login_0": "", "last_login_1": ""} | changes
    joined = data.pop("date_joined", None) or user.date_joined
    data |= {"date_joined_0": joined.strftime("%Y-%m-%d"), "date_joined_1": joined.strftime("%H:%M:%S")}
    response = browser.post(address, data)
    assert response.status_code == 302, response.context["adminform"].form.errors


def test_who_granted_and_took_a_role_is_on_record(users: SimpleNamespace, browsers: SimpleNamespace) -> None:
    reviewer = Role.objects.get(name="reviewer")
    change(browsers.administrator, users.editor, groups=[reviewer.pk])
    assert noted(users.editor) == {("taken", "editor", "administrator"), ("granted", "reviewer", "administrator")}
    assert accounts.was_made_reviewer(user=users.editor, by=users.administrator, since=EARLIER)
    assert not accounts.was_made_reviewer(user=users.editor, by=users.viewer, since=EARLIER)
    event = AccountEvent.objects.filter(what="granted").get()
    assert not accounts.was_made_reviewer(
        user=users.editor, by=users.administrator, since=event.at + dt.timedelta(seconds=1)
    )


def test_a_role_that_reviews_nothing_makes_no_reviewer(users: SimpleNamespace, browsers: SimpleNamespace) -> None:
    change(browsers.administrator, users.viewer, groups=[Role.objects.get(name="editor").pk])
    assert not accounts.was_made_reviewer(user=users.viewer, by=users.administrator, since=EARLIER)


@pytest.mark.parametrize("what", ["password", "closed"])
def test_what_else_was_done_to_an_account_is_on_record(
    what: str, users: SimpleNamespace, browsers: SimpleNamespace
) -> None:  # fmt: skip
    if what == "closed":
        change(browsers.administrator, users.editor, is_active="")
    else:
        browsers.administrator.post(
            f"/admin/auth/user/{users.editor.pk}/password/",
            {"usable_password": "true", "password1": "long enough 7", "password2": "long enough 7"},
        )
    assert noted(users.editor) == {(what, "", "administrator")}


def test_superusers_and_single_permissions_are_granted_by_name(users: SimpleNamespace) -> None:
    root = factories.UserFactory(username="root", is_superuser=True)
    publishing = "tracker.publish_changeset"
    permission = Role.objects.get(name="reviewer").permissions.get(codename="publish_changeset")
    change(client_of(root), users.viewer, is_superuser="on", user_permissions=[permission.pk])
    assert {role for what, role, _by in noted(users.viewer) if what == "granted"} == {"superuser", publishing}
