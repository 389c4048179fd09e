"""People: a new one can log in at once, and who did what to whom is on record."""

import datetime as dt
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission, User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests import factories
from tests.admin.conftest import client_of, form_data
from tests.api.conftest import DESK
from tests.api.conftest import client_of as program_of
from tracker.curation import accounts
from tracker.curation.review import change_sets
from tracker.curation.review.permissions import who_could_review
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
    assert accounts.who_made_reviewer(user=users.editor, by=users.administrator, since=EARLIER)
    assert not accounts.who_made_reviewer(user=users.editor, by=users.viewer, since=EARLIER)
    event = AccountEvent.objects.filter(what="granted").get()
    assert not accounts.who_made_reviewer(
        user=users.editor, by=users.administrator, since=event.at + dt.timedelta(seconds=1)
    )


def test_a_role_that_reviews_nothing_makes_no_reviewer(users: SimpleNamespace, browsers: SimpleNamespace) -> None:
    change(browsers.administrator, users.viewer, groups=[Role.objects.get(name="editor").pk])
    assert not accounts.who_made_reviewer(user=users.viewer, by=users.administrator, since=EARLIER)


@pytest.mark.parametrize("what", ["password", "is_active", "is_staff"])
def test_what_else_was_done_to_an_account_is_on_record(
    what: str, users: SimpleNamespace, browsers: SimpleNamespace
) -> None:  # fmt: skip
    if what != "password":
        change(browsers.administrator, users.editor, **{what: ""})
        assert noted(users.editor) == {("closed", "", "administrator")}
        change(browsers.administrator, users.editor, **{what: "on"})
        assert ("opened", "", "administrator") in noted(users.editor)
    else:
        browsers.administrator.post(
            f"/admin/auth/user/{users.editor.pk}/password/",
            {"usable_password": "true", "password1": "long enough 7", "password2": "long enough 7"},
        )
        assert noted(users.editor) == {("password", "", "administrator")}


def test_the_last_administrator_stays_one(users: SimpleNamespace, browsers: SimpleNamespace) -> None:
    role, own = Role.objects.get(name="administrator"), users.administrator
    address = f"/admin/auth/user/{own.pk}/change/"
    waiting = factories.UserFactory(username="waiting", role="administrator", password=None)
    form = form_data(browsers.administrator.get(address)) | {"date_joined_0": "2026-01-01", "date_joined_1": "10:00"}
    for lost in ({"is_active": ""}, {"is_staff": ""}, {"groups": []}):
        page = browsers.administrator.post(address, form | lost)
        assert "last administrator" in str(page.context["adminform"].form.errors), lost
    page = browsers.administrator.post(f"/admin/auth/user/{own.pk}/password/", {"usable_password": "false"})
    assert "is the last administrator who can log in" in page.content.decode()
    assert set(accounts.administrators()) == {own}
    change(browsers.administrator, waiting, groups=[], is_active="")
    change(browsers.administrator, users.viewer, groups=[role.pk])
    change(browsers.administrator, own, groups=[])
    assert set(accounts.administrators()) == {users.viewer}


def publishing() -> Permission:
    return Permission.objects.get(codename="publish_changeset")


def of_role(root: Client, name: str, *, gives: bool) -> None:
    """Let a role give the right to publish, or not, by its page."""
    role = Role.objects.get(name=name)
    address = f"/admin/auth/group/{role.pk}/change/"
    kept = [pk for pk in role.permissions.values_list("pk", flat=True) if pk != publishing().pk]
    answer = root.post(address, {"permissions": [*kept, publishing().pk] if gives else kept})
    assert answer.status_code == 302, answer.context["adminform"].form.errors


