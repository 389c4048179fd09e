"""Bad input gives clear errors, never a 500, and writes nothing."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from tests import factories
from tests.admin.conftest import answer_without_page, errors_of, form_data, list_without_page, new_pledge, without_page
from tests.admin.garbage import EVERY, GARBAGE
from tracker.models import ChangeSet, Pledge

ROWS = {
    "shares": ["contributor", "fraction", "amount", "currency", "DELETE", "id"],
    "entries": [
        "number", "stage", "amount", "currency", "date", "item_number", "quantity", "is_total", "note", "id",
    ],
    "items": [
        "number", "platform", "category", "description", "quantity", "quantity_words", "modality", "supplier",
        "stock_owner", "requirement",
    ],
    "claims": [
        "document", "quote", "passage_start", "passage_end", "locator", "field", "value", "verdict", "reason", "id",
    ],
    "valuations": ["entry_number", "item_number", "basis", "amount", "low", "high", "currency", "source"],
    "links": ["link", "target", "note"],
}  # fmt: skip
FIELDS = [
    "name", "announced", "initiative", "nature", "aid_type", "beneficiary", "host", "meeting", "package", "aid_kind",
    "description", "public_id", "opened_as",
    *(f"{prefix}-0-{field}" for prefix, fields in ROWS.items() for field in fields),
    *(f"{prefix}-{count}" for prefix in ROWS for count in ("TOTAL_FORMS", "INITIAL_FORMS")),
]  # fmt: skip
SAID_OF_ROWS = {
    "A fraction lies between": {"shares-0-fraction"},
    "The amount lies between low and high": {f"valuations-0-{field}" for field in ("amount", "low", "high")},
    "There is no number 1": {"entries-0-number", "items-0-number"},
    "There is no field “": {"claims-0-field"},
}
"""What is said of a row and not of a field, and the fields that it is about."""
TOGETHER = [
    [field for field in FIELDS if not field.endswith("_FORMS")],
    [field for field in FIELDS if field.endswith("-TOTAL_FORMS")],
    [field for field in FIELDS if field.endswith("-INITIAL_FORMS")],
]
"""Fields that can all be refused in one answer."""
UNREAD = {"DELETE", "id", "is_total", "INITIAL_FORMS", "opened_as"}
"""Fields of which a new pledge reads only whether they are there, or nothing."""


@pytest.fixture
def answers(users: SimpleNamespace, world: SimpleNamespace) -> dict[str, object]:
    """A pledge with one row of each sort, which would be saved."""
    return new_pledge(
        users.editor, world,
        items__TOTAL_FORMS=1, items__0__platform=world.platform.pk, items__0__modality="unknown",
        claims__TOTAL_FORMS=1, claims__0__document=world.document.pk, claims__0__verdict="adopted",
        valuations__TOTAL_FORMS=1, valuations__0__entry_number=1, valuations__0__basis="dataset",
        valuations__0__amount="1m",
        links__TOTAL_FORMS=1, links__0__link="restates", links__0__target=factories.PledgeFactory().pk,
    )  # fmt: skip


@pytest.mark.parametrize("what", GARBAGE)
def test_garbage_in_each_field_of_the_pledge_form(
    users: SimpleNamespace, answers: dict[str, object], what: str
) -> None:
    """Each field that holds it is named, or it is taken: those not yet named are sent again without the rest."""
    # Two thousand rows, which is what Django stops at, take long: that is tried once, below.
    for left in TOGETHER[:1] if what == "huge" else TOGETHER:
        while left and (named := named_by_form(users, answers | dict.fromkeys(left, cut(what, len(left))), left)):
            left = [field for field in left if field not in named]
        assert what not in ("a NUL", "NULs within") or {field.rpartition("-")[2] for field in left} <= UNREAD


def cut(what: str, times: int) -> str:
    """Return garbage as long as a request may hold it so many times."""
    return GARBAGE[what][: 2**20 // times]


def named_by_form(users: SimpleNamespace, answers: dict[str, object], fields: list[str]) -> set[str]:
    """Send the form of a pledge, and return which of `fields` it is refused for; none where it is saved.

    What is refused for no field fails, as does what is written all the same; what is saved is taken back.
    """
    with transaction.atomic():
        response = without_page(users.editor, answers)
        saved = response.status_code == 302
        assert Pledge.objects.count() == 1 + saved, fields
        transaction.set_rollback(True)
    if saved:
        return set()
    errors = errors_of(response)
    named = {form[name].html_name for form in forms_of(response) for name in form.errors if name in form.fields}
    named |= {field for field in fields if re.search(rf"\b{field}[.,]", errors)}
    named |= {field for words, of_several in SAID_OF_ROWS.items() if words in errors for field in of_several}
    assert named.intersection(fields), (fields, errors)
    return named


def forms_of(response: Any) -> list[Any]:
    """Return the form of the record and those of its rows."""
    inlines = response.context_data["inline_admin_formsets"]
    return [response.context_data["adminform"].form, *(form for inline in inlines for form in inline.formset.forms)]


@pytest.mark.parametrize("what", GARBAGE)
def test_a_page_with_garbage_in_every_field_is_shown_again(
    browsers: SimpleNamespace, answers: dict[str, object], what: str
) -> None:
    # All together stay below what a request may hold.
    everywhere = {field: GARBAGE[what][: 2**15] for field in FIELDS if not field.endswith(("_FORMS", "DELETE"))}
    response = browsers.editor.post("/admin/tracker/pledge/add/", answers | everywhere)
    assert response.status_code == 200
    assert "<script>alert(1)" not in response.content.decode()
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize("count", ["TOTAL_FORMS", "INITIAL_FORMS"])
def test_more_rows_than_there_can_be_are_refused(
    users: SimpleNamespace, answers: dict[str, object], count: str
) -> None:
    response = without_page(users.editor, answers | {f"links-{count}": "9" * 400})
    assert response.status_code == 200
    assert Pledge.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "garbage", "message"),
    [
        ("announced", "2025-13-45", "there is no month 13"),
        ("entries-0-date", "2025-13-45", "there is no month 13"),
        ("entries-0-currency", "ZZZ", "“ZZZ” is not an ISO 4217 currency code"),
        ("shares-0-currency", "euro", "“EURO” is not an ISO 4217 currency code"),
        ("shares-0-amount", "-5", "Must not be negative"),
        ("entries-0-amount", "1.500", "“1.500” can be 1.5 or 1500: write the one you mean"),
        ("entries-0-amount", "JPY 1.5", "JPY has no smaller unit"),
        ("entries-0-date", "5/6/2025", "“5/6/2025” can be 2025-06-05 or 2025-05-06: write the one you mean"),
        ("items-0-quantity", "about 1.000", "“about 1.000” can be 1 or 1000"),
        ("items-0-number", "1.000", "“1.000” can be 1 or 1000"),
        ("entries-0-amount", "9" * 20, "is larger than 9,999,999,999,999.99"),
        ("entries-0-quantity", "-5", "“-5” is negative"),
        ("items-0-quantity", "lots", "“lots” is not a quantity"),
        ("items-0-number", "0", "greater than or equal to 1"),
        ("entries-0-item_number", "9", "There is no number 9; there are 1."),
        ("shares-0-fraction", "2", "A fraction lies between 0 and 1, that is 0 and 100 %."),
        ("name", "\0", "Null characters are not allowed."),
        ("announced", "\0", "Null characters are not allowed."),
        ("public_id", "x" * 101, "at most 100 characters"),
    ],
)
def test_errors_name_what_was_found_and_what_would_be_right(
    users: SimpleNamespace, answers: dict[str, object], field: str, garbage: str, message: str
) -> None:
    assert message in errors_of(without_page(users.editor, answers | {field: garbage}))


def test_garbage_in_a_saved_pledge_leaves_it_as_it_was(browsers: SimpleNamespace, world: SimpleNamespace) -> None:
    pledge = factories.PledgeFactory()
    page = f"/admin/tracker/pledge/{pledge.pk}/change/"
    data = form_data(browsers.editor.get(page))
    for garbage in GARBAGE.values():
        fields = ("announced", "entries-0-amount", "entries-0-quantity", "entries-0-id", "shares-0-id")
        response = browsers.editor.post(page, data | dict.fromkeys(fields, garbage[: 2**19]))
        assert response.status_code == 200
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize("kind", ["pledge", "party", "claim", "changeset", "publication", "contribution", "meeting"])
def test_garbage_in_an_address(browsers: SimpleNamespace, users: SimpleNamespace, kind: str) -> None:
    # How an address is read is the same for every kind: the first is asked for all, the others for what differs most.
    of_kind = ("a NUL", "a date that is none", "huge", "a script") if kind == "pledge" else ("a NUL", "huge")
    garbage = [EVERY[name] for name in of_kind]
    names = (
        "q", "p", "o", "e", "state", "group", "all", "nature__exact", "initiative__id__exact", "id__exact",
        "announced_earliest_from", "announced_earliest__year", "nonsense", "_changelist_filters",
    )  # fmt: skip
    for value in garbage:
        for name in names:
            response = list_without_page(users.administrator, kind, {name: value})
            assert response.status_code in (200, 302), (name, value)
        assert browsers.administrator.get(f"/admin/tracker/{kind}/", {"q": value}).status_code in (200, 302), value
        for page in ("change", "delete", "history"):
            quoted = value.replace("/", "_").replace("\0", "%00")
            response = browsers.administrator.get(f"/admin/tracker/{kind}/{quoted}/{page}/")
            assert response.status_code in (302, 403, 404), (page, value)


def test_garbage_asked_of_the_helpers_of_the_form(browsers: SimpleNamespace) -> None:
    for value in GARBAGE.values():
        for reads in ("date", "quantity", "amount", value[:50]):
            assert browsers.editor.get("/admin/understood/", {"reads": reads, "text": value[:3000]}).status_code == 200
        asked = {"app_label": "tracker", "model_name": "share", "field_name": "contributor", "term": value[:3000]}
        assert browsers.editor.get("/admin/autocomplete/", asked).status_code == 200
        asked["page"] = value[:3000]
        assert browsers.editor.get("/admin/autocomplete/", asked).status_code in (200, 404)


@pytest.mark.alike
@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("party/add/", "iso_alpha2"), ("party/add/", "aliases-0-name"), ("group/add/", "memberships-0-valid_from"),
        ("platform/add/", "prices-0-amount"), ("package/add/", "number"), ("meeting/add/", "starts_at"),
        ("document/add/", "url"), ("incident/add/", "items-0-quantity"), ("changeset/add/", "message"),
        ("requirement/add/", "quantity"), ("official/add/", "held_from"), ("initiative/add/", "leads"),
    ],
)  # fmt: skip
def test_garbage_in_other_forms(
    browsers: SimpleNamespace, users: SimpleNamespace, world: SimpleNamespace, address: str, field: str
) -> None:
    data = form_data(browsers.editor.get(f"/admin/tracker/{address}"))
    if "-0-" in field:
        data[field.partition("-")[0] + "-TOTAL_FORMS"] = 1
    # Fields of the same sort read alike, and each garbage is sent to half of the forms.
    for garbage in [*GARBAGE.values()][len(address) % 2 :: 2]:
        answer = answer_without_page(users.editor, f"/admin/tracker/{address}", data | {"name": "Name", field: garbage})
        assert answer.status_code in (200, 302)
    # How it is shown again is the same for all of them.
    shown = browsers.editor.post(f"/admin/tracker/{address}", data | {"name": "", field: EVERY["a script"]})
    assert shown.status_code in (200, 302)
    assert "<script>alert(1)" not in shown.content.decode()
