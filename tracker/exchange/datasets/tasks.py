"""Tasks: what takes longer than a page may. They run at once, or by `manage.py db_worker`, as TASKS says."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.curation.errors import WrongStatus
from tracker.curation.importing.imports import refuse, return_to_plan
from tracker.exchange.datasets import imports
from tracker.models import Import


def _unexpected() -> str:
    return _("Something went wrong that the file is not to blame for; nothing was written, and the log says what.")


@task()
def plan_import(import_id: int) -> None:
    """Plan the file of an import; nothing where it was dropped meanwhile."""
    imported = Import.objects.filter(pk=import_id).first()
    if imported is None:
        return
    try:
        imports.plan(imported=imported, at=timezone.now())
    except (WrongStatus, Import.DoesNotExist):
        return  # Another run was faster, or it was dropped while this one was at work.
    except Exception:
        refuse(imported=imported, problem=_unexpected())
        raise


@task()
def apply_import(import_id: int) -> None:
    """Apply the accepted plan of an import; nothing where it was dropped meanwhile."""
    imported = Import.objects.filter(pk=import_id).first()
    if imported is None:
        return
    try:
        imports.apply(imported=imported, at=timezone.now())
    except (WrongStatus, Import.DoesNotExist):
        return
    except Exception:
        return_to_plan(imported=imported, problem=_unexpected())
        raise
