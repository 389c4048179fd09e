"""Who may do what on the desk: one table over every endpoint and role."""

from typing import Any

import pytest
from django.db import transaction
from django.urls import get_resolver
from rest_framework.test import APIClient

from tests.api.conftest import DESK, client_of
from tests.factories import AT, AnswerLinkFactory, FindingFactory, TextFactory, UserFactory
from tracker.curation.importing import imports
from tracker.curation.lists import save_filter
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import ChangeSet, Claim
from tracker.records.registry import KINDS

ROLES = ("anonymous", "viewer", "editor", "reviewer", "administrator")
READ = (401, 200, 200, 200, 200)
# What those who may get for a body that is not right: nothing is written, and the right is checked first.
ADD = (401, 403, 400, 400, 400)
CHANGE = (401, 403, 428, 428, 428)
NO_ROWS = (401, 404, 404, 404, 404)
UNSAID = (401, 400, 400, 400, 400)
"""Of what is asked without the parameters that say which."""
NOT_THERE = (401, 405, 405, 405, 405)

RECORDS = [
    row
    for kind in KINDS
    for row in (
        ("GET", f"{kind}/", READ), ("POST", f"{kind}/", ADD), ("PUT", f"{kind}/", NOT_THERE),
        ("GET", f"{kind}/<id>/", READ), ("PUT", f"{kind}/<id>/", CHANGE), ("PATCH", f"{kind}/<id>/", CHANGE),
        ("DELETE", f"{kind}/<id>/", CHANGE), ("POST", f"{kind}/<id>/", NOT_THERE),
        ("GET", f"{kind}/<id>/history/", READ), ("DELETE", f"{kind}/<id>/history/", NOT_THERE),
        ("GET", f"{kind}/<id>/rows/", NO_ROWS), ("GET", f"{kind}/<id>/compare/", UNSAID),
        ("POST", f"{kind}/<id>/restore/", CHANGE),
        ("GET", f"{kind}/<id>/merge/", UNSAID), ("POST", f"{kind}/<id>/merge/", ADD),
    )
]  # fmt: skip
IMPORTS = [
    ("GET", "imports/", READ), ("POST", "imports/", (401, 403, 415, 415, 415)), ("GET", "imports/<set>/", READ),
    ("PUT", "imports/<set>/", NOT_THERE), ("DELETE", "imports/<set>/", (401, 403, 204, 403, 403)),
    *(("GET", f"imports/<set>/{part}/", READ) for part in ("plan", "steps", "rows", "labels", "report")),
    ("GET", "imports/<set>/reconciliation/", READ), ("POST", "imports/<set>/matches/", (401, 403, 409, 403, 403)),
    ("POST", "imports/<set>/plan/", NOT_THERE), ("POST", "imports/<set>/labels/map/", ADD),
    ("POST", "imports/<set>/conventions/", ADD), ("POST", "imports/<set>/conflicts/", (401, 403, 409, 403, 403)),
    ("POST", "imports/<set>/labels/leave/", ADD),
    ("GET", "imports/<set>/twins/", READ), ("POST", "imports/<set>/twins/", ADD),
    ("POST", "imports/<set>/replan/", (401, 403, 200, 403, 403)),
    ("POST", "imports/<set>/accept/", (401, 403, 409, 403, 403)),
]  # fmt: skip
TEXTS = [
    ("GET", "documents/article/texts/", READ), ("POST", "documents/article/texts/", ADD),
    ("PUT", "documents/article/texts/", NOT_THERE), ("GET", "texts/<set>/", READ),
    ("PATCH", "texts/<set>/", NOT_THERE), ("DELETE", "texts/<set>/", NOT_THERE),
    ("GET", "texts/<set>/proposals/", READ), ("POST", "texts/<set>/proposals/", NOT_THERE),
    ("POST", "texts/<set>/proposals/accept/", (401, 403, 400, 400, 400)),
    ("POST", "texts/proposal/", (401, 400, 400, 400, 400)), ("GET", "texts/proposal/", NOT_THERE),
]  # fmt: skip
FINDINGS = [
    ("GET", "findings/", READ), ("POST", "findings/", NOT_THERE), ("GET", "findings/counts/", READ),
    ("GET", "findings/<set>/", READ), ("DELETE", "findings/<set>/", NOT_THERE), ("POST", "findings/<set>/waive/", ADD),
    ("POST", "findings/<set>/take-back/", (401, 403, 409, 409, 409)),
]  # fmt: skip
OTHERS = [
    ("POST", "bulk-edits/", ADD), ("GET", "bulk-edits/", NOT_THERE), ("GET", "bulk-edits/<set>/", NO_ROWS),
    ("GET", "answer-links/", READ), ("POST", "answer-links/", (401, 403, 403, 400, 400)),
    ("GET", "answer-links/<set>/", READ), ("POST", "answer-links/<set>/revoke/", (401, 403, 403, 200, 200)),
    ("GET", "search/", READ), ("POST", "search/", NOT_THERE),
    *IMPORTS,
    *TEXTS,
    *FINDINGS,
    ("GET", "notices/", READ), ("POST", "notices/seen/", READ),
    ("GET", "claims/", READ), ("POST", "claims/", ADD), ("GET", "claims/claim-1/", READ),
    ("PUT", "claims/claim-1/", CHANGE), ("PATCH", "claims/claim-1/", CHANGE), ("DELETE", "claims/claim-1/", CHANGE),
    ("GET", "change-sets/", READ), ("POST", "change-sets/", ADD), ("GET", "change-sets/<set>/", READ),
    ("PATCH", "change-sets/<set>/", (401, 403, 200, 403, 403)), ("DELETE", "change-sets/<set>/", NOT_THERE),
    ("POST", "change-sets/<set>/submit/", (401, 403, 200, 403, 403)),
    ("POST", "change-sets/<set>/publish/", (401, 403, 403, 409, 409)),
    ("POST", "change-sets/<set>/reject/", (401, 403, 403, 400, 400)),
    ("POST", "change-sets/<set>/discard/", (401, 403, 200, 200, 200)),
    ("POST", "change-sets/<set>/move/", ADD), ("POST", "change-sets/<set>/revert/", (401, 403, 409, 409, 409)),
    ("POST", "change-sets/<set>/seen/", (401, 403, 403, 400, 400)),
    ("POST", "change-sets/<set>/send-back/", (401, 403, 403, 400, 400)), ("POST", "change-sets/<set>/assign/", ADD),
    ("POST", "change-sets/<set>/alone/", (401, 403, 403, 400, 400)),
    ("GET", "change-sets/<set>/differences/", READ),
    ("GET", "change-sets/<set>/comments/", READ), ("POST", "change-sets/<set>/comments/", ADD),
    ("POST", "change-sets/<set>/comments/settle/", ADD),
    ("GET", "change-sets/<set>/effect/", (401, 403, 200, 200, 200)),
    ("POST", "change-sets/<set>/effect/", (401, 403, 200, 200, 200)),
    ("GET", "saved-filters/", READ), ("POST", "saved-filters/", (401, 400, 400, 400, 400)),
    ("GET", "saved-filters/<set>/", READ), ("PATCH", "saved-filters/<set>/", (401, 403, 200, 403, 403)),
    ("DELETE", "saved-filters/<set>/", (401, 403, 204, 403, 403)), ("PUT", "saved-filters/<set>/", NOT_THERE),
    ("POST", "users/", (401, 403, 403, 403, 400)), ("GET", "audit/", (401, 403, 403, 403, 200)),
    ("GET", "twins/", READ), ("POST", "twins/different/", ADD), ("POST", "twins/forget/", ADD),
    ("POST", "twins/renew/", (401, 403, 200, 200, 200)),
    ("POST", "token/", (400, 400, 400, 400, 400)), ("DELETE", "token/", (401, 204, 204, 204, 204)),
    ("POST", "token/revoke-all/", (401, 204, 204, 204, 204)),
]  # fmt: skip


