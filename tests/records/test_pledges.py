"""Pledges as documents: whatever one says can be written, read and written back."""

from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from rest_framework.serializers import ValidationError

from tests.curation.desk import with_basics
from tests.examples import examples
from tests.ledger.strategies import CODES, pledges
from tracker.lib import canonical
from tracker.records.registry import KINDS, document_of


@pytest.mark.django_db
def test_whatever_a_pledge_says_comes_back() -> None:
    desk = with_basics()
    for code in CODES:
        if KINDS["party"].model.named(code) is None:
            desk.write("party", id=code, name=f"Party {code}")

    @settings(max_examples=examples(25), deadline=None)
    @given(pledges())
    def check(document: dict[str, Any]) -> None:
        with transaction.atomic():
            asked = {name: value for name, value in document.items() if name != "id"}
            record = desk.write("pledge", **asked)
            written = document_of(record)
            for part, names in (
                ("shares", ("amount", "currency")),
                ("entries", ("number", "stage", "date", "quantity")),
            ):
                assert [[row[name] for name in names] for row in written[part]] == [
                    [row[name] for name in names] for row in asked[part]
                ]
            assert [row["contributor"]["id"] for row in written["shares"]] == [
                row["contributor"]["id"] for row in asked["shares"]
            ]
            serializer = KINDS["pledge"].serializer(record, data=canonical.load(canonical.dump(written)))
            assert serializer.is_valid(), serializer.errors
            serializer.save()
            assert document_of(record) == written
            transaction.set_rollback(True)

    check()


@pytest.mark.django_db
def test_a_value_in_tiv_has_no_currency_and_all_others_have_one() -> None:
    desk = with_basics()
    value = {"entry": 1, "amount": "4.60"}
    for wrong in ({"basis": "tiv", "currency": "EUR"}, {"basis": "dataset"}):
        with pytest.raises(ValidationError, match="needs a currency, but for one in SIPRI TIV"):
            desk.pledge(valuations=[value | wrong])
    pledge = desk.pledge(valuations=[value | {"basis": "tiv"}])
    assert [(row.basis, row.currency) for row in pledge.valuations.all()] == [("tiv", "")]


@pytest.mark.django_db
def test_a_part_of_a_unit_is_refused_where_the_currency_has_none() -> None:
    desk = with_basics()
    entry = {"stage": "commitment", "amount": "1.00", "currency": "JPY"}
    value = {"entry": 1, "basis": "dataset", "amount": "2", "currency": "JPY"}
    for wrong in (
        {"entries": [entry | {"amount": "1.5"}]},
        {"shares": [{"contributor": "DEU", "amount": "0.5", "currency": "JPY"}]},
        {"entries": [entry], "valuations": [value | {"low": "1.50"}]},
    ):
        with pytest.raises(ValidationError, match="JPY has no smaller unit; round it to a whole number"):
            desk.pledge(**wrong)
    pledge = desk.pledge(entries=[entry], valuations=[value])
    assert [str(one.amount) for one in pledge.entries.all()] == ["1.00"]
