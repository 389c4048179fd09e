"""Whatever two editors and a reviewer do, the shelf stays true to itself, and what was served stays as it was."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from tests.curation.desk import Desk, everything, ledger
from tests.examples import examples
from tracker.curation.errors import CurationError
from tracker.lib import canonical
from tracker.models import Edit, Publication
from tracker.records import shelved
from tracker.records.engine.references import reference_from
from tracker.records.registry import KINDS, document_of
from tracker.reporting.checks.verification import verify

EDITORS = st.sampled_from(["editor", "other"])
NAMES = st.sampled_from(["Alpha", "Beta", "Gamma"])
NAMED = st.sampled_from(
    [("party", "DEU"), ("party", "NLD"), ("category", "aircraft"), ("platform", "ef"), ("document", "source")]
)
CATEGORIES = ["aircraft", "fighters", "jets"]
AMOUNTS = st.integers(0, 10**9).map(lambda cents: f"{cents / 100:.2f}")


def standing(moment: dt.datetime | None = None) -> dict[tuple[str, str], Any]:
    """Return every document that stands."""
    rows = Publication.objects.published(moment).order_by("kind", "public_id")
    return {(row.kind, row.public_id): canonical.load(row.document) for row in rows}


def seen(moment: dt.datetime | None) -> str:
    """Return all that the world sees, as one text."""
    documents = {f"{kind} {public_id}": document for (kind, public_id), document in standing(moment).items()}
    rows = [[row.public_id, row.eur_cents, row.is_netted, row.category_path] for row in ledger(moment)]
    return canonical.dump([documents, sorted(rows)])


class History(RuleBasedStateMachine):
    """Acts of two editors on a small register, and of a reviewer who publishes all that can be."""

    def __init__(self) -> None:
        super().__init__()
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.desk = Desk()
        self.desk.basics()
        self.desk.write("category", id="jets", name="Jets", parent="fighters")
        self.desk.publish()
        self.seen: dict[dt.datetime, str] = {}
        self.given: set[str] = set()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def attempt(self, act: Callable[[], Any]) -> Any:
        """Do what the desk may refuse; where it does, nothing has happened."""
        before = everything()
        try:
            with transaction.atomic():
                return act()
        except CurationError:
            assert everything() == before
            return None

    @staticmethod
    def pledges() -> list[str]:
        """Return the pledges on the desk."""
        return list(KINDS["pledge"].queryset().values_list("public_id", flat=True))

    def write(self, kind: str, editor: str, **document: Any) -> Any:
        return self.attempt(lambda: self.desk.write(kind, by=getattr(self.desk, editor), **document))

    @rule(named=NAMED, name=NAMES, editor=EDITORS)
    def rename(self, named: tuple[str, str], name: str, editor: str) -> None:
        self.write(named[0], editor, id=named[1], name=f"{name} {named[1]}")

    @rule(moved=st.permutations(CATEGORIES), editor=EDITORS, to_root=st.booleans())
    def move(self, moved: list[str], editor: str, to_root: bool) -> None:
        child, parent, _ = moved
        if not to_root and child in document_of(KINDS["category"].model.named(parent))["path"]:
            return
        self.write("category", editor, id=child, parent=None if to_root else parent)

    @rule(amount=AMOUNTS, editor=EDITORS)
    def price(self, amount: str, editor: str) -> None:
        row = {"basis": "market_price", "valid_from": "2024-01-01", "amount": amount, "currency": "EUR"}
        self.write("platform", editor, id="ef", prices=[row])

    @rule(editor=EDITORS, contributor=st.sampled_from(["DEU", "NLD"]), amount=AMOUNTS, data=st.data())
    def promise(self, editor: str, contributor: str, amount: str, data: st.DataObject) -> None:
        present = self.pledges()
        targets = data.draw(st.lists(st.sampled_from(present), max_size=1)) if present else []
        stated = data.draw(st.booleans())
        changes = {
            "shares": [{"contributor": contributor}],
            "items": [{"platform": "ef", "quantity": "2"}],
            "entries": [{"stage": "commitment", "amount": amount, "currency": "EUR"} if stated else {}],
            "links": [{"link": "restates", "target": target} for target in targets],
            "claims": [{"document": "source", "quote": "so it says"}],
        }
        pledge = self.attempt(lambda: self.desk.pledge(by=getattr(self.desk, editor), **changes))
        if pledge:
            assert pledge.public_id not in self.given, "an id is given once"
            self.given.add(pledge.public_id)

    @precondition(lambda self: self.pledges())
    @rule(editor=EDITORS, data=st.data(), gone=st.sampled_from(["link", "claims", "items", "all"]))
    def take_back(self, editor: str, data: st.DataObject, gone: str) -> None:
        public_id = data.draw(st.sampled_from(self.pledges()))
        pledge = KINDS["pledge"].model.named(public_id)
        if gone == "all":
            self.attempt(lambda: self.desk.withdraw(pledge, getattr(self.desk, editor)))
        else:
            self.write("pledge", editor, id=public_id, **{"links" if gone == "link" else gone: []})

    @rule(editor=EDITORS)
    def withdraw_platform(self, editor: str) -> None:
        platform = KINDS["platform"].model.named("ef")
        self.attempt(lambda: self.desk.withdraw(platform, getattr(self.desk, editor)))

    @rule(editor=EDITORS)
    def discard(self, editor: str) -> None:
        if self.desk.working(getattr(self.desk, editor)):
            self.attempt(lambda: self.desk.discard(getattr(self.desk, editor)))
        self.check_desk()

    @rule(editor=EDITORS)
    def publish(self, editor: str) -> None:
        working = self.desk.working(getattr(self.desk, editor))
        if working is None or not working.edits.exists():
            return
        published = self.attempt(lambda: self.desk.publish(getattr(self.desk, editor)))
        assert {moment: seen(moment) for moment in self.seen} == self.seen
        if published:
            self.seen[published.published_at] = seen(None)
        self.check_shelf()
        self.check_desk()

    def check_shelf(self) -> None:
        """Each document says of others what they say of themselves, and each row follows from documents."""
        documents = standing()
        for (kind, _id), document in documents.items():
            for container, key, target in shelved.references(kind, document):
                assert container[key] == reference_from(target[0], documents[target])
        assert [str(difference) for difference in verify()] == []

    def check_desk(self) -> None:
        """What nobody holds is on the desk as it is on the shelf."""
        documents = standing()
        held = set(Edit.objects.filter(released_at=None).values_list("kind", "public_id"))
        for (kind, public_id), document in documents.items():
            if kind != shelved.CLAIM and (kind, public_id) not in held:
                own = document_of(KINDS[kind].model.named(public_id))
                shelved.relink(kind, own, documents.get)
                assert own == document


@pytest.mark.django_db
def test_history() -> None:
    # Not made smaller when it fails: with a database that takes minutes.
    run_state_machine_as_test(
        History,
        settings=settings(max_examples=examples(8), stateful_step_count=25, deadline=None, phases=[Phase.generate]),
    )
