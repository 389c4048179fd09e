"""By which words pledges are found: right after every way of writing, whatever they refer to is called."""

from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.curation.desk import Desk
from tests.exchange.kiel import plan_of, row, write
from tracker.curation import search_texts
from tracker.curation.importing import applying
from tracker.curation.review import change_sets
from tracker.filters.desk_search import search
from tracker.models import Party, Pledge


def found(words: str) -> list[str]:
    """Return what a search finds; none of the texts is another than it would be if it were made now."""
    assert search_texts.renew() == 0
    return sorted(search(Pledge.objects.all(), words).values_list("public_id", flat=True))


@pytest.fixture
def pledge(desk: Desk) -> Any:
    desk.write("initiative", id="skies", name="Open Skies", kind="coalition", aliases=["Ciel ouvert"])
    return desk.pledge(
        name="Jets", initiative="skies", description="Before winter", note="Call back",
        shares=[{"contributor": "DEU"}, {"contributor": "NLD"}],
        items=[{"number": 1, "platform": "ef", "quantity": "4", "description": "From the air force's stock"}],
        claims=[{"document": "source", "quote": "four of them"}],
    )  # fmt: skip


WORDS = (
    "jets", "winter", '"call back"', "germany netherlands ukraine", "ukr", "eurofighter", "fighters", '"air force"',
    "skies", "ouvert", '"four of them"', '"a source"', "1,000,000", "germany winter eurofighter 1000000",
)  # fmt: skip


def test_a_pledge_is_found_by_its_own_words_and_by_those_of_what_it_refers_to(pledge: Any) -> None:
    assert [words for words in WORDS if found(words) != [pledge.public_id]] == []
    assert [words for words in WORDS if found(f"{words} nowhere")] == []


def test_a_rename_reaches_the_pledges_that_refer_to_the_record(desk: Desk, pledge: Any) -> None:
    other = desk.pledge(name="Other", shares=[{"contributor": "NLD"}])
    for kind, change, words in (
        ("party", {"id": "DEU", "aliases": ["Bundesrepublik"]}, "bundesrepublik"),
        ("party", {"id": "DEU", "name": "Deutschland"}, "deutschland"),
        ("platform", {"id": "ef", "name": "Typhoon"}, "typhoon"),
        ("category", {"id": "fighters", "name": "Interceptors"}, "interceptors"),
        ("document", {"id": "source", "name": "A paper"}, '"a paper"'),
        ("pledge", {"id": other.public_id, "links": [{"link": "backfills", "target": pledge.public_id}]}, "other jets"),
    ):
        desk.write(kind, **change)
        assert found(words) == [other.public_id if kind == "pledge" else pledge.public_id], words
    desk.write("pledge", id=pledge.public_id, name="Planes")
    assert found("germany") == found("jets") == []
    assert found("planes") == sorted([pledge.public_id, other.public_id])


def test_what_is_discarded_is_found_as_before(desk: Desk, pledge: Any) -> None:
    desk.publish()
    desk.write("party", id="DEU", name="Deutschland")
    desk.write("pledge", id=pledge.public_id, items=[])
    fresh = desk.pledge(name="Drones")
    assert (found("deutschland"), found("eurofighter")) == (sorted([pledge.public_id, fresh.public_id]), [])
    desk.discard()
    assert found("deutschland") == found("drones") == []
    assert found("germany eurofighter") == [pledge.public_id]


def test_what_an_import_writes_is_found_by_the_ids_of_the_dataset(desk: Desk, tmp_path: Path) -> None:
    factories.PartyFactory(public_id="FIN", name="Finland")
    factories.PlatformFactory(public_id="leopard-2", name="Leopard 2")
    sources = "https://example.org/a\nhttps://b.org"
    rows = [
        row("DEM40", "DEM40_1", donor="Germany", item="Leopard 2", source_of_aid_1=sources),
        row("FIM1", "0", value="900", measure="Commitment"), row("FIM1", "FIM1_1", part_value="300"),
        row("FIM1", "FIM1_2", part_value="250", channel="Drone Capability Coalition"),
    ]  # fmt: skip
    applied = applying.apply(plan=plan_of(write(tmp_path / "a.csv", rows)), author=desk.editor, at=factories.AT)
    assert applied.change_set
    (tanks,) = found("dem40")
    assert found('germany "leopard 2" ukraine') == found("b.org germany") == [tanks]
    umbrella, one, other = found("finland")
    assert found("drone capability coalition") == [other]
    assert found(umbrella) == [umbrella, one, other]
    assert len(found("ukraine")) == 4
    change_sets.discard(change_set=applied.change_set, by=desk.editor, at=factories.AT)
    assert found("ukraine") == found("dem40") == []


def test_texts_are_mended_where_records_were_written_otherwise(desk: Desk, pledge: Any) -> None:
    Party.objects.filter(public_id="DEU").update(name="Deutschland", found_by="deutschland deu")
    assert search(Pledge.objects.all(), "deutschland").count() == 0
    assert search_texts.renew() == 1
    assert found("deutschland") == [pledge.public_id]
