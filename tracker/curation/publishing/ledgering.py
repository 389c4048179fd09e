"""The ledger as publishing writes it: rows of pledges are added, and closed where others take their place."""

import datetime as dt
from collections.abc import Iterable

from tracker.curation.publishing.deriving import PostedRows
from tracker.ledger.posting_again import as_posted
from tracker.lib.chunks import chunked
from tracker.models import Contribution
from tracker.models.inserting import Columns, insert_plain_columns
from tracker.models.key_lists import Listed
from tracker.records.engine.types import Key


def put(pledges: Iterable[str], rows: Columns, publications: dict[Key, int], moment: dt.datetime) -> None:
    """Close the rows that stand of the pledges and add `rows` in their place."""
    close(pledges, moment)
    own = [publications["pledge", pledge] for pledge in rows.get("pledge", ())]
    insert_plain_columns(Contribution, rows | {"publication": own}, same={"recorded_from": moment})


def close(pledges: Iterable[str], moment: dt.datetime) -> None:
    """Close the rows that stand of pledges."""
    for part in chunked(pledges):
        Contribution.objects.as_of(None).filter(pledge__in=Listed(part)).update(recorded_to=moment)


def differing(rows: PostedRows) -> list[Key]:
    """Return the pledges whose rows in the ledger are not these."""
    standing: PostedRows = {key: [] for key in rows}
    for part in chunked(sorted(public_id for _kind, public_id in rows)):
        for row in Contribution.objects.as_of(None).filter(pledge__in=Listed(part)).order_by("id"):
            standing["pledge", row.pledge].append(as_posted(row))
    return [key for key, fresh in rows.items() if fresh != standing[key]]
