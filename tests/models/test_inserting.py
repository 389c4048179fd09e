"""Very many rows at once: what is written, and what the database knows of a table afterwards."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError

from tracker.models import PublicId
from tracker.models.inserting import insert_columns, insert_rows

pytestmark = pytest.mark.django_db
counts_rows = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counting")


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


@counts_rows
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


@counts_rows
def test_a_few_rows_are_not_worth_it(vacuumed_when_empty: None) -> None:
    insert(0, 20)
    assert believed(PublicId) == 0


def test_what_somebody_else_has_written_meanwhile_stays(db: None) -> None:
    rows = [{"kind": "pledge", "public_id": f"XXX-{number}"} for number in (1, 2, 1)]
    insert_columns(PublicId, rows, or_ignore=True)
    assert PublicId.objects.filter(public_id__startswith="XXX-").count() == 2


def test_each_value_comes_to_its_row_whatever_statement_writes_it() -> None:
    insert(0, 4_321)
    assert set(PublicId.objects.values_list("kind", "public_id")) >= {("pledge", f"XXX-{at}") for at in range(4_321)}
    assert PublicId.objects.filter(public_id__startswith="XXX-").count() == 4_321


def test_nothing_is_written_in_a_transaction_of_rows_of_which_the_last_is_refused() -> None:
    rows = [("pledge", f"XXX-{number}") for number in (*range(3_000), 0)]
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(PublicId, ("kind", "public_id"), rows)
    assert not PublicId.objects.filter(public_id__startswith="XXX-").exists()


def test_nobody_goes_on_after_a_refusal_without_going_back_to_a_savepoint() -> None:
    """On SQLite, the rows before the one that is refused are there; PostgreSQL takes nothing more by itself."""
    rows = [("pledge", "XXX-1"), ("pledge", "XXX-2"), ("pledge", "XXX-1")]
    with transaction.atomic():
        with pytest.raises(IntegrityError):
            insert_rows(PublicId, ("kind", "public_id"), rows)
        with pytest.raises(TransactionManagementError):
            PublicId.objects.exists()
        transaction.set_rollback(True)
    assert not PublicId.objects.filter(public_id__startswith="XXX-").exists()
