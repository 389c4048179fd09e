"""Forums as documents."""

from tracker.models import Forum, Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.references import Reference


class ForumSerializer(ClaimedSerializer):
    """A forum ⇄ its document."""

    convened_by = Reference(Party, required=False, allow_null=True)

    class Meta:
        model = Forum
        fields = ("id", "name", "short_name", "convened_by", "description", "claims")
