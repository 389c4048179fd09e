"""What readers report stands on the start page of the desk, and is answered in the admin."""

from types import SimpleNamespace

import pytest

from tests import factories
from tests.api.conftest import client_of
from tracker.curation import answer_links
from tracker.models import AnswerLink, Claim, ErrorReport

pytestmark = pytest.mark.django_db


def test_a_report_waits_on_the_start_page_and_is_answered_once(browsers: SimpleNamespace) -> None:
    report = factories.ErrorReportFactory()
    address = f"/admin/tracker/errorreport/{report.pk}/change/"
    assert address in browsers.editor.get("/admin/").content.decode()
    empty = browsers.editor.post(address, {"answer": "", "change_set": ""})
    assert "say why nothing is changed" in empty.content.decode()
    browsers.editor.post(address, {"answer": "The source says so.", "change_set": ""})
    report.refresh_from_db()
    assert (report.status, report.answer) == (ErrorReport.Status.DECLINED, "The source says so.")
    assert report.answered_by is not None
    assert browsers.reviewer.post(address, {"answer": "No.", "change_set": ""}).status_code == 403
    assert "Reported by readers" not in browsers.editor.get("/admin/").content.decode()


def test_an_editor_makes_an_open_claim_of_what_a_contributor_answers(browsers: SimpleNamespace) -> None:
    party = factories.PartyFactory(public_id="DEU", name="Germany")
    said = {"kind": "party", "public_id": "DEU", "field": "name", "stance": "disputed", "contributor": party,
            "link": factories.AnswerLinkFactory(contributor=party)}  # fmt: skip
    report = factories.ErrorReportFactory(**said, value="Federal Republic of Germany")
    address = f"/admin/tracker/errorreport/{report.pk}/take-in/"
    assert address in browsers.editor.get(f"/admin/tracker/errorreport/{report.pk}/change/").content.decode()
    assert browsers.editor.get(address).status_code == 405
    assert browsers.viewer.post(address).status_code == 403
    assert browsers.editor.post(address).status_code == 302
    claim = Claim.objects.get(record_kind="party", record_id="DEU")
    assert (claim.field, claim.value, claim.verdict) == ("name", "Federal Republic of Germany", "open")
    again = browsers.editor.post(address, follow=True).content.decode()
    assert "It is a claim already" in again


def test_a_reviewer_makes_a_link_for_a_contributor_sees_what_it_brought_and_revokes_it(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    party = factories.PartyFactory(public_id="DEU", name="Germany")
    factories.PublicationFactory(kind="party", public_id="DEU", name="Germany")
    reviewer = client_of(users.reviewer)
    said = {"contributor": party.pk, "recipient": "Ministry of Defence", "days": "30"}
    made = browsers.reviewer.post("/admin/tracker/answerlink/add/", said, follow=True)
    link = AnswerLink.objects.get()
    address = f"http://testserver/confirm/{answer_links.token_of(link)}/"
    assert address in made.content.decode()
    assert (link.made_by.username, (link.ends_at - link.made_at).days) == ("reviewer", 30)
    page, program = f"/admin/tracker/answerlink/{link.pk}/change/", f"/api/v1/desk/answer-links/{link.pk}/"
    assert reviewer.get(program).json()["address"] == address
    # Whoever has the address can answer by it.
    assert address not in browsers.editor.get(page).content.decode()
    assert client_of(users.editor).get(program).json()["address"] is None
    factories.ErrorReportFactory(link=link, contributor=link.contributor, stance="confirmed")
    assert f"/admin/tracker/errorreport/?link={link.pk}" in browsers.viewer.get(page).content.decode()
    assert browsers.editor.post(f"/admin/tracker/answerlink/{link.pk}/revoke/").status_code == 403
    after = browsers.reviewer.post(f"/admin/tracker/answerlink/{link.pk}/revoke/", follow=True).content.decode()
    assert "revoked by reviewer" in after
    assert address not in after
    again = reviewer.post(f"{program}revoke/")
    assert (again.status_code, "revoked it before" in again.content.decode()) == (409, True)
    audited = browsers.administrator.get("/admin/auth/user/audit/").content.decode()
    assert "link for a contributor made" in audited
    assert "link for a contributor revoked" in audited
    unpublished = said | {"contributor": factories.PartyFactory(name="Ruritania").pk}
    refused = browsers.reviewer.post("/admin/tracker/answerlink/add/", unpublished).content.decode()
    assert "Ruritania is not published" in refused
    assert "Ministry of Defence" in refused
