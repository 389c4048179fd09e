"""Published claims."""

from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.claims import ClaimFilterSet
from tracker.records.engine.claims import ClaimSerializer


@documented
class ClaimViewSet(PublishedViewSet):
    """What documents assert of published records, and what became of it."""

    kind = "claim"
    filterset_class = ClaimFilterSet

    @classmethod
    def row_serializer(cls) -> ClaimSerializer:
        return ClaimSerializer()
