"""What must never be: each named constraint of the models refuses the row that it is there to refuse."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.db.models import F, Model, UniqueConstraint
from factory.django import DjangoModelFactory
from rest_framework.request import Request
from rest_framework.test import APIRequestFactory

from tests import factories as make
from tests.models.refused import declared_triggers, named_constraints, refused, triggers_in_the_database
from tracker import models
from tracker.api.protocol.errors import handle
from tracker.curation import database_errors
from tracker.lib import canonical
from tracker.models.triggers import Trigger

pytestmark = pytest.mark.django_db

REQUEST = Request(APIRequestFactory().get("/"))
BEFORE, AFTER = make.AT - dt.timedelta(seconds=1), make.AT + dt.timedelta(seconds=1)


def put(row: Model, **values: Any) -> None:
    """Write `values` past every check that Python makes."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)


def again(factory: type[DjangoModelFactory], *same: str, then: dict[str, Any] | None = None, **given: Any) -> None:
    """Make a row with the `given` values, and another that has its `same` fields and `then` differs."""
    first = factory(**given)
    factory(**given | {field: getattr(first, field) for field in same} | (then or {}))


def waiting() -> dict[str, Any]:
    """Return the values of a figure that waits for the publishing of a change set."""
    return {"recorded_from": None, "change_set": make.ChangeSetFactory()}


