"""A desk for tests: write records as documents, publish them, and look at the shelf."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User

from tests.again import again
from tests.factories import AT, UserFactory
from tracker.curation.desk import records
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.lib import canonical
from tracker.models import ChangeSet, Contribution, Edit, Publication
from tracker.models.base import Record
from tracker.records.engine.strict import refuse_unknown
from tracker.records.registry import KINDS


class Desk:
    """Two editors and a reviewer, and a clock that goes on by an hour with each act."""

    def __init__(self) -> None:
        self.editor = UserFactory(username="erin", role="editor")
        self.other = UserFactory(username="otto", role="editor")
        self.reviewer = UserFactory(username="rita", role="reviewer")
        self.now = AT

    @property
    def at(self) -> dt.datetime:
        """The next moment."""
        self.now += dt.timedelta(hours=1)
        return self.now

    def write(self, kind: str, /, *, by: User | None = None, **document: Any) -> Any:
        """Add a record, or write some fields of the one with the `id` given; returns it."""
        model = KINDS[kind].model
        record = model.named(document["id"]) if "id" in document else None
        serializer = KINDS[kind].serializer(record, data=document, partial=record is not None)
        refuse_unknown(serializer, document)
        serializer.is_valid(raise_exception=True)
        return records.write(
            serializer=serializer, by=by or self.editor, at=self.at, change_set=self.working(by)
        )  # fmt: skip

    def pledge(self, *, by: User | None = None, **changes: Any) -> Any:
        """Add a pledge of a million euros by DEU to UKR in August 2025, unless `changes` say otherwise.

        What has entries long before that is announced with the first of them.
        """
        dates = [entry.get("date", "") for entry in changes.get("entries", ())]
        long_before = sorted(date for date in dates if "1900" < date < "2024-08")
        usual = {
            "name": "A pledge", "aid_type": "military", "beneficiary": "UKR",
            "announced": long_before[0] if long_before else "August 2025",
            "shares": [{"contributor": "DEU"}],
            "entries": [{"stage": "commitment", "amount": "1000000.00", "currency": "EUR"}],
        }  # fmt: skip
        return self.write("pledge", by=by, **(usual | changes))

    def withdraw(self, record: Record, by: User | None = None, reason: str = "It was entered twice.") -> Edit | None:
        """Take a record back."""
        return records.withdraw(
            record=record, by=by or self.editor, at=self.at, reason=reason, change_set=self.working(by)
        )  # fmt: skip

    def working(self, by: User | None = None) -> ChangeSet | None:
        """Return the change set that all edits of an editor go into, until it is published."""
        return next(iter(change_sets.editable_of(author=by or self.editor)), None)

    def open(self, by: User | None = None) -> ChangeSet:
        """Return the change set that an editor works in."""
        found = self.working(by)
        assert found is not None
        return found

    def submit(self, by: User | None = None) -> ChangeSet:
        """Submit the change set that an editor works in."""
        return change_sets.submit(change_set=self.open(by), by=by or self.editor, at=self.at)

    def publish(self, by: User | None = None, at: dt.datetime | None = None) -> ChangeSet:
        """Submit and publish the change set that an editor works in."""
        return publishing.publish(change_set=self.submit(by), by=self.reviewer, at=at or self.at)

    def discard(self, by: User | None = None) -> ChangeSet:
        """Discard the change set that an editor works in."""
        return change_sets.discard(change_set=self.open(by), by=by or self.editor, at=self.at)

    def basics(self) -> None:
        """Publish Germany, Ukraine, a category and one within it, a platform with a price, and a source."""
        for public_id, name in (("DEU", "Germany"), ("NLD", "Netherlands"), ("UKR", "Ukraine")):
            self.write("party", id=public_id, name=name)
        self.write("category", id="aircraft", name="Aircraft")
        self.write("category", id="fighters", name="Fighters", parent="aircraft")
        price = {"basis": "market_price", "valid_from": "2020-01-01", "amount": "100.00", "currency": "EUR"}
        self.write("platform", id="ef", name="Eurofighter", category="fighters", prices=[price])
        self.write("document", id="source", name="A source", sha256="0" * 64)
        self.publish()


def with_basics() -> Desk:
    """Return a desk with the basics published; the database holds nothing yet, as a publishing keeps its rates."""

    def build() -> Desk:
        desk = Desk()
        desk.basics()
        return desk

    return again("basics", build)


def submitted(desk: Desk) -> ChangeSet:
    """Return a change set with an edited pledge, a new one of a new platform, and a renamed party."""
    first = desk.pledge(items=[{"number": 1, "platform": "ef", "quantity": "4"}])
    desk.publish()
    desk.write("platform", id="tank", name="A tank", category="fighters")
    desk.write("pledge", id=first.public_id, name="Another name", items=[])
    desk.pledge(
        items=[{"number": 1, "platform": "tank", "quantity": "2"}],
        links=[{"link": "backfills", "target": first.public_id}],
        claims=[{"document": "source", "field": "name", "value": "A pledge", "reason": "Said so."}],
    )  # fmt: skip
    desk.write("party", id="DEU", name="Deutschland")
    return desk.submit()


def shelf(kind: str, public_id: str, moment: dt.datetime | None = None) -> dict[str, Any] | None:
    """Return the document that stands on the shelf, or stood at a moment; None where none does."""
    found = Publication.objects.published(moment).filter(kind=kind, public_id=public_id).first()
    return canonical.load(found.document) if found else None


def versions(kind: str, public_id: str) -> list[tuple[int, bool]]:
    """Return the version and whether it is a tombstone of everything ever published of a record."""
    rows = Publication.objects.filter(kind=kind, public_id=public_id).order_by("version")
    return list(rows.values_list("version", "is_tombstone"))


def ledger(moment: dt.datetime | None = None, **filters: Any) -> list[Contribution]:
    """Return the rows of the ledger that stand."""
    return list(Contribution.objects.as_of(moment).filter(**filters).order_by("id"))


def everything() -> dict[str, Any]:
    """Return all that is on the desk and on the shelf, for comparison."""
    desk = {kind: KINDS[kind].documents(KINDS[kind].queryset().values_list("public_id", flat=True)) for kind in KINDS}
    tables = [
        list(model.objects.order_by("pk").values())
        for model in (Publication, Contribution, ChangeSet, Edit)
    ]  # fmt: skip
    return {"desk": desk, "tables": tables}
