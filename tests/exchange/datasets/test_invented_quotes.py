"""An invented quote on a field that there is not: refused by REST and by import, and told what would be right."""

import pytest
from rest_framework.test import APIClient

from tests.exchange.registers import Register, add, planned, reasons
from tracker.curation.desk.texts import Reading, take_in
from tracker.exchange.datasets.report import summary
from tracker.models import Claim, Document

pytestmark = pytest.mark.django_db

CONTENT = "Germany is contributing four Eurofighter jets."
INVENTED = {"document": "paper", "quote": "Germany sends nine Eurofighter jets", "field": "items[leopard].colour"}
SAID = (
    "“Germany sends nine Eurofighter jets” does not stand in the text of A paper. "
    "Nearest: “Germany is contributing four Eurofighter jets",
    "There is no field “items[leopard].colour”; there are: ",
)


def refused(told: str) -> None:
    assert all(words in told for words in SAID), told
    assert not Claim.objects.filter(quote=INVENTED["quote"]).exists()


def test_by_rest_and_by_import(register: Register) -> None:
    desk = register.desk
    desk.write("document", id="paper", name="A paper")
    paper = Document.objects.get(public_id="paper")
    take_in(document=paper, reading=Reading(CONTENT, "as it is"), by=desk.editor, at=desk.at)
    client = APIClient()
    client.force_authenticate(desk.editor)
    body = INVENTED | {"record": {"kind": "pledge", "id": "DEU-2025-9000"}}
    answer = client.post("/api/v1/desk/claims/", body, format="json")
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["field"] == "field"
    refused(error["message"])
    sheets = register.only("claims")
    add(sheets["claims"], **INVENTED, kind="pledge", record="DEU-2025-9000")
    plan = planned(sheets)
    told = reasons(plan)[("claims", len(sheets["claims"]))]
    assert told.startswith("invalid: ")
    refused(told)
    [said] = [line for line in summary(plan) if "Germany sends nine" in line]
    refused(said)
