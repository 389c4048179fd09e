"""List pages: search, filters, order, and how many queries they take."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from unfold.templatetags.unfold_list import results

from tests import factories
from tracker.admin.lists import paging
from tracker.admin.site.admin_site import site
from tracker.curation import search_texts
from tracker.curation.desk import records
from tracker.curation.review import change_sets
from tracker.filters import desk_search
from tracker.models import ChangeSet, PartyAlias, Pledge, SearchText, key_lists
from tracker.models.inserting import insert_columns

LISTS: dict[str, Any] = {
    **factories.RECORDS,
    "claim": factories.ClaimFactory, "changeset": factories.ChangeSetFactory, "edit": factories.EditFactory,
    "publication": factories.PublicationFactory, "facet": factories.FacetFactory,
    "contribution": factories.ContributionFactory, "exchangerate": factories.ExchangeRateFactory,
    "indicator": factories.IndicatorFactory,
}  # fmt: skip
"""A factory for the rows of each list."""


def found(browser: Any, kind: str, **query: str) -> list[str]:
    # Factories write past curation, which keeps these right: `test_search_texts` says so.
    if "q" in query:
        search_texts.renew()
    response = browser.get(f"/admin/tracker/{kind}/", query)
    assert response.status_code == 200
    return [record.public_id for record in response.context["cl"].result_list]


@pytest.mark.alike
@pytest.mark.parametrize("kind", LISTS)
def test_a_list_takes_the_same_number_of_queries_however_long(
    browsers: SimpleNamespace, users: SimpleNamespace, kind: str, django_assert_max_num_queries: Any
) -> None:
    address = f"/admin/tracker/{kind}/"
    made = LISTS[kind].create_batch(5)
    with django_assert_max_num_queries(40) as few:
        browsers.editor.get(address)
    made += LISTS[kind].create_batch(20)
    if hasattr(made[0], "public_id") and kind not in ("claim", "edit", "publication", "contribution"):
        for record in made[::2]:
            with records.edit(record=record, by=users.second_editor, at=timezone.now()):
                pass
    with django_assert_max_num_queries(len(few)):
        changelist = browsers.editor.get(address).context["cl"]
    assert len(changelist.result_list) >= 25
    # They are made faster than unfold makes them, and must follow it.
    assert [list(row) for row in changelist.rows()] == [list(row) for row in results(changelist)]


def test_rows_lead_back_to_a_list_that_is_searched_as_those_of_unfold_do(browsers: SimpleNamespace) -> None:
    factories.PledgeFactory(name="Drones & 100%", announced="2025")
    search_texts.renew()
    asked = {"q": '"drones & 100%"', "announced_earliest__year": "2025"}
    changelist = browsers.viewer.get("/admin/tracker/pledge/", asked).context["cl"]
    rows = [list(row) for row in changelist.rows()]
    assert rows == [list(row) for row in results(changelist)]
    assert "_changelist_filters=q%3D" in str(rows[0])


def test_all_pages_together_list_every_record_once(browsers: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [factories.PledgeFactory(announced=f"2025-0{month}").public_id for month in (3, 1, 4, 1, 5, 9, 2)]
    monkeypatch.setattr(site.get_model_admin(Pledge), "list_per_page", 2)
    pages = [found(browsers.viewer, "pledge", p=str(page)) for page in range(1, 5)]
    assert [len(page) for page in pages] == [2, 2, 2, 1]
    listed = [public_id for page in pages for public_id in page]
    assert sorted(listed) == sorted(made)
    assert listed == list(Pledge.objects.values_list("public_id", flat=True))


def test_pledges_are_found_however_they_came_to_the_desk(browsers: SimpleNamespace) -> None:
    renamed = factories.PledgeFactory(public_id="DEU-2025-0001", name="Something else")
    renamed.name = "Ten Flugabwehrgeschütze for Straßenbau"
    renamed.save()
    row = {"public_id": "TUR-2025-0099", "name": "Türkiye: 99  DRONES, 100% [a*b?]", "nature": "financing"}
    insert_columns(Pledge, [row | {"aid_type": "military"}])
    for term, ids in {
        "geschutze": [renamed.public_id], "STRASSENBAU ten": [renamed.public_id], "deu-2025": [renamed.public_id],
        "turkiye drones": ["TUR-2025-0099"], "99 türk": ["TUR-2025-0099"], "0099 100%": ["TUR-2025-0099"],
        "else": [], "drones_": [], "[a*b?]": ["TUR-2025-0099"], "[d]": [], "d?o*": [],
        "2025": [renamed.public_id, "TUR-2025-0099"],
    }.items():  # fmt: skip
        assert sorted(found(browsers.viewer, "pledge", q=term)) == ids, term


def test_a_pledge_is_found_by_what_it_is_of_and_by_whom(browsers: SimpleNamespace) -> None:
    germany = factories.PartyFactory(public_id="DEU", name="Germany")
    PartyAlias.objects.create(party=germany, name="Bundesrepublik")
    rocket = factories.PlatformFactory(public_id="m142", name="M142 HIMARS")
    pledge = factories.PledgeFactory(public_id="X-1", name="A pledge", share__contributor=germany)
    factories.ItemFactory(pledge=pledge, platform=rocket, description="Launchers on trucks")
    factories.EntryFactory(pledge=pledge, number=2, amount="1250000.50", currency="EUR")
    factories.ExternalIdFactory(public_id="X-1", source_id="DEM40")
    factories.PledgeFactory(public_id="X-2", name="Another")
    for term in ("HIMARS", "himars germany", "bundesrepublik", "trucks", '"launchers on"', "dem40", "1,250,000.50"):
        assert found(browsers.viewer, "pledge", q=term) == ["X-1"], term
    for term in ('"on launchers"', "himars norway", "1250000"):
        assert found(browsers.viewer, "pledge", q=term) == [], term


@pytest.mark.parametrize("few", [1, 5])
def test_many_that_are_found_are_listed_as_few_are(
    browsers: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(key_lists, "FEW", few)
    monkeypatch.setattr(paging, "FEW", few)
    for year in (2024, 2025, 2025):
        factories.PledgeFactory(name="Drones", announced=str(year))
    factories.PledgeFactory(name="Shells", announced="2026")
    search_texts.renew()
    response = browsers.viewer.get("/admin/tracker/pledge/", {"q": "drones"})
    assert response.context["cl"].result_count == 3
    assert [f"announced_earliest__year={year}" in response.content.decode() for year in (2024, 2025, 2026)] == [
        True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize("few", [1, 5])
def test_a_search_looks_for_what_it_finds_once(
    browsers: SimpleNamespace, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    monkeypatch.setattr(key_lists, "FEW", few)
    monkeypatch.setattr(paging, "FEW", few)
    for month in (3, 1, 4, 1, 5):
        factories.PledgeFactory(name="Drones", announced=f"2025-0{month}")
    factories.PledgeFactory(name="Shells", announced="2025-01")
    monkeypatch.setattr(site.get_model_admin(Pledge), "list_per_page", 2)
    listed = []
    for page in (1, 2, 3):
        with CaptureQueriesContext(connection) as asked:
            listed += found(browsers.viewer, "pledge", q="drones", p=str(page))
        statements = [query["sql"] for query in asked]
        searches = [sql for sql in statements if "LIKE" in sql]
        assert len(searches) == 1
        assert [sql for sql in statements if "COUNT(" in sql] == searches
    assert listed == list(Pledge.objects.filter(name="Drones").values_list("public_id", flat=True))


def test_a_filtered_search_counts_what_the_filter_keeps(browsers: SimpleNamespace) -> None:
    for year in (2024, 2025, 2025):
        factories.PledgeFactory(name="Drones", announced=str(year))
    factories.PledgeFactory(name="Shells", announced="2025")
    search_texts.renew()
    asked = {"q": "drones", "announced_earliest__year": "2025"}
    assert browsers.viewer.get("/admin/tracker/pledge/", asked).context["cl"].result_count == 2


def test_a_search_lists_a_pledge_once_however_often_a_filter_finds_it(
    browsers: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    pledges = [factories.PledgeFactory(name="Drones", announced="2025", entry__stage="delivery") for _each in range(3)]
    factories.PledgeFactory(name="Drones", announced="2025", entry__stage="commitment")
    for pledge in pledges:
        factories.EntryFactory(pledge=pledge, stage="delivery")
    monkeypatch.setattr(site.get_model_admin(Pledge), "list_per_page", 2)
    asked = {"q": "drones", "entries__stage__exact": "delivery"}
    pages = [found(browsers.viewer, "pledge", **asked, p=str(page)) for page in (1, 2)]
    assert pages[0] + pages[1] == sorted(pledge.public_id for pledge in pledges)


def plan(term: str, *refused: str) -> str:
    """Return how the database looks for pledges; PostgreSQL would read the whole of a table of few rows."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", *refused):
                cursor.execute(f"SET LOCAL enable_{way} = off")
    with CaptureQueriesContext(connection) as asked:
        desk_search.search(Pledge.objects.all(), term)
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN' if connection.vendor == 'sqlite' else ''} {asked[0]['sql']}")
        return str(cursor.fetchall())


@pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL has trigrams")
def test_a_search_for_three_letters_finds_them_by_trigrams(db: None) -> None:
    with connection.cursor() as cursor:
        if "search_text_trigrams" not in connection.introspection.get_constraints(cursor, SearchText._meta.db_table):
            pytest.skip("the extension is not allowed here")
    assert "search_text_trigrams" in plan("drones", "indexonlyscan", "indexscan")
    assert "search_text_trigrams" not in plan("99", "indexonlyscan", "indexscan")


@pytest.mark.alike
@pytest.mark.parametrize("kind", [kind for kind in LISTS if kind not in ("facet", "edit")])
def test_a_list_is_searched(browsers: SimpleNamespace, kind: str) -> None:
    LISTS[kind].create()
    # Counts beside the choices are none that lists here give: who asks for them gets the list.
    response = browsers.editor.get(f"/admin/tracker/{kind}/", {"q": "nothing like it", "_facets": "True"})
    assert list(response.context["cl"].result_list) == []
    said = response.content.decode()
    assert [words for words in ("objects", ">Run<", "Select action", ">By ") if words in said] == []


@pytest.mark.parametrize(
    ("term", "ids"),
    [
        ("turkiye", ["TUR"]), ("TÜRKIYE", ["TUR"]), ("Türkiye", ["TUR"]), ("tur", ["TUR"]), ("turkey", ["TUR"]),
        ("czech republic", ["CZE"]), ("republic czech", ["CZE"]), ("östen", ["OST"]), ("osten", ["OST"]),
        ("\0", ["CZE", "OST", "TUR"]), ("%", []), ("_", []),
    ],
)  # fmt: skip
def test_records_are_found_by_name_alias_and_id_whatever_the_accents(
    browsers: SimpleNamespace, term: str, ids: list[str]
) -> None:
    turkey = factories.PartyFactory(public_id="TUR", name="Türkiye")
    czechia = factories.PartyFactory(public_id="CZE", name="Czechia")
    factories.PartyFactory(public_id="OST", name="Östen")
    turkey.aliases.create(name="Turkey")
    czechia.aliases.create(name="Czech Republic")
    if term != "\0":
        assert sorted(found(browsers.viewer, "party", q=term)) == ids
    asked = {"app_label": "tracker", "model_name": "share", "field_name": "contributor", "term": term}
    suggested = browsers.editor.get("/admin/autocomplete/", asked).json()["results"]
    assert sorted(row["text"].rpartition(" · ")[2] for row in suggested) == ids


