"""Rows of new records, worked out before anybody has the right to write, in a temporary file until they are written."""

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db import models

from tracker.models.inserting import Columns, insert_plain_columns, plain_columns, reserve_keys
from tracker.records.engine.spilled import Place, Spilled

Table = type[models.Model]


class RowFile:
    """Rows of several tables, in the order in which they are written."""

    def __init__(self) -> None:
        self._file = Spilled()
        self._parts: list[tuple[Table, bool, Place]] = []
        self._new: Counter[Table] = Counter()

    def stand_in(self, model: Table) -> int:
        """Return what stands for the primary key of another new row until it has one: a number below zero."""
        self._new[model] += 1
        return -self._new[model]

    def add(self, model: Table, rows: Iterable[dict[str, Any]], *, or_ignore: bool = False) -> None:
        """Take rows given by column, as `insert_columns` does; with `or_ignore`, those that are there are left out."""
        for columns in plain_columns(model, rows):
            place = self._file.put(pickle.dumps(columns, pickle.HIGHEST_PROTOCOL))
            self._parts.append((model, or_ignore, place))

    def read(self, *tables: Table) -> Iterator[tuple[Table, Columns]]:
        """Yield the rows of some tables by column, many at a time, in the order in which they were given."""
        for model, _or_ignore, place in self._parts:
            if model in tables:
                yield model, pickle.loads(self._file.get(place))

    def insert(self, known: Mapping[Table, Sequence[int]]) -> None:
        """Write all rows; `known` are the keys that stand-ins of some models are for, all others get new ones."""
        keys = {model: known.get(model) or reserve_keys(model, count) for model, count in self._new.items()}
        for model, or_ignore, place in self._parts:
            columns: Columns = pickle.loads(self._file.get(place))
            for name, values in columns.items():
                field: Any = model._meta.get_field(name)
                target: Table = field.related_model or model
                own = keys.get(target) if field.is_relation or field.primary_key else None
                if own:
                    columns[name] = [own[~key] if key is not None and key < 0 else key for key in values]
            insert_plain_columns(model, columns, or_ignore=or_ignore)
