"""From an edit to the explanation of a published number: two people, one change set, a part of it sent back."""

from typing import Any

from rest_framework.test import APIClient

from tests import factories
from tests.api.conftest import DESK

SETS = f"{DESK}/change-sets/"
CHANGES = "/api/v1/tables/contributions/changes/"
QUESTION = {"rows": "contributor", "columns": "none", "stage": "commitment"}


def test_part_is_published_part_goes_back_and_the_table_says_why(
    editor: APIClient, reviewer: APIClient, world: Any, api_client: APIClient
) -> None:
    factories.daily_rates(3)
    jets, money = f"{DESK}/pledges/DEU-2025-0001/", f"{DESK}/pledges/DEU-2025-0002/"
    working = editor.post(SETS, {"message": "Five Eurofighters, and two billion", "cause": "correction"}).json()["id"]
    items = [{"number": 1, "platform": "eurofighter-typhoon", "quantity": "exactly 5"}]
    entries = [{"stage": "commitment", "amount": "2000000000", "currency": "EUR", "date": "2025-09"}]
    given = [{"stage": "commitment", "item": 1, "quantity": "exactly 5"}]
    shares = [{"contributor": "DEU"}]
    for address, body in ((jets, {"items": items, "entries": given, "valuations": []}), (money, {"entries": entries})):
        body = body | {"shares": shares}
        answer = editor.patch(f"{address}?change_set={working}", body, headers={"If-Match": "*"})
        assert answer.status_code == 200, answer.content
    address = f"{SETS}{working}/"
    # The author sees which sums would move, before submitting; and cannot approve.
    effect = editor.post(f"{address}effect/").json()
    assert effect["problems"] == []
    quantity = "It changes 1 quantity: Germany, Eurofighter Typhoon, commitment, +5, to 5."
    assert effect["sentence"].endswith(quantity)
    [fighters] = effect["quantities"]
    assert (fighters["contributor"], fighters["platform"], fighters["stage"]) == (
        "DEU", "eurofighter-typhoon", "commitment",
    )  # fmt: skip
    assert (fighters["nature"], fighters["before"], fighters["after"]) == ("", "0.000000", "5.000000")
    assert {(cell["row"], cell["after"]) for cell in effect["changes"] if cell["table"] == "contributor"} == {
        ("DEU", "2000000000.00")
    }
    editor.post(f"{address}submit/")
    assert editor.post(f"{address}publish/").status_code == 403
    part = {"records": [{"kind": "pledge", "id": "DEU-2025-0001"}], "reason": "Which source says five?"}
    sent = reviewer.post(f"{address}send-back/", part)
    assert sent.status_code == 200, sent.content
    published = reviewer.post(f"{address}publish/").json()
    assert published["status"] == "published"
    [notice] = [each for each in editor.get(f"{DESK}/notices/").json()["results"] if each["what"] == "returned"]
    assert notice["text"] == "Which source says five?"
    moments = {"from": "2020-01-01T00:00:00Z", "to": published["published_at"]}
    answer = api_client.get(CHANGES, QUESTION | moments)
    assert answer.status_code == 200, answer.content
    [cell] = answer.json()["cells"]
    assert (cell["row"]["name"], cell["difference"]) == ("Germany", "2000000000.00")
    assert [(each["change_set"], each["cause"]) for each in cell["by_change_set"]] == [(str(working), "correction")]


def test_a_membership_moves_the_sum_of_its_group_as_its_effect_says(
    editor: APIClient, reviewer: APIClient, world: Any, api_client: APIClient
) -> None:
    union = f"{DESK}/groups/EU/"
    [kept] = [each for each in editor.get(union).json()["memberships"] if each["party"]["id"] != "DEU"]
    member = {**kept, "party": "POL"}
    begun = editor.post(SETS, {"message": "Two billion", "cause": "correction"}).json()["id"]
    entries = [{"stage": "commitment", "amount": "2000000000", "currency": "EUR", "date": "2025-09"}]
    undated = [{"stage": "allocation", "amount": "5", "currency": "EUR"}]
    body = {"entries": entries + undated, "valuations": [], "shares": [{"contributor": "DEU"}]}
    editor.patch(f"{DESK}/pledges/DEU-2025-0002/?change_set={begun}", body, headers={"If-Match": "*"})
    editor.patch(f"{union}?change_set={begun}", {"note": "With Germany"}, headers={"If-Match": "*"})
    before = _published(editor, reviewer, begun)
    working = editor.post(SETS, {"message": "Germany leaves", "cause": "correction"}).json()["id"]
    answer = editor.patch(f"{union}?change_set={working}", {"memberships": [member]}, headers={"If-Match": "*"})
    assert answer.status_code == 200, answer.content
    effect = editor.post(f"{SETS}{working}/effect/").json()
    assert "The largest change: European Union, commitment, EUR −2,000,000,000.00." in effect["sentence"]
    moments = {"from": before, "to": _published(editor, reviewer, working)}
    cells = api_client.get(CHANGES, {"rows": "group", "columns": "stage"} | moments).json()["cells"]
    assert {each["table"] for each in effect["changes"]} == {"group"}
    told = {(each["row"], each["stage"], each["before"], each["after"]) for each in effect["changes"]}
    assert told == {
        (each["row"]["id"], each["column"]["id"], each["before"] or "0.00", each["after"] or "0.00")
        for each in cells if each["row"]["id"]
    }  # fmt: skip
    assert len(told) == 2


def _published(editor: APIClient, reviewer: APIClient, number: int) -> str:
    """Publish a change set, and return the moment."""
    editor.post(f"{SETS}{number}/submit/")
    published = reviewer.post(f"{SETS}{number}/publish/")
    assert published.status_code == 200, published.content
    return str(published.json()["published_at"])
