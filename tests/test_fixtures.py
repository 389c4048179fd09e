"""The fixtures: they load, they load again, and what they say is what their source says."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Model
from django.test import TestCase

from tracker.curation.publishing.fixtures import fixture_names
from tracker.lib.text import fold
from tracker.models import (
    CategoryAlias,
    Claim,
    Document,
    Entry,
    Group,
    Incident,
    IncidentItem,
    Initiative,
    InitiativeAlias,
    Item,
    Meeting,
    Party,
    PartyAlias,
    Platform,
    PlatformAlias,
    Pledge,
)
from tracker.models.base import Alias, Part, Record

FIXTURES = fixture_names()
SEED = Path(settings.BASE_DIR).parent / "shared" / "data" / "seed"
SOURCE = "nato-discusses-better-deterrence"
CONTACT_GROUP_MEETING = "ukraine-defense-contact-group-2025-10-15"
DAY = dt.date(2025, 10, 15)

MODELS = [
    model
    for model in apps.get_app_config("tracker").get_models()
    if issubclass(model, Record | Part) and not model._meta.proxy
]
ALIASES: list[type[Alias]] = [PartyAlias, CategoryAlias, PlatformAlias, InitiativeAlias]


def rows() -> Iterator[Model]:
    """Yield every record and every part of a record on the desk."""
    for model in MODELS:
        yield from model.objects.all()


def counts() -> dict[str, int]:
    """Return the number of rows of each model of the desk."""
    return {model.__name__: model.objects.count() for model in MODELS}


def members(group: str, at: dt.date) -> set[str]:
    """Return the public ids of the members of `group` on the day `at`."""
    return {party.public_id for party in Group.objects.get(public_id=group).members_on(at)}


@cache
def source_text() -> str:
    """Return the text of the source document, found by its hash. Skips where there is no copy of it."""
    digest = Document.objects.get(public_id=SOURCE).sha256
    for path in sorted(SEED.glob("*.txt")):
        if hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            return path.read_text(encoding="utf-8")
    pytest.skip(f"the source document of the fixtures is not in {SEED}")


def sentences(text: str) -> set[str]:
    """Return the sentences of `text`, bare of the marks around them."""
    return {sentence.strip(" .:;!?'\"") for sentence in re.split(r"(?<=[.!?])['\"]?\s+|\n+", text)}


class ReferenceTests(TestCase):
    """Parties, groups, categories and platforms."""

    fixtures = FIXTURES

    def test_counts_of_the_source_document(self) -> None:
        nato, eu = members("NATO", DAY), members("EU", DAY)
        assert (len(nato), len(eu), len(nato & eu)) == (32, 27, 23)

    def test_eu_had_27_members_before_croatia_and_after_the_united_kingdom(self) -> None:
        before, after = members("EU", dt.date(2012, 1, 1)), members("EU", dt.date(2020, 2, 1))
        assert len(before) == len(after) == len(members("EU", DAY)) == 27
        assert before - after == {"GBR"}
        assert after - before == {"HRV"}
        assert "GBR" in members("EU", dt.date(2020, 1, 31)), "its last day"

    def test_g7_and_nordic_countries(self) -> None:
        assert members("G7", DAY) == {"CAN", "DEU", "FRA", "GBR", "ITA", "JPN", "USA"}
        assert "CAN" not in members("G7", dt.date(1976, 1, 1))
        assert members("NORDIC", DAY) == {"DNK", "FIN", "ISL", "NOR", "SWE"}

    def test_every_state_has_its_codes(self) -> None:
        states = Party.objects.filter(party_kind=Party.Kind.STATE)
        former = states.filter(public_id__in=["CSK", "DDR", "SUN", "YUG"])
        assert states.count() - former.count() == 197, (
            "193 members and 2 observers of the United Nations, Kosovo and Taiwan"
        )
        assert former.count() == 4, "registers of arms transfers go back to when they were"
        for state in states:
            assert re.fullmatch("[A-Z]{3}", state.public_id), state
            assert re.fullmatch("[A-Z]{2}", state.iso_alpha2), state

    def test_parties_are_found_by_the_names_in_sources(self) -> None:
        named = {fold(party.name): party.public_id for party in Party.objects.all()}
        named |= {alias.folded: alias.party.public_id for alias in PartyAlias.objects.select_related("party")}
        for name, public_id in {
            "Czech Republic": "CZE", "Türkiye": "TUR", "Turkey": "TUR", "USA": "USA", "UK": "GBR",
            "FInland": "FIN", "Korea, South": "KOR", "The Netherlands": "NLD",
            "EU (Commission and Council)": "EU", "European Peace Facility": "EPF", "EIB": "EIB",
        }.items():  # fmt: skip
            assert named[fold(name)] == public_id, name

    def test_no_alias_is_the_name_of_another_record(self) -> None:
        for model in ALIASES:
            owner = next(field for field in model._meta.fields if field.is_relation)
            names = {fold(record.name): record for record in owner.related_model.objects.all()}
            for alias in model.objects.select_related(owner.name):
                record = getattr(alias, owner.name)
                assert names.get(alias.folded, record) == record, alias

    def test_every_platform_is_in_a_branch_of_the_tree(self) -> None:
        platforms = Platform.objects.select_related("category")
        assert [str(platform) for platform in platforms if platform.category.parent_id is None] == []


class LoadingTests(TestCase):
    """What `loaddata` makes of the files."""

    fixtures = FIXTURES

    def test_loading_again_doubles_nothing(self) -> None:
        before = counts()
        call_command("loaddata", *FIXTURES, verbosity=0)
        assert counts() == before

    def test_every_file_is_loaded(self) -> None:
        assert {path.stem for path in (settings.BASE_DIR / "fixtures").glob("*.json")} == set(FIXTURES)

    def test_every_row_passes_its_checks(self) -> None:
        for row in rows():
            row.full_clean()

    def test_derived_columns_are_filled(self) -> None:
        for model in ALIASES:
            assert all(fold(name) == folded for name, folded in model.objects.values_list("name", "folded"))
        assert Meeting.objects.filter(date_earliest=DAY, date_latest=DAY).count() == 3
        assert Item.objects.get(quantity_low=4, quantity_high=4).pledge.public_id == "DEU-2025-0001"
        assert Item.objects.filter(quantity="unknown", quantity_low=None, quantity_high=None).count() == 4
        assert IncidentItem.objects.get(quantity_low=3).platform.public_id == "mig-31"


class SourceTests(TestCase):
    """The facts of the source document, and the claims that point at its passages."""

    fixtures = FIXTURES

    def test_five_parties_deploy_to_eastern_sentry(self) -> None:
        pledges = Pledge.objects.filter(initiative__public_id="eastern-sentry", nature="deployment", aid_type="")
        assert sorted(pledges.values_list("public_id", "shares__contributor__public_id")) == [
            (f"{code}-2025-0001", code) for code in ("CZE", "DEU", "DNK", "FRA", "GBR")
        ]
        german = pledges.get(shares__contributor__public_id="DEU")
        item = german.items.get()
        assert (item.platform.public_id, item.quantity, item.quantity_words) == ("eurofighter-typhoon", "4", "four")
        assert german.host.public_id == "POL"

    def test_entries_leave_the_quantity_to_their_item(self) -> None:
        stated = Entry.objects.values_list("stage", "quantity", "amount", "item__number")
        assert list(stated) == [("commitment", "", None, 1)] * 5

    def test_contact_group_meets_under_two_chairs(self) -> None:
        meeting = Meeting.objects.get(public_id=CONTACT_GROUP_MEETING)
        present = meeting.participations.values_list("role", "official__public_id", "status")
        assert list(present) == [
            ("chair", "boris-pistorius", "expected"),
            ("chair", "john-healey", "expected"),
            ("participant", "rustem-umerov", "expected"),
        ]
        agenda = meeting.agenda.values_list("status", "speaker__public_id", "initiative__public_id")
        assert list(agenda) == [("planned", "rustem-umerov", None), ("planned", "pete-hegseth", "purl")]

    def test_second_incident_follows_the_first(self) -> None:
        first, second = (Incident.objects.get(place__public_id=code) for code in ("POL", "EST"))
        assert (first.intent, second.intent) == ("presumed", "unknown")
        assert (second.follows, second.date) == (first, "")
        assert first.prompted_initiatives.get().public_id == "eastern-sentry"

    def test_claim_on_the_office_is_rejected_with_its_reason(self) -> None:
        rejected = Claim.objects.filter(verdict=Claim.Verdict.REJECTED)
        assert sorted(rejected.values_list("record_kind", "record_id", "field")) == [
            ("meeting", CONTACT_GROUP_MEETING, "participations[rustem-umerov].official"),
            ("official", "rustem-umerov", "office"),
        ]
        assert all("Denys Shmyhal" in claim.reason for claim in rejected)

    def test_every_claim_is_about_a_record_that_exists(self) -> None:
        kinds = {model.kind: model for model in MODELS if issubclass(model, Record)}
        for claim in Claim.objects.all():
            assert kinds[claim.record_kind].named(claim.record_id), claim

    def test_every_fact_has_a_claim(self) -> None:
        claimed = set(Claim.objects.values_list("record_kind", "record_id"))
        facts = {
            (model.kind, public_id)
            for model in (Incident, Initiative, Meeting, Pledge)
            for public_id in model.objects.values_list("public_id", flat=True)
        }
        assert facts | {("group", "NATO"), ("group", "EU")} <= claimed

    def test_document_is_the_source(self) -> None:
        document, text = Document.objects.get(public_id=SOURCE), source_text()
        assert (document.characters, document.name) == (len(text), text.splitlines()[0])
        assert (document.published, document.publisher) == ("", ""), "neither is stated"

    def test_quotes_stand_in_their_passages(self) -> None:
        text = source_text()
        for claim in Claim.objects.all():
            assert claim.quote, claim
            assert claim.quote in text[claim.passage_start : claim.passage_end], claim

    def test_no_quote_is_a_whole_sentence(self) -> None:
        whole = sentences(source_text())
        for claim in Claim.objects.all():
            assert claim.quote.strip(" .:;!?'\"") not in whole, claim
            assert not re.search(r"[.!?]\s", claim.quote), claim
