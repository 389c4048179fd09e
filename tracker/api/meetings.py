"""Published meetings."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.meetings import MeetingFilterSet


@documented
class MeetingViewSet(PublishedViewSet):
    """Published meetings."""

    kind = "meeting"
    filterset_class = MeetingFilterSet
