"""Migrations: complete, and forward and back with data in the tables, on the database that runs the suite."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader

from tests.curation.desk import Desk
from tests.factories import ClaimFactory, ExchangeRateFactory, ItemFactory, PledgeFactory, UserFactory, ValuationFactory
from tests.models.refused import TRIGGERS
from tracker.lib import canonical
from tracker.models import Claim, Contribution, Item, Pledge, Publication, Valuation
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


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
        found = {row[0] for row in cursor.fetchall()}
    return {name for name in TRIGGERS if any(trigger.startswith(name) for trigger in found)}


@pytest.fixture
def _forward_again(transactional_db: None) -> Iterator[None]:
    """Leave the tables as the other tests need them."""
    yield
    migrate()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_back_to_the_tables_and_forward_again_keeps_what_was_entered() -> None:
    pledge = PledgeFactory(share__fraction=1)
    ItemFactory(pledge=pledge, quantity="about 40")
    ClaimFactory(record=pledge)
    editor = UserFactory(role="editor")

    for name in reversed(names()[:-1]):
        migrate(name)
    assert triggers() == set()
    assert not Role.objects.filter(name__in=ROLES).exists()

    migrate()
    assert triggers() == set(TRIGGERS)
    assert set(Role.objects.values_list("name", flat=True)) == ROLES
    assert Pledge.objects.get().shares.get().fraction == 1
    assert (Item.objects.get().quantity, Claim.objects.get().record_id) == ("about 40", pledge.public_id)
    editor.refresh_from_db()
    assert not editor.groups.exists(), "who had a role is given it again by hand"


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_values_in_tiv_are_never_lost_on_the_way_back() -> None:
    ValuationFactory(basis="tiv", currency="")
    ItemFactory(condition="new")
    with pytest.raises(IrreversibleError, match="would lose 1 valuations in TIV, 1 items with a condition"):
        migrate("0004_imports")
    assert Valuation.objects.get().basis == "tiv"
    Valuation.objects.all().delete()
    Item.objects.update(condition="")
    migrate("0004_imports")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_what_is_posted_gets_the_conditions_of_its_documents() -> None:
    ExchangeRateFactory(date="2025-08-01")
    desk = Desk()
    desk.basics()
    steps = [{"stage": "delivery", "item": number, "quantity": "1", "date": "2026"} for number in (1, 2)]
    items = [{"number": number, "platform": "ef", "condition": condition}
             for number, condition in ((1, "new"), (2, "modernised"))]  # fmt: skip
    whole = {"stage": "commitment", "amount": "5.00", "currency": "EUR"}
    changed = desk.pledge(announced="2024", items=items, entries=[*steps, whole])
    old = desk.pledge(announced="", items=[{"platform": "ef", "quantity": "3"}], entries=[{"stage": "delivery"}])
    desk.publish()
    desk.write("pledge", id=changed.public_id, items=[items[0], items[1] | {"condition": ""}])
    desk.publish()
    # As documents of before there were conditions are.
    before = Publication.objects.filter(public_id=old.public_id, kind="pledge")
    text = before.get().document.replace('"condition":"",', "")
    assert text != before.get().document
    before.update(document=text, sha256=canonical.digest(text))
    posted = list(Contribution.objects.order_by("id").values())
    conditions = [(row["condition"], row["recorded_to"] is None) for row in posted if row["pledge"] != old.public_id]
    assert set(conditions) == {("new", False), ("modernised", False), ("", False), ("new", True), ("", True)}
    assert list(verify()) == []

    migrate("0014_found_by_name")
    migrate()
    assert list(Contribution.objects.order_by("id").values()) == posted
    assert list(verify()) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_forward_again")
def test_back_to_nothing_and_forward_again_makes_everything() -> None:
    PledgeFactory()
    assert tables() == TABLES
    migrate("zero")
    assert tables() == set()
    migrate()
    assert tables() == TABLES
    assert triggers() == set(TRIGGERS)
    assert not Pledge.objects.exists()


@pytest.mark.django_db
def test_roles_on_a_new_database() -> None:
    assert set(Role.objects.values_list("name", flat=True)) == ROLES
    granted = {role.name: set(role.permissions.values_list("codename", flat=True)) for role in Role.objects.all()}
    assert granted["viewer"] < granted["editor"] < granted["reviewer"] < granted["administrator"]
    assert all(codename.startswith("view_") for codename in granted["viewer"])
    assert "publish_changeset" in granted["reviewer"] - granted["editor"]
    assert "add_user" in granted["administrator"] - granted["reviewer"]


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
