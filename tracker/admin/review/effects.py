"""What the page of a change set shows of its effect on the published sums: kept, worked out now, or on demand."""

from typing import Any

from django.utils import timezone

from tracker.admin.review.jobs import job_shown
from tracker.curation.callbacks import unwatched
from tracker.curation.errors import CurationError
from tracker.curation.publishing import effect, tasks
from tracker.models import ChangeSet
from tracker.reporting.desk import effects


def effect_shown(change_set: ChangeSet) -> dict[str, Any]:
    """Return the effect of a change set as it was last worked out; of a small one as it is now, where that is old."""
    job, holds = effect.kept_effect(change_set)
    if job is not None and holds:
        return in_words(job.result) | {"effect_at": job.ended_at}
    if tasks.is_small(change_set):
        try:
            return in_words(effect.outcome(change_set=change_set, at=timezone.now(), watch=unwatched))
        except CurationError as error:
            return {"problems": [str(error)]}
    unknown = {"effect_is_unknown": True}
    if job is None:
        return unknown | {"effect_on_demand": True}
    if job.is_open:
        return unknown | {"working_out": job_shown(job)}
    if job.result is None:
        return unknown | {"effect_on_demand": True, "effect_failed": job.problem}
    return unknown | in_words(job.result) | {"effect_at": job.ended_at, "effect_is_old": True}


def effect_kept(change_set: ChangeSet) -> dict[str, Any]:
    """Return the effect of a change set where it is kept and still holds; nothing is worked out."""
    job, holds = effect.kept_effect(change_set)
    return in_words(job.result) if job is not None and holds else {}


def in_words(outcome: Any) -> dict[str, Any]:
    """Return an effect in words; with what stands in the way of publishing, if anything does."""
    told = {"rehearsed": True, "problems": outcome["problems"], "effect_sentence": effects.in_a_sentence(outcome)}
    if not effects.is_known(outcome):
        return told
    return told | {
        "effect": [
            *effects.tables_in_words(outcome["tables"]),
            *effects.quantities_in_words(outcome.get("quantities", ())),
        ],
        "effect_totals": effects.totals_in_words(outcome["totals"]),
        "effect_sums": outcome["totals"],
        "from_dataset": effects.from_dataset_in_words(outcome.get("from_dataset", ())),
    }