def test_the_best_match_is_suggested_first(browsers: SimpleNamespace) -> None:
    factories.PartyFactory(public_id="AAA", name="A fund for Germany")
    factories.PartyFactory(public_id="DEU", name="Germany")
    asked = {"app_label": "tracker", "model_name": "share", "field_name": "contributor", "term": "germany"}
    suggested = browsers.editor.get("/admin/autocomplete/", asked).json()["results"]
    assert [row["text"] for row in suggested] == ["Germany · DEU", "A fund for Germany · AAA"]


def test_pledges_are_filtered_by_state_of_publication(
    browsers: SimpleNamespace, users: SimpleNamespace, publish: Any
) -> None:
    never, published, changed, withdrawn = factories.PledgeFactory.create_batch(4)
    publish(published, changed, withdrawn)
    now = timezone.now()
    edit = records.withdraw(record=withdrawn, by=users.second_editor, at=now, reason="Twice.")
    assert edit is not None
    change_sets.submit(change_set=edit.change_set, by=users.second_editor, at=now)
    browsers.reviewer.post(f"/admin/tracker/changeset/{edit.change_set_id}/publish/")
    with records.edit(record=changed, by=users.editor, at=now):
        pass
    states = {
        "never_published": never,
        "published": published,
        "changed": changed,
        "withdrawn": withdrawn,
        "held": changed,
    }
    for state, pledge in states.items():
        assert found(browsers.viewer, "pledge", state=state) == [pledge.public_id], state
    assert len(found(browsers.viewer, "pledge")) == 4
    shown = browsers.viewer.get("/admin/tracker/pledge/").content.decode()
    for words in ("never published", "changed since", "withdrawn", "published", "held by"):
        assert words in shown


def test_pledges_are_filtered_by_group_date_stage_and_what_they_refer_to(browsers: SimpleNamespace) -> None:
    membership = factories.MembershipFactory(group__public_id="NATO")
    one = factories.PledgeFactory(share__contributor=membership.party, announced="2025-08")
    factories.ShareFactory(pledge=one, contributor=factories.MembershipFactory(group=membership.group).party)
    other = factories.PledgeFactory(announced="2024-01", aid_type="financial", entry__stage="delivery")
    asked = {
        "group": "NATO", "announced_earliest_from": "2025-01-01", "aid_type__exact": "military",
        "entries__stage__exact": "commitment", "shares__contributor__id__exact": str(membership.party.pk),
        "announced_earliest__year": "2025", "beneficiary__id__exact": str(one.beneficiary.pk),
    }  # fmt: skip
    for name, value in asked.items():
        assert found(browsers.viewer, "pledge", **{name: value}) == [one.public_id], name
    assert found(browsers.viewer, "pledge", announced_earliest_to="2024-12-31") == [other.public_id]
    assert found(browsers.viewer, "pledge", **asked) == [one.public_id]


