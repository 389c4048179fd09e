"""The examples of the OpenAPI document are what the API answers, and fit what the document says of answers."""

import datetime as dt
import json
import os
import re
from typing import Any

import pytest
import requests
import schemathesis
from django.test import Client

from tests import factories
from tests.api.described import DESCRIBED
from tests.api.shelf import API
from tests.curation.desk import Desk
from tracker.api.protocol.negotiation import CSV, JSON, MEDIA_TYPES, NDJSON
from tracker.api.schema.examples import FILE
from tracker.curation.reference import indicators
from tracker.models import Indicator

RENEW = "EXAMPLES=renew pytest -n0 tests/api/schema/test_examples.py"
MOST = 2
"""How many elements of a list, rows of a page and lines of a file an example shows."""

HOST = "127.0.0.1:8000"
ASKED = {
    "parties/": "search=deu", "contributors/": "search=germany", "groups/": "search=nordic",
    "pledges/": "initiative=purl",
    "contributions/": "initiative=purl", "categories/": "search=fighter", "platforms/": "search=eurofighter",
    "change-sets/": "date_from=2025-10-21", "claims/": "record=pledge:DEU-2025-0001",
    "tables/contributions/": "stage=allocation&columns=year",
    "tables/contributions/cells/": "stage=allocation&columns=year&row=NLD&column=2025",
    "tables/contributions/changes/": "stage=allocation&columns=year&from=2025-10-20",
    "tables/by-group/": "group=EU", "tables/meeting-outcomes/": "date_from=2025-10-15",
}  # fmt: skip
"""What is asked of some addresses, so that their answers are short."""

PATHS = list(DESCRIBED["paths"])


def fill(register: Desk) -> None:
    """Add to the fixtures what they have none of: aid, a package of a mechanism, and a requirement."""
    factories.daily_rates()
    register.write(
        "requirement", id="fighters", name="Fighters", beneficiary="UKR", platform="eurofighter-typhoon", quantity="10",
        priority="urgent",
    )  # fmt: skip
    register.write("package", id="purl-1", name="PURL, first package", initiative="purl", number=1)
    aims = {"amount": "1000000000.00", "currency": "EUR", "per": "month", "date": "2025-08/2025-12"}
    register.write("initiative", id="purl", targets=[aims])
    euros = {"currency": "EUR", "date": "2025-08-04"}
    register.pledge(
        name="Netherlands: EUR 500 million for PURL", announced="2025-08-04", shares=[{"contributor": "NLD"}],
        initiative="purl", package="purl-1", meeting="ukraine-defense-contact-group-2025-10-15",
        items=[{"platform": "eurofighter-typhoon", "quantity": "2", "supplier": "USA", "requirement": "fighters"}],
        entries=[
            {"stage": "commitment", "amount": "500000000.00", **euros},
            {"stage": "allocation", "item": 1, "amount": "500000000.00", **euros},
            {"stage": "delivery", "item": 1, "quantity": "1", "date": "2025-09"},
        ],
    )  # fmt: skip
    for measure, figure in (("gdp_eur", 870_000_000_000), ("population", 17_475_415)):
        indicators.load(
            figures=[("NLD", "Netherlands", 2021, figure)],
            measure=Indicator.Measure(measure),
            change_set=register.open(),
            at=register.at,
        )
    register.publish(at=factories.AT + dt.timedelta(days=1))


def query_of(path: str) -> str:
    return ASKED.get(path.removeprefix(API), "limit=2" if "cursor" in parameters_of(path) else "")


def parameters_of(path: str) -> set[str]:
    return {parameter["name"] for parameter in DESCRIBED["paths"][path]["get"]["parameters"]}


def get(address: str) -> str:
    answer = Client().get(address, headers={"host": HOST})
    assert answer.status_code == 200, f"{address}: {answer.content[:500]!r}"
    return (answer.getvalue() if answer.streaming else answer.content).decode()


def address_of(path: str) -> str:
    """Return an address under a path that has an answer."""
    above, _brace, below = path.partition("{")
    if below:
        return f"{above}{json.loads(get(f'{above}?{query_of(above)}'))['results'][0]['id']}/"
    return f"{path}?{query_of(path)}".rstrip("?")


