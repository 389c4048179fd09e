"""What the tests of the admin share: people at their browsers, and forms filled in as they are shown."""

import re
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.messages.storage.fallback import FallbackStorage
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseForbidden
from django.test import Client, RequestFactory
from django.urls import resolve
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import factories
from tracker.admin.site.admin_site import site
from tracker.curation.desk import records
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Pledge
from tracker.models.base import Record


def client_of(user: User) -> Client:
    """Return a browser in which `user` is logged in."""
    client = Client()
    client.force_login(user)
    return client


class Browsers(SimpleNamespace):
    """A browser for each of some people, who logs in when it is first used: most tests use one or two."""

    def __init__(self, users: SimpleNamespace) -> None:
        super().__init__()
        self._users = users

    def __getattr__(self, name: str) -> Client:
        client = client_of(getattr(self._users, name))
        setattr(self, name, client)
        return client


@pytest.fixture
def browsers(users: SimpleNamespace) -> SimpleNamespace:
    """A browser for each of `users`."""
    return Browsers(users)


@pytest.fixture
def world(db: None) -> SimpleNamespace:
    """The few records that a pledge of the Netherlands to PURL refers to."""
    return SimpleNamespace(
        netherlands=factories.PartyFactory(public_id="NLD", name="Netherlands"),
        norway=factories.PartyFactory(public_id="NOR", name="Norway"),
        ukraine=factories.PartyFactory(public_id="UKR", name="Ukraine"),
        purl=factories.InitiativeFactory(public_id="purl", name="PURL"),
        document=factories.DocumentFactory(public_id="press-release", name="Press release"),
        platform=factories.PlatformFactory(public_id="patriot", name="Patriot"),
    )


def without_page(user: User, data: dict[str, Any] | None = None) -> Any:
    """Return what the form of a new pledge answers, before the page of it is made, which takes most of the time."""
    factory, address = RequestFactory(), "/admin/tracker/pledge/add/"
    return site.get_model_admin(Pledge).add_view(
        _from(user, factory.get(address) if data is None else factory.post(address, data))
    )


def answer_without_page(user: User, address: str, data: dict[str, Any] | None = None) -> Any:
    """Return what a page of the admin answers, before it is made; of a page that is forbidden, a 403."""
    factory, found = RequestFactory(), resolve(address)
    request = _from(user, factory.get(address) if data is None else factory.post(address, data))
    try:
        return found.func(request, *found.args, **found.kwargs)
    except PermissionDenied:
        return HttpResponseForbidden()


def list_without_page(user: User, kind: str, asked: dict[str, str]) -> Any:
    """Return what a list answers, with its rows read, before the page of it is made."""
    request = _from(user, RequestFactory().get(f"/admin/tracker/{kind}/", asked))
    response = site.get_model_admin(apps.get_model("tracker", kind)).changelist_view(request)
    if response.status_code == 200:
        list(response.context_data["cl"].result_list)
    return response


def _from(user: User, request: Any) -> Any:
    """Return a request as it comes to a view, with its user and no session that is kept."""
    request.user, request.session, request._dont_enforce_csrf_checks = user, {}, True
    request._messages = FallbackStorage(request)
    return request


def _context(response: Any) -> dict[str, Any]:
    return getattr(response, "context", None) or response.context_data  # type: ignore[no-any-return]


def form_data(response: Any) -> dict[str, Any]:
    """Return what the browser would post if somebody pressed Save on the page as it is shown."""
    context = _context(response)
    data = _values(context["adminform"].form)
    for inline in context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.forms):
            data |= _values(form)
    return data


def _values(form: Any) -> dict[str, Any]:
    values = {form[name].html_name: form[name].value() for name in form.fields}
    return {name: value for name, value in values.items() if value is not None and value is not False}


def kept_words(shown: Any) -> str:
    """Return under which key the browser keeps the reason that a page asks for."""
    [key] = re.findall(r'<textarea[^>]* data-words="([^"]*)"', shown.content.decode())
    return str(key)


def forgotten_words(saved: Any) -> str:
    """Return of which key the browser is told that it is saved; empty of none."""
    return unquote(saved.cookies["draft_saved"].value) if "draft_saved" in saved.cookies else ""


def errors_of(response: Any) -> str:
    """Return all errors of a form that is shown again, as text."""
    context = _context(response)
    found = [str(context["adminform"].form.errors)]
    for inline in context["inline_admin_formsets"]:
        found += [str(inline.formset.non_form_errors()), *(str(errors) for errors in inline.formset.errors)]
    return "\n".join(found)


def new_pledge(user: User, world: SimpleNamespace, **changes: Any) -> dict[str, Any]:
    """Return the form of a new pledge with the usual answers, and `changes` to them (`__` for `-`)."""
    data = form_data(without_page(user)) | {
        "name": "Netherlands: EUR 500 million for PURL",
        "announced": "August 2025",
        "initiative": world.purl.pk,
        "shares-0-contributor": world.netherlands.pk,
        "entries-0-amount": "EUR 500 million",
    }
    return data | {name.replace("__", "-"): value for name, value in changes.items()}


def publish_all_of(*edited: Record, author: User, reviewer: User) -> ChangeSet:
    """Publish the records as they are on the desk."""
    now = timezone.now()
    change_set = change_sets.open_change_set(author=author, message="As it is", cause="new_information", at=now)
    for record in edited:
        with records.edit(record=record, by=author, at=now, change_set=change_set):
            pass
    change_sets.submit(change_set=change_set, by=author, at=now)
    return publishing.publish(change_set=change_set, by=reviewer, at=now)


@pytest.fixture
def publish(users: SimpleNamespace) -> Any:
    """Publish records: `publish(pledge, party)`."""
    return lambda *edited: publish_all_of(*edited, author=users.second_editor, reviewer=users.reviewer)


def settle(page: Page) -> None:
    """Wait until a page is there with its fonts, and its scripts have run.

    An idle network says less and takes half a second more, and Chromium now and then never tells that it is idle.
    """
    page.wait_for_load_state("load")
    page.evaluate("document.fonts.ready.then(() => new Promise(done => requestAnimationFrame(() => setTimeout(done))))")


def log_in(page: Page, name: str) -> None:
    """Come back in a session that somebody has open, in place of the one before."""
    # What is still under way would bring the cookies of the former session back; leaving the page ends it.
    page.goto("about:blank")
    session = client_of(User.objects.get(username=name)).cookies["sessionid"]
    page.context.add_cookies([{"name": session.key, "value": session.value, "domain": "localhost", "path": "/"}])
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="What waits for me")).to_be_visible()
