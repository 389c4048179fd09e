"""Published documents."""

from tracker.api.describing import documented
from tracker.api.published import PublishedViewSet
from tracker.filters.documents import DocumentFilterSet


@documented
class DocumentViewSet(PublishedViewSet):
    """Published documents."""

    kind = "document"
    filterset_class = DocumentFilterSet
