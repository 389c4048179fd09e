"""Published requirements."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.requirements import RequirementFilterSet


@documented
class RequirementViewSet(PublishedViewSet):
    """Published requirements."""

    kind = "requirement"
    filterset_class = RequirementFilterSet
