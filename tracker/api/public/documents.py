"""Published documents."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.documents import DocumentFilterSet


@documented
class DocumentViewSet(PublishedViewSet):
    """Published documents."""

    kind = "document"
    filterset_class = DocumentFilterSet
