"""Edits of every kind at random, each published, discarded or sent back by a reviewer."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.db import transaction
from rest_framework.serializers import ValidationError

from tests.curation.desk import Desk
from tests.curation.random_values import CATEGORIES, PARTIES, Values, make_register, write_twin
from tests.exchange.kiel import plan_of, write
from tests.exchange.releases import package
from tracker.curation.desk import bulk_edits, versions
from tracker.curation.desk.bulk_planning import Setting
from tracker.curation.errors import CurationError
from tracker.curation.importing import applying
from tracker.curation.merging import twins
from tracker.curation.merging.merging import merge_record
from tracker.curation.publishing import moving, publishing
from tracker.curation.reference import indicators, platforms, rates
from tracker.curation.review import change_sets, reverting
from tracker.models import ChangeSet, Edit, Indicator, Publication
from tracker.models.base import Record
from tracker.records.registry import KINDS

Sets = list[ChangeSet]
MANY = 20
"""How many pledges stand at most, so that a long history is looked through in time."""


class RandomEdits:
    """Acts on a small register; each returns the change sets that it leaves open, to be published."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.random = Random(seed)
        self.values = Values(self.random)
        self.folder = folder
        self.desk = Desk()
        make_register(self.desk)
        for _each in range(6):
            self.attempt(self.add)
        self.desk.publish()
        self.acts: list[Callable[[], Sets]] = [
            *[self.add] * 3, *[self.change] * 4, *[self.merge] * 3, *[self.revert] * 3, self.rename,
            self.move_category, self.memberships, self.rates, self.prices, self.figures, self.withdraw, self.edit_many,
            self.move_between_sets, self.send_back, self.restore, self.link, self.discard, self.bring,
        ]  # fmt: skip

    def step(self) -> bool:
        """Do one of the acts, and publish what comes of it; tells whether anything was published."""
        act = self.random.choice(self.acts)
        opened = self.attempt(act) or []
        published = [self.publish(change_set) for change_set in opened]
        return any(published)

    @staticmethod
    def attempt(act: Callable[[], Any]) -> Any:
        """Do what the desk may refuse; then nothing has happened."""
        try:
            with transaction.atomic():
                return act()
        except (CurationError, ValidationError):
            return None

    def publish(self, change_set: ChangeSet) -> bool:
        """Have a change set published; one that cannot be is discarded. Tells whether it was."""
        if self.attempt(lambda: self._publish(change_set)) is not None:
            return True
        change_set.refresh_from_db()
        change_sets.discard(change_set=change_set, by=change_set.author, at=self.desk.at)
        return False

    def _publish(self, change_set: ChangeSet) -> ChangeSet:
        if change_set.status in ChangeSet.EDITABLE:
            change_sets.submit(change_set=change_set, by=change_set.author, at=self.desk.at)
        return publishing.publish(change_set=change_set, by=self.desk.reviewer, at=self.desk.at, differences=None)

    def opened(self) -> Sets:
        """Return the change sets of the editor that are open."""
        return change_sets.editable_of(author=self.desk.editor)

    def any_of(self, kind: str, count: int = 1) -> list[Any]:
        """Return records of a kind that are on the desk, at random; refuses where there are not as many."""
        gone = Publication.objects.as_of(None).filter(kind=kind, is_tombstone=True).values("public_id")
        found = list(KINDS[kind].queryset())
        if self.random.random() < 0.9:
            found = list(KINDS[kind].queryset().exclude(public_id__in=gone))
        if len(found) < count:
            raise CurationError(f"there are not {count} of {kind}")
        return self.random.sample(found, count)

    def pledges(self) -> list[str]:
        """Return the ids of some pledges that stand."""
        published = Publication.objects.published().filter(kind="pledge").order_by("public_id")
        return self.values.some(published.values_list("public_id", flat=True), 5)

    def add(self) -> Sets:
        """Add a pledge; where many stand, withdraw one instead."""
        if Publication.objects.published().filter(kind="pledge").count() > MANY:
            return self.withdraw("pledge")
        self.desk.pledge(**self.values.pledge(self.pledges()))
        return self.opened()

    def change(self) -> Sets:
        [pledge] = self.any_of("pledge")
        others = [public_id for public_id in self.pledges() if public_id != pledge.public_id]
        self.desk.write("pledge", id=pledge.public_id, **self.values.pledge(others))
        return self.opened()

    def rename(self) -> Sets:
        kind = self.random.choice(list(KINDS))
        [record] = self.any_of(kind)
        more = {"aliases": [f"Alias {self.random.randrange(9)}"]} if hasattr(record, "aliases") else {}
        self.desk.write(kind, id=record.public_id, name=f"Name {self.random.randrange(99)}", **more)
        return self.opened()

    def move_category(self) -> Sets:
        child, parent = self.random.sample(CATEGORIES, 2)
        self.desk.write("category", id=child, parent=self.random.choice([parent, None]))
        return self.opened()

    def memberships(self) -> Sets:
        rows = [
            {"party": party, "valid_from": self.random.choice(["2004-05-01", "2025-09-01"]),
             "valid_to": self.random.choice([None, "2025-09-30"])}
            for party in self.values.some(PARTIES, 3)
        ]  # fmt: skip
        self.desk.write("group", id="EU", memberships=rows)
        return self.opened()

    def rates(self) -> Sets:
        first = dt.date(2025, 8, 1) + dt.timedelta(days=self.random.randrange(60))
        rows = [
            (currency, first + dt.timedelta(days=day), Decimal(self.random.randrange(90, 130)) / 100)
            for currency in self.values.some(["USD", "CHF"], 2) for day in range(self.random.randrange(1, 9))
        ]  # fmt: skip
        loaded = rates.load(rates=rows, source="ECB", at=self.desk.at)
        return [loaded.change_set] if loaded.change_set else []

    def prices(self) -> Sets:
        listed = [
            platforms.Price(
                record.public_id, self.random.choice(["market_price", "replacement"]),
                dt.date(2025, self.random.randrange(1, 10), 1), Decimal(self.values.amount()), None, None,
                self.random.choice(["EUR", "USD"]), "A list",
            )
            for record in self.any_of("platform")
        ]  # fmt: skip
        loaded = platforms.load(prices=listed, author=self.desk.editor, message="Prices", at=self.desk.at)
        return [loaded.change_set] if loaded.change_set else []

    def figures(self) -> Sets:
        rows = [(party, party, 2024, self.random.randrange(1, 10**6)) for party in self.values.some(PARTIES[:2], 2)]
        loaded = indicators.load_for_review(
            figures=rows, measure=Indicator.Measure.POPULATION, source="World Bank", message="Population",
            at=self.desk.at,
        )  # fmt: skip
        return [loaded.change_set] if loaded.change_set else []

    def withdraw(self, kind: str = "") -> Sets:
        [record] = self.any_of(kind or self.random.choice(["pledge", "pledge", *KINDS]))
        self.desk.withdraw(record)
        return self.opened()

    def merge(self) -> Sets:
        """Merge two records of a kind, or of a twin of one that is made for it, once or twice in one change set."""
        kind = self.random.choice(["pledge", "pledge", "pledge", *KINDS])
        for _each in range(self.random.choice([1, 1, 2])):
            record, into = self.any_of(kind, 2) if kind == "pledge" else self._twins(kind)
            merge_record(record=record, into=into, by=self.desk.editor, at=self.desk.at, change_set=self.desk.working())
        return self.opened()

    def _twins(self, kind: str) -> tuple[Record, Record]:
        """Return a record, and one that says the same, published or not."""
        [into] = self.any_of(kind)
        twin = write_twin(self.desk, into, f"twin-{self.random.randrange(10**9)}")
        if self.random.random() < 0.5:
            self.publish(self.desk.open())
        return twin, KINDS[kind].queryset().get(public_id=into.public_id)

    def edit_many(self) -> Sets:
        setting = self.random.choice([
            Setting("pledge", {"aid_type": self.random.choice(["military", "financial"])}),
            Setting("pledge", {"initiative": self.random.choice(["purl", None])}),
            Setting("pledge", {"announced": "2025-08", "description": "Edited together"}),
            Setting("pledge", {"date": self.random.choice(["2025-08", "2025-07-07"])}, "entries"),
        ])  # fmt: skip
        change_set = change_sets.open_change_set(
            author=self.desk.editor, message="Many", cause="reclassification", at=self.desk.at
        )
        bulk_edits.edit_many(
            setting=setting, public_ids=[one.public_id for one in self.any_of("pledge", 3)],
            by=self.desk.editor, change_set=change_set, at=self.desk.at,
        )  # fmt: skip
        return [change_set]

    def revert(self) -> Sets:
        """Take one of the newest change sets back, also one that itself takes one back."""
        newest = ChangeSet.objects.filter(published_at__isnull=False, edits__isnull=False).distinct()
        change_set = self.random.choice(list(newest.order_by("-published_at")[:4]))
        return [reverting.revert(change_set=change_set, by=self.desk.editor, at=self.desk.at)]

    def move_between_sets(self) -> Sets:
        """Edit some pledges, move one into another change set, and publish both in either order."""
        for pledge in self.any_of("pledge", 2):
            self.desk.write("pledge", id=pledge.public_id, **self.values.pledge([]))
        change_set = self.desk.open()
        to = change_sets.open_change_set(
            author=self.desk.editor, message="Another", cause="correction", at=self.desk.at
        )
        moving.move(change_set=change_set, keys=self._some_of(change_set), to=to, by=self.desk.editor, at=self.desk.at)
        return self.random.sample([change_set, to], 2)

    def send_back(self) -> Sets:
        """Edit some records, send one of them back, and publish both parts, or the first alone."""
        self.desk.write("platform", id="ef", name=f"Fighter {self.random.randrange(9)}")
        for pledge in self.any_of("pledge", 2):
            self.desk.write("pledge", id=pledge.public_id, **self.values.pledge([]))
        change_set = self.desk.submit()
        back = moving.send_back(
            change_set=change_set,
            keys=self._some_of(change_set),
            by=self.desk.reviewer,
            reason="Later.",
            at=self.desk.at,
        )
        return [change_set, back]

    def _some_of(self, change_set: ChangeSet) -> list[tuple[str, str]]:
        edits = list(change_set.edits.order_by("pk").values_list("kind", "public_id"))
        return self.random.sample(edits, 1)

    def restore(self) -> Sets:
        """Take an old version of a record back."""
        stones = Publication.objects.filter(is_tombstone=False).exclude(kind="claim").order_by("-pk")[:60]
        versions.restore(version=self.random.choice(list(stones)), by=self.desk.editor, at=self.desk.at)
        return self.opened()

    def link(self) -> Sets:
        pledge, target = self.any_of("pledge", 2)
        twins.link(
            pledge=pledge, target=target, kind=self.random.choice(["restates", "reimburses", "tranche_of"]),
            by=self.desk.editor, at=self.desk.at,
        )  # fmt: skip
        return self.opened()

    def discard(self) -> Sets:
        """Edit, merge, withdraw or bring something, and discard it."""
        act = self.random.choice([self.change, self.merge, self.withdraw, self.revert, self.bring, self.rates])
        for change_set in act():
            change_sets.discard(change_set=change_set, by=change_set.author, at=self.desk.at)
        return []

    def bring(self) -> Sets:
        """Import a release of a small dataset, of which each has other amounts, and withdraw what it no longer has."""
        release = str(self.random.randrange(10**9))
        day = self.random.choice(["2025-08-01", "2025-09-02"])
        rows = [
            package(number, value=amount, part_value=amount, announcement_date=day)
            for number in self.values.some(range(1, 5), 4) for amount in [self.values.amount()]
        ]  # fmt: skip
        plan = plan_of(write(self.folder / "release.csv", rows), release, likeliest=True)
        gone = [one.public_id for one in plan.gone]
        applied = applying.apply(plan=plan, author=self.desk.editor, at=self.desk.at, withdraw=gone)
        if applied.change_set is None:
            return []
        # As every import does once it is written.
        applying.settle(change_set=applied.change_set, at=self.desk.at)
        return [applied.change_set]


def held() -> set[tuple[str, str]]:
    """Return the records that an open change set holds."""
    return set(Edit.objects.filter(released_at=None).values_list("kind", "public_id"))
