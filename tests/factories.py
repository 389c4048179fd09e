"""Factories of records and their parts, with names and public ids that are the same in every run.

`PledgeFactory()` has one contributor and one entry; `PledgeFactory(share__contributor=germany,
entry__amount=5)` says which, and `PledgeFactory(share=None, entry=None)` has neither.
"""

import datetime as dt
import hashlib
from decimal import Decimal
from typing import Any

import factory
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group as Role
from factory.django import DjangoModelFactory

from tracker import models
from tracker.lib.text import fold
from tracker.models.base import Record
from tracker.models.marks import FROM as MARKS_FROM
from tracker.models.marks import marks_of

AT = dt.datetime(2025, 10, 20, 12, 0, tzinfo=dt.UTC)


class UserFactory(DjangoModelFactory):
    """A member of staff; `role` is the name of a group that a migration made."""

    class Meta:
        model = get_user_model()
        skip_postgeneration_save = True

    username = factory.Sequence("user-{}".format)
    password = factory.django.Password("password")
    is_staff = True

    @factory.post_generation
    def role(self: Any, create: bool, name: str | None, **_kwargs: Any) -> None:
        if name:
            type(self).groups.through.objects.create(user=self, group=Role.objects.get(name=name))


class PartyFactory(DjangoModelFactory):
    class Meta:
        model = models.Party

    public_id = factory.Sequence("P{:02}".format)
    name = factory.Sequence("Party {}".format)


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = models.Group

    public_id = factory.Sequence("G{:02}".format)
    name = factory.Sequence("Group {}".format)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.Membership

    group = factory.SubFactory(GroupFactory)
    party = factory.SubFactory(PartyFactory)
    valid_from = dt.date(2004, 5, 1)


class CategoryFactory(DjangoModelFactory):
    class Meta:
        model = models.Category

    public_id = factory.Sequence("category-{}".format)
    name = factory.Sequence("Category {}".format)


class PlatformFactory(DjangoModelFactory):
    class Meta:
        model = models.Platform

    public_id = factory.Sequence("platform-{}".format)
    name = factory.Sequence("Platform {}".format)
    category = factory.SubFactory(CategoryFactory)


class PlatformPriceFactory(DjangoModelFactory):
    class Meta:
        model = models.PlatformPrice

    platform = factory.SubFactory(PlatformFactory)
    valid_from = dt.date(2024, 1, 1)
    amount = Decimal("1000000.00")
    currency = "EUR"


class InitiativeFactory(DjangoModelFactory):
    class Meta:
        model = models.Initiative

    public_id = factory.Sequence("initiative-{}".format)
    name = factory.Sequence("Initiative {}".format)
    initiative_kind = "mechanism"


class InitiativeTargetFactory(DjangoModelFactory):
    """A million euros in all."""

    class Meta:
        model = models.InitiativeTarget

    initiative = factory.SubFactory(InitiativeFactory)
    number = factory.Sequence(int)
    amount = Decimal("1000000.00")
    currency = "EUR"


class PackageFactory(DjangoModelFactory):
    class Meta:
        model = models.Package

    public_id = factory.Sequence("package-{}".format)
    name = factory.Sequence("Package {}".format)
    initiative = factory.SubFactory(InitiativeFactory)
    number = factory.Sequence(int)


class ForumFactory(DjangoModelFactory):
    class Meta:
        model = models.Forum

    public_id = factory.Sequence("forum-{}".format)
    name = factory.Sequence("Forum {}".format)


class MeetingFactory(DjangoModelFactory):
    class Meta:
        model = models.Meeting

    public_id = factory.Sequence("meeting-{}".format)
    name = factory.Sequence("Meeting {}".format)
    forum = factory.SubFactory(ForumFactory)
    date = "2025-10-15"


class OfficialFactory(DjangoModelFactory):
    class Meta:
        model = models.Official

    public_id = factory.Sequence("official-{}".format)
    name = factory.Sequence("Official {}".format)
    office = "Minister of Defence"
    party = factory.SubFactory(PartyFactory)


