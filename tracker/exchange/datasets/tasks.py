"""Tasks: what takes longer than a page may. They run at once, or by `manage.py db_worker`, as TASKS says."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.curation import database_errors, jobs
from tracker.curation.errors import WrongStatus
from tracker.curation.importing.imports import refuse, return_to_plan
from tracker.curation.twins import kept_list
from tracker.exchange.datasets import imports
from tracker.models import Import, Job, process_locks


def _told(error: Exception) -> str:
    """Return for people what kept a file from being planned or applied that it is not to blame for."""
    if database_errors.is_unavailable(error):
        return database_errors.unavailable()
    return _("Something went wrong that the file is not to blame for; nothing was written, and the log says what.")


@task()
def plan_import(import_id: int) -> None:
    """Plan the file of an import; nothing where it was dropped meanwhile."""

    def work(imported: Import, _note: process_locks.Note) -> None:
        try:
            imports.plan(imported=imported, at=timezone.now())
        except (WrongStatus, Import.DoesNotExist):
            return  # Another run was faster, or it was dropped while this one was at work.
        except Exception as error:
            refuse(imported=imported, problem=_told(error))
            raise

    _do(Job.Kind.PLAN, import_id, work)


@task()
def apply_import(import_id: int) -> None:
    """Apply the accepted plan of an import; nothing where it was dropped meanwhile."""

    def work(imported: Import, note: process_locks.Note) -> None:
        try:
            imports.apply(imported=imported, at=timezone.now(), watch=note)
        except (WrongStatus, Import.DoesNotExist):
            return
        except Exception as error:
            return_to_plan(imported=imported, problem=_told(error))
            raise
        imports.settle(imported=imported, at=timezone.now())

    _do(Job.Kind.APPLY, import_id, work)
    applied = Import.objects.select_related("author").filter(pk=import_id, status=Import.Status.APPLIED).first()
    if applied is not None:
        kept_list.request(by=applied.author, at=timezone.now())


def _do(kind: Job.Kind, import_id: int, work: Callable[[Import, process_locks.Note], None]) -> None:
    """Do the work as the job of an import: one that was interrupted, or a new one."""
    imported = Import.objects.select_related("author").filter(pk=import_id).first()
    if imported is None:
        return
    job = imported.jobs.filter(kind=kind, status__in=Job.OPEN).first()
    if job is None:
        job = jobs.ask(kind=kind, imported=imported, by=imported.author, at=timezone.now())
    jobs.run(job=job, work=lambda _job, note: work(imported, note), clock=timezone.now)
