"""Published parties, and those of them that published records name as contributor or beneficiary."""

from django.db.models import QuerySet

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.parties import PartyFilterSet
from tracker.models import Publication
from tracker.reporting.shelf import published


@documented
class PartyViewSet(PublishedViewSet):
    """All published parties, in whatever role."""

    kind = "party"
    filterset_class = PartyFilterSet


@documented
class ContributorViewSet(PartyViewSet):
    """Parties that bear the cost of a published pledge."""

    changes_without_publishing = True

    has_all = False

    def rows(self) -> QuerySet[Publication]:
        return published.parties_as("contributor", self.moment)


@documented
class BeneficiaryViewSet(PartyViewSet):
    """Parties for whose benefit a published pledge, initiative or requirement is."""

    changes_without_publishing = True

    has_all = False

    def rows(self) -> QuerySet[Publication]:
        return published.parties_as("beneficiary", self.moment)
