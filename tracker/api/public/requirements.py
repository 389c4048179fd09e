"""Published requirements."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.requirements import RequirementFilterSet


@documented
class RequirementViewSet(PublishedViewSet):
    """Published requirements."""

    kind = "requirement"
    filterset_class = RequirementFilterSet
