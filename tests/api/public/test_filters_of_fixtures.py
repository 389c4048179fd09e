"""What records of every kind are narrowed by, on the fixtures; and how what is unknown is refused."""

from typing import Any

import pytest

from tests.api.shelf import LISTS, TABLE, ids, messages, read
from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("parties/?group=EU&as_of=2025-10-20", 27),
        ("parties/?group=NATO", 32),
        ("parties/?group=EU&on=2012-01-01", 27),
        ("parties/?group=EU&on=2013-07-01", 28),
        ("parties/?group=EU&on=2020-02-01", 27),
        ("parties/?group=EU&on=1950-01-01", 0),
        ("parties/?on=2012-01-01", None),
        ("parties/?group=EU,NATO", 36),
        ("parties/?kind=union,alliance", None),
        ("groups/?party=GBR", None),
        ("categories/?within=aircraft", None),
        ("platforms/?category=aircraft", None),
        ("initiatives/?kind=mechanism", ["purl"]),
        ("initiatives/?beneficiary=UKR&supplier=USA", ["purl"]),
        ("initiatives/?status=proposed", None),
        ("initiatives/?date_from=2025-09-01&date_to=2025-09-30", ["eastern-sentry"]),
        ("meetings/?party=DEU&official=boris-pistorius", ["ukraine-defense-contact-group-2025-10-15"]),
        ("meetings/?initiative=purl", ["ukraine-defense-contact-group-2025-10-15"]),
        ("meetings/?date_from=2025-10-16", []),
        ("officials/?party=DEU", ["boris-pistorius"]),
        ("incidents/?actor=RUS&place=POL", ["drones-in-polish-airspace"]),
        ("incidents/?intent=presumed", None),
        # Its first day is open: its last one counts.
        ("incidents/?date_from=2025-09-30&date_to=2025-09-30", None),
        ("documents/?kind=article", 1),
        ("claims/?verdict=rejected&record_kind=meeting", ["nato-discusses-better-deterrence-0015"]),
        ("claims/?record=pledge:DEU-2025-0001", 6),
        ("change-sets/?cause=reference&date_from=2025-10-20&date_to=2025-10-20", 1),
        ("change-sets/?date_from=2025-10-21", 0),
        ("packages/?initiative=purl", 0),
        ("requirements/?priority=urgent&beneficiary=UKR", 0),
    ],
)
def test_records_of_the_fixtures_are_filtered(address: str, found: Any, register: Desk) -> None:
    rows = ids(f"{address}&limit=500")
    if isinstance(found, list):
        assert rows == found
    elif found is None:
        assert 0 < len(rows) < len(ids(f"{address.partition('?')[0]}?limit=500"))
    else:
        assert len(rows) == found


@pytest.mark.parametrize("name", [*LISTS, "tables/contributions"])
def test_an_unknown_parameter_names_the_nearest_and_those_allowed(name: str, db: None) -> None:
    (message,) = messages(f"{name}/?as_off=2025-01-01").values()
    assert "Did you mean as_of?" in message
    assert "as_of" in message.partition("Allowed are: ")[2].rstrip(".").split(", ")
    assert set(messages(f"{name}/?limit[]=5")) == {"limit[]"}
    assert set(messages(f"{name}/?as_of=2025-01-01&as_of=2025-01-02")) == {"as_of"}


@pytest.mark.parametrize(
    ("path", "repeated", "joined"),
    [
        ("pledges/", "contributor=DEU&limit=5&contributor=CZE", "contributor=DEU,CZE&limit=5"),
        ("pledges/", "fields=name&fields=nature,id", "fields=name,nature,id"),
        ("meetings/", "forum=nato-defence-ministers&forum=ukraine-defense-contact-group",
         "forum=nato-defence-ministers,ukraine-defense-contact-group"),
        ("tables/contributions/", "nature=deployment&rows=host&rows=contributor&columns=none",
         "nature=deployment&rows=host,contributor&columns=none"),
        ("tables/by-group/", "group=G7&group=NORDIC", "group=G7,NORDIC"),
    ],
)  # fmt: skip
def test_a_list_is_one_parameter_or_several(path: str, repeated: str, joined: str, register: Desk) -> None:
    found, same = read(f"{path}?{repeated}"), read(f"{path}?{joined}")
    for name in ("next", "lineage"):
        found.pop(name, None), same.pop(name, None)
    assert found == same


@pytest.mark.parametrize("name", ["search", "ordering", "date_from", "amount_to", "cursor", "format", "as_of", "limit"])
def test_what_takes_one_value_is_refused_with_two(name: str, register: Desk) -> None:
    assert messages(f"contributions/?{name}=1&{name}=1") == {name: "Given twice; it takes one value."}


@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ("stage=comitment", "stage", "did you mean commitment? Allowed are: pledge, commitment"),
        ("nature=gift", "nature", "allowed are: transfer, financing, deployment"),
        ("aid_type=Military", "aid_type", "did you mean military?"),
        ("contributor=GER", "contributor", "There is no party “GER”"),
        ("contributor=DEU,XXX", "contributor", "“XXX”"),
        ("group=UE", "group", "EU (European Union)"),
        ("platform=eurofigther", "platform", "eurofighter-typhoon"),
        ("category=fighters", "category", "fighter-aircraft"),
        ("date_from=2025-13-45", "date_from", "is not a day such as 2025-08-31"),
        ("date_to=20250831", "date_to", "is not a day"),
        ("date_to=2025-W35-7", "date_to", "is not a day"),
        ("amount_from=-5", "amount_from", "is not an amount in euros such as 1000000 or 0.50"),
        ("amount_to=1,000", "amount_to", "is not an amount"),
        ("amount_to=0.001", "amount_to", "is not an amount"),
        ("amount_from=5&amount_to=1", "amount_to", "Nothing is 5 or more and 1 or less: swap the two."),
        ("date_from=2025-05&date_to=2024", "date_to", "Nothing is 2025-05-01 or more and 2024-12-31 or less"),
        ("ordering=size", "ordering", "llowed are"),
        ("fields=", "fields", "Empty"),
        ("stage=,", "stage", "nothing between the commas"),
        ("stage=", "stage", "Empty"),
        ("format=xml", "format", "llowed are: json"),
    ],
)
def test_an_unknown_value_says_what_is_allowed(query: str, field: str, said: str, register: Desk) -> None:
    for name in ("pledges", "contributions"):
        found = messages(f"{name}/?{query}")
        assert set(found) == {field}
        assert said in found[field]


def test_all_wrong_filters_are_named_at_once(register: Desk) -> None:
    assert set(messages("pledges/?stage=x&contributor=x&date_from=x&amount_to=x")) == {
        "stage", "contributor", "date_from", "amount_to",
    }  # fmt: skip
    assert set(messages(f"{TABLE}?stage=x&contributor=x")) == {"stage", "contributor"}
