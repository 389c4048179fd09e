"""The worker: does what takes longer than a page may."""

from typing import Any

from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from tracker.exchange.jobs import begin_interrupted_again


class Interrupted(Exception):
    """The process that was at work is gone."""


class Command(db_worker.Command):
    """`manage.py db_worker`: that of django-tasks-db, which first looks after what a killed worker left."""

    help = "Do the long work that pages ask for: plan and apply imports, publish, work out effects."

    def handle(self, **options: Any) -> None:
        """Begin again what was interrupted, once, and then work on."""
        begun, given_up = begin_interrupted_again(at=timezone.now())
        for job in begun:
            self.stdout.write(f"{job} was interrupted, and begins again.")
        for job in given_up:
            self.stdout.write(f"{job} was interrupted {job.runs} times: given up.")
        for job in (*begun, *given_up):
            _end_results_of(job.imported_id or job.pk)
        super().handle(**options)


def _end_results_of(number: int) -> None:
    """Note, where the tasks of django-tasks-db are kept, that those on an interrupted job are over."""
    for result in DBTaskResult.objects.running():
        if result.args_kwargs["args"] == [number]:
            result.set_failed(Interrupted())
