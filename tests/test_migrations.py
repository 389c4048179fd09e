"""Migrations: complete, and forward and back with data in the tables, on the database that runs the suite."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from tests.curation.desk import Desk
from tests.factories import (
    ClaimFactory,
    ExchangeRateFactory,
    ExternalIdFactory,
    ImportLabelFactory,
    ImportRowFactory,
    ImportStepFactory,
    ImportTwinFactory,
    PledgeFactory,
)
from tests.models.refused import declared_triggers, triggers_in_the_database
from tracker.migrations._roles import grant
from tracker.models import Pledge
from tracker.records.registry import KINDS, document_of
from tracker.reporting.checks.verification import verify

TABLES = {model._meta.db_table for model in apps.get_app_config("tracker").get_models()}
ROLES = {"viewer", "editor", "reviewer", "administrator"}


def migrate(name: str | None = None) -> None:
    """Migrate to `name`, or to the newest."""
    call_command("migrate", "tracker", *([name] if name else []), verbosity=0)
    ContentType.objects.clear_cache()


def names() -> list[str]:
    """Return the names of the migrations, oldest first."""
    return sorted(name for app, name in MigrationLoader(connection).disk_migrations if app == "tracker")


def tables() -> set[str]:
    return TABLES & set(connection.introspection.table_names())


def rows() -> dict[str, int]:
    """Return how many rows each table holds, of those that there are."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


@pytest.fixture
def _forward_again(transactional_db: None) -> Iterator[None]:
    """Leave the tables, and the rows that migrations made, as the other tests need them."""
    yield
    applied = MigrationRecorder(connection).applied_migrations()
    if not {("tracker", name) for name in names()} <= applied.keys():
        migrate()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_back_to_the_register_and_forward_again_keeps_what_was_entered() -> None:
    ExchangeRateFactory(date="2025-08-01")
    desk = Desk()
    desk.basics()
    item = {"number": 1, "platform": "ef", "quantity": "about 40", "condition": "new"}
    pledge = desk.pledge(shares=[{"contributor": "DEU", "fraction": "1"}], items=[item])
    desk.publish()
    ClaimFactory(record=pledge)
    for factory in (ImportStepFactory, ImportRowFactory, ImportLabelFactory, ImportTwinFactory, ExternalIdFactory):
        factory()
    filled = rows()
    assert {"tracker_contribution", "tracker_listing"} <= {table for table, count in filled.items() if count}
    entered = {kind: [document_of(record) for record in KINDS[kind].queryset()] for kind in KINDS}

    for name in reversed(names()[:-1]):
        migrate(name)
        assert rows() == {table: filled[table] for table in tables()}, name
    assert not Role.objects.filter(name__in=ROLES).exists()
    kept = tables()
    assert "tracker_pledge" in kept
    assert not {"tracker_changeset", "tracker_publication", "tracker_import"} & kept

    migrate()
    assert rows() == {table: count if table in kept else 0 for table, count in filled.items()}
    assert {kind: [document_of(record) for record in KINDS[kind].queryset()] for kind in KINDS} == entered
    assert list(verify()) == []
    assert set(Role.objects.values_list("name", flat=True)) == ROLES
    desk.editor.refresh_from_db()
    assert not desk.editor.groups.exists(), "who had a role is given it again by hand"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_back_to_nothing_and_forward_again_makes_everything() -> None:
    PledgeFactory()
    assert tables() == TABLES
    migrate("zero")
    assert tables() == set()
    assert triggers_in_the_database() == set()
    migrate()
    assert tables() == TABLES
    assert triggers_in_the_database() == declared_triggers()
    assert not Pledge.objects.exists()


@pytest.mark.django_db
def test_roles_on_a_new_database() -> None:
    assert set(Role.objects.values_list("name", flat=True)) == ROLES
    granted = {role.name: set(role.permissions.values_list("codename", flat=True)) for role in Role.objects.all()}
    assert granted["viewer"] < granted["editor"] < granted["reviewer"] < granted["administrator"]
    assert all(codename.startswith("view_") for codename in granted["viewer"])
    assert "publish_changeset" in granted["reviewer"] - granted["editor"]
    assert "add_user" in granted["administrator"] - granted["reviewer"]


@pytest.mark.django_db(transaction=True)
def test_a_migration_gives_roles_more_rights_and_takes_them_back() -> None:
    state = MigrationLoader(connection).project_state()
    operation = grant(viewer=["publish_changeset"])
    granted = Role.objects.filter(name="viewer", permissions__codename="publish_changeset")
    with connection.schema_editor() as editor:
        operation.database_forwards("tracker", editor, state, state)
        assert granted.exists()
        operation.database_backwards("tracker", editor, state, state)
        assert not granted.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("model", ["publication", "facet", "contribution", "publicid", "edit"])
def test_no_role_writes_the_shelf_by_hand(model: str) -> None:
    written = Permission.objects.filter(
        content_type__app_label="tracker",
        content_type__model=model,
        codename__in=[f"{verb}_{model}" for verb in ("add", "change", "delete")],
    )
    assert written.count() == 3
    assert not Role.objects.filter(permissions__in=written).exists()
