"""Likely twins in a plan: said before anything is written, in the file and beside the register, until told apart."""

import io
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests import factories
from tests.admin.conftest import client_of
from tests.admin.importing import applied, page_of
from tests.api.conftest import DESK
from tests.api.conftest import client_of as program_of
from tests.exchange.kiel import make_parties, plan_of, receive, row, write
from tracker.curation.importing import imports
from tracker.curation.merging.twins import keep_apart
from tracker.curation.twins.likely_pairs import twins_among
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.models import Import, Party, Pledge

pytestmark = pytest.mark.django_db

SAME: dict[str, Any] = {"value": "300", "part_value": "300", "explanation": "Generators for hospitals"}
TWICE = [row("FIM1", **SAME), row("FIM2", **SAME), row("FIM3", value="44", part_value="44", explanation="Trucks")]


@pytest.fixture
def typed(db: None) -> Pledge:
    """A pledge that somebody typed, which two rows of the file say, too."""
    make_parties()
    made: Pledge = factories.PledgeFactory(
        public_id="FIN-typed", name="Generators for hospitals", announced="2024-05-17", entry__amount=300,
        beneficiary=Party.objects.get(public_id="UKR"), share__contributor=Party.objects.get(public_id="FIN"),
        entry__stage="allocation",
    )  # fmt: skip
    return made


def test_twins_are_shown_before_anything_is_written(typed: Pledge, users: SimpleNamespace) -> None:
    imported = receive(users.editor, TWICE)
    plan_import.enqueue(imported.pk)
    program = program_of(users.editor)
    plan = program.get(f"{DESK}/imports/{imported.pk}/plan/").json()
    assert plan["notices"][0].startswith("3 pairs of pledges, of which at least one is new")
    assert "3 of them are undecided" in plan["notices"][0]
    assert (plan["twins"]["count"], plan["twins"]["undecided"]) == (3, 3)
    listed = program.get(f"{DESK}/imports/{imported.pk}/twins/").json()["results"]
    found = {(twin["source_id"], twin["other"] or twin["other_source_id"]): twin for twin in listed}
    # Beside the register first.
    assert list(found) == [("FIM1", "FIN-typed"), ("FIM2", "FIN-typed"), ("FIM1", "FIM2")]
    in_file, beside = found["FIM1", "FIM2"], found["FIM2", "FIN-typed"]
    assert (in_file["rows"], in_file["other_rows"], in_file["other_said"]) == ([2], [3], in_file["said"])
    assert (beside["rows"], beside["other_rows"], beside["other_name"]) == ([3], [], "Generators for hospitals")
    assert beside["said"]["amounts"] == [["commitment", "EUR", "300.00"], ["allocation", "EUR", "300.00"]]
    assert {"same contributor", "same day", "same amounts"} <= set(beside["reasons"])

    browser = client_of(users.editor)
    assert page_of(imported, "twins/") in browser.get(page_of(imported)).content.decode()
    page = browser.get(page_of(imported, "twins/")).content.decode()
    assert page.count(f'href="{reverse("admin:record", args=["pledge", "FIN-typed"])}"') == 2
    assert "(row 3)" in page


def test_tranches_are_none_and_a_dry_run_says_twins(typed: Pledge, tmp_path: Path) -> None:
    tranches = [row("FIM4", f"FIM4_{number}", part_value="70", explanation="Tents") for number in (1, 2)]
    out = io.StringIO()
    path = write(tmp_path / "21.csv", TWICE + tranches)
    call_command("import_records", path, profile="kiel", release="21", dry_run=True, stdout=out)
    assert "3 pairs with a new pledge" in out.getvalue()
    assert "FIN-typed “Generators for hospitals”: " in out.getvalue()
    assert {twin.source_id for twin in plan_of(path).twins} == {"FIM1", "FIM2"}


def test_what_was_found_to_be_different_is_not_shown_again(
    typed: Pledge, users: SimpleNamespace, tmp_path: Path
) -> None:  # fmt: skip
    imported = applied(users, client_of(users.editor), TWICE)
    alike = Pledge.objects.filter(entries__amount=300).order_by("public_id").distinct()
    assert imported.change_set is not None
    assert len(alike) == 3
    for one, other in combinations(alike, 2):
        keep_apart(one=one, other=other, by=users.editor, at=factories.AT)
    assert plan_of(write(tmp_path / "22.csv", TWICE), "22").twins == []
    more = plan_of(write(tmp_path / "22.csv", [*TWICE, row("FIM8", **SAME)]), "22").twins
    assert {twin.source_id for twin in more} == {"FIM8"}
    assert sorted((twin.other, twin.other_rows) for twin in more)[-1] == ("FIN-typed", [])
    assert sorted(twin.other_rows for twin in more) == [[], [2], [3]]


def test_more_has_to_speak_for_two_of_one_file_than_for_one_of_the_register(
    typed: Pledge, users: SimpleNamespace
) -> None:  # fmt: skip
    later = row("FIM9", value="300", part_value="300", explanation="Pumps", announcement_date="2024-05-30")
    imported = receive(users.editor, [*TWICE, later])
    plan_import.enqueue(imported.pk)
    shown = [(twin.source_id, twin.other or twin.other_source_id) for twin in imported.twins.all()]
    assert shown == [
        ("FIM1", "FIN-typed"), ("FIM2", "FIN-typed"), ("FIM9", "FIN-typed"), ("FIM1", "FIM2"),
    ]  # fmt: skip
    # What nobody decided about is in the list of likely twins afterwards, and nothing else.
    imports.accept(imported=Import.objects.get(), by=users.editor)
    apply_import.enqueue(imported.pk)
    ids = dict(imported.steps.values_list("source_id", "public_id")) | {"FIN-typed": "FIN-typed"}
    assert {frozenset((twin.one, twin.other)) for twin in twins_among()} == {
        frozenset((ids[one], ids[other])) for one, other in shown
    }
