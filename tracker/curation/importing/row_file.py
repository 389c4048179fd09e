"""Rows of new records, worked out before anybody may write them; those of a long file wait in a temporary one."""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from tracker.models.inserting import Columns, insert_plain_columns, plain_columns, reserve_keys
from tracker.records.engine.spilled import Place, Spilled

Table = type[models.Model]

ROOM = 100_000
"""How many rows stay in memory: to put them away and take them out again is a twelfth of applying a plan."""


class RowFile:
    """Rows of several tables, in the order in which they are written."""

    def __init__(self) -> None:
        self._file = Spilled()
        self._parts: list[tuple[Table, bool, Columns | Place]] = []
        self._count = 0
        self._new: Counter[Table] = Counter()

    def stand_in(self, model: Table) -> int:
        """Return what stands for the primary key of another new row until it has one: a number below zero."""
        self._new[model] += 1
        return -self._new[model]

    def add(self, model: Table, rows: Iterable[dict[str, Any]], *, or_ignore: bool = False) -> None:
        """Take rows given by column, as `insert_columns` does; with `or_ignore`, those that are there are left out."""
        for columns in plain_columns(model, rows):
            self._count += len(next(iter(columns.values())))
            part: Columns | Place = columns
            if self._count > ROOM:
                part = self._file.put(pickle.dumps(columns, pickle.HIGHEST_PROTOCOL))
            self._parts.append((model, or_ignore, part))

    def read(self, *tables: Table) -> Iterator[tuple[Table, Columns]]:
        """Yield the rows of some tables by column, many at a time, in the order in which they were given."""
        for model, _or_ignore, part in self._parts:
            if model in tables:
                yield model, self._columns(part)

    def insert(self, known: Mapping[Table, Sequence[int]]) -> None:
        """Write all rows; `known` are the keys that stand-ins of some models are for, all others get new ones."""
        keys = {model: known.get(model) or reserve_keys(model, count) for model, count in self._new.items()}
        for model, or_ignore, part in self._parts:
            columns = dict(self._columns(part))
            for name, values in columns.items():
                field: Any = model._meta.get_field(name)
                target: Table = field.related_model or model
                own = keys.get(target) if field.is_relation or field.primary_key else None
                if own:
                    columns[name] = [own[~key] if key is not None and key < 0 else key for key in values]
            insert_plain_columns(model, columns, or_ignore=or_ignore)

    def _columns(self, part: Columns | Place) -> Columns:
        columns: Columns = pickle.loads(self._file.get(part)) if isinstance(part, Place) else part
        return columns
