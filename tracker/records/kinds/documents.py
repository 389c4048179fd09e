"""Sources as documents of the register."""

from tracker.models import Document
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField
from tracker.records.engine.plain_fields import Choice


class DocumentSerializer(ClaimedSerializer):
    """A source ⇄ its document."""

    kind = Choice(Document.Kind.choices, source="document_kind", default=Document.Kind.ARTICLE)
    published = PartialDateField()

    dated_by = "published"

    class Meta:
        model = Document
        fields = (
            "id", "name", "kind", "tier", "publisher", "url", "language", "published", "date_note", "retrieved_on",
            "characters", "sha256", "description", "claims",
        )  # fmt: skip
