"""Who may open what: each page of the admin for each role."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from tests import factories
from tests.admin.conftest import answer_without_page, client_of
from tests.factories import RECORDS
from tracker.admin.site.admin_site import site
from tracker.admin.site.menu import SECTIONS

AUDIT = "/admin/auth/user/audit/"
ROLES = ("viewer", "editor", "reviewer", "administrator")
LEDGER = {
    "publication": factories.PublicationFactory, "contribution": factories.ContributionFactory,
    "edit": factories.EditFactory, "facet": factories.FacetFactory,
}  # fmt: skip
REFERENCE = {"exchangerate": factories.ExchangeRateFactory, "indicator": factories.IndicatorFactory}

# For each sort of model and each page: the roles that may open it. All may view lists and pages.
MAY: list[tuple[dict[str, Any], str, set[str]]] = [
    (RECORDS, "add", {"editor", "reviewer", "administrator"}),
    (RECORDS, "change", {"editor", "reviewer", "administrator"}),
    (RECORDS, "delete", {"editor", "reviewer", "administrator"}),
    (LEDGER, "add", set()),
    (LEDGER, "change", set()),
    (LEDGER, "delete", set()),
    (REFERENCE, "add", {"administrator"}),
    # What is in force stays as it is; test_indicators.py has what waits.
    (REFERENCE, "change", set()),
    (REFERENCE, "delete", set()),
    ({"changeset": factories.ChangeSetFactory}, "add", {"editor", "reviewer", "administrator"}),
    ({"changeset": factories.ChangeSetFactory}, "change", set()),
    ({"changeset": factories.ChangeSetFactory}, "delete", set()),
    ({"errorreport": factories.ErrorReportFactory}, "add", set()),
    ({"errorreport": factories.ErrorReportFactory}, "change", {"editor", "reviewer", "administrator"}),
    ({"errorreport": factories.ErrorReportFactory}, "delete", set()),
    ({"answerlink": factories.AnswerLinkFactory}, "add", {"reviewer", "administrator"}),
    ({"answerlink": factories.AnswerLinkFactory}, "change", set()),
    ({"answerlink": factories.AnswerLinkFactory}, "delete", set()),
    ({"import": factories.ImportFactory}, "add", {"editor", "reviewer", "administrator"}),
    ({"import": factories.ImportFactory}, "change", set()),
    ({"import": factories.ImportFactory}, "delete", set()),
    ({"claim": factories.ClaimFactory}, "add", set()),
    ({"claim": factories.ClaimFactory}, "change", {"editor", "reviewer", "administrator"}),
    ({"claim": factories.ClaimFactory}, "delete", {"editor", "reviewer", "administrator"}),
]
TABLE = [(model, factory, action, roles) for models, action, roles in MAY for model, factory in models.items()]


@pytest.mark.alike
@pytest.mark.parametrize(("model", "factory", "action", "roles"), TABLE, ids=[f"{row[2]} {row[0]}" for row in TABLE])
def test_roles_open_what_they_may_and_nothing_else(
    users: SimpleNamespace, browsers: SimpleNamespace, model: str, factory: Any, action: str, roles: set[str]
) -> None:
    def address_of_another() -> str:
        return f"/admin/tracker/{model}/" + ("add/" if action == "add" else f"{factory.create().pk}/{action}/")

    for role in ROLES:
        address = address_of_another()
        user = getattr(users, role)
        answer = answer_without_page(user, address)
        if action == "change":
            assert answer.status_code == 200, role
            assert answer.context_data["has_change_permission"] is (role in roles), role
            allowed = {200} if role in roles else {403}
            assert answer_without_page(user, address, {}).status_code in allowed, role
        else:
            assert (answer.status_code == 200) is (role in roles), role
            refused = answer_without_page(user, address, {"nonsense": "x"}).status_code == 403
            assert refused is (role not in roles), role
    # One who may, or may look, sees the page as it is made.
    page = browsers.administrator.get(address_of_another())
    assert page.status_code == (200 if action == "change" or "administrator" in roles else 403)


@pytest.mark.alike
@pytest.mark.parametrize("model", dict.fromkeys(row[0] for row in TABLE))
def test_all_lists_open_for_all_roles(users: SimpleNamespace, browsers: SimpleNamespace, model: str) -> None:
    next(row[1] for row in TABLE if row[0] == model).create()
    for role in ROLES:
        assert answer_without_page(getattr(users, role), f"/admin/tracker/{model}/").status_code == 200, role
    # The page as it is made, for whom it shows least and most.
    for browser in (browsers.viewer, browsers.administrator):
        assert browser.get(f"/admin/tracker/{model}/").status_code == 200


def test_every_page_leads_a_stranger_to_the_login(client: Client, users: SimpleNamespace) -> None:
    outsider = client_of(factories.UserFactory(username="outsider", is_staff=False))
    paths = [
        "",
        "tracker/pledge/",
        "tracker/pledge/add/",
        "understood/",
        "record/party/DEU/",
        "autocomplete/",
        "search/",
        "tracker/import/1/report.csv",
        "tracker/import/1/labels/",
    ]
    for browser in (client, outsider):
        for path in paths:
            response = browser.get(f"/admin/{path}")
            assert response.status_code == 302, path
            assert response["Location"].startswith("/admin/login/"), path
        assert browser.post("/admin/tracker/changeset/1/publish/").status_code == 302


def test_administrators_look_after_users_but_make_no_superuser(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    for role in ("viewer", "editor", "reviewer"):
        assert getattr(browsers, role).get("/admin/auth/user/").status_code == 403
    page = f"/admin/auth/user/{users.editor.pk}/change/"
    shown = browsers.administrator.get(page)
    assert "is_superuser" not in shown.context["adminform"].form.fields
    data = {
        "username": "editor", "is_active": "on", "is_staff": "on", "is_superuser": "on",
        "date_joined_0": "2025-01-01", "date_joined_1": "00:00:00",
    }  # fmt: skip
    assert browsers.administrator.post(page, data).status_code == 302
    assert not User.objects.filter(is_superuser=True).exists()
    root = User.objects.create_superuser("root")
    assert browsers.administrator.post(f"/admin/auth/user/{root.pk}/change/", data).status_code == 403
    assert browsers.administrator.get(f"/admin/auth/user/{root.pk}/delete/").status_code == 403
    assert browsers.administrator.get(f"/admin/auth/user/{root.pk}/password/").status_code == 403


def test_administrators_see_the_roles_and_do_not_change_them(browsers: SimpleNamespace) -> None:
    assert "reviewer" in browsers.administrator.get("/admin/auth/group/").content.decode()
    assert browsers.administrator.get("/admin/auth/group/add/").status_code == 403
    assert browsers.editor.get("/admin/auth/group/").status_code == 403


def sidebar(client: Client, page: str) -> dict[str, bool]:
    """Return the addresses of the menu beside a page, and whether each is said to be the one of the page."""
    groups = client.get(page).context["sidebar_navigation"]
    return {item["link"]: item["active"] for group in groups for item in group["items"] if item["has_permission"]}


def test_the_sidebar_shows_what_a_role_may_see(browsers: SimpleNamespace) -> None:
    registered = {model for model in apps.get_models() if site.is_registered(model)}
    assert registered == {model for _title, models in SECTIONS for model, _icon in models}
    viewer, editor, administrator = (
        set(sidebar(client, "/admin/")) for client in (browsers.viewer, browsers.editor, browsers.administrator)
    )
    assert {"/admin/", "/admin/tracker/pledge/", "/admin/tracker/pledge/twins/"} <= viewer
    assert editor - viewer == {"/admin/tracker/text/new-from-document/"}
    assert administrator - editor == {
        "/admin/auth/user/", AUDIT, "/admin/auth/group/", "/admin/tracker/edit/",
    }  # fmt: skip
    assert not {"/admin/tracker/facet/", "/admin/tracker/publicid/"} & administrator


def test_the_sidebar_marks_the_one_entry_that_a_page_belongs_to(browsers: SimpleNamespace) -> None:
    own = (
        "/admin/",
        "/admin/tracker/text/",
        "/admin/tracker/text/new-from-document/",
        "/admin/tracker/pledge/twins/",
        AUDIT,
    )
    for page, entry in [*zip(own, own, strict=True), ("/admin/tracker/pledge/add/", "/admin/tracker/pledge/")]:
        marked = [link for link, is_active in sidebar(browsers.administrator, page).items() if is_active]
        assert marked == [entry], page
