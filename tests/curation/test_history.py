"""Whatever editors and a reviewer do, the shelf stays true to itself, and what was served stays as it was, to a byte.

Long: `EDITS=1000 SEED=2 pytest -n 0 --timeout=0 tests/curation/test_history.py`.
"""

import datetime as dt
import os
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client

from tests.api.shelf import API, TABLE, read
from tests.api.table_changes import asked, check
from tests.curation.random_edits import RandomEdits, held
from tests.examples import FEW
from tracker.api.urls import LISTS
from tracker.curation import search_texts
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.lib import canonical, response_cache
from tracker.models import Claim, Contribution, Finding, Publication
from tracker.records import shelved
from tracker.records.engine.references import reference_from
from tracker.records.registry import KINDS
from tracker.reporting.checks.verification import verify
from tracker.reporting.named.tables import NAMED
from tracker.reporting.shelf.moments import newest

EDITS = int(os.environ.get("EDITS", "10" if FEW else "25"))
SEED = int(os.environ.get("SEED", "1"))
IS_LONG = "EDITS" in os.environ

QUESTIONS = [
    "rows=contributor&columns=stage", "rows=contributor&columns=stage&currency=USD",
    "rows=group&columns=stage&group=EU", "rows=category_1&columns=stage", "rows=platform&columns=stage",
    "rows=month&columns=none&stage=commitment&cumulative=true", "rows=initiative&columns=stage&counting=gross",
    "rows=aid_type&columns=stage&conditional=only", "rows=contributor&columns=stage&measure=pledges",
    "rows=source&columns=none&stage=allocation", "rows=contributor&columns=stage&basis=dataset",
]  # fmt: skip
ADDRESSES = [
    *(f"{API}{name}/?limit=500" for name in LISTS),
    *(f"{API}tables/{name}/" for name in NAMED),
    *(f"{TABLE}?{question}" for question in QUESTIONS),
]
_READ = 12 if IS_LONG else 5
"""How many addresses are read after each publishing, and again later."""
_SELDOM = 25 if IS_LONG else 5
"""After how many publishings all that is there is looked at."""


class Served:
    """What was served after each publishing, which is served as of that moment for ever."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.kept: dict[dt.datetime, dict[str, bytes]] = {}

    def keep(self, moment: dt.datetime) -> None:
        """Read some of all that there is now."""
        records = Publication.objects.published().order_by("kind", "public_id").values_list("kind", "public_id")
        details = [f"{API}{_PLURALS[kind]}/{public_id}/" for kind, public_id in self.random.sample(list(records), 2)]
        addresses = [*self.random.sample(ADDRESSES, _READ), *details]
        self.kept[moment] = {address: _bytes(address) for address in addresses}

    def check(self, moment: dt.datetime) -> None:
        """Read the same as of an earlier moment."""
        response_cache.forget()
        for address, body in self.kept[moment].items():
            joined = "&" if "?" in address else "?"
            assert _bytes(f"{address}{joined}as_of={asked(moment)}") == body, f"{address} as of {moment}"


_PLURALS = {kind: described.plural for kind, described in KINDS.items()} | {shelved.CLAIM: "claims"}


def _bytes(address: str) -> bytes:
    answer = Client().get(address)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {answer.content[:300]!r}"
    return bytes(answer.getvalue())


def standing() -> dict[tuple[str, str], Any]:
    """Return every document that stands."""
    rows = Publication.objects.published().order_by("kind", "public_id")
    return {(row.kind, row.public_id): canonical.load(row.document) for row in rows}


def check_shelf() -> None:
    """What is stored follows from the documents, and each says of others what they say of themselves."""
    assert [str(difference) for difference in verify()] == []
    documents = standing()
    for (kind, _id), document in documents.items():
        for container, key, target in shelved.references(kind, document):
            assert container[key] == reference_from(target[0], documents[target])


def check_totals() -> None:
    """Each total of a table is the sum of the contributions behind it."""
    rows = Contribution.objects.as_of(None).filter(is_headline=True, is_netted=False, is_conditional=False)
    sums = rows.exclude(nature="deployment").order_by().values_list("stage").annotate(Sum("eur_cents"))
    wanted = {stage: Decimal(cents) / 100 for stage, cents in sums if cents is not None}
    table = read(f"{TABLE}?rows=contributor&columns=stage")
    totals = {column["id"]: column["total"]["value"] for column in table["columns"]}
    assert {stage: Decimal(total) for stage, total in totals.items() if total is not None} == wanted
    for at, column in enumerate(table["columns"]):
        cells = [row["cells"][at] for row in table["rows"]]
        known = [Decimal(cell["value"]) for cell in cells if cell and cell["value"] is not None]
        assert sum(known) == wanted.get(column["id"], 0)


def check_desk() -> None:
    """What nobody holds is on the desk as it is on the shelf."""
    documents, open_to_edits = standing(), held()
    for kind, described in KINDS.items():
        for own in described.documents(described.queryset().values_list("public_id", flat=True)):
            key = (kind, own["id"])
            if key in documents and key not in open_to_edits:
                shelved.relink(kind, own, documents.get)
                assert own == documents[key]


def check_derived(at: dt.datetime) -> None:
    """What is worked out at each edit is what it comes to when it is worked out for all records anew."""
    assert search_texts.renew() == 0
    kept = _derived()
    for kind, described in KINDS.items():
        ids = list(described.queryset().values_list("public_id", flat=True))
        settling.settle((kind, public_id) for public_id in ids)
        keeping.settle(((kind, public_id) for public_id in ids), at=at)
    assert _derived() ^ kept == set()


def _derived() -> set[tuple[Any, ...]]:
    support = Claim.objects.values_list("public_id", "record_id", "field", "support", "differs")
    found = Finding.objects.values_list("record_kind", "record_id", "rule", "field", "claim", "message", "about")
    return {*support, *found}


@pytest.mark.django_db
def test_whatever_is_edited_what_was_served_stays(tmp_path: Path) -> None:
    edits = RandomEdits(SEED, tmp_path)
    served = Served(edits.random)
    moments = [newest()]
    served.keep(moments[0])
    while len(moments) <= EDITS:
        is_published = edits.step()
        if len(moments) % _SELDOM == 0:
            check_desk()
            check_derived(edits.desk.now)
        if not is_published:
            continue
        check(edits.random.choice(QUESTIONS), moments[-1], newest())
        check_totals()
        if len(moments) % (4 * _SELDOM) == 0:
            check_shelf()
        moments.append(newest())
        served.keep(moments[-1])
        served.check(edits.random.choice(moments))
    check_shelf()
    check(edits.random.choice(QUESTIONS), moments[max(len(moments) - 60, 0)], moments[-1])
    for moment in moments if IS_LONG else edits.random.sample(moments, 5):
        served.check(moment)
