"""Published groups."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.groups import GroupFilterSet


@documented
class GroupViewSet(PublishedViewSet):
    """Published groups."""

    kind = "group"
    filterset_class = GroupFilterSet
