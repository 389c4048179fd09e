"""Meetings as documents."""

import zoneinfo

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.models import AgendaItem, Forum, Initiative, Meeting, Official, Participation, Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.plain_fields import OwnNumber
from tracker.records.engine.references import Reference


class ParticipationPart(RecordPartSerializer):
    """A chair or participant inside a meeting."""

    named_by = ("official", "party")

    number = OwnNumber()
    party = Reference(Party)
    official = Reference(Official, required=False, allow_null=True)

    class Meta:
        model = Participation
        fields = ("number", "role", "party", "official", "status")


class AgendaItemPart(RecordPartSerializer):
    """An agenda item inside a meeting."""

    named_by = ("name",)

    number = OwnNumber()
    speaker = Reference(Official, required=False, allow_null=True)
    initiative = Reference(Initiative, required=False, allow_null=True)

    class Meta:
        model = AgendaItem
        fields = ("number", "name", "status", "speaker", "initiative")


class MeetingSerializer(ClaimedSerializer):
    """A meeting ⇄ its document."""

    forum = Reference(Forum)
    date = PartialDateField()
    participations = ParticipationPart(many=True, required=False)
    agenda = AgendaItemPart(many=True, required=False)

    dated_by = "date"

    class Meta:
        model = Meeting
        fields = (
            "id", "name", "forum", "number", "date", "date_note", "starts_at", "time_zone", "location",
            "participations", "agenda", "announced", "description", "claims",
        )  # fmt: skip

    def validate_time_zone(self, value: str) -> str:
        """Refuse what is not in the IANA time zone database."""
        if value and value not in zoneinfo.available_timezones():
            raise serializers.ValidationError(_("“%s” is not a time zone such as Europe/Brussels.") % value)
        return value