@pytest.fixture(scope="module")
def clients(module_db: None) -> dict[str, APIClient]:
    """A client in each role, for all tests of the module."""
    users = {role: UserFactory(role=role) for role in ROLES[1:]}
    return {"anonymous": APIClient()} | {role: client_of(user) for role, user in users.items()}


def make_set(kind: str, clients: dict[str, APIClient], document: Any) -> int:
    """Make what an address of `kind` is about, such as a change set that is open and holds an edit, all the editor's.

    Returns its number.
    """
    editor = clients["editor"].user
    if kind == "imports":
        received = imports.receive(
            author=editor, profile="kiel", release="7", sheet="", file_name="x.csv", content=b"a,b", at=AT
        )
        plan_import.enqueue(received.pk)
        return received.pk
    if kind == "texts":
        return TextFactory(document=document).pk
    if kind == "saved-filters":
        return save_filter(owner=editor, listed="pledge", name="Mine", query="q=jets", is_shared=True).pk
    if kind == "answer-links":
        return AnswerLinkFactory().pk
    if kind == "findings":
        return FindingFactory().pk
    clients["editor"].post(f"{DESK}/parties/", {"name": "New"})
    return ChangeSet.objects.get().pk


@pytest.mark.alike
@pytest.mark.parametrize(("method", "address", "codes"), RECORDS + OTHERS, ids=lambda value: str(value))
def test_each_endpoint_answers_each_role(
    method: str, address: str, codes: tuple[int, ...], lasting_world: Any, clients: dict[str, APIClient], db: None
) -> None:
    kind = address.split("/")[0]
    if kind in KINDS:
        address = address.replace(kind, KINDS[kind].plural, 1).replace("<id>", lasting_world[kind].public_id)
    address = address.replace("claim-1", Claim.objects.earliest("pk").public_id)
    if "<set>" in address:
        address = address.replace("<set>", str(make_set(kind, clients, lasting_world["document"])))
    for role, code in zip(ROLES, codes, strict=True):
        # Each role finds what the others found.
        with transaction.atomic():
            answer = clients[role].generic(method, f"{DESK}/{address}", "{}", content_type="application/json")
            transaction.set_rollback(True)
        assert answer.status_code == code, (role, answer.content)
        if code >= 400:
            assert answer["Content-Type"] == "application/problem+json"


def test_the_table_names_every_endpoint() -> None:
    """A new address of the desk needs a row of its own."""
    patterns = {
        str(pattern.pattern).replace("<slug:public_id>", "<id>").replace("<int:number>", "<set>")
        for pattern in get_resolver("tracker.api.desk.urls").url_patterns
    }
    named = set()
    for _method, address, _codes in RECORDS + OTHERS:
        address = address.replace("claim-1", "<id>").replace("documents/article", "documents/<id>")
        kind, slash, rest = address.partition("/")
        named.add((KINDS[kind].plural if kind in KINDS else kind) + slash + rest)
    assert named == patterns


def test_staff_without_a_role_may_nothing(users: Any) -> None:
    users.viewer.groups.clear()
    client = client_of(users.viewer)
    assert client.get(f"{DESK}/parties/").status_code == 403
    assert client.get(f"{DESK}/change-sets/").status_code == 403