CASES: dict[str, Callable[[], Any]] = {
    # Who
    "party_iso_alpha2_unique": lambda: again(make.PartyFactory, iso_alpha2="DE"),
    "party_not_part_of_itself": lambda: put(make.PartyFactory(), parent=F("id")),
    "membership_starts_once": lambda: again(
        make.MembershipFactory, "group", "party", "valid_from", valid_to=dt.date(2020, 1, 31)
    ),
    "membership_open_once": lambda: again(
        make.MembershipFactory, "group", "party", then={"valid_from": dt.date(2005, 5, 1)}
    ),
    "membership_ends_after_start": lambda: make.MembershipFactory(valid_to=dt.date(2004, 4, 30)),
    "official_leaves_after_start": lambda: make.OfficialFactory(held_from="2025-07", held_to="2025-06"),
    "account_event_names_role": lambda: models.AccountEvent.objects.create(
        what="granted", user=make.UserFactory(), at=make.AT
    ),
    # What
    "category_not_within_itself": lambda: put(make.CategoryFactory(), parent=F("id")),
    "price_once_a_day": lambda: again(make.PlatformPriceFactory, "platform"),
    "price_not_negative": lambda: make.PlatformPriceFactory(amount=-1),
    "price_has_currency": lambda: make.PlatformPriceFactory(currency=""),
    "price_not_stated": lambda: make.PlatformPriceFactory(basis="stated"),
    "price_not_tiv": lambda: make.PlatformPriceFactory(basis="tiv"),
    "price_within_bounds": lambda: make.PlatformPriceFactory(low=2_000_000),
    "requirement_quantity_not_negative": lambda: put(make.RequirementFactory(), quantity_low=-1),
    "initiative_ends_after_start": lambda: make.InitiativeFactory(started="2025", ended="2024"),
    "package_number_once": lambda: again(make.PackageFactory, "initiative", "number"),
    "package_amount_not_negative": lambda: make.PackageFactory(amount=-1, currency="EUR"),
    "package_amount_with_currency": lambda: make.PackageFactory(amount=1),
    "incident_not_after_itself": lambda: put(make.IncidentFactory(), follows=F("id")),
    "incident_item_number_once": lambda: again(make.IncidentItemFactory, "incident", "number"),
    "incident_item_quantity_not_negative": lambda: put(make.IncidentItemFactory(), quantity_high=-1),
    "incident_item_names_something": lambda: make.IncidentItemFactory(description=""),
    # Where it is agreed
    "meeting_number_once": lambda: again(make.MeetingFactory, "forum", number=31),
    "meeting_time_has_zone": lambda: make.MeetingFactory(starts_at=dt.time(9)),
    "participation_number_once": lambda: again(make.ParticipationFactory, "meeting", "number"),
    "participation_once_per_official": lambda: again(
        make.ParticipationFactory, "meeting", official=make.OfficialFactory()
    ),
    "agenda_number_once": lambda: again(make.AgendaItemFactory, "meeting", "number"),
    # Pledges
    "pledge_base_of_deployment": lambda: make.PledgeFactory(base="Rostock-Laage"),
    "condition_number_once": lambda: again(make.ConditionFactory, "pledge", "number"),
    "condition_open_is_not_settled": lambda: make.ConditionFactory(settled="2026"),
    "condition_has_words": lambda: put(make.ConditionFactory(), words=""),
    "item_not_part_of_itself": lambda: put(make.ItemFactory(), part_of=F("id")),
    "target_number_once": lambda: again(make.InitiativeTargetFactory, "initiative", "number"),
    "target_not_negative": lambda: make.InitiativeTargetFactory(amount=-1),
    "target_amount_with_currency": lambda: make.InitiativeTargetFactory(currency=""),
    "target_states_something": lambda: make.InitiativeTargetFactory(amount=None, currency=""),
    "pledge_aid_type_unless_deployment": lambda: make.PledgeFactory(nature="deployment"),
    "share_once_per_contributor": lambda: again(make.ShareFactory, "pledge", "contributor"),
    "share_fraction_zero_to_one": lambda: make.ShareFactory(fraction=Decimal("-0.1")),
    "share_fraction_or_amount": lambda: make.ShareFactory(fraction=1, amount=1, currency="EUR"),
    "share_amount_not_negative": lambda: make.ShareFactory(amount=-1, currency="EUR"),
    "share_amount_with_currency": lambda: make.ShareFactory(currency="EUR"),
    "share_fractions_at_most_one": lambda: again(make.ShareFactory, "pledge", fraction=Decimal("0.6")),
    "item_number_once": lambda: again(make.ItemFactory, "pledge", "number"),
    "item_quantity_not_negative": lambda: put(make.ItemFactory(), quantity_low=-1),
    "item_names_something": lambda: make.ItemFactory(platform=None),
    "item_platform_or_category": lambda: make.ItemFactory(category=make.CategoryFactory()),
    "entry_number_once": lambda: again(make.EntryFactory, "pledge", "number"),
    "entry_one_total_per_stage": lambda: again(make.EntryFactory, "pledge", is_total=True),
    "entry_one_total_per_stage_and_item": lambda: again(
        make.EntryFactory, "pledge", is_total=True, item=make.ItemFactory()
    ),
    "entry_total_stands_alone": lambda: again(make.EntryFactory, "pledge", is_total=True, then={"is_total": False}),
    "entry_reduces_without_sign": lambda: make.EntryFactory(amount=-1, stage="lapse"),
    "entry_quantity_not_negative": lambda: put(make.EntryFactory(quantity="1"), quantity_high=-1),
    "entry_amount_with_currency": lambda: make.EntryFactory(amount=None),
    "valuation_of_entry_or_item": lambda: make.ValuationFactory(entry=None),
    "valuation_once_per_entry_basis": lambda: again(make.ValuationFactory, "pledge", "entry"),
    "valuation_once_per_item_basis": lambda: again(
        make.ValuationFactory, "pledge", entry=None, item=make.ItemFactory()
    ),
    "valuation_of_item_not_negative": lambda: make.ValuationFactory(amount=-1, entry=None, item=make.ItemFactory()),
    "valuation_within_bounds": lambda: make.ValuationFactory(high=1),
    "valuation_has_currency": lambda: make.ValuationFactory(currency=""),
    "valuation_not_stated": lambda: make.ValuationFactory(basis="stated"),
    "link_once": lambda: again(make.PledgeLinkFactory, "pledge", "target", link="restates"),
    "link_one_umbrella": lambda: again(make.PledgeLinkFactory, "pledge"),
    "link_not_to_itself": lambda: put(make.PledgeLinkFactory(), target=F("pledge")),
    # Evidence
    "claim_passage_has_length": lambda: make.ClaimFactory(passage_end=10),
    "claim_rejected_with_reason": lambda: make.ClaimFactory(verdict="rejected", reason=""),
    "claim_score_of_passage": lambda: make.ClaimFactory(score=90),
    "finding_once_per_field": lambda: again(make.FindingFactory, "record_kind", "record_id", "rule", "field", "claim"),
    "finding_severity_is_known": lambda: make.FindingFactory(severity=4),
    "finding_waived_with_reason": lambda: make.FindingFactory(reason="Nobody waived it."),
    "text_version_once": lambda: again(make.TextFactory, "document", "version", then={"sha256": "f" * 64}),
    "text_once_per_document": lambda: again(make.TextFactory, "document", then={"version": 2}),
    "text_not_empty": lambda: make.TextFactory(content="", characters=0),
    "text_never_altered": lambda: put(make.TextFactory(), language="de"),
    # Review
    "change_set_reviewer_is_not_author": lambda: put(make.ChangeSetFactory(), reviewer=F("author")),
    "change_set_published_by_somebody": lambda: put(make.ChangeSetFactory(), status="published", published_at=make.AT),
    "change_set_rejected_with_reason": lambda: make.ChangeSetFactory(status="rejected", reviewer=make.UserFactory()),
    "list_columns_once_per_person": lambda: [
        models.ListColumns.objects.create(user=user, listed="pledge", columns=["host"])
        for user in [make.UserFactory()] * 2
    ],
    "saved_filter_name_once": lambda: [
        models.SavedFilter.objects.create(owner=user, listed="pledge", name="Mine", query="q=x")
        for user in [make.UserFactory()] * 2
    ],
    "saved_filter_is_complete": lambda: models.SavedFilter.objects.create(
        owner=make.UserFactory(), listed="pledge", name="Mine", query=""
    ),
    "change_set_reverts_an_earlier_one": lambda: put(make.ChangeSetFactory(), reverts=F("id")),
    "change_set_reverted_by_one_at_a_time": lambda: make.ChangeSetFactory.create_batch(
        2, reverts=make.ChangeSetFactory()
    ),
    "change_set_has_message": lambda: make.ChangeSetFactory(message=""),
    "edit_one_holder": lambda: again(make.EditFactory, "public_id"),
    "kept_apart_once": lambda: [
        models.KeptApart.objects.create(one="A", other="B", by=make.UserFactory(), at=make.AT) for _time in range(2)
    ],
    "kept_apart_are_two": lambda: models.KeptApart.objects.create(
        one="A", other="A", by=make.UserFactory(), at=make.AT
    ),
    "edit_merge_names_record": lambda: make.EditFactory(action="merge", merged_into=""),
    "edit_once_per_change_set": lambda: again(
        make.EditFactory, "public_id", change_set=make.ChangeSetFactory(), released_at=make.AT
    ),
    "comment_says_something": lambda: commented(text=""),
    "comment_on_a_record": lambda: commented(field="name"),
    "comment_settled_by_somebody": lambda: commented(settled_at=make.AT),
    "change_set_assignee_is_not_author": lambda: assigned_to_its_author(),
    "seen_once_per_reviewer": lambda: seen_twice(make.EditFactory(), make.UserFactory()),
    "error_report_says_something": lambda: make.ErrorReportFactory(message=""),
    "error_report_stance_of_contributor": lambda: make.ErrorReportFactory(stance="confirmed"),
    "error_report_answered_by_somebody": lambda: make.ErrorReportFactory(status="settled", answered_at=make.AT),
    "error_report_of_contributor_by_link": lambda: make.ErrorReportFactory(link=make.AnswerLinkFactory()),
    "answer_link_is_for_somebody": lambda: make.AnswerLinkFactory(recipient=""),
    "answer_link_ends_after_it_was_made": lambda: make.AnswerLinkFactory(ends_at=make.AT),
    "answer_link_revoked_by_somebody": lambda: make.AnswerLinkFactory(revoked_at=make.AT),
    "external_id_once_per_change_set": lambda: again(make.ExternalIdFactory, "source_id", "change_set"),
    "external_id_is_complete": lambda: make.ExternalIdFactory(release=""),
    "public_id_given_once": lambda: [models.PublicId.objects.create(kind="party", public_id="DEU") for _ in range(2)],
    # The shelf
    "publication_open_once": lambda: again(make.PublicationFactory, "public_id", then={"version": 2}),
    "publication_version_once": lambda: again(make.PublicationFactory, "public_id", recorded_to=AFTER),
    "publication_closed_after_opened": lambda: make.PublicationFactory(recorded_to=make.AT),
    "chain_link_numbered_from_one": lambda: models.ChainLink.objects.create(
        change_set=make.ChangeSetFactory(), number=0, document="{}", sha256="0" * 64
    ),
    "facet_once": lambda: again(make.FacetFactory, "publication"),
    "listing_once": lambda: again(make.ListingFactory, "publication"),
    "contribution_open_once": lambda: again(make.ContributionFactory, "public_id"),
    "contribution_quantity_not_negative": lambda: make.ContributionFactory(quantity_millionths=-1),
    "contribution_value_or_gap": lambda: make.ContributionFactory(eur_cents=None),
    "contribution_tiv_is_no_money": lambda: make.ContributionFactory(basis="tiv"),
    "contribution_deployment_is_no_aid": lambda: make.ContributionFactory(nature="deployment"),
    "contribution_closed_after_opened": lambda: make.ContributionFactory(recorded_to=BEFORE),
    # Imports
    "import_applied_at_some_time": lambda: make.ImportFactory(status="applied", digest="1"),
    "import_refused_with_reason": lambda: make.ImportFactory(status="refused"),
    "import_planned_with_digest": lambda: make.ImportFactory(status="planned"),
    "import_step_once": lambda: again(make.ImportStepFactory, "imported", "position"),
    "import_step_decides_on_what_is_gone": lambda: make.ImportStepFactory(decision="keep"),
    "reconciliation_line_once": lambda: again(make.ReconciliationLineFactory, "imported", "position"),
    "reconciliation_names_differences": lambda: make.ReconciliationLineFactory(in_file=5, difference=-5),
    "reconciliation_difference_adds_up": lambda: make.ReconciliationLineFactory(in_file=5, cause="gone"),
    "import_row_once": lambda: again(make.ImportRowFactory, "imported", "position"),
    "import_label_once": lambda: again(make.ImportLabelFactory, "imported", "label"),
    "kept_plan_piece_once": lambda: again(make.KeptPlanFactory, "imported", "position"),
    "import_twin_once": lambda: again(make.ImportTwinFactory, "imported", "position"),
    "import_twin_of_one_other": lambda: make.ImportTwinFactory(other=""),
    "job_of_one_thing": lambda: make.JobFactory(change_set=None),
    "job_once_per_change_set": lambda: again(make.JobFactory, "change_set"),
    "job_once_per_import": lambda: again(make.JobFactory, change_set=None, imported=make.ImportFactory()),
    "job_once_of_the_desk": lambda: [make.JobFactory(kind="twins", change_set=None) for _time in range(2)],
    "job_failed_with_reason": lambda: make.JobFactory(status="failed"),
    # Reference
    "indicator_waits_once": lambda: again(make.IndicatorFactory, "party", **waiting()),
    "indicator_stands_once": lambda: again(make.IndicatorFactory, "party"),
    "indicator_waits_in_change_set": lambda: make.IndicatorFactory(recorded_from=None),
    "indicator_closed_after_opened": lambda: make.IndicatorFactory(recorded_from=make.AT, recorded_to=make.AT),
    "indicator_not_negative": lambda: make.IndicatorFactory(value=-1),
    "rate_waits_once": lambda: again(make.ExchangeRateFactory, "date", **waiting()),
    "rate_stands_once": lambda: again(make.ExchangeRateFactory, "date"),
    "rate_waits_in_change_set": lambda: make.ExchangeRateFactory(recorded_from=None),
    "rate_closed_after_opened": lambda: make.ExchangeRateFactory(recorded_from=make.AT, recorded_to=make.AT),
    "rate_positive": lambda: make.ExchangeRateFactory(rate=0),
    "rate_has_currency": lambda: make.ExchangeRateFactory(currency=""),
}


