"""The evidence of the register is checked: what does not hold is said, and how far the rest is supported."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.curation.desk import with_basics
from tracker.curation.desk.texts import Reading, take_in
from tracker.models import Claim, Document

pytestmark = pytest.mark.django_db


def check() -> tuple[Any, int]:
    """Return what the command says, and its exit code."""
    out = StringIO()
    try:
        call_command("check_register", format="json", stdout=out)
    except CommandError as error:
        return json.loads(out.getvalue()), error.returncode
    return json.loads(out.getvalue()), 0


def test_what_holds_and_what_does_not() -> None:
    desk = with_basics()
    desk.write("document", id="paper", name="A paper")
    paper = Document.objects.get(public_id="paper")
    reading = Reading("Germany gives a million euros to Ukraine.", "as it is")
    take_in(document=paper, reading=reading, by=desk.editor, at=desk.at)
    amount = {"document": "paper", "quote": "a million euros", "field": "entries[commitment].amount"}
    desk.pledge(claims=[amount, {"document": "paper", "quote": "to Ukraine", "field": "beneficiary"}])
    desk.publish()
    found, code = check()
    assert (code, found["problems"], found["claims"]) == (0, [], {"passage": 2})
    assert found["coverage"]["supported"] == 2
    assert found["contributors"] == {"DEU": found["coverage"]}
    Claim.objects.filter(field="beneficiary").update(quote="to Poland", support="passage")
    found, code = check()
    assert (code, found["claims"]) == (1, {"passage": 1, "broken": 1})
    assert "does not hold" in found["problems"][0]["message"]
