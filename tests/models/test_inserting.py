"""Very many rows at once: what the database knows of a table afterwards."""

from typing import Any

import pytest
from django.db import connection

from tracker.models import PublicId
from tracker.models.inserting import insert_columns, insert_rows

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counting"),
]


def believed(model: Any) -> int:
    """Return how many rows PostgreSQL thinks that a table has."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [model._meta.db_table])
        return int(cursor.fetchone()[0])


@pytest.fixture
def vacuumed_when_empty(db: None) -> None:
    """What autovacuum leaves where an import was discarded, or a test rolled back: pages with nothing in them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_class SET relpages = 1000, reltuples = 0 WHERE relname = %s", [PublicId._meta.db_table]
        )


def insert(first: int, last: int) -> None:
    insert_rows(PublicId, ("kind", "public_id"), [("pledge", f"XXX-{number}") for number in range(first, last)])


def test_plans_know_of_rows_that_nobody_else_sees_yet(vacuumed_when_empty: None) -> None:
    insert(0, 1000)
    assert believed(PublicId) == 1000
    with connection.cursor() as cursor:
        cursor.execute(
            "EXPLAIN SELECT 1 FROM tracker_publicid a JOIN tracker_publicid b"
            " ON upper(a.public_id) = upper(b.public_id)"
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "Nested Loop" not in plan, plan


def test_a_few_rows_are_not_worth_it(vacuumed_when_empty: None) -> None:
    insert(0, 20)
    assert believed(PublicId) == 0


def test_what_somebody_else_has_written_meanwhile_stays(db: None) -> None:
    rows = [{"kind": "pledge", "public_id": f"XXX-{number}"} for number in (1, 2, 1)]
    insert_columns(PublicId, rows, or_ignore=True)
    assert PublicId.objects.filter(public_id__startswith="XXX-").count() == 2
