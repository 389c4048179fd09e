"""A register of any number of pledges, the same for the same seed, through the product's own import and publishing.

Drafts are written as an import writes new records, and published in change sets of 10,000.
"""

import datetime as dt
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection, transaction

from tracker.curation import search_texts
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Draft, Outcome, Plan, Step
from tracker.curation.publishing import fixtures, publishing
from tracker.curation.review import change_sets
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Party, Platform, Pledge

BATCH = 10_000
AT = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)

_FIRST = dt.date(2022, 1, 24)
_CURRENCIES = {"USA": "USD", "GBR": "GBP", "CAN": "CAD", "NOR": "NOK", "SWE": "SEK", "POL": "PLN"}
_WORDS = ("tranche", "support", "package", "vehicles", "shells", "generators", "medical", "drones", "winter", "energy")


def prepare() -> None:
    """Load fixtures and rates, make users, and publish."""
    call_command("loaddata", *fixtures.fixture_names(), verbosity=0)
    call_command("load_rates", stdout=StringIO())
    for name in ("editor", "reviewer", "administrator"):
        user = User.objects.create_user(name, is_staff=True)
        user.groups.add(Group.objects.get(name=name))
    fixtures.publish_all(author=_user("editor"), by=_user("reviewer"), message="Fixtures", at=AT)


@dataclass
class Taken:
    """Seconds of writing and of publishing."""

    writing: float = 0
    publishing: float = 0

    def in_words(self, pledges: int) -> str:
        """Return the milliseconds that each pledge took."""
        return ", ".join(f"{name} {seconds * 1000 / pledges:.2f} ms" for name, seconds in vars(self).items()) + " each"


def fill(count: int, seed: int = 4) -> Taken:
    """Write and publish `count` pledges; each batch is one change set, an hour after the one before."""
    taken = Taken()
    for number, part in enumerate(chunked(drafts(count, seed), BATCH), start=1):
        at, start = AT + dt.timedelta(hours=number), time.perf_counter()
        with transaction.atomic():
            change_set = write(part, f"Batch {number}", at)
            search_texts.renew(change_set.edits.values_list("public_id", flat=True))
        change_sets.submit(change_set=change_set, by=_user("editor"), at=at)
        taken.writing += time.perf_counter() - start
        start = time.perf_counter()
        publishing.publish(change_set=change_set, by=_user("reviewer"), at=at)
        taken.publishing += time.perf_counter() - start
    with connection.cursor() as cursor:
        # As PostgreSQL does by itself after a while.
        cursor.execute("ANALYZE")
    return taken


def write(drafts: list[Draft], title: str, at: dt.datetime) -> ChangeSet:
    """Write drafts of new pledges as an import does; returns the change set."""
    steps = [Step(draft, Outcome.NEW) for draft in drafts]
    plan = Plan(dataset="benchmark", release=title, title=title, steps=steps)
    change_set = applying.apply(plan=plan, author=_user("editor"), at=at).change_set
    assert change_set
    return change_set


def _user(name: str) -> User:
    return User.objects.get(username=name)


def drafts(count: int, seed: int) -> Iterator[Draft]:
    """Yield pledges by few large contributors and many small ones, of one item or two or of money alone."""
    chance = random.Random(seed)
    parties = sorted(Party.objects.filter(party_kind=Party.Kind.STATE).values_list("public_id", flat=True))
    chance.shuffle(parties)
    weights = [1 / rank for rank in range(1, len(parties) + 1)]
    platforms = sorted(Platform.objects.values_list("public_id", flat=True))
    for number in range(1, count + 1):
        party = chance.choices(parties, weights)[0]
        yield Draft(Pledge.kind, _pledge(chance, number, party, platforms), source_id=str(number), lead=party)


def _pledge(chance: random.Random, number: int, party: str, platforms: list[str]) -> dict[str, Any]:
    day = (_FIRST + dt.timedelta(days=chance.randrange(1500))).isoformat()
    items = [
        {"number": at, "platform": chance.choice(platforms), "quantity": str(chance.randrange(1, 500)),
         "modality": chance.choice(("stock_transfer", "procurement"))}
        for at in range(1, chance.choices((1, 2, 3), (3, 4, 3))[0])
    ]  # fmt: skip
    money = {"amount": f"{chance.randrange(50_000, 900_000_000)}.00", "currency": _CURRENCIES.get(party, "EUR")}
    entries: list[dict[str, Any]] = [{"number": 1, "stage": "commitment", "date": day} | money]
    for item in items:
        delivery = {"stage": "delivery", "date": day, "item": item["number"], "quantity": item["quantity"]}
        entries.append({"number": len(entries) + 1} | delivery)
    return {
        "name": f"{' '.join(chance.choices(_WORDS, k=4)).capitalize()} {number}", "beneficiary": "UKR",
        "nature": "transfer" if items else "financing", "aid_type": "military" if items else "financial",
        "announced": day, "shares": [{"contributor": party}], "items": items, "entries": entries,
        "description": " ".join(chance.choices(_WORDS, k=30)),
    }  # fmt: skip