class ParticipationFactory(DjangoModelFactory):
    class Meta:
        model = models.Participation

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(int)
    party = factory.SubFactory(PartyFactory)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = models.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    number = factory.Sequence(int)
    name = factory.Sequence("Agenda item {}".format)


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = models.Incident

    public_id = factory.Sequence("incident-{}".format)
    name = factory.Sequence("Incident {}".format)
    incident_kind = "airspace_violation"
    date = "2025-09"


class IncidentItemFactory(DjangoModelFactory):
    class Meta:
        model = models.IncidentItem

    incident = factory.SubFactory(IncidentFactory)
    number = factory.Sequence(int)
    description = "drone"
    quantity = "3"


class RequirementFactory(DjangoModelFactory):
    class Meta:
        model = models.Requirement

    public_id = factory.Sequence("requirement-{}".format)
    name = factory.Sequence("Requirement {}".format)
    beneficiary = factory.SubFactory(PartyFactory)
    platform = factory.SubFactory(PlatformFactory)
    quantity = "10"


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = models.Document

    public_id = factory.Sequence("document-{}".format)
    name = factory.Sequence("Document {}".format)
    published = "2025-10-15"


class ShareFactory(DjangoModelFactory):
    """An undisclosed share, unless a fraction or an amount is given."""

    class Meta:
        model = models.Share

    pledge = factory.SubFactory("tests.factories.PledgeFactory", share=None, entry=None)
    contributor = factory.SubFactory(PartyFactory)


class ItemFactory(DjangoModelFactory):
    class Meta:
        model = models.Item

    pledge = factory.SubFactory("tests.factories.PledgeFactory", share=None, entry=None)
    number = factory.Sequence(int)
    platform = factory.SubFactory(PlatformFactory)
    quantity = "4"


class EntryFactory(DjangoModelFactory):
    """A commitment of a million euros."""

    class Meta:
        model = models.Entry

    pledge = factory.SubFactory("tests.factories.PledgeFactory", share=None, entry=None)
    number = factory.Sequence(int)
    amount = Decimal("1000000.00")
    currency = "EUR"


class PledgeFactory(DjangoModelFactory):
    """A financing for some beneficiary; `deployment=True` makes it own forces without money."""

    class Meta:
        model = models.Pledge
        skip_postgeneration_save = True

    class Params:
        deployment = factory.Trait(nature="deployment", aid_type="", beneficiary=None, entry=None)

    public_id = factory.Sequence("P01-2025-{:04}".format)
    name = factory.Sequence("Pledge {}".format)
    aid_type = "military"
    beneficiary = factory.SubFactory(PartyFactory)
    announced = "2025-08"
    share = factory.RelatedFactory(ShareFactory, factory_related_name="pledge")
    entry = factory.RelatedFactory(EntryFactory, factory_related_name="pledge", number=1)


class ConditionFactory(DjangoModelFactory):
    """An open condition."""

    class Meta:
        model = models.Condition

    pledge = factory.SubFactory(PledgeFactory, share=None, entry=None)
    number = factory.Sequence(int)
    words = "if others give thirty"


class ValuationFactory(DjangoModelFactory):
    """A valuation of an entry; give `entry=None` and an item for one of an item."""

    class Meta:
        model = models.Valuation

    pledge = factory.SubFactory(PledgeFactory, share=None, entry=None)
    entry = factory.SubFactory(EntryFactory, pledge=factory.SelfAttribute("..pledge"))
    basis = "dataset"
    amount = Decimal("900000.00")
    currency = "EUR"


class PledgeLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.PledgeLink

    pledge = factory.SubFactory(PledgeFactory)
    target = factory.SubFactory(PledgeFactory)
    link = "tranche_of"


