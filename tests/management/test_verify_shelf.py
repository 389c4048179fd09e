"""Verifying the shelf: clean after a rich history, and every kind of tampering is reported."""

import hashlib
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F
from django.test import Client

from tests.curation.desk import Desk
from tests.factories import ChangeSetFactory, ExchangeRateFactory, UserFactory
from tracker.lib import canonical
from tracker.models import ChainLink, ChangeSet, Contribution, ExchangeRate, Facet, Listing, Party, Publication

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_shelf")]


@pytest.fixture(scope="module")
def _shelf(module_db: None) -> None:
    """A shelf with renames, moves, withdrawals, returns and rows that were posted again."""
    ExchangeRateFactory(date="2025-08-01")
    desk = Desk()
    desk.basics()
    claims = [{"document": "source", "quote": "words"}]
    kept = desk.pledge(
        items=[{"platform": "ef", "quantity": "3"}], claims=claims, entries=[{"stage": "commitment"}],
        shares=[{"contributor": "DEU"}, {"contributor": "NLD"}],
    )  # fmt: skip
    dollars = [{"stage": "delivery", "amount": "7.01", "currency": "USD", "date": ""}]
    undated = desk.pledge(announced="", entries=[{"amount": "5.00", "currency": "EUR"}, *dollars])
    gone = desk.pledge(claims=claims, links=[{"link": "restates", "target": kept.public_id}])
    desk.publish()
    desk.write("party", id="DEU", name="Deutschland", description="Renamed")
    desk.write("category", id="aircraft", name="Planes")
    desk.publish()
    desk.withdraw(gone)
    desk.write("pledge", id=undated.public_id, announced="2025-08")
    desk.publish()
    desk.write("platform", id="ef", prices=[])
    desk.write("pledge", id=gone.public_id, name="Back again")
    desk.publish()
    desk.withdraw(Party.objects.create(public_id="LUX", name="Luxembourg"))
    desk.pledge()
    desk.write("category", id="jets", name="Jets", parent="fighters")
    desk.publish()


def verify() -> str:
    """Return what the command says of a shelf that it finds wrong."""
    said = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("verify_shelf", stdout=StringIO(), stderr=said)
    assert caught.value.returncode == 1
    assert str(caught.value) == f"{len(said.getvalue().splitlines())} differences."
    return said.getvalue()


def test_a_shelf_with_a_history_is_clean() -> None:
    said = StringIO()
    call_command("verify_shelf", stdout=said)
    assert f"{Publication.objects.count()} publications and {Contribution.objects.count()} contributions: no " in (
        said.getvalue()
    )
    assert Publication.objects.filter(is_tombstone=True).exists()
    assert Contribution.objects.exclude(recorded_to=None).count() > 3


def one(**filters: Any) -> Any:
    """Return the one publication that stands and is asked for, to tamper with."""
    return Publication.objects.filter(pk=Publication.objects.published().get(**filters).pk)


def pledge() -> Any:
    return one(public_id="DEU-2025-0001", kind="pledge")


def rows() -> Any:
    return Contribution.objects.filter(publication=pledge().get())


def rewrite(publication: Any, old: str = '"military"', new: str = '"financial"') -> None:
    """Change a document and its hash with it, as one would who knows how."""
    text = publication.get().document.replace(old, new)
    publication.update(document=text, sha256=canonical.digest(text))


def alter(**changes: Any) -> None:
    """Put other values into a published change set."""
    ChangeSet.objects.filter(link__number=2).update(**changes)


