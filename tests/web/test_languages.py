"""The languages of the site: catalogues complete, fresh and compiled; dates, numbers and states as each writes them."""

import re
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check
from tracker.curation.database_errors import unavailable
from tracker.lib import canonical
from tracker.management.commands.catalogues import (
    FRAMEWORK,
    LANGUAGES,
    compiled,
    messages,
    path_of,
    read,
    words_of_framework,
)
from tracker.models import Publication
from tracker.records import words

PLACES = re.compile(r"%\(\w+\)s|%s")


def texts(string: Any) -> tuple[str, ...]:
    """Return the forms of a translation."""
    return tuple(string) if isinstance(string, (tuple, list)) else (string,)


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_are_complete_and_say_what_is_said(language: str) -> None:
    catalogue = read(language)
    have = {(each.context, each.id if isinstance(each.id, str) else tuple(each.id)) for each in catalogue if each.id}
    assert have == set(messages()), "renew them: python manage.py catalogues; then translate what is new"
    for each in catalogue:
        if each.id:
            assert all(texts(each.string)), f"{language}: {each.id} has no translation"
            wanted = {tuple(sorted(PLACES.findall(form))) for form in texts(each.id)}
            found = {tuple(sorted(PLACES.findall(form))) for form in texts(each.string)}
            assert found <= wanted, f"{language}: {each.string}"


