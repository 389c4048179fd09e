"""How much the suite tries: everything; or, with EXAMPLES=few, what is not the same on every database.

Then tests that need no database are left out, too, and those that none changes: see `tests/conftest.py`.
"""

import os
from typing import TypeVar

T = TypeVar("T")

FEW = os.environ.get("EXAMPLES") == "few"

SAME_ON_EVERY_DATABASE = (
    # How answers are written, described and sent: what they are read from is tried by tests of lists and tables.
    "tests/api/protocol/", "tests/api/schema/", "tests/api/public/test_query_counts.py",
    "tests/api/public/test_drafts.py", "tests/api/tables/test_table_files.py",
    *(f"tests/web/test_{page}.py" for page in (
        "addresses", "cells", "changes", "charts", "explore", "forms", "home", "languages", "map", "methodology",
        "named", "numbers", "reconciliation", "reports", "standing_charts", "taking_along", "what_pages_say",
    )),
    # Who may do what, and how forms are shown and read.
    "tests/api/desk/test_desk_permissions.py", "tests/api/desk/test_tokens.py",
    *(f"tests/admin/site/test_{page}.py" for page in ("people", "permissions", "site")),
    "tests/admin/evidence/", "tests/admin/records/", "tests/admin/lists/test_list_settings.py",
    "tests/admin/review/test_bulk_edits.py", "tests/admin/review/test_change_sets.py",
    *(f"tests/admin/test_garbage.py::test_{what}" for what in (
        "a_page_with_garbage_in_every_field", "errors_name_what_was_found", "more_rows_than_there_can_be",
    )),
    # Texts by REST: the command that loads them is tried on each.
    "tests/api/desk/test_desk_texts.py",
    # Files on their way in, by pages and addresses: what is written of them is tried by tests of exchange.
    "tests/admin/imports/", "tests/api/desk/test_import", "tests/exchange/datasets/test_cases.py",
    "tests/exchange/datasets/test_invented_quotes.py", "tests/exchange/datasets/test_real_files.py",
    "tests/exchange/datasets/test_two_releases.py", "tests/exchange/inbound/", "tests/exchange/profiles/test_sipri.py",
    "tests/exchange/datasets/test_conflicts.py", "tests/exchange/datasets/test_next_release.py",
    "tests/exchange/datasets/test_without_ids.py",
    *(f"tests/exchange/register/test_{what}" for what in (
        "desk_only", "register_fields", "register_plans", "registers.py::test_a", "registers.py::test_each",
        "registers.py::test_no", "registers.py::test_the", "registers.py::test_what",
    )),
    *(f"tests/management/test_demo.py::test_{what}" for what in ("a_run", "a_second_run", "what_is_no_port")),
    "tests/management/test_load_prices.py",
    # What is worked out in Python from rows as they are.
    "tests/curation/evidence/", "tests/curation/proposing/", "tests/curation/test_quality.py",
    "tests/management/test_compare_bases.py", "tests/management/test_reports.py", "tests/test_fixtures.py",
    "tests/api/desk/test_working_in_reports.py", "tests/exchange/datasets/test_decided_twins.py",
    # Merging by each way in, and of each kind: of pledges it is tried on each.
    "tests/curation/test_merging_every_kind.py", "tests/curation/test_stays_merged.py",
    "tests/admin/review/test_merging.py", "tests/api/desk/test_desk_merging.py",
    # The desk by REST, whose writes and searches are those of the admin, where races are tried.
    "tests/api/desk/test_desk_change_sets.py", "tests/api/desk/test_desk_claims.py", "tests/api/public/test_no_text.py",
    *(f"tests/admin/review/test_holding.py::test_{what}" for what in (
        "a_form_without", "a_record_held", "a_record_that_waits", "a_stale_form", "where_an_edit_goes", "a_withdrawal",
    )),
)  # fmt: skip
"""Beginnings of the paths of tests that another database cannot change, or that others show there more cheaply."""


def examples(number: int) -> int:
    """Return how many examples hypothesis tries where it usually tries `number`."""
    return max(number // 5, 1) if FEW else number


def by_database(values: dict[str, T], *names: str) -> dict[str, T]:
    """Return `values`; of few, those called `names`, which databases themselves take in different ways."""
    return {name: values[name] for name in names} if FEW else values
