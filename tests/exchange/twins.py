"""Pledges that somebody typed, and a file whose rows look like them."""

from types import SimpleNamespace

from django.utils import timezone

from tests import factories
from tests.exchange.kiel import make_parties, row
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets, holding
from tracker.models import ChangeSet, Party, Pledge

WORDS = ("Generators for hospitals", "Trucks for the army", "Tents for refugees")
AMOUNTS = (300, 440, 550)
ROWS = [
    row(f"FIM{number}", value=str(amount), part_value=str(amount), explanation=words)
    for number, (words, amount) in enumerate(zip(WORDS, AMOUNTS, strict=True), start=1)
]  # fmt: skip


def publish(change_set: ChangeSet, users: SimpleNamespace) -> None:
    """Submit a change set of the editor, and have the reviewer publish it."""
    change_sets.submit(change_set=change_set, by=users.editor, at=timezone.now())
    publishing.publish(change_set=change_set, by=users.reviewer, at=timezone.now())


def make_typed(users: SimpleNamespace) -> list[Pledge]:
    """Publish a pledge that somebody typed for each row of the file, and the parties that it names."""
    make_parties()
    made: list[Pledge] = [
        factories.PledgeFactory(
            public_id=f"FIN-{number}", name=words, announced="2024-05-17", entry__amount=amount,
            beneficiary=Party.objects.get(public_id="UKR"), share__contributor=Party.objects.get(public_id="FIN"),
            entry__stage="allocation",
        )
        for number, (words, amount) in enumerate(zip(WORDS, AMOUNTS, strict=True), start=1)
    ]  # fmt: skip
    change_set = change_sets.open_change_set(author=users.editor, message="Typed", cause="correction", at=factories.AT)
    for record in [*Party.objects.order_by("pk"), *made]:
        holding.hold(kind=record.kind, public_id=record.public_id, change_set=change_set, at=factories.AT)
    publish(change_set, users)
    return made