def test_parties_are_filtered_by_group(browsers: SimpleNamespace) -> None:
    membership = factories.MembershipFactory(group__public_id="NATO")
    former = factories.MembershipFactory(group=membership.group, valid_to="2010-01-01")
    assert found(browsers.viewer, "party", group="NATO") == [membership.party.public_id]
    assert former.party.public_id in found(browsers.viewer, "party")


@pytest.mark.parametrize("kind", ["pledge", "platform"])
def test_lists_are_ordered_by_health(browsers: SimpleNamespace, kind: str) -> None:
    make = factories.PledgeFactory if kind == "pledge" else factories.PlatformFactory
    poor, fair = make(name="Poor"), make(name="Fair")
    good = make(name="Good")
    factories.FindingFactory(record_kind=kind, record_id=poor.public_id, severity=1)
    for number in range(3):
        factories.FindingFactory(record_kind=kind, record_id=fair.public_id, severity=2, field=f"items[#{number}]")
    waived = {"waived_by": factories.UserFactory(), "waived_at": factories.AT, "reason": "So it is."}
    factories.FindingFactory(record_kind=kind, record_id=good.public_id, severity=1, **waived)
    columns = browsers.editor.get(f"/admin/tracker/{kind}/").context["cl"].list_display
    place = [getattr(column, "__name__", column) for column in columns].index("health")
    listed = [poor.public_id, fair.public_id, good.public_id]
    assert found(browsers.editor, kind, o=f"-{place}") == listed
    page = browsers.editor.get(f"/admin/tracker/{kind}/", {"o": str(place)}).content.decode()
    assert page.index("good") < page.index("3 warnings") < page.index("1 error")


@pytest.mark.parametrize("typed", ["musee", "MUSÉE", "osterreich", "Österreich"])
@pytest.mark.parametrize(
    ("kind", "field", "made"),
    [
        ("changeset", "message", factories.ChangeSetFactory), ("changeset", "reason", factories.ChangeSetFactory),
        ("import", "title", factories.ImportFactory), ("import", "file_name", factories.ImportFactory),
        ("finding", "message", factories.FindingFactory), ("externalid", "source_id", factories.ExternalIdFactory),
        ("indicator", "source", factories.IndicatorFactory),
    ],
)  # fmt: skip
def test_what_people_wrote_is_found_whatever_the_accents(
    browsers: SimpleNamespace, typed: str, kind: str, field: str, made: Any
) -> None:
    for text in ("Musée, Österreich", "Musee, Osterreich", "Mosaic"):
        made(**{field: text})
    response = browsers.administrator.get(f"/admin/tracker/{kind}/", {"q": typed})
    listed = [getattr(row, field) for row in response.context["cl"].result_list]
    assert sorted(listed) == ["Musee, Osterreich", "Musée, Österreich"]


def test_what_people_wrote_is_found_however_many_spaces_it_has(browsers: SimpleNamespace) -> None:
    made = factories.ChangeSetFactory(message="The Fire  Point file")
    response = browsers.administrator.get("/admin/tracker/changeset/", {"q": '"fire point"'})
    assert [row.pk for row in response.context["cl"].result_list] == [made.pk]


def test_a_member_of_staff_is_found_whatever_the_accents(browsers: SimpleNamespace, users: SimpleNamespace) -> None:
    type(users.editor).objects.filter(pk=users.editor.pk).update(first_name="José", last_name="Łukasz")
    response = browsers.administrator.get("/admin/auth/user/", {"q": "jose lukasz"})
    assert [user.username for user in response.context["cl"].result_list] == ["editor"]


def test_a_change_set_is_found_by_its_records_and_the_words_of_its_message_together(browsers: SimpleNamespace) -> None:
    edits = [factories.EditFactory(public_id=f"DEU-2025-000{number}") for number in (1, 2)]
    for edit in edits:
        ChangeSet.objects.filter(pk=edit.change_set_id).update(message="Überprüft")
    response = browsers.viewer.get("/admin/tracker/changeset/", {"q": "uberpruft deu-2025-0001"})
    assert [row.pk for row in response.context["cl"].result_list] == [edits[0].change_set_id]
