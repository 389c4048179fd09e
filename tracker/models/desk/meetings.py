"""Meetings of forums: who chaired, who took part, what was on the agenda."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part, Record, slug
from tracker.models.desk.forums import Forum
from tracker.models.desk.initiatives import Initiative
from tracker.models.desk.officials import Official
from tracker.models.desk.parties import Party
from tracker.models.fields import EarliestDayField, LatestDayField, PartialDateField


class Meeting(Record):
    """One dated session of a forum."""

    kind = "meeting"

    forum = models.ForeignKey(Forum, models.PROTECT, verbose_name=_("forum"), related_name="meetings")
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    date = PartialDateField(_("date"))
    date_earliest = EarliestDayField("date")
    date_latest = LatestDayField("date")
    date_note = models.CharField(
        _("how the date is known"), max_length=250, blank=True, default="",
        help_text=_("Where the date is derived and not stated by the source, say how."),
    )  # fmt: skip
    starts_at = models.TimeField(_("starts at, local time"), null=True, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True, default="")
    location = models.CharField(_("location"), max_length=250, blank=True, default="")
    announced = models.TextField(_("what was announced"), blank=True, default="")
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")
        ordering = ("-date_earliest", "found_by", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["forum", "number"], condition=Q(number__isnull=False), name="meeting_number_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True) | ~Q(time_zone=""),
                name="meeting_time_has_zone",
                violation_error_message=_("A time needs its time zone, such as Europe/Brussels."),
            ),
        ]

    def id_stem(self, lead: Record | None = None) -> str:
        """Return the forum and the day, or the name where the day is unknown."""
        return f"{self.forum.public_id}-{slug(self.date) or slug(self.name)}"


class Participation(Part):
    """That a party, or an official for it, chairs a meeting or takes part in it."""

    identified_by = ("meeting__public_id", "number")

    class Role(models.TextChoices):
        CHAIR = "chair", _("chair")
        PARTICIPANT = "participant", _("participant")

    class Status(models.TextChoices):
        EXPECTED = "expected", _("expected")
        ATTENDED = "attended", _("attended")
        ABSENT = "absent", _("absent")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="participations")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.PARTICIPANT)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"), related_name="participations")
    official = models.ForeignKey(
        Official, models.PROTECT, verbose_name=_("official"), null=True, blank=True, related_name="participations"
    )
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.EXPECTED)

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("chairs and participants")
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="participation_number_once"),
            models.UniqueConstraint(
                fields=["meeting", "official", "role"], condition=Q(official__isnull=False),
                name="participation_once_per_official",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.official or self.party}"


class AgendaItem(Part):
    """One point of a meeting, planned or held, with who speaks to it."""

    identified_by = ("meeting__public_id", "number")

    class Status(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        DROPPED = "dropped", _("dropped")

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    name = models.CharField(_("title"), max_length=250)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.PLANNED)
    speaker = models.ForeignKey(
        Official, models.PROTECT, verbose_name=_("speaker"), null=True, blank=True, related_name="agenda_items"
    )
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), null=True, blank=True, related_name="agenda_items"
    )

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ("number", "id")
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="agenda_number_once")]

    def __str__(self) -> str:
        return self.name
