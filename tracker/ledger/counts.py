"""Keeping the counts of lists in step with the shelf: what a publishing opens is added, what it closes taken away."""

import datetime as dt

from django.db import connection

from tracker.models import ListCount
from tracker.records.registry import KINDS
from tracker.records.shelved import CLAIM

CountRow = tuple[str, str, str, int | None, int]
"""Kind, contributor, category, year, records."""

_KINDS = ", ".join(f"'{kind}'" for kind in (*KINDS, CLAIM))

# In plain SQL, as making it anew would take longer than its work. All kinds are named, as the indexes of moments begin
# with the kind; looked up apart, as SQLite would go through a wider index. What is no pledge has no listings.
_LISTED = f"""
    SELECT p.kind, COALESCE(l.contributor, '') AS contributor, COALESCE(l.category, '') AS category, l.year, %s AS sign
    FROM tracker_publication p LEFT JOIN tracker_listing l ON l.publication_id = p.id
    WHERE NOT p.is_tombstone AND p.id IN (SELECT id FROM tracker_publication WHERE kind IN ({_KINDS}) AND """
_COUNTED = """
    SELECT kind, contributor, category, year, SUM(sign) FROM ({listed}) listed
    GROUP BY kind, contributor, category, year HAVING SUM(sign) <> 0"""
_ADDING = """
    INSERT INTO tracker_listcount (kind, contributor, category, year, records) {counted}
    ON CONFLICT (kind, contributor, category, COALESCE(year, 0))
    DO UPDATE SET records = tracker_listcount.records + excluded.records"""
_CHANGED = _COUNTED.format(listed=f"{_LISTED % 1}recorded_from = %s) UNION ALL {_LISTED % -1}recorded_to = %s)")
_STANDING = _COUNTED.format(listed=f"{_LISTED % 1}recorded_to IS NULL)")


def keep(moment: dt.datetime) -> None:
    """Bring the counts to what the shelf is after the publishing at `moment`, whose publications are written."""
    at = connection.ops.adapt_datetimefield_value(moment)
    with connection.cursor() as cursor:
        cursor.execute(_ADDING.format(counted=_CHANGED), [at, at])


def computed() -> set[CountRow]:
    """Return what the counts should be, from the shelf as it stands."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING)
        return set(cursor.fetchall())


def stored() -> set[CountRow]:
    """Return the stored counts; of lists in which nothing stands any more, none."""
    rows = ListCount.objects.exclude(records=0).order_by()
    return set(rows.values_list("kind", "contributor", "category", "year", "records"))


def rebuild() -> None:
    """Make all counts anew from the shelf, in a transaction of the caller's."""
    ListCount.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_ADDING.format(counted=_STANDING))
