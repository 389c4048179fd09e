"""Lists and records of the shelf, as an analyst reads them."""

import datetime as dt

import pytest
from django.test import Client

from tests.api.conftest import refusal_of
from tests.api.shelf import API, LISTS, TABLE, ids, messages, read
from tests.curation.desk import Desk

pytestmark = pytest.mark.django_db

DETAILS = [
    "contributors/DEU/", "beneficiaries/UKR/", "parties/EU/", "groups/NATO/", "categories/aircraft/",
    "platforms/eurofighter-typhoon/", "initiatives/purl/", "initiatives/eastern-sentry/",
    "forums/ukraine-defense-contact-group/", "meetings/ukraine-defense-contact-group-2025-10-15/",
    "officials/boris-pistorius/", "incidents/drones-in-polish-airspace/", "pledges/DEU-2025-0001/",
    "documents/nato-discusses-better-deterrence/", "claims/nato-discusses-better-deterrence-0001/",
    "contributions/DEU-2025-0001.1.1.DEU.unvalued/",
]  # fmt: skip


def test_eastern_sentry_has_five_pledges(register: Desk) -> None:
    answer = read("pledges/?initiative=eastern-sentry")
    assert answer["count"] == len(answer["results"]) == 5
    german = next(row for row in answer["results"] if row["id"] == "DEU-2025-0001")
    (item,) = german["items"]
    assert item["platform"]["id"] == "eurofighter-typhoon"
    assert (item["quantity"]["qualifier"], item["quantity"]["low"]) == ("exact", 4)
    assert german["host"]["id"] == "POL"
    assert all(claim["passage_end"] > claim["passage_start"] for claim in german["claims"])
    assert german["claims"]


def test_the_contact_group_met_on_15_october(register: Desk) -> None:
    answer = read("meetings/?forum=ukraine-defense-contact-group")
    (meeting,) = answer["results"]
    assert meeting["date"]["edtf"] == "2025-10-15"
    chairs = [row["official"]["name"] for row in meeting["participations"] if row["role"] == "chair"]
    assert chairs == ["Boris Pistorius", "John Healey"]
    briefing, appeal = meeting["agenda"]
    assert (briefing["status"], briefing["speaker"]["id"]) == ("planned", "rustem-umerov")
    assert (appeal["status"], appeal["initiative"]["id"]) == ("planned", "purl")
    (rejected,) = [claim for claim in meeting["claims"] if claim["verdict"] == "rejected"]
    assert "Umerov" in rejected["quote"]
    assert "July 2025" in rejected["reason"]


@pytest.mark.parametrize("address", DETAILS)
def test_records_are_found_by_public_id(address: str, register: Desk) -> None:
    assert read(address)["id"] == address.split("/")[1]


@pytest.mark.parametrize("words", ["Türkiye", "turkiye", "TURKEY", "republic türkiye", "T%C3%BCrkiye"])
def test_a_search_folds_case_and_accents(words: str, register: Desk) -> None:
    assert ids(f"parties/?search={words}") == ["TUR"]


def test_a_search_finds_rows_of_the_ledger_by_their_pledge(register: Desk) -> None:
    assert ids("contributions/?search=eurofighter") == ["DEU-2025-0001.1.1.DEU.unvalued"]


def test_fields_are_chosen_and_the_id_is_always_there(register: Desk) -> None:
    assert read("pledges/DEU-2025-0001/?fields=nature,name") == {
        "id": "DEU-2025-0001", "name": "Germany: four Eurofighters for Eastern Sentry", "nature": "deployment",
    }  # fmt: skip
    assert [list(row) for row in read("parties/?fields=name,id&limit=2")["results"]] == [["id", "name"]] * 2
    assert "did you mean name? Allowed are: id, name" in messages("parties/?fields=nam")["fields"]


def test_an_unknown_id_names_the_nearest(register: Desk) -> None:
    assert "DEU" in read("parties/deu/", 404)["detail"]
    assert "eastern-sentry" in read("initiatives/eastern-sentri/", 404)["detail"]
    assert read("change-sets/987654/", 404)["status"] == 404


