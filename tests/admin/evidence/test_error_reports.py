"""What readers report stands on the start page of the desk, and is answered in the admin."""

from types import SimpleNamespace

import pytest

from tests import factories
from tracker.models import Claim, ErrorReport

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
    said = {"kind": "party", "public_id": "DEU", "field": "name", "stance": "disputed", "contributor": party}
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
