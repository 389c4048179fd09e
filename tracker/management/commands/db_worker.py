"""The worker: does what takes longer than a page may."""

import logging
import time
from collections.abc import Callable, Collection
from typing import Any

from django.db import DatabaseError, InterfaceError, connections, transaction
from django.utils import timezone
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from tracker.curation import database_errors
from tracker.curation.database_errors import RETRY_AFTER
from tracker.curation.mails import AT_WORK, send_mails
from tracker.exchange.jobs import begin_interrupted_again, open_job
from tracker.models import Job, process_locks

logger = logging.getLogger(__name__)


class Interrupted(Exception):
    """The process that was at work is gone."""


class Command(db_worker.Command):
    """`manage.py db_worker`: that of django-tasks-db, which first looks after what a killed worker left."""

    help = "Do the long work that pages ask for: plan and apply imports, publish, discard, work out effects and twins."

    def handle(self, **options: Any) -> None:
        """Begin again what was interrupted, once, and then work on."""
        keep_working(lambda: self._work(**options))

    def _work(self, **options: Any) -> None:
        begun, given_up = begin_interrupted_again(at=timezone.now())
        for job in begun:
            self.stdout.write(f"{job} was interrupted, and begins again.")
        for job in given_up:
            self.stdout.write(f"{job} was interrupted {job.runs} times: given up.")
        queue_again(begun)
        super().handle(**options)


def keep_working(work: Callable[[], None]) -> None:
    """Do the work of a worker until it ends, and begin it again whenever the database can be used again.

    That of django-tasks-db ends where somebody else writes for long, or the database restarts: nobody would do what is
    asked for from then on.
    """
    while True:
        try:
            return work()
        except (DatabaseError, InterfaceError, OSError) as error:
            if not database_errors.is_unavailable(error):
                raise
            logger.exception("The database cannot be used. The worker tries again in %s seconds.", RETRY_AFTER)
            connections.close_all()
            time.sleep(RETRY_AFTER)


def queue_again(begun: Collection[Job]) -> None:
    """Close what django-tasks-db takes for running though nobody does it, and queue again what was never begun.

    A worker that is killed right after it took a task leaves such a one. Should another worker be about to begin with
    it, whoever comes second finds nothing to do. `begun` are queued already.
    """
    for result in list(DBTaskResult.objects.running()):
        args, kwargs = result.args_kwargs["args"], result.args_kwargs["kwargs"]
        if result.task_name == send_mails.func.__name__:
            if not process_locks.is_held(AT_WORK):
                with transaction.atomic():
                    result.set_failed(Interrupted())
                    send_mails.enqueue(*args, **kwargs)
            continue
        (number,) = args
        job = open_job(result.task_name, number)
        if job is not None and job.status == Job.Status.RUNNING:
            continue
        with transaction.atomic():
            result.set_failed(Interrupted())
            if job not in begun:
                result.task.enqueue(number)
