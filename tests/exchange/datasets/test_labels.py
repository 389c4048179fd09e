"""Labels: names in sources, and the records that go by them."""

import pytest

from tests.factories import PartyFactory, PlatformFactory
from tracker.exchange.drafting.labels import Labels, branches
from tracker.models import Category, CategoryAlias, PartyAlias, PlatformAlias

pytestmark = pytest.mark.django_db


@pytest.fixture
def parties() -> Labels:
    for public_id, name, aliases in (
        ("CZE", "Czechia", ["Czech Republic"]),
        ("TUR", "Türkiye", ["Turkey"]),
        ("FIN", "Finland", []),
        ("EU", "European Union", ["EU (Commission and Council)"]),
    ):
        party = PartyFactory(public_id=public_id, name=name)
        for alias in aliases:
            PartyAlias.objects.create(party=party, name=alias)
    return Labels.load("party")


@pytest.mark.parametrize(
    ("label", "public_id"),
    [
        ("Czechia", "CZE"),
        ("\N{CYRILLIC CAPITAL LETTER ES}zechia", "CZE"),
        (" czech\N{NO-BREAK SPACE}republic\n", "CZE"),
        ("Turkiye", "TUR"),
        ("TURKEY", "TUR"),
        ("FInland", "FIN"),
        ("fin", "FIN"),
        ("EU (Commission and Council)", "EU"),
        ("Utopia", None),
        ("", None),
        (" ", None),
    ],
)
def test_found_whatever_the_spelling(parties: Labels, label: str, public_id: str | None) -> None:
    assert parties.find(label) == public_id


def test_loading_takes_two_queries(parties: Labels, django_assert_num_queries: pytest.FixtureRequest) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        Labels.load("party")


def test_what_is_near_comes_once_a_record_and_best_first(parties: Labels) -> None:
    assert parties.near("Czech Rep.")[0] == ("CZE", "Czechia")
    ids = [public_id for public_id, _name in parties.near("Czech Republik", 5)]
    assert len(ids) == len(set(ids))
    assert parties.near("qqqq") == []
    assert parties.near("") == []


def test_labels_without_a_record_are_collected_with_their_rows(parties: Labels) -> None:
    for row, label in enumerate(["Utopia", "Finland", "Czech Rep", "UTOPIA", "", "Czech  Rep", "utopia "], start=2):
        parties.resolve(label, row)
    found = [(use.kind, use.label, use.rows, use.first_row) for use in parties.unmatched()]
    assert found == [("party", "Utopia", 3, 2), ("party", "Czech Rep", 2, 4)]
    assert parties.unmatched()[1].nearest[0] == ("CZE", "Czechia")


def test_a_name_counts_before_an_alias_and_a_shared_one_for_nobody() -> None:
    Category.objects.create(public_id="mortars", name="Mortars")
    other = Category.objects.create(public_id="guns", name="Guns")
    CategoryAlias.objects.create(category=other, name="mortars")
    Category.objects.create(public_id="tanks-1", name="Tanks")
    Category.objects.create(public_id="tanks-2", name="TANKS")
    labels = Labels.load("category")
    assert labels.find("Mortars") == "mortars"
    assert labels.find("tanks") is None
    assert labels.find("tanks-2") == "tanks-2"


@pytest.fixture
def equipment() -> Labels:
    """Platforms and their names, with the branch of the category of each."""
    tops = {name: Category.objects.create(public_id=name, name=name.title()) for name in ("ammunition", "air-defence")}
    for public_id, name, alias, top in (
        ("patriot", "Patriot", "Patriot air defense system", "air-defence"),
        ("nlaw", "NLAW", "NLAW anti-tank weapon", "air-defence"),
        ("hawk", "MIM-23 HAWK", "HAWK air defense system", "air-defence"),
        ("t-72", "T-72", "", "air-defence"),
        ("excalibur", "Excalibur", "Excalibur round", "ammunition"),
    ):
        platform = PlatformFactory(public_id=public_id, name=name, category=tops[top])
        if alias:
            PlatformAlias.objects.create(platform=platform, name=alias)
    labels = Labels.load("platform")
    labels.branches = branches()
    return labels


@pytest.mark.parametrize(
    ("label", "nearest", "likely"),
    [
        ("Patriot air defence system (Germany)", "patriot", True),
        ("Patriott", "patriot", True),
        ("Patriot launcher", "patriot", False),
        ("T-72M1", "", False),
        ("T-64", "", False),
        ("anti-tank weapon", "", False),
        ("man-portable air defense system", "", False),
        # What is fired is offered nothing that fires it.
        ("missiles for HAWK", "", False),
        ("Patriot munition", "", False),
        ("Excalibur shell", "excalibur", False),
        ("Excalibur rounds", "excalibur", True),
    ],
)
def test_what_is_near_is_told_by_telling_words(equipment: Labels, label: str, nearest: str, likely: bool) -> None:
    equipment.resolve(label, 2)
    (found,) = equipment.unmatched()
    assert [public_id for public_id, _name in found.nearest][:1] == ([nearest] if nearest else [])
    assert (found.likeness >= 60) is likely


def test_what_a_row_calls_ammunition_is_offered_no_weapon(equipment: Labels) -> None:
    equipment.resolve("Patriot PAC-2", 2, "ammunition")
    equipment.resolve("Patriot PAC-3", 3, "air-defence")
    first, second = equipment.unmatched()
    assert (first.nearest, [public_id for public_id, _name in second.nearest]) == ([], ["patriot"])


def test_labels_that_say_the_same_are_one_group(equipment: Labels) -> None:
    for row, label in enumerate(
        ["helmet", "Helmets (France)", "helmet", "unspecified helmet", "helmet type 2"], start=2
    ):
        equipment.resolve(label, row)
    groups = {found.label: found.group for found in equipment.unmatched()}
    assert groups == {
        "helmet": "helmet", "Helmets (France)": "helmet", "unspecified helmet": "helmet",
        "helmet type 2": "helmet type 2",
    }  # fmt: skip