def test_what_is_withdrawn_is_gone_with_its_reason(register: Desk) -> None:
    pledge = register.pledge(shares=[{"contributor": "FRA"}])
    register.publish()
    (row,) = ids(f"contributions/?pledge={pledge.public_id}")
    before = dt.datetime.isoformat(register.now)
    register.withdraw(pledge)
    change_set = register.publish()
    gone = read(f"pledges/{pledge.public_id}/", 410)
    assert "It was entered twice." in gone["detail"]
    assert change_set.message not in gone["detail"]
    assert pledge.public_id in read(f"contributions/{row}/", 410)["detail"]
    assert pledge.public_id not in ids("pledges/")
    then = {"as_of": before}
    assert Client().get(f"{API}pledges/{pledge.public_id}/", then).status_code == 200


def test_published_change_sets_say_what_changed_and_name_nobody(register: Desk) -> None:
    pledge = register.pledge(shares=[{"contributor": "FRA"}])
    register.publish()
    register.withdraw(pledge)
    register.publish()
    register.write("party", id="FRA", name="France, renamed")
    register.submit()
    newest, before, first = read("change-sets/")["results"]
    fields = ["id", "message", "cause", "published_at", "alone_reason", "reverts", "sha256", "link", "records"]
    assert list(newest) == fields
    record = {"kind": "pledge", "id": pledge.public_id}
    assert newest["records"] == [record | {"action": "withdraw", "version": 2}]
    assert before["records"] == [record | {"action": "save", "version": 1}]
    assert first["message"] == "Fixtures"
    text = Client().get(f"{API}change-sets/").content.decode()
    assert not any(f'"{user.username}"' in text for user in (register.editor, register.reviewer))


def test_an_etag_differs_by_address_and_after_a_publishing(register: Desk) -> None:
    client = Client()
    addresses = [
        f"{API}pledges/", f"{API}pledges/?limit=1", f"{API}pledges/DEU-2025-0001/", TABLE, f"{TABLE}?format=csv",
        f"{API}change-sets/", f"{API}tables/", API,
    ]  # fmt: skip
    tags = {address: client.get(address)["ETag"] for address in addresses}
    assert len(set(tags.values())) == len(addresses)
    for address, tag in tags.items():
        for known in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            unchanged = client.get(address, headers={"if-none-match": known})
            assert (unchanged.status_code, unchanged.content) == (304, b"")
            assert unchanged["ETag"] == tag
            assert unchanged["Cache-Control"] == "public, no-cache"
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    register.pledge()
    register.publish()
    for address, tag in tags.items():
        assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_a_condition_does_not_hide_what_is_wrong(register: Desk) -> None:
    for address in ("pledges/NOPE/", "pledges/?stage=nope", f"{TABLE}?rows=nope"):
        answer = Client().get(address if address.startswith("/") else API + address, headers={"if-none-match": "*"})
        assert "nope" in refusal_of(answer, answer.status_code).lower()
        assert answer.status_code in (400, 404)


def test_the_index_leads_to_every_list(register: Desk) -> None:
    listed = {row["name"]: row["url"] for row in read("")}
    assert set(listed) == {*LISTS, "tables", "columns", "docs", "schema"}
    for name, url in listed.items():
        assert Client().get(url.removeprefix("http://testserver")).status_code == 200, name
    for table in read("tables/"):
        assert read(table["url"].removeprefix("http://testserver"))["as_of"], table["name"]


def test_addresses_without_a_slash_and_unknown_ones(db: None) -> None:
    assert Client().get(f"{API}pledges?limit=3")["Location"] == f"{API}pledges/?limit=3"
    assert read("nothing/", 404)["status"] == 404


def test_the_tag_of_an_answer_that_was_compressed_on_its_way_is_known(register: Desk) -> None:
    tag = Client().get(f"{API}parties/")["ETag"]
    for sent in (f'"{tag[1:-2]}"', f'{tag[:-1]}-gzip"', f'W/{tag[:-1]}-gzip"', f'{tag[:-1]}--br"'):
        status = Client().get(f"{API}parties/", headers={"If-None-Match": sent}).status_code
        assert status == (304 if sent.removeprefix("W/").startswith(tag[:-1]) else 200), sent
