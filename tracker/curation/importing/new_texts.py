"""The texts by which new pledges are found, worked out of their rows before these are written."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

from tracker.curation.importing.row_file import RowFile
from tracker.curation.search_texts import OWN, Rows, Words, columns_of
from tracker.models import Claim, Document, Initiative, Platform, Pledge, PledgeLink
from tracker.models.inserting import Columns
from tracker.records.engine.types import Key


def texts(rows: RowFile, ids: Sequence[Key]) -> Iterator[tuple[int, str]]:
    """Yield what stands for the key of each new pledge of `rows`, and its text.

    `ids` are the public ids of pledges, each with what the dataset calls it.
    """
    words = Words()
    for model, columns in rows.read(Document, Initiative, Platform, Pledge):
        for new in zip(columns["id"], columns["found_by"], columns.get("category", repeat(None)), strict=False):
            words.put(model, *new)
    links = defaultdict(list)
    for _model, columns in rows.read(PledgeLink):
        for link in _rows_of(PledgeLink, columns):
            links[link[0]].append(link)
    called = dict(ids)
    for found in _of_pledges(rows):
        own = {model: found[model] for model in OWN}
        own[PledgeLink] = [link for pledge, *_rest in found[Pledge] for link in links.get(pledge, ())]
        named = found["named"]
        noted = [(public_id, called[public_id]) for _key, public_id, _found_by in named if public_id in called]
        yield from words.texts(Rows(named, own, found[Claim], noted)).items()


def _of_pledges(rows: RowFile) -> Iterator[dict[Any, list[Any]]]:
    """Yield the rows of some pledges and their parts at a time, by table; `named` are the pledges by id and name."""
    found: dict[Any, list[Any]] = defaultdict(list)
    for model, columns in rows.read(*OWN.keys() - {PledgeLink}, Claim):
        if model is Claim:
            found[Claim] += zip(columns["record_id"], columns["quote"], columns["document"], strict=True)
            continue
        if model is Pledge:
            if found:
                yield found
            found = defaultdict(list)
            found["named"] += zip(columns["id"], columns["public_id"], columns["found_by"], strict=True)
        found[model] += _rows_of(model, columns)
    if found:
        yield found


def _rows_of(model: Any, columns: Columns) -> Iterator[tuple[Any, ...]]:
    """Return rows of a table as `Rows` has them."""
    names = (model._meta.pk.name if name == "pk" else model._meta.get_field(name).name for name in columns_of(model))
    return zip(*(columns[name] for name in names), strict=True)
