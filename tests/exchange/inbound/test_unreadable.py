"""A cell that cannot be read changes nothing, whichever part of a fact it carries."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import factories
from tests.exchange.kiel import make_parties, plan_of, row, write
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome

pytestmark = pytest.mark.django_db
WHOLE = row("FIM1", value="500", part_value="500", item="Leopard 2", item_numb="4", item_type="Heavy weapon")


@pytest.mark.parametrize(
    "blank", ["", " ", "\N{ZERO WIDTH SPACE}", "\N{WORD JOINER}\N{NO-BREAK SPACE}", "\N{BYTE ORDER MARK}"]
)
def test_a_cell_without_a_visible_character_is_empty(tmp_path: Path, blank: str) -> None:
    make_parties()
    cells = {"announcement_date": blank, "item_numb": blank, "reporting_currency": blank, "tot_activity_value": blank}
    plan = plan_of(write(tmp_path / "kiel.csv", [WHOLE | cells]))
    assert plan.rows[0].notes == ()


@pytest.mark.parametrize(
    ("cells", "unread"),
    [
        ({"reporting_currency": "#NAME?"}, 1),
        ({"reporting_currency": "EUROPA"}, 1),
        ({"value_source_activity_type": "#REF!"}, 1),
        ({"item_numb": "#REF!"}, 1),
        ({"item_numb": "four or so"}, 1),
        ({"tot_activity_value": "USD 500"}, 1),
        ({"announcement_date": "#VALUE!", "explanation": "#N/A"}, 2),
    ],
)
def test_a_cell_that_cannot_be_read_changes_nothing_and_is_counted(
    users: SimpleNamespace, tmp_path: Path, cells: dict[str, Any], unread: int
) -> None:
    make_parties()
    first = plan_of(write(tmp_path / "first.csv", [WHOLE]), "21")
    applying.apply(plan=first, author=users.editor, at=factories.AT)
    plan = plan_of(write(tmp_path / "next.csv", [WHOLE | cells]), "22")
    assert [(step.outcome, step.fields) for step in plan.steps] == [(Outcome.UNCHANGED, [])]
    assert plan.notices[0].startswith(f"{unread} cell")
    assert len([note for note in plan.rows[0].notes if note.endswith("it cannot be read.")]) == unread