def erase(table: str, condition: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {condition}")
        assert cursor.rowcount > 0


def erase_version(version: int) -> None:
    key = Publication.objects.get(kind="party", public_id="DEU", version=version).pk
    erase("tracker_facet", f"publication_id = {key}")
    erase("tracker_publication", f"id = {key}")


TAMPERINGS: dict[str, tuple[Callable[[], Any], str]] = {
    "a byte of a document": (
        lambda: one(kind="party", public_id="NLD").update(document='{"id":"NLD","name":"Netherland"}'),
        "party NLD v1: the hash is not that of the document",
    ),
    "a hash": (lambda: pledge().update(sha256="0" * 64), "pledge DEU-2025-0001 v3: the hash is not"),
    "what is no document": (lambda: pledge().update(document="[]"), "the document cannot be read"),
    "a document with its hash": (lambda: rewrite(pledge()), "aid_type is 'military', and should be 'financial'"),
    "the document of another": (
        lambda: one(kind="party", public_id="NLD").update(
            **one(kind="party", public_id="UKR").values("document", "sha256", "name", "search").get()
        ),
        "party NLD v1: the document is that of UKR",
    ),
    "a derived column": (lambda: pledge().update(earliest="2024-01-01"), "earliest is datetime.date(2024, 1, 1)"),
    "a name": (lambda: one(kind="platform").update(name="X"), "name is 'X', and should be 'Eurofighter'"),
    "a facet": (
        lambda: Facet.objects.filter(value="military").update(value="financial"),
        "the facets differ: [('aid_type'",
    ),
    "a facet too many": (
        lambda: Facet.objects.create(publication=pledge().get(), name="beneficiary", value="DEU"), "the facets differ",
    ),
    "a facet erased": (
        lambda: erase("tracker_facet", "name = 'beneficiary'"),
        "the facets differ: [('beneficiary', 'UKR')]",
    ),
    "a listing": (
        lambda: Listing.objects.filter(contributor="DEU", category="").update(day="2024-01-01"),
        "the listings differ: DEU",
    ),
    "when a listing was closed": (
        lambda: Listing.objects.filter(contributor="").update(recorded_to="2030-01-01T00:00Z"), "the listings differ",
    ),
    "a listing erased": (lambda: erase("tracker_listing", "contributor = ''"), "the listings differ"),
    "a condition": (
        lambda: rows().filter(item=1).update(condition="new"), "condition is 'new', and should be ''",
    ),
    "the year of the announcement": (
        lambda: rows().update(announced_year=2024), "announced_year is 2024, and should be 2025",
    ),
    "euros": (
        lambda: Contribution.objects.filter(eur_cents=500).update(eur_cents=F("eur_cents") + 1),
        "pledge DEU-ND-0001 v1 DEU-ND-0001.1.0.DEU.stated: eur_cents is 501, and should be 500",
    ),
    "a rate": (lambda: Contribution.objects.filter(rate_usd__gt=1).update(rate_usd=1), "usd_cents is"),
    "units": (lambda: rows().update(quantity_millionths=None), "quantity_millionths is None, and should be 1500000"),
    "what a row is netted against": (lambda: rows().update(is_netted=True), "is_netted is True, and should be False"),
    "a row erased": (
        lambda: erase("tracker_contribution", f"id = {rows()[0].pk}"),
        "DEU-2025-0001.1.1.DEU.unvalued: this row is missing",
    ),
    "a row added": (
        lambda: Contribution.objects.bulk_create([_copied(rows()[0], public_id="more")]),
        "more: this row is posted, and should not be",
    ),
    "a row at another record": (
        lambda: Contribution.objects.bulk_create(
            [_copied(rows()[0], public_id="more", publication=one(kind="party", public_id="NLD").get())]
        ),
        "party NLD v1: contributions are posted with what is no pledge",
    ),
    "when a row was closed": (
        lambda: rows().update(recorded_to="2030-01-01T00:00Z"),
        "contributions are recorded to another moment than their publication",
    ),
    "when a version was closed": (
        lambda: Publication.objects.filter(kind="party", public_id="DEU", version=1).update(
            recorded_to="2030-01-01T00:00Z"
        ),
        "party DEU v2: the version before is recorded to 2030-01-01",
    ),
    "a version closed that stands": (
        lambda: one(kind="party", public_id="DEU").update(recorded_to="2030-01-01T00:00Z"),
        "party DEU: no version stands since 2030-01-01",
    ),
    "when a version was opened": (
        lambda: one(kind="party", public_id="NLD").update(recorded_from="2020-01-01T00:00Z"),
        "party NLD v1: recorded from 2020-01-01",
    ),
    "the first version erased": (lambda: erase_version(1), "party DEU v2: version 1 is missing"),
    "the newest version erased": (lambda: erase_version(2), "party DEU: no version stands since"),
    "a record hidden as withdrawn": (
        lambda: one(kind="party", public_id="NLD").update(is_tombstone=True),
        "party NLD v1: the document and the mark of a tombstone contradict each other",
    ),
    "a tombstone taken away": (
        lambda: Publication.objects.filter(is_tombstone=True).update(is_tombstone=False),
        "the document and the mark of a tombstone contradict each other",
    ),
    "a message": (lambda: alter(message="Nothing much"), "message is 'Nothing much', and was"),
    "a cause": (lambda: alter(cause="method"), "link 2 (change set"),
    "who reviewed it": (
        lambda: alter(reviewer=UserFactory(username="nobody")), "reviewer is",
    ),
    "a document with all that follows from it": (
        lambda: rewrite(one(kind="category", public_id="jets"), '"Jets"', '"Jet"'),
        "versions is",
    ),
    "the rates of rows": (lambda: Contribution.objects.filter(rate_usd__gt=1).update(rate_usd=1), "): rates is"),
    "a rate that was loaded": (lambda: ExchangeRate.objects.update(rate="1.5"), "link 1 (change set"),
    "a rate put in later": (lambda: ExchangeRateFactory(date="2020-01-02"), "figures is"),
    "a rate of what is not published": (
        lambda: ExchangeRateFactory(date="2020-01-02", change_set=ChangeSetFactory()),
        "it is in force, and change set #",
    ),
    "what a link covers": (
        lambda: ChainLink.objects.filter(number=2).update(document="{}"),
        "link 2: the hash is not that of what it covers",
    ),
    "the hash of a link": (
        lambda: ChainLink.objects.filter(number=2).update(sha256="0" * 64), "link 3 (change set",
    ),
    "a count": (
        lambda: ChainLink.objects.filter(number=ChainLink.objects.count()).update(counts={"pledge": 99}),
        "pledge: it noted 99 rows, and there are",
    ),
    "a link erased": (lambda: erase("tracker_chainlink", "number = 2"), "chain: link 2 is missing"),
    "the newest link erased": (
        lambda: erase("tracker_chainlink", f"number = {ChainLink.objects.count()}"), "no link of the chain covers it",
    ),
}  # fmt: skip


def _copied(row: Contribution, **changes: Any) -> Contribution:
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    return row


@pytest.mark.parametrize("what", TAMPERINGS)
def test_tampering_is_reported(what: str) -> None:
    tamper, words = TAMPERINGS[what]
    tamper()
    assert words in verify()


def test_who_kept_a_head_can_prove_that_nothing_before_it_is_altered(client: Client) -> None:
    said = StringIO()
    for change_set in client.get("/api/v1/change-sets/?fields=sha256,link").json()["results"]:
        assert hashlib.sha256(change_set["link"].encode()).hexdigest() == change_set["sha256"]
        call_command("verify_shelf", head=change_set["sha256"], stdout=said)
    newest = client.get("/api/v1/change-sets/?limit=1").json()["results"][0]["sha256"]
    assert f"The head of the chain is 6 {newest}." in said.getvalue()
    assert newest in client.get("/changes/").content.decode()
    with pytest.raises(CommandError):
        call_command("verify_shelf", head="0" * 64, stdout=said, stderr=said)
    assert f"no link of the chain has the hash {'0' * 64}: the register is not the one" in said.getvalue()


def test_each_link_names_the_one_before(client: Client) -> None:
    rows = client.get("/api/v1/change-sets/?ordering=published").json()["results"]
    links = [canonical.load(row["link"]) for row in rows]
    assert [link["number"] for link in links] == [1, 2, 3, 4, 5, 6]
    assert [link["previous"] for link in links] == ["", *(row["sha256"] for row in rows[:-1])]
    assert [(link["message"], str(link["change_set"])) for link in links] == [
        (row["message"], row["id"]) for row in rows
    ]