class ClaimFactory(DjangoModelFactory):
    """A claim on a record, which is given as `record=`."""

    class Meta:
        model = models.Claim

    class Params:
        record = factory.SubFactory(PledgeFactory)

    public_id = factory.Sequence("claim-{}".format)
    record_kind = factory.LazyAttribute(lambda claim: claim.record.kind)
    record_id = factory.LazyAttribute(lambda claim: claim.record.public_id)
    document = factory.SubFactory(DocumentFactory)
    passage_start = 10
    passage_end = 30
    quote = "a few quoted words"
    reason = "Read in print."


class TextFactory(DjangoModelFactory):
    class Meta:
        model = models.Text

    document = factory.SubFactory(DocumentFactory)
    version = 1
    content = "Germany sends four Eurofighters."
    sha256 = factory.LazyAttribute(lambda text: hashlib.sha256(text.content.encode()).hexdigest())
    characters = factory.LazyAttribute(lambda text: len(text.content))
    tool = "as it is"
    read_on = AT.date()


class FindingFactory(DjangoModelFactory):
    class Meta:
        model = models.Finding

    record_kind = "pledge"
    record_id = factory.Sequence(lambda number: f"DEU-2025-{number + 1:04d}")
    rule = "zero-quantity"
    severity = models.Finding.Severity.WARNING
    field = "items[#1].quantity"
    message = "The quantity is zero: leave it out if it is unknown."
    about = "0" * 64
    found_at = AT


class ChangeSetFactory(DjangoModelFactory):
    class Meta:
        model = models.ChangeSet

    message = factory.Sequence("Piece of work {}".format)
    author = factory.SubFactory(UserFactory)
    opened_at = AT


class AnswerLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.AnswerLink

    contributor = factory.SubFactory(PartyFactory)
    recipient = "Ministry of Defence, press office"
    made_by = factory.SubFactory(UserFactory)
    made_at, ends_at = AT, AT + dt.timedelta(days=90)


class ErrorReportFactory(DjangoModelFactory):
    class Meta:
        model = models.ErrorReport

    kind, public_id, field = "pledge", "DEU-2025-0001", "announced"
    message = "The ministry gives another day."
    received_at = AT


class EditFactory(DjangoModelFactory):
    class Meta:
        model = models.Edit

    change_set = factory.SubFactory(ChangeSetFactory)
    kind = "party"
    public_id = factory.Sequence("P{:02}".format)
    edited_at = AT


class ExternalIdFactory(DjangoModelFactory):
    class Meta:
        model = models.ExternalId

    dataset = "kiel"
    release = "21"
    source_id = factory.Sequence("DEM{}".format)
    record_kind = "pledge"
    public_id = factory.Sequence("P01-2025-{:04}".format)
    fingerprint = "0" * 64
    content = "{}"
    change_set = factory.SubFactory(ChangeSetFactory)


class ExchangeRateFactory(DjangoModelFactory):
    class Meta:
        model = models.ExchangeRate

    currency = "USD"
    date = factory.Sequence(lambda number: dt.date(2025, 7, 31) + dt.timedelta(days=number))
    rate = Decimal("1.160000")
    recorded_from = AT - dt.timedelta(days=1)


def daily_rates(days: int = 40) -> None:
    """Make a rate of the dollar for each day from 1 August 2025, also in fixtures, whose numbers begin elsewhere."""
    for number in range(days):
        ExchangeRateFactory(date=dt.date(2025, 8, 1) + dt.timedelta(days=number))


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = models.Indicator

    party = factory.SubFactory(PartyFactory)
    measure = "population"
    year = 2024
    value = 5_000_000
    source = "World Bank"
    recorded_from = AT - dt.timedelta(days=1)


class PublicationFactory(DjangoModelFactory):
    """A row of the shelf by itself. To publish a record, use `tracker.curation`."""

    class Meta:
        model = models.Publication

    change_set = factory.SubFactory(
        ChangeSetFactory,
        status="published",
        reviewer=factory.SubFactory(UserFactory),
        published_at=factory.Sequence(lambda number: AT + dt.timedelta(minutes=number)),
    )
    kind = "party"
    public_id = factory.Sequence("P{:02}".format)
    version = 1
    document = "{}"
    sha256 = "0" * 64
    name = factory.Sequence("Party {}".format)
    folded = factory.LazyAttribute(lambda row: fold(row.name))
    search = ""
    recorded_from = AT


