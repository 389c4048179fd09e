"""The manifest of a register: how many rows each table has, and hashes of what is published, to hold a copy against."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from tracker.ledger.chain import newest_link
from tracker.models import ChangeSet, Contribution, ExchangeRate, Indicator, Publication

_HASHED: dict[type[Model], tuple[str, ...]] = {
    Publication: ("kind", "public_id", "version", "sha256", "is_tombstone", "recorded_from", "recorded_to"),
    Contribution: tuple(field.attname for field in Contribution._meta.concrete_fields),
    ChangeSet: ("id", "message", "cause", "status", "author__username", "reviewer__username", "published_at"),
    ExchangeRate: tuple(field.attname for field in ExchangeRate._meta.concrete_fields),
    Indicator: tuple(field.attname for field in Indicator._meta.concrete_fields),
}
"""The tables whose rows are hashed, and by which columns: what is published, by whom, and from which figures."""
_ROWS = 5_000


def manifest() -> dict[str, Any]:
    """Return the manifest of the register, as JSON can say it. Read it in a transaction that sees one state."""
    models = sorted(apps.get_app_config("tracker").get_models(), key=lambda model: model._meta.db_table)
    tables = {model._meta.db_table: model for model in models if not model._meta.proxy}
    applied = MigrationRecorder.Migration.objects.filter(app="tracker")
    head = newest_link()
    return {
        "head": head.sha256 if head else "",
        "migrations": sorted(applied.values_list("name", flat=True)),
        "rows": {table: model._base_manager.count() for table, model in tables.items()},
        "hashes": {model._meta.db_table: _hash_of(model) for model in _HASHED},
    }


def _hash_of(model: type[Model]) -> str:
    """Return the SHA-256 of the rows of a table, in the order of their keys."""
    found = hashlib.sha256()
    rows = model._base_manager.order_by("pk").values_list(*_HASHED[model])
    for row in rows.iterator(chunk_size=_ROWS):
        found.update(repr(tuple(map(str, row))).encode())
    return found.hexdigest()


def read_manifest(path: Path) -> dict[str, Any]:
    """Read the manifest of a backup. Raises OSError where it cannot be read, and ValueError where it is none."""
    stated = json.loads(path.read_text())
    parts = {"migrations": list, "rows": dict, "hashes": dict, "backup": dict}
    wrong = [
        name for name, kind in parts.items() if not isinstance(stated, dict) or not isinstance(stated.get(name), kind)
    ]
    if wrong:
        raise ValueError(_("it does not say what it should of %s") % ", ".join(wrong))
    return cast("dict[str, Any]", stated)


def manifest_differences(stated: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    """Yield in words where a register is not what a manifest states of it."""
    if stated["migrations"] != found["migrations"]:
        yield _("migrations: the manifest has %(stated)s, the register %(found)s") % {
            "stated": ", ".join(stated["migrations"]), "found": ", ".join(found["migrations"]),
        }  # fmt: skip
    if stated.get("head", found["head"]) != found["head"]:
        yield _("the head of the chain: the manifest has %(stated)s, the register %(found)s") % {
            "stated": stated["head"] or _("none"), "found": found["head"] or _("none"),
        }  # fmt: skip
    for table in sorted({*stated["rows"], *found["rows"]}):
        before, now = stated["rows"].get(table), found["rows"].get(table)
        if before != now:
            yield _("%(table)s: the manifest has %(stated)s rows, the register %(found)s") % {
                "table": table, "stated": before, "found": now,
            }  # fmt: skip
    for table, digest in sorted(stated["hashes"].items()):
        if found["hashes"].get(table) != digest and stated["rows"].get(table) == found["rows"].get(table):
            yield _("%s: as many rows, but not the same") % table
