"""Putting loaded figures of parties, such as GDP, on the shelf with the next publishing."""

import datetime as dt

from django.db.models import Exists, OuterRef

from tracker.lib.chunks import chunked
from tracker.models import Indicator


def post(*, moment: dt.datetime) -> None:
    """Put the figures that wait on the shelf, recorded from `moment`, in place of those that they follow."""
    waiting = Indicator.objects.filter(recorded_from__isnull=True)
    if not waiting.exists():
        return
    following = waiting.filter(
        party=OuterRef("party"), measure=OuterRef("measure"), year=OuterRef("year"), source=OuterRef("source")
    )
    current = Indicator.objects.filter(recorded_from__isnull=False, recorded_to__isnull=True)
    replaced = list(current.filter(Exists(following)).values_list("pk", flat=True))
    for part in chunked(replaced):
        Indicator.objects.filter(pk__in=part).update(recorded_to=moment)
    waiting.update(recorded_from=moment)