def test_the_words_of_the_framework_are_compiled_as_written() -> None:
    assert FRAMEWORK.with_suffix(".mo").read_bytes() == compiled(words_of_framework())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_busy_database_and_the_central_bank_are_said_in_the_language_of_the_page(language: str) -> None:
    english = unavailable()
    with translation.override(language):
        assert unavailable() != english
        assert words.publisher("ECB") == {"de": "EZB", "uk": "ЄЦБ"}[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_compiled_is_what_is_written(language: str) -> None:
    assert path_of(language, "mo").read_bytes() == compiled(read(language)), "renew it: python manage.py catalogues"


@pytest.mark.django_db
def test_pages_speak_the_language_of_their_address(register: Desk) -> None:
    factories.daily_rates()
    register.pledge(entries=[{"stage": "allocation", "amount": "1234567890.50", "currency": "EUR"}])
    register.publish()
    german, ukrainian = check("/de/"), check("/uk/")
    assert '<html lang="de">' in german.html
    assert "1,2 Milliarden EUR" in german.text
    assert "1.234,6" in german.text
    assert "Überlappungen einmal gezählt" in german.text
    assert "1,2 мільярда EUR" in ukrainian.text
    assert "Німеччина" in ukrainian.text
    assert "Deutschland" in check("/de/parties/DEU/").text
    assert "Stück" in check("/de/tables/deployments/").text
    assert "Werte" in check("/de/tables/coverage/").text
    assert '<a lang="en" href="/de/pledges/' in check("/de/pledges/").html
    # What the register says itself is English, also where the page is not.
    assert 'lang="en">Eurofighter Typhoon</a>' in check("/de/pledges/DEU-2025-0001/").html
    assert '<span lang="en">NATO discusses better' in check("/de/search/?q=deterrence").html
    pledge = check("/de/pledges/DEU-2025-0001/")
    assert "Deutschland entsendet eigene Kräfte nach Polen" in pledge.text
    assert "15. Oktober 2025" in pledge.text
    assert "/de/parties/DEU/" in check("/de/search/?q=Deutschland").links
    assert "Gruppe" in check("/de/contributors/").text
    inside = [link for link in pledge.links if link.startswith("/") and not link.startswith(("/admin", "/api/"))]
    others = {"/pledges/DEU-2025-0001/", "/uk/pledges/DEU-2025-0001/"}
    assert all(link.startswith("/de/") for link in inside if link not in others)


@pytest.mark.django_db
def test_pages_tell_of_each_other_and_leave_the_choice_to_the_reader(register: Desk) -> None:
    html = check("/uk/pledges/DEU-2025-0001/?as_of=2025-10-20").html
    for code, prefix in (("x-default", ""), ("en", ""), ("de", "/de"), ("uk", "/uk")):
        address = f"http://testserver{prefix}/pledges/DEU-2025-0001/?as_of=2025-10-20"
        assert f'hreflang="{code}" href="{address}"' in html
    # The language of an address never hangs on who asks: what is cached and cited is the same for all.
    plain = Client().get("/", headers={"Accept-Language": "de"}).content.decode()
    assert '<html lang="en-gb">' in plain
    assert Client().get("/api/v1/pledges/?nature=x", headers={"Accept-Language": "de"}).json()["title"] == "Bad Request"


class Unmarked(HTMLParser):
    """The texts of a page that are said to be in its own language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.texts: set[str] = set()
        self._inside: list[tuple[str, bool]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ("meta", "link", "input", "br", "img"):
            own = tag not in ("title", "script", "option", "text") and dict(attrs).get("lang", "") != "en"
            self._inside.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self._inside and self._inside.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if all(own for _tag, own in self._inside):
            self.texts.add(" ".join(data.split()))


def english_words() -> set[str]:
    """Return names of records, titles of agendas and quotes of the register, which all are English."""
    documents = [canonical.load(row.document) for row in Publication.objects.published()]
    kinds = ("pledge", "initiative", "meeting", "incident", "forum", "category", "package")
    names = Publication.objects.published().filter(kind__in=kinds).values_list("name", flat=True)
    quotes = {claim["quote"] for each in documents for claim in each.get("claims", ())}
    agenda = {item["name"] for each in documents for item in each.get("agenda", ())}
    return {*names, *quotes, *agenda} - {""}


@pytest.mark.django_db
@pytest.mark.parametrize("prefix", ["/de", "/uk"])
def test_every_page_is_there_in_every_language_and_marks_what_is_english(prefix: str, register: Desk) -> None:
    english = english_words()
    for address in (
        "/", "/explore/", "/tables/", "/tables/country-summary/", "/pledges/", "/initiatives/eastern-sentry/",
        "/meetings/ukraine-defense-contact-group-2025-10-15/", "/incidents/drones-in-polish-airspace/",
        "/documents/nato-discusses-better-deterrence/", "/changes/", "/search/?q=poland", "/methodology/", "/about/",
        "/data/", "/cell/?nature=deployment&measure=quantity&rows=contributor&row=DEU", "/groups/EU/",
    ):  # fmt: skip
        assert not Unmarked(check(prefix + address).html).texts & english, address
    assert Client().get(f"{prefix}/explore.svg?nature=deployment&measure=quantity").status_code == 200


@pytest.mark.django_db
def test_tables_say_dates_codes_and_rows_in_the_readers_language(register: Desk) -> None:
    factories.daily_rates()
    entries = [{"stage": "allocation", "amount": "1.00", "currency": "EUR", "date": "2025-08-05"}]
    register.pledge(aid_kind="Weapons and equipment", entries=entries)
    register.publish()
    incidents = check("/de/tables/incidents/").text
    assert "Luftraumverletzung" in incidents
    assert "bis September 2025" in incidents
    assert "airspace_violation" not in incidents
    assert "серп. 2025" in check("/uk/tables/by-month/").text
    assert "Waffen und Ausrüstung" in check("/de/explore/?rows=aid_kind&columns=none&stage=allocation").text
    assert "`" not in check("/tables/").text
    behind = check("/de/cell/?rows=contributor&columns=none&stage=allocation&row=DEU")
    assert behind.text.count("Deutschland") >= 2


@pytest.mark.parametrize(
    ("language", "value", "said"),
    [("uk", "900000000.00", "900 мільйонів"), ("uk", "1234567890.50", "1,2 мільярда"), ("uk", "2000000", "2 мільйони"),
     ("uk", "900020000", "900 мільйонів"), ("de", "1000000.00", "1 Million"),
     ("en-gb", "271911472362.56", "271.9 billion")],
)  # fmt: skip
def test_large_numbers_are_said_as_the_language_says_them(language: str, value: str, said: str) -> None:
    with translation.override(language):
        assert words.aloud(Decimal(value)).replace("\xa0", " ") == said
