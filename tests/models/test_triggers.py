"""A trigger belongs to its table: a migration that alters the table needs to know nothing of it."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.factories import EntryFactory, ShareFactory
from tests.models.refused import declared_triggers, named_constraints, refused, triggers_in_the_database
from tracker.models import Entry, Share

pytestmark = pytest.mark.django_db(transaction=True)

ALTER = [
    migrations.AlterField("share", "currency", models.CharField(max_length=4, default="")),
    migrations.AddField("entry", "remark", models.CharField(max_length=9, default="none")),
    migrations.RemoveField("entry", "remark"),
    migrations.AlterField("entry", "note", models.TextField(default="")),
]


class Throwaway:
    """A migration that is applied to the tables of today, and taken back."""

    def __init__(self) -> None:
        self.before: list[tuple[migrations.Migration, ProjectState]] = []
        self.state = MigrationLoader(connection).project_state()

    def apply(self, *operations: migrations.operations.base.Operation) -> None:
        """Apply `operations`."""
        migration = type("Migration", (migrations.Migration,), {"operations": operations})("throwaway", "tracker")
        self.before.append((migration, self.state.clone()))
        with connection.schema_editor() as editor:
            self.state = migration.apply(self.state, editor)

    def unapply(self) -> None:
        """Take back what was applied last."""
        migration, before = self.before.pop()
        with connection.schema_editor() as editor:
            self.state = migration.unapply(before.clone(), editor)


@pytest.fixture
def throwaway(transactional_db: None) -> Iterator[Throwaway]:
    """A migration that is gone after the test."""
    made = Throwaway()
    yield made
    Share.objects.all().delete()
    while made.before:
        made.unapply()


def test_triggers_fire_after_their_tables_were_altered_and_altered_back(throwaway: Throwaway) -> None:
    share = ShareFactory(fraction=Decimal("0.6"))
    other = ShareFactory(pledge=share.pledge, fraction=Decimal("0.4"))
    entry = EntryFactory(is_total=True)
    for change in (lambda: throwaway.apply(*ALTER), throwaway.unapply):
        change()
        assert triggers_in_the_database() == declared_triggers()
        with refused("share_fractions_at_most_one"):
            ShareFactory(pledge=share.pledge, fraction=Decimal("0.1"))
        with refused("share_fractions_at_most_one"):
            Share.objects.filter(pk=other.pk).update(fraction=Decimal("0.5"))
        with refused("entry_total_stands_alone"):
            EntryFactory(pledge=entry.pledge)
        assert (Share.objects.count(), Entry.objects.count()) == (2, 1)


def test_a_migration_takes_a_rule_away_and_gives_it_back(throwaway: Throwaway) -> None:
    name = "share_fractions_at_most_one"
    throwaway.apply(migrations.RemoveConstraint("share", name))
    assert triggers_in_the_database() == {each for each in declared_triggers() if each[1] != "tracker_share"}
    share = ShareFactory(fraction=1)
    ShareFactory(pledge=share.pledge, fraction=1)
    Share.objects.all().delete()
    throwaway.apply(migrations.AddConstraint("share", named_constraints()[name][1]))
    assert triggers_in_the_database() == declared_triggers()
    share = ShareFactory(fraction=1)
    with refused(name):
        ShareFactory(pledge=share.pledge, fraction=1)