def commented(**values: Any) -> None:
    """Comment on a change set with a value that is wrong."""
    usual = {"change_set": make.ChangeSetFactory(), "author": make.UserFactory(), "text": "Why?", "written_at": make.AT}
    models.Comment.objects.create(**usual | values)


def assigned_to_its_author() -> None:
    """Ask the author of a change set to review it."""
    author = make.UserFactory()
    make.ChangeSetFactory(author=author, assignee=author)


def seen_twice(edit: models.Edit, reviewer: User) -> None:
    """Tick an edit twice by the same reviewer."""
    for _ in range(2):
        models.Seen.objects.create(edit=edit, reviewer=reviewer, seen_at=make.AT)


@pytest.mark.parametrize("name", CASES)
def test_database_refuses(name: str) -> None:
    with refused(name) as caught:
        CASES[name]()
    assert sentence(name) in (said := database_errors.in_words(caught.value))
    assert canonical.load(handle(caught.value, {"request": REQUEST}).content)["detail"] == said


def sentence(name: str) -> str:
    """Return what people are told where the constraint `name` is broken: its own words, else the rule or the fields."""
    model, constraint = named_constraints()[name]
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.get_violation_error_message())
    if isinstance(constraint, UniqueConstraint) and constraint.fields:
        return f"There is a {model._meta.verbose_name} with the same "
    return f"this breaks the rule “{name.replace('_', ' ')}”"


def test_a_value_in_tiv_has_no_currency() -> None:
    value = make.ValuationFactory(basis="tiv", currency="")
    value.full_clean()
    with refused("valuation_has_currency"):
        put(value, currency="EUR")


def test_every_constraint_is_tried() -> None:
    assert set(CASES) == set(named_constraints())


def test_every_constraint_is_in_the_database() -> None:
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model, _ in named_constraints().values()}:
            found |= set(connection.introspection.get_constraints(cursor, table))
    triggers = {name for name, (_, constraint) in named_constraints().items() if isinstance(constraint, Trigger)}
    assert set(named_constraints()) - triggers <= found
    assert triggers_in_the_database() == declared_triggers()