class FacetFactory(DjangoModelFactory):
    class Meta:
        model = models.Facet

    publication = factory.SubFactory(PublicationFactory)
    name = "contributor"
    value = "DEU"


class ListingFactory(DjangoModelFactory):
    """A listing by itself. To list a pledge, publish it."""

    class Meta:
        model = models.Listing

    publication = factory.SubFactory(PublicationFactory, kind="pledge")
    contributor = "DEU"
    category = ""
    public_id = factory.SelfAttribute("publication.public_id")
    recorded_from = AT


class ContributionFactory(DjangoModelFactory):
    """A row of the ledger by itself. To post a pledge, use `tracker.ledger`."""

    class Meta:
        model = models.Contribution

    publication = factory.SubFactory(PublicationFactory, kind="pledge")
    public_id = factory.Sequence("P01-2025-{:04}-1".format)
    pledge = factory.Sequence("P01-2025-{:04}".format)
    entry = 1
    contributor = "P01"
    nature = "financing"
    aid_type = "military"
    stage = "commitment"
    basis = "stated"
    is_headline = True
    is_netted = is_estimated = is_provisional = False
    currency = "EUR"
    amount_minor = eur_cents = 100_000_000
    recorded_from = AT

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> Any:
        row = models.Contribution(**kwargs)
        return {"marks": marks_of(*(getattr(row, name) for name in MARKS_FROM))} | kwargs


class JobFactory(DjangoModelFactory):
    """A publishing that waits for a worker."""

    class Meta:
        model = models.Job

    kind = "publish"
    change_set = factory.SubFactory(ChangeSetFactory)
    asked_by = factory.SubFactory(UserFactory)
    asked_at = AT


class ImportFactory(DjangoModelFactory):
    """A file that waits to be planned."""

    class Meta:
        model = models.Import

    author = factory.SubFactory(UserFactory)
    profile = "kiel"
    release = "21"
    file_name = "kiel.csv"
    size = 3
    sha256 = "0" * 64
    received_at = AT


class ImportStepFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportStep

    imported = factory.SubFactory(ImportFactory)
    position = factory.Sequence(int)
    outcome = "new"
    kind = "pledge"


class ReconciliationLineFactory(DjangoModelFactory):
    class Meta:
        model = models.ReconciliationLine

    imported = factory.SubFactory(ImportFactory)
    position = factory.Sequence(int)
    stage = "allocation"
    basis = "dataset"
    currency = "EUR"


class ImportRowFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportRow

    imported = factory.SubFactory(ImportFactory)
    position = factory.Sequence(int)
    number = factory.Sequence(int)
    outcome = "new"


class KeptPlanFactory(DjangoModelFactory):
    class Meta:
        model = models.KeptPlan

    imported = factory.SubFactory(ImportFactory)
    ground = "0" * 64
    position = factory.Sequence(int)
    content = b""


class ImportLabelFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportLabel

    imported = factory.SubFactory(ImportFactory)
    kind = "party"
    label = factory.Sequence("Label {}".format)
    rows = 1
    first_row = 2


class ImportTwinFactory(DjangoModelFactory):
    class Meta:
        model = models.ImportTwin

    imported = factory.SubFactory(ImportFactory)
    position = factory.Sequence(int)
    source_id = factory.Sequence("FIM{}".format)
    other = factory.Sequence("FIN-{}".format)
    score = 72


ALL: list[type[DjangoModelFactory]] = DjangoModelFactory.__subclasses__()


def number_from(first: int) -> None:
    """Start the numbers of every factory afresh."""
    for each in ALL:
        each.reset_sequence(first, force=True)


RECORDS: dict[str, type[DjangoModelFactory]] = {
    each._meta.model.kind: each for each in ALL if issubclass(each._meta.model, Record)
}
"""A factory for each kind of record."""
