"""Editing many records from their list: the field, the preview, and what becomes of each."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from tests import factories
from tracker.curation.desk import bulk_edits, records
from tracker.models import ChangeSet, Job, Pledge

ADDRESS = "/admin/tracker/pledge/"


@pytest.fixture
def forty(users: SimpleNamespace) -> list[Pledge]:
    """Forty pledges, of which another editor holds one, and one is a deployment."""
    made = [factories.PledgeFactory(public_id=f"X-{n:02}") for n in range(39)]
    made.append(factories.PledgeFactory(public_id="X-99", deployment=True))
    with records.edit(record=made[3], by=users.second_editor, at=timezone.now()):
        pass
    return made


def asked(pledges: list[Pledge], **fields: Any) -> dict[str, Any]:
    """Return what the browser posts for the selected pledges."""
    return {"action": "edit_selected", "_selected_action": [str(pledge.pk) for pledge in pledges], **fields}


def test_the_fields_are_those_of_the_form(browsers: SimpleNamespace, forty: list[Pledge]) -> None:
    response = browsers.editor.post(ADDRESS, asked(forty))
    offered = dict(dict(response.context["groups"])[""])
    assert {"nature", "aid_type", "aid_kind", "initiative", "announced", "rate_policy", "note"} <= offered.keys()
    assert not {"name", "public_id", "id", "shares", "items"} & offered.keys()
    assert offered["aid_kind"] == "Finer kind of aid"
    kinds = {"document": {"publisher", "tier"}, "requirement": {"priority"}, "platform": {"category"}}
    for kind, names in kinds.items():
        record = factories.RECORDS[kind].create()
        page = browsers.editor.post(f"/admin/tracker/{kind}/", asked([record]))  # type: ignore[list-item]
        assert names <= dict(dict(page.context["groups"])[""]).keys()


def test_a_preview_writes_nothing_and_what_was_seen_is_applied(browsers: SimpleNamespace, forty: list[Pledge]) -> None:
    fields: dict[str, Any] = {"field": "aid_type", "aid_type": "financial", "change_set": "new"}
    fields |= {"change_set_message": "Reclassified", "change_set_cause": "correction"}
    seen = browsers.editor.post(ADDRESS, asked(forty, step="preview", **fields))
    assert (seen.context["changed"], seen.context["refused"], seen.context["held"]) == (38, 2, 1)
    shown = seen.content.decode()
    assert "<del>military</del>" in shown
    assert "<ins>financial</ins>" in shown
    assert "second_editor holds this record" in shown
    assert "a deployment has none" in shown
    assert not Pledge.objects.filter(aid_type="financial").exists()
    # What was typed after the preview is previewed again.
    other = asked(forty, step="apply", previewed=seen.context["previewed"], **fields | {"aid_type": "humanitarian"})
    assert browsers.editor.post(ADDRESS, other).context["changed"] == 38
    assert not ChangeSet.objects.filter(message="Reclassified").exists()
    done = browsers.editor.post(
        ADDRESS, asked(forty, step="apply", previewed=seen.context["previewed"], **fields), follow=True
    )
    assert "38 edited in" in done.content.decode()
    change_set = ChangeSet.objects.get(message="Reclassified")
    assert change_set.cause == "correction"
    assert change_set.edits.count() == Pledge.objects.filter(aid_type="financial").count() == 38


def test_lines_of_selected_pledges_are_edited(browsers: SimpleNamespace, forty: list[Pledge]) -> None:
    himars, usa = factories.PlatformFactory(name="M142 HIMARS"), factories.PartyFactory(public_id="USA", name="America")
    for pledge in forty[:5]:
        factories.ItemFactory(pledge=pledge, number=1, platform=himars, description="launcher")
        factories.ItemFactory(pledge=pledge, number=2, platform=None, description="ammunition for HIMARS")
    fields: dict[str, Any] = {"field": "items.supplier", "supplier": str(usa.pk), "change_set": "new"}
    fields |= {"change_set_cause": "correction"}
    offered = dict(browsers.editor.post(ADDRESS, asked(forty)).context["groups"])
    assert ("items.supplier", "Supplier") in offered["Items"]
    assert ("valuations.basis", "Basis") in offered["Valuations"]
    assert "amount" not in {key.partition(".")[2] for fields in offered.values() for key, _label in fields}
    page = browsers.editor.post(ADDRESS, asked(forty, **fields))
    assert list(page.context["where_rows"].fields) == ["platform", "category", "description", "supplier"]
    by_words = {"where-description": "himars"}
    seen = browsers.editor.post(ADDRESS, asked(forty, step="preview", **fields, **by_words))
    assert (seen.context["changed"], seen.context["refused"], seen.context["held"]) == (4, 1, 1)
    assert "Item 2, supplier" in seen.content.decode()
    assert "Item 1, supplier" not in seen.content.decode()
    fields |= {"where-platform": str(himars.pk)}
    seen = browsers.editor.post(ADDRESS, asked(forty, step="preview", **fields))
    apply = asked(forty, step="apply", previewed=seen.context["previewed"], **fields)
    assert "4 edited in" in browsers.editor.post(ADDRESS, apply, follow=True).content.decode()
    assert [*forty[0].items.order_by("number").values_list("supplier", flat=True)] == [usa.pk, None]
    assert forty[0].entries.count() == 1


def test_where_nothing_changes_no_change_set_is_left(browsers: SimpleNamespace, forty: list[Pledge]) -> None:
    fields: dict[str, Any] = {"field": "aid_type", "aid_type": "military", "change_set": "new"}
    seen = browsers.editor.post(ADDRESS, asked(forty[:3], step="preview", change_set_cause="correction", **fields))
    before = ChangeSet.objects.count()
    again = asked(forty[:3], step="apply", previewed=seen.context["previewed"], change_set_cause="correction", **fields)
    assert "say this already" in browsers.editor.post(ADDRESS, again).content.decode()
    assert ChangeSet.objects.count() == before
    # Nor is the outcome of an edit shown that would go nowhere.
    for choice, said in (("99", "takes no more edits"), ("", "Choose where the edit goes")):
        page = browsers.editor.post(ADDRESS, asked(forty[:3], step="preview", **fields | {"change_set": choice}))
        assert "lines" not in page.context
        assert said in page.content.decode()


def test_all_that_the_filter_finds_is_edited_by_a_job(
    browsers: SimpleNamespace, forty: list[Pledge], monkeypatch: pytest.MonkeyPatch
) -> None:
    purl = factories.InitiativeFactory(name="PURL")
    monkeypatch.setattr(bulk_edits, "AT_ONCE", 5)
    monkeypatch.setattr("tracker.admin.review.bulk_edits.AT_ONCE", 5)
    fields: dict[str, Any] = {
        "field": "initiative", "initiative": str(purl.pk), "change_set": "new", "change_set_cause": "correction",
        "select_across": "1",
    }  # fmt: skip
    address = f"{ADDRESS}?nature__exact=financing"
    seen = browsers.editor.post(address, asked(forty[:1], step="preview", **fields))
    assert seen.context["total"] == 39
    fields["previewed"] = seen.context["previewed"]
    done = browsers.editor.post(address, asked(forty[:1], step="apply", **fields), follow=True)
    assert "They are being edited in change set" in done.content.decode()
    job = Job.objects.get(kind=Job.Kind.BULK_EDIT)
    page = browsers.editor.get(f"{ADDRESS}bulk-edits/{job.pk}/").content.decode()
    assert "38 edited; 0 said it already, 1 left out." in page
    assert Pledge.objects.filter(initiative=purl).count() == 38


@pytest.mark.parametrize(
    "fields",
    [
        {"field": "name"}, {"field": "\0"}, {"field": "items.number"}, {"field": "claims.verdict"},
        {"field": "items.supplier", "supplier": "", "where-platform": "x", "step": "preview"},
        {"field": "entries.stage", "stage": "", "where-stage": "\0", "step": "preview"},
        {"field": "announced", "announced": "2025-13-45", "step": "preview"},
        {"field": "initiative", "initiative": "x", "step": "preview"}, {"field": "aid_kind", "aid_kind": "x" * 999},
        {"field": "aid_type", "aid_type": "financial", "step": "preview", "page": "9" * 99, "change_set": "9" * 30},
        {"field": "aid_type", "aid_type": "financial", "step": "preview", "change_set": "9" * 5000},
    ],
)  # fmt: skip
def test_what_is_odd_is_no_error(browsers: SimpleNamespace, forty: list[Pledge], fields: dict[str, str]) -> None:
    assert browsers.editor.post(ADDRESS, asked(forty[:2], **fields)).status_code == 200


def test_whoever_may_not_edit_is_not_offered_it(browsers: SimpleNamespace, forty: list[Pledge]) -> None:
    response = browsers.viewer.post(ADDRESS, asked(forty[:2], field="aid_type", aid_type="financial", step="apply"))
    assert "fields" not in (response.context or {})
    assert not Pledge.objects.filter(aid_type="financial").exists()