# Every way by which the rights of somebody change, and what is then on record of them. By root in the admin, by an
# administrator by REST, and by a command, which has no user.
RIGHTS: dict[str, tuple[Callable[[Client, SimpleNamespace], object], str, set[tuple[str, str, str]]]] = {
    "a role of one's own": (
        lambda root, users: change(root, users.viewer, groups=[Role.objects.get(name="editor").pk]),
        "viewer", {("granted", "editor", "root"), ("taken", "viewer", "root")},
    ),
    "a permission of one's own": (
        lambda root, users: change(root, users.viewer, user_permissions=[publishing().pk]),
        "viewer", {("granted", "tracker.publish_changeset", "root")},
    ),
    "a superuser": (
        lambda root, users: change(root, users.viewer, is_superuser="on"), "viewer", {("granted", "superuser", "root")},
    ),
    "closed": (lambda root, users: change(root, users.viewer, is_active=""), "viewer", {("closed", "", "root")}),
    "no longer staff": (
        lambda root, users: change(root, users.viewer, is_staff=""), "viewer", {("closed", "", "root")},
    ),
    "what a role gives": (
        lambda root, _users: of_role(root, "viewer", gives=True),
        "viewer", {("granted", "tracker.publish_changeset", "root")},
    ),
    "what a role no longer gives": (
        lambda root, _users: of_role(root, "reviewer", gives=False),
        "reviewer", {("taken", "tracker.publish_changeset", "root")},
    ),
    "made by program": (
        lambda _root, users: program_of(users.administrator).post(
            f"{DESK}/users/", {"username": "new", "roles": ["editor"]}, format="json"
        ),
        "new", {("made", "", "administrator"), ("granted", "editor", "administrator"), ("link", "", "administrator")},
    ),
    "made by command": (
        lambda _root, _users: call_command(
            "createsuperuser", username="new", email="", interactive=False, stdout=StringIO()
        ),
        "new", {("made", "", ""), ("granted", "superuser", "")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", RIGHTS)
def test_every_change_of_rights_is_on_record(way: str, users: SimpleNamespace) -> None:
    root = client_of(factories.UserFactory(username="root", is_superuser=True))
    act, whose, events = RIGHTS[way]
    act(root, users)
    assert noted(User.objects.get(username=whose)) == events


def test_whom_a_role_made_a_reviewer_reviews_nothing_of_who_changed_it(users: SimpleNamespace) -> None:
    root = factories.UserFactory(username="root", is_superuser=True)
    of_role(client_of(root), "editor", gives=True)
    assert accounts.who_made_reviewer(user=users.editor, by=root, since=EARLIER)
    own = change_sets.open_change_set(author=root, message="Own", cause="correction", at=timezone.now())
    of_role(client_of(root), "reviewer", gives=False)
    assert users.reviewer in who_could_review(own), "whoever lost it since is as if still there"


def test_a_role_keeps_its_name_and_stays_and_somebody_looks_after_accounts(users: SimpleNamespace) -> None:
    role, root = Role.objects.get(name="administrator"), factories.UserFactory(username="root", is_superuser=True)
    browser, address = client_of(root), f"/admin/auth/group/{role.pk}/change/"
    assert browser.post(f"/admin/auth/group/{role.pk}/delete/", {"post": "yes"}).status_code == 403
    root.set_unusable_password()
    root.save()
    browser.force_login(root)
    page = browser.post(address, {"name": "Other", "permissions": []})
    assert "Nobody who can log in would look after accounts" in str(page.context["adminform"].form.errors)
    role.refresh_from_db()
    assert role.name == "administrator"


def made(browser: Client) -> str:
    """Make an editor, and return the path of the link that they are given."""
    editor = Role.objects.get(name="editor")
    page = browser.post("/admin/auth/user/add/", {"username": "new", "groups": [editor.pk]}, follow=True)
    [told] = [str(message) for message in page.context["messages"] if "choose-password" in str(message)]
    return "/admin/choose-password" + told.partition("/admin/choose-password")[2].partition("<")[0]


def test_a_new_user_has_a_role_and_chooses_a_password(browsers: SimpleNamespace, client: Client) -> None:
    link = made(browsers.administrator)
    user = User.objects.get(username="new")
    assert user.is_staff
    assert not user.has_usable_password()
    assert noted(user) == {
        ("made", "", "administrator"), ("granted", "editor", "administrator"), ("link", "", "administrator"),
    }  # fmt: skip
    page = client.get(link, follow=True)
    assert "'unsafe-eval'" in page["Content-Security-Policy"]
    chosen = {"new_password1": "a long one, 8", "new_password2": "a long one, 8"}
    assert client.post(page.request["PATH_INFO"], chosen)["Location"] == "/admin/login/"
    assert client.post("/admin/login/", {"username": "new", "password": "a long one, 8"})["Location"] == "/admin/"
    assert "too old" in Client().get(link, follow=True).content.decode()


def test_a_user_without_a_role_is_not_made(browsers: SimpleNamespace) -> None:
    page = browsers.administrator.post("/admin/auth/user/add/", {"username": "new"})
    assert "groups" in page.context["adminform"].form.errors
    editor = Role.objects.get(name="editor").pk
    for taken in ("Editor", "editor", "ＥDITOR"):
        page = browsers.administrator.post("/admin/auth/user/add/", {"username": taken, "groups": [editor]})
        assert "already" in str(page.context["adminform"].form.errors["username"]), taken
    viewer = f"/admin/auth/user/{User.objects.get(username='viewer').pk}/change/"
    page = browsers.administrator.post(viewer, {"username": "EDITOR"})
    assert "There is a user “editor” already" in str(page.context["adminform"].form.errors["username"])
    page = browsers.administrator.post(viewer, {"username": "Viewer"})
    assert "username" not in page.context["adminform"].form.errors
    assert browsers.editor.post("/admin/auth/user/add/", {"username": "new"}).status_code == 403


def test_a_link_is_made_again_and_nobody_makes_one_for_a_superuser(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:  # fmt: skip
    root = factories.UserFactory(username="root", is_superuser=True)
    assert browsers.administrator.post(f"/admin/auth/user/{root.pk}/link/").status_code == 403
    page = browsers.administrator.post(f"/admin/auth/user/{users.editor.pk}/link/", follow=True)
    assert "choose-password" in page.content.decode()
    assert "&lt;code" not in page.content.decode()
    assert browsers.reviewer.post(f"/admin/auth/user/{users.editor.pk}/link/").status_code == 403


def test_the_audit_tells_who_did_what(browsers: SimpleNamespace, users: SimpleNamespace, client: Client) -> None:
    client.post("/admin/login/", {"username": "editor", "password": "wrong"})
    client.post("/admin/login/", {"username": "editor", "password": "editor"})
    made(browsers.administrator)
    page = browsers.administrator.get("/admin/auth/user/audit/")
    assert {event.what for event in page.context["page"]} == {"failed", "login", "made", "granted", "link"}
    only = browsers.administrator.get("/admin/auth/user/audit/", {"what": "login", "who": "editor"})
    assert {(event.what, event.who) for event in only.context["page"]} == {("login", "editor")}
    assert browsers.reviewer.get("/admin/auth/user/audit/").status_code == 403
    listed = program_of(users.administrator).get(f"{DESK}/audit/", {"what": "granted"}).json()
    assert [(event["who"], event["whom"], event["detail"]) for event in listed["results"]] == [
        ("administrator", "new", "editor")
    ]  # fmt: skip


def test_a_program_makes_a_user(users: SimpleNamespace) -> None:
    program = program_of(users.administrator)
    answer = program.post(f"{DESK}/users/", {"username": "new", "roles": ["reviewer"]}, format="json")
    assert answer.status_code == 201, answer.content
    assert "/admin/choose-password/" in answer.json()["address"]
    alike = program.post(f"{DESK}/users/", {"username": "New", "roles": ["reviewer"]}, format="json")
    assert "There is a user “new” already" in alike.json()["detail"]
    refused = program.post(f"{DESK}/users/", {"username": "other", "roles": ["king"]}, format="json")
    assert "viewer" in refused.json()["detail"]


def test_editors_see_in_the_menu_what_they_use(browsers: SimpleNamespace) -> None:
    for path in ("/admin/tracker/facet/", "/admin/tracker/publicid/"):
        assert path not in browsers.editor.get("/admin/").content.decode()
        assert path not in browsers.administrator.get("/admin/").content.decode()
        assert browsers.administrator.get(path).status_code == 200
