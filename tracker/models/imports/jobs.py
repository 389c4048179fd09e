"""Jobs: long work that somebody asked for, from the asking to its end."""

from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models import process_locks
from tracker.models.imports.imports import Import
from tracker.models.review.change_sets import ChangeSet


class Job(models.Model):
    """One piece of long work, on an import or a change set or the desk. The newest of its kind says how that stands."""

    class Kind(models.TextChoices):
        PLAN = "plan", _("planning a file")
        APPLY = "apply", _("applying a plan")
        PUBLISH = "publish", _("publishing")
        EFFECT = "effect", _("working out the effect")
        BULK_EDIT = "bulk_edit", _("editing many records")
        DISCARD = "discard", _("discarding")
        TWINS = "twins", _("looking for likely twins")

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("at work")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    OPEN = (Status.WAITING, Status.RUNNING)

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.WAITING)
    imported = models.ForeignKey(Import, models.CASCADE, null=True, blank=True, related_name="jobs")
    change_set = models.ForeignKey(ChangeSet, models.CASCADE, null=True, blank=True, related_name="jobs")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    differences = models.JSONField(
        _("differences named"), default=list, blank=True, help_text=_("By whoever publishes an import all the same.")
    )  # fmt: skip
    asked = models.JSONField(
        _("asked for"), default=dict, blank=True, help_text=_("Of an edit of many records: which, and what is set.")
    )
    asked_at = models.DateTimeField(_("asked at"))
    begun_at = models.DateTimeField(_("begun at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    runs = models.PositiveSmallIntegerField(_("how often it was begun"), default=0)
    done = models.PositiveIntegerField(_("done"), default=0)
    total = models.PositiveIntegerField(_("of"), default=0)
    problem = models.TextField(_("problem"), blank=True, default="")
    result = models.JSONField(_("result"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ("-id",)
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=(
                    ~Q(kind="twins")
                    & (
                        Q(imported__isnull=True, change_set__isnull=False)
                        | Q(imported__isnull=False, change_set__isnull=True)
                    )
                )
                | Q(kind="twins", imported__isnull=True, change_set__isnull=True),
                name="job_of_one_thing",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(status__in=["waiting", "running"], imported__isnull=True, change_set__isnull=True),
                name="job_once_of_the_desk",
            ),
            models.UniqueConstraint(
                fields=["kind", "change_set"], condition=Q(status__in=["waiting", "running"]),
                name="job_once_per_change_set",
            ),
            models.UniqueConstraint(
                fields=["kind", "imported"], condition=Q(status__in=["waiting", "running"]), name="job_once_per_import"
            ),
            models.CheckConstraint(condition=~Q(status="failed") | ~Q(problem=""), name="job_failed_with_reason"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()}"

    @property
    def is_open(self) -> bool:
        """Whether it waits, or is at work."""
        return self.status in self.OPEN

    def is_interrupted(self) -> bool:
        """Tell whether it was begun, and the process that was at work on it is gone."""
        if self.status != self.Status.RUNNING or process_locks.is_held(self.pk):
            return False
        # Held until the end is written: where nobody holds it, it has ended or was killed.
        self.refresh_from_db(fields=["status"])
        return self.status == self.Status.RUNNING

    def progress(self) -> tuple[int, int]:
        """Return how much is done of how much; zeros where nobody is at work on it."""
        if self.status != self.Status.RUNNING or not process_locks.is_held(self.pk):
            return 0, 0
        return (self.done, self.total) if connection.vendor == "postgresql" else process_locks.noted(self.pk)

    NOTE = "UPDATE tracker_job SET done = %s, total = %s WHERE id = %s"
    """How PostgreSQL keeps the progress: see `process_locks.held`."""
