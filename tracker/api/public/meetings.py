"""Published meetings."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.meetings import MeetingFilterSet


@documented
class MeetingViewSet(PublishedViewSet):
    """Published meetings."""

    kind = "meeting"
    filterset_class = MeetingFilterSet
