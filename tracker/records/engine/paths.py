"""Where documents refer to other records, hold choices and list parts, and what rows of these are called in paths."""

from typing import Any

from rest_framework import serializers

from tracker.records.engine.document_field import KeyPath, fields_of


def reference_paths(serializer: serializers.BaseSerializer) -> list[tuple[KeyPath, str]]:
    """Return where documents of `serializer` refer to other records: path and kind; `*` is each row."""
    fields = fields_of(serializer).items()
    return [((name, *path), kind) for name, field in fields for path, kind in field.references()]


def part_identities(serializer: serializers.BaseSerializer) -> dict[str, tuple[str, ...]]:
    """Return the fields that tell the rows of each list of parts apart, by the name of the list."""
    return {name: field.row.identity for name, field in fields_of(serializer).items() if field.row is not None}


def choice_paths(serializer: serializers.BaseSerializer) -> list[KeyPath]:
    """Return where documents of `serializer` hold a choice, such as `nature` or each entry's `stage`."""
    return [(name, *path) for name, field in fields_of(serializer).items() for path in field.choices_held()]


def row_label(identity: tuple[str, ...], row: Any, position: int) -> str:
    """Return what tells a row apart from the others of its list in a path, else its position."""
    return ", ".join(identified(identity, row, "id")) or str(position)


def identified(identity: tuple[str, ...], row: Any, said: str) -> list[str]:
    """Return the values that tell a row apart; of a record that one names, what stands under `said`: its id or name."""
    found = [row.get(name) for name in identity] if isinstance(row, dict) else []
    return [str(value[said] if isinstance(value, dict) else value) for value in found if value]