def shortened(answer: Any) -> Any:
    """Return an answer with its first few rows: of a list, a page, a table, or a file of lines."""
    if isinstance(answer, str):
        return "".join(answer.splitlines(keepends=True)[: MOST + 1])
    if isinstance(answer, list):
        return answer[:MOST]
    cut = ("results", "rows", "row_addresses")
    return {name: value[:MOST] if name in cut else value for name, value in answer.items()}


def without_numbers(path: str, text: str) -> str:
    """Return an answer in which numbers of change sets and accounts, which hang on what ran before, are all 1."""
    if "change-sets" not in path:
        return text
    text = re.sub(r'(?<="id":")\d+(?=")|^\d+(?=,)', "1", text, flags=re.MULTILINE)
    text = re.sub(r'((?:change_set|author|reviewer)[\\"]+:)\d+', r"\g<1>1", text)
    return re.sub(r"\b[0-9a-f]{64}\b", "0" * 64, text)


def answers(path: str) -> dict[str, Any]:
    """Return the examples of a path by media type."""
    address = address_of(path)
    found = {}
    for form in (JSON, CSV, NDJSON):
        if MEDIA_TYPES[form] in DESCRIBED["paths"][path]["get"]["responses"]["200"]["content"]:
            # A file has all rows.
            whole = address.removesuffix("?limit=2")
            asked = address if form == JSON else f"{whole}{'&' if '?' in whole else '?'}format={form}"
            text = without_numbers(path, get(asked))
            found[MEDIA_TYPES[form]] = {
                "address": re.sub(r"(?<=change-sets/)\d+", "1", asked),
                "answer": shortened(json.loads(text) if form == JSON else text),
            }
    return found


@pytest.mark.django_db
def test_examples_are_what_the_api_answers(register: Desk) -> None:
    fill(register)
    found = {path: answers(path) for path in PATHS}
    if os.environ.get("EXAMPLES") == "renew":
        FILE.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    kept = json.loads(FILE.read_text())
    assert list(kept) == list(found)
    for path, examples in found.items():
        assert kept[path] == examples, f"The API answers otherwise than its example says. Renew them: {RENEW}"


EXAMPLES = [
    (path, example["value"])
    for path in PATHS
    for example in DESCRIBED["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]
    .get("examples", {})
    .values()
]


def test_every_answer_has_an_example() -> None:
    assert [path for path, _value in EXAMPLES] == PATHS
    for path in PATHS:
        content = DESCRIBED["paths"][path]["get"]["responses"]["200"]["content"]
        assert all("examples" in content[each] for each in ("text/csv", "application/x-ndjson") if each in content)


@pytest.mark.parametrize(("path", "value"), EXAMPLES, ids=[path for path, _value in EXAMPLES])
def test_an_example_fits_what_the_document_says(path: str, value: Any) -> None:
    operation = schemathesis.openapi.from_dict(DESCRIBED)[path]["GET"]
    rows = value if isinstance(value, list) else value.get("results", value.get("rows", [value]))
    assert rows, "an example without rows shows nothing"
    request = requests.Request("GET", f"http://{HOST}{path}").prepare()
    operation.validate_response(
        schemathesis.Response(
            200, {"content-type": ["application/json"]}, json.dumps(value).encode(), request, elapsed=0.1, verify=False
        )
    )


PROBLEMS = DESCRIBED["components"]["responses"]


@pytest.mark.parametrize("name", PROBLEMS)
def test_every_refusal_has_an_example(name: str) -> None:
    (content,) = PROBLEMS[name]["content"].values()
    example = content["example"]
    assert set(example) >= {"type", "title", "status", "detail"}
    assert example["detail"] != f"{example['title']}.", "say what is wrong, as the API does"


def test_every_parameter_of_the_public_side_says_what_it_takes() -> None:
    free = {"cursor", "If-None-Match", "If-Modified-Since"}
    limits = ("enum", "pattern", "format", "minimum", "maxLength", "anyOf")
    for path in PATHS:
        for parameter in DESCRIBED["paths"][path]["get"].get("parameters", []):
            schema = parameter["schema"].get("items", parameter["schema"])
            assert parameter.get("description"), (path, parameter["name"])
            assert parameter["name"] in free or any(limit in schema for limit in limits), (path, parameter["name"])
