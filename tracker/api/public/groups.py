"""Published groups."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.groups import GroupFilterSet


@documented
class GroupViewSet(PublishedViewSet):
    """Published groups."""

    kind = "group"
    filterset_class = GroupFilterSet
