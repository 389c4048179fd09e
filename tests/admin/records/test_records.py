"""Every kind of record: entered, opened, saved as it is, and what its page says of it."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps

from tests import factories
from tests.admin.conftest import errors_of, form_data
from tests.factories import RECORDS
from tracker.admin.site.admin_site import site
from tracker.models import Claim, Edit, Group, Initiative, Meeting, Party, PartyAlias, Platform
from tracker.models.base import Part

OF_A_PLAN = {
    "ReconciliationLine", "ImportedFile", "ImportLabel", "ImportRow", "ImportStep", "ImportTwin", "Job", "KeptPlan",
}  # fmt: skip
"""Models whose rows are on the pages of their import or change set; the bytes of a file are on none."""

DERIVED = {"Listing", "SearchText"}
"""Models that say nothing that other tables do not."""

ON_OTHER_PAGES = {"AccountEvent", "ChainLink", "Comment", "KeptApart", "ListColumns", "Notice", "SavedFilter", "Seen"}
"""Models whose rows show on the start page, those of audit and change sets, among twins, over lists, or in public."""

COUNTED = {"Attempt"}
"""Models that count what is tried, for as long as the count holds."""


def test_every_model_is_in_the_admin() -> None:
    admins = {model: site.get_model_admin(model) for model in apps.get_models() if site.is_registered(model)}
    registered = {model.__name__ for model in admins}
    inlines = {inline.model.__name__ for admin in admins.values() for inline in admin.inlines}
    models = {model.__name__ for model in apps.get_app_config("tracker").get_models()}
    # The rows of these are on the page of their record.
    parts = {model.__name__ for model in apps.get_models() if issubclass(model, Part)}
    assert parts <= inlines
    assert models - registered == (parts - registered) | OF_A_PLAN | ON_OTHER_PAGES | DERIVED | COUNTED


@pytest.mark.alike
@pytest.mark.parametrize("model", RECORDS)
def test_a_record_is_saved_as_it_is_and_nothing_changes(browsers: SimpleNamespace, model: str) -> None:
    record = RECORDS[model].create()
    factories.ClaimFactory(record=record)
    page = f"/admin/tracker/{model}/{record.pk}/change/"
    data = form_data(browsers.editor.get(page))
    response = browsers.editor.post(page, data, follow=True)
    assert "Nothing was changed." in response.content.decode(), errors_of(response)
    assert not Edit.objects.exists()
    response = browsers.editor.post(page, data | {"name": "Another name"}, follow=True)
    assert "Saved in" in response.content.decode()
    assert Edit.objects.get().public_id == record.public_id
    record.refresh_from_db()
    assert record.name == "Another name"
    assert browsers.viewer.get(page).status_code == 200
    assert browsers.viewer.get(f"/admin/tracker/{model}/{record.pk}/history/", follow=True).status_code == 200


@pytest.mark.parametrize(
    ("model", "changes", "public_id"),
    [
        ("party", {"aliases-0-name": "Republic of Testland"}, "testland"),
        ("group", {"memberships-TOTAL_FORMS": 1, "memberships-0-party": "PARTY",
                   "memberships-0-valid_from": "2004-05-01"}, "testland"),
        ("platform", {"category": "CATEGORY", "prices-TOTAL_FORMS": 1, "prices-0-basis": "market_price",
                      "prices-0-valid_from": "2024-01-01", "prices-0-amount": "EUR 3m"}, "testland"),
        ("initiative", {"initiative_kind": "fund", "started": "Sept 2025", "leads": ["PARTY"]}, "testland"),
        ("meeting", {"forum": "FORUM", "date": "15 Oct 2025", "participations-TOTAL_FORMS": 1,
                     "participations-0-number": "", "participations-0-party": "PARTY",
                     "participations-0-role": "chair", "participations-0-status": "expected"}, "ramstein-2025-10-15"),
        ("requirement", {"beneficiary": "PARTY", "category": "CATEGORY", "quantity": "at least 3",
                         "priority": "urgent"}, "testland"),
        ("package", {"initiative": "INITIATIVE", "number": "3", "amount": "$500m"}, "purl-3"),
        ("official", {"party": "PARTY", "office": "Minister"}, "testland-minister"),
        ("incident", {"incident_kind": "strike", "date": "about Sept 2025", "items-TOTAL_FORMS": 1,
                      "items-0-description": "drone", "items-0-quantity": "10 to 20"}, "testland"),
    ],
)  # fmt: skip
def test_a_record_is_entered(browsers: SimpleNamespace, model: str, changes: dict[str, Any], public_id: str) -> None:
    keys = {
        "PARTY": factories.PartyFactory().pk, "CATEGORY": factories.CategoryFactory().pk,
        "FORUM": factories.ForumFactory(public_id="ramstein").pk,
        "INITIATIVE": factories.InitiativeFactory(public_id="purl").pk,
    }  # fmt: skip
    answers = {
        name: [keys[v] for v in value] if isinstance(value, list) else keys.get(value, value)
        for name, value in changes.items()
    }
    address = f"/admin/tracker/{model}/add/"
    data = form_data(browsers.editor.get(address)) | {"name": "Testland"} | answers
    response = browsers.editor.post(address, data)
    assert response.status_code == 302, errors_of(response)
    edit = Edit.objects.get()
    assert (edit.kind, edit.public_id) == (model, public_id)


def test_rows_of_records_are_stored_as_understood(browsers: SimpleNamespace) -> None:
    test_a_record_is_entered(
        browsers, "meeting",
        {"forum": "FORUM", "date": "15 Oct 2025", "agenda-TOTAL_FORMS": 2, "agenda-0-name": "Second",
         "agenda-0-number": 2, "agenda-0-status": "planned", "agenda-1-name": "Third", "agenda-1-number": "",
         "agenda-1-status": "planned"},
        "ramstein-2025-10-15",
    )  # fmt: skip
    assert list(Meeting.objects.get().agenda.values_list("number", "name")) == [(2, "Second"), (3, "Third")]
    assert Meeting.objects.get().date == "2025-10-15"


def test_contributors_and_beneficiaries_are_parties_in_their_role(browsers: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    contributor, beneficiary = pledge.shares.get().contributor, pledge.beneficiary
    for role, party in (("contributor", contributor), ("beneficiary", beneficiary)):
        listed = browsers.viewer.get(f"/admin/tracker/{role}/").context["cl"].result_list
        assert [row.pk for row in listed] == [party.pk]
        assert browsers.editor.get(f"/admin/tracker/{role}/add/").status_code == 403
        page = f"/admin/tracker/{role}/{party.pk}/change/"
        data = form_data(browsers.editor.get(page)) | {"name": f"New {role}"}
        assert browsers.editor.post(page, data).status_code == 302
        assert Party.objects.get(pk=party.pk).name == f"New {role}"
    assert set(Edit.objects.values_list("kind", flat=True)) == {"party"}


def test_an_alias_of_another_record_is_refused_in_words(browsers: SimpleNamespace) -> None:
    factories.PartyFactory().aliases.create(name="Holland")
    data = form_data(browsers.editor.get("/admin/tracker/party/add/")) | {"name": "X", "aliases-0-name": "HOLLAND"}
    response = browsers.editor.post("/admin/tracker/party/add/", data)
    assert response.status_code == 200
    assert len(errors_of(response)) > 10
    assert not Party.objects.filter(name="X").exists()


def test_a_claim_is_edited_by_itself_in_an_edit_of_its_record(
    browsers: SimpleNamespace, users: SimpleNamespace
) -> None:
    pledge = factories.PledgeFactory()
    claim = factories.ClaimFactory(record=pledge)
    page = f"/admin/tracker/claim/{claim.pk}/change/"
    assert f"/admin/record/pledge/{pledge.public_id}/" in browsers.editor.get(page).content.decode()
    data = form_data(browsers.editor.get(page)) | {"verdict": "rejected", "reason": ""}
    assert "Say why" in errors_of(browsers.editor.post(page, data))
    assert browsers.editor.post(page, data | {"reason": "He had left that office."}).status_code == 302
    edit = Edit.objects.get()
    assert (edit.kind, edit.public_id, edit.change_set.author) == ("pledge", pledge.public_id, users.editor)
    stale = browsers.editor.post(page, data | {"reason": "Again"})
    assert "Not saved" in errors_of(stale)
    assert not browsers.second_editor.get(page).context["has_change_permission"]
    refused = browsers.second_editor.post(f"/admin/tracker/claim/{claim.pk}/delete/", {"post": "yes"}, follow=True)
    assert "editor holds pledge" in refused.content.decode()
    browsers.editor.post(f"/admin/tracker/claim/{claim.pk}/delete/", {"post": "yes"})
    assert not Claim.objects.exists()


def test_a_claim_whose_record_is_gone_is_only_looked_at(browsers: SimpleNamespace) -> None:
    claim = factories.ClaimFactory()
    Claim.objects.update(record_id="gone")
    response = browsers.editor.get(f"/admin/tracker/claim/{claim.pk}/change/")
    assert response.status_code == 200
    assert not response.context["has_change_permission"]


def test_a_record_is_found_by_kind_and_public_id(browsers: SimpleNamespace) -> None:
    claim = factories.ClaimFactory(record=factories.PartyFactory(public_id="DEU"))
    assert browsers.viewer.get("/admin/record/party/DEU/").url.startswith("/admin/tracker/party/")
    assert browsers.viewer.get(f"/admin/record/claim/{claim.public_id}/").url.startswith("/admin/tracker/claim/")
    for address in ("party/NONE", "nonsense/DEU"):
        assert browsers.viewer.get(f"/admin/record/{address}/").status_code == 404


def test_what_was_entered_is_there(browsers: SimpleNamespace) -> None:
    test_a_record_is_entered(browsers, "initiative", {"initiative_kind": "fund", "leads": ["PARTY"]}, "testland")
    assert Initiative.objects.get(name="Testland").leads.count() == 1
    assert not Group.objects.exists()
    assert not Platform.objects.exists()


def test_an_alias_that_is_given_already_is_said_in_words(browsers: SimpleNamespace) -> None:
    first, second = factories.PartyFactory(name="Côte d’Ivoire"), factories.PartyFactory(name="Ivory")
    PartyAlias.objects.create(party=first, name="Ivory Coast")
    address = f"/admin/tracker/party/{second.pk}/change/"
    data = form_data(browsers.editor.get(address)) | {"aliases-0-name": "IVORY  coast"}
    page = browsers.editor.post(address, data).content.decode()
    assert "This name is given already" in page
    assert "Folded" not in page
