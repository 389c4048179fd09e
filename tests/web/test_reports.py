""" "Something wrong here?": anybody says so beside a value, the desk sees it, and the answer is public."""

import re
import time
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.utils import timezone, translation

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get
from tracker.curation import answer_links, error_reports
from tracker.curation.desk import answers
from tracker.curation.errors import CurationError, NotAllowed
from tracker.models import AnswerLink, ErrorReport, Party
from tracker.web.page_request import of_newest
from tracker.web.reports.guard import LATEST, MOST_AN_HOUR
from tracker.web.reports.own_figures import document_of, own_figures

pytestmark = pytest.mark.django_db
FORM = "/report/?kind=pledge&id=DEU-2025-0001&field=announced"
SAID: dict[str, Any] = {"message": "The ministry's own page gives 12 September 2025.", "email": "reader@example.org"}


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """The time, which passes as a test says."""
    found = SimpleNamespace(now=time.time())
    monkeypatch.setattr(time, "time", lambda: found.now)
    return found


def link_for(register: Desk, **said: Any) -> AnswerLink:
    """Make a link for Germany's ministry, by a reviewer."""
    contributor = Party.objects.get(public_id="DEU")
    told = {"contributor": contributor, "recipient": "Ministry of Defence", "by": register.reviewer, "days": 7}
    return answer_links.make(**told | {"at": timezone.now()} | said)


def address_of(link: AnswerLink) -> str:
    return f"/confirm/{answer_links.token_of(link)}/"


def sealed(address: str = FORM) -> str:
    match = re.search(r'name="sealed" value="([^"]+)"', get(address).html)
    assert match is not None
    return match[1]


def test_each_value_has_its_form_and_what_is_said_waits_at_the_desk(register: Desk, clock: SimpleNamespace) -> None:
    page = check("/pledges/DEU-2025-0001/")
    assert FORM in page.links
    form = check(FORM)
    assert "Announced" in form.text
    seal = sealed()
    clock.now += 20
    answer = Client().post(FORM, SAID | {"sealed": seal})
    assert answer.status_code == 302
    report = ErrorReport.objects.get()
    assert (report.kind, report.public_id, report.field) == ("pledge", "DEU-2025-0001", "announced")
    kept = check(answer["Location"]).text
    assert "it waits at the desk" in kept
    assert SAID["message"] not in kept
    assert not Client().get(FORM).cookies


@pytest.mark.parametrize(
    ("wait", "changed", "said"),
    [
        (1, {}, "That was quick"),
        (LATEST + 60, {}, "open for too long"),
        (20, {"website": "https://example.org"}, "only machines"),
        (20, {"sealed": "DEU:1:x"}, "open for too long"),
        (20, {"message": "wrong"}, "at least 10 characters"),
        (20, {"email": "nobody"}, "such as name@example.org"),
    ],
)
def test_what_is_not_taken_says_why_and_keeps_what_was_typed(
    wait: int, changed: dict[str, str], said: str, register: Desk, clock: SimpleNamespace
) -> None:
    seal = sealed()
    clock.now += wait
    sent = SAID | {"sealed": seal} | changed
    answer = Client().post(FORM, sent)
    assert answer.status_code == 400
    html = answer.content.decode()
    assert said in html
    assert sent["message"].replace("'", "&#x27;") in html
    assert not ErrorReport.objects.exists()


def test_a_seal_is_for_one_value_and_an_address_sends_few(register: Desk, clock: SimpleNamespace) -> None:
    other = sealed("/report/?kind=party&id=DEU")
    seal = sealed()
    clock.now += 20
    assert Client().post(FORM, SAID | {"sealed": other}).status_code == 400
    answers = [Client().post(FORM, SAID | {"sealed": seal}).status_code for _each in range(MOST_AN_HOUR + 1)]
    assert answers == [302] * MOST_AN_HOUR + [400]
    clock.now += 3600
    assert Client().post(FORM, SAID | {"sealed": sealed(), "website": ""}).status_code == 400
    seal = sealed()
    clock.now += 20
    assert Client().post(FORM, SAID | {"sealed": seal}).status_code == 302


@pytest.mark.parametrize("query", ["", "?kind=pledge&id=XXX-1", "?kind=claim&id=x", "?kind=pledge&id=DEU%00"])
def test_only_what_is_published_is_reported(query: str, register: Desk) -> None:
    assert Client().get(f"/report/{query}").status_code == 404


@pytest.mark.parametrize("field", ["nonsense", "items[99].quantity", "items[1].nonsense", "items[1", "name.foo.bar"])
def test_only_what_the_record_has_is_reported(field: str, register: Desk) -> None:
    """What each page offers, the form takes: for every value that the record's page links to it."""
    asked = {"kind": "pledge", "id": "DEU-2025-0001"}
    for verb in (Client().get, Client().post):
        refused = verb(f"/report/?{urlencode(asked | {'field': field})}")
        assert (refused.status_code, "there are: " in refused.content.decode()) == (400, True)
    offered = [link for link in check("/pledges/DEU-2025-0001/").links if link.startswith("/report/?")]
    assert len(offered) > 5
    assert {link: Client().get(link).status_code for link in offered} == dict.fromkeys(offered, 200)


def test_the_answer_is_public_by_a_change_set_or_a_reason(register: Desk) -> None:
    kept = [
        error_reports.receive(kind="pledge", public_id="DEU-2025-0001", field=field, message=SAID["message"],
                              at=register.at)
        for field in ("announced", "host", "items[1].quantity")
    ]  # fmt: skip
    assert "3 reports wait for an answer" in check("/reports/").text
    register.write("pledge", id="DEU-2025-0001", announced="2025-09-12")
    with pytest.raises(ValidationError, match="not published yet"):
        error_reports.settle(report=kept[0], change_set=register.open(), by=register.reviewer, at=register.at)
    error_reports.settle(report=kept[0], change_set=register.publish(), by=register.reviewer, at=register.at)
    error_reports.decline(report=kept[1], answer="The source says Poland.", by=register.editor, at=register.at)
    with pytest.raises(CurationError, match="answered before"):
        error_reports.decline(report=kept[1], answer="Again.", by=register.editor, at=register.at)
    page = check("/reports/?kind=pledge&id=DEU-2025-0001")
    assert "1 report waits" in page.text
    assert "The source says Poland." in page.text
    assert any(re.fullmatch(r"/changes/\d+/", link) for link in page.links)
    assert SAID["message"] not in page.text


def test_a_contributor_confirms_or_disputes_its_figures_by_a_signed_link(
    register: Desk, clock: SimpleNamespace
) -> None:
    made = link_for(register)
    link = address_of(made)
    assert "The figures of Germany" in check(link).text
    seal = sealed(link)
    clock.now += 20
    said = {"message": "Our budget law says EUR 7 million.", "stance": "disputed", "sealed": seal}
    assert Client().post(link, said | {"stance": "perhaps"}).status_code == 400
    assert Client().post(link, said).status_code == 302
    report = ErrorReport.objects.get()
    assert (report.stance, report.contributor.public_id, report.link) == ("disputed", "DEU", made)
    assert said["message"] not in check("/reports/").text
    error_reports.decline(report=report, answer="The law is of another year.", by=register.editor, at=register.at)
    answered = check("/reports/").text
    assert said["message"] in answered
    assert "the contributor disputes it" in answered
    assert "not one of ours" in get(link.replace("/confirm/", "/confirm/x"), 404).text
    other = link_for(register, days=1)
    AnswerLink.objects.filter(pk=other.pk).update(ends_at=timezone.now())
    assert "has expired" in get(address_of(other), 410).text
    answer_links.revoke(link=made, by=register.reviewer, at=timezone.now())
    assert "has expired" in get(link, 410).text
    with pytest.raises(CurationError, match="revoked it before"):
        answer_links.revoke(link=made, by=register.reviewer, at=timezone.now())


def test_what_a_contributor_answers_becomes_an_open_claim_beside_the_others(
    register: Desk, clock: SimpleNamespace
) -> None:
    link = address_of(link_for(register))
    others = get(f"{link}?pledge=FRA-2025-0001")
    assert "The figures of Germany" in others.text, "a contributor is asked about its own pledges alone"
    asked = f"{link}?pledge=DEU-2025-0001"
    form = check(asked)
    assert "Item Eurofighter Typhoon, quantity: 4" in form.text
    seal = sealed(asked)
    clock.now += 20
    field = "items[eurofighter-typhoon].quantity"
    said = {"message": "Five of our aircraft took part.\nThe minister said so.", "stance": "disputed", "field": field,
            "sealed": seal}  # fmt: skip
    assert "Say what it should be" in Client().post(asked, said).content.decode()
    assert Client().post(asked, said | {"value": "five", "field": "note"}).status_code == 400
    assert Client().post(asked, said | {"value": "five"}).status_code == 302
    report = ErrorReport.objects.get()
    claim = answers.take_in(report=report, by=register.editor, at=register.at)
    with pytest.raises(CurationError, match="claim already"):
        answers.take_in(report=report, by=register.editor, at=register.at)
    stands = (claim.field, claim.value, claim.verdict, claim.support)
    assert stands == (field, "five", "open", "passage")
    assert claim.document.document_kind == "contributor_answer"
    assert "Answer of Germany" not in get("/pledges/DEU-2025-0001/").text
    error_reports.settle(report=report, change_set=register.publish(), by=register.reviewer, at=register.at)
    page = check("/pledges/DEU-2025-0001/").text
    said_otherwise = "Germany says otherwise: Item Eurofighter Typhoon, quantity, five, where the register has 4. open"
    assert said_otherwise in page
    rivals = page.partition("Where sources differ")[2]
    assert "The register has: 4" in rivals
    assert "five" in rivals
    assert "Answer of Germany" in rivals
    assert "answer of a contributor" in check(f"/documents/{claim.document.public_id}/").text


def test_no_link_is_made_for_nobody(register: Desk) -> None:
    unpublished = factories.PartyFactory(name="Ruritania")
    with pytest.raises(CurationError, match="Ruritania is not published"):
        link_for(register, contributor=unpublished)
    with pytest.raises(NotAllowed, match="Only a reviewer"):
        link_for(register, by=register.editor)
    with pytest.raises(ValidationError, match="blank"):
        link_for(register, recipient=" ")


def test_what_a_contributor_confirms_is_said_to_be_confirmed_in_whatever_language_it_read(register: Desk) -> None:
    pledge, field = document_of(of_newest(RequestFactory().get("/")), "DEU-2025-0001"), "announced"
    with translation.override("de"):
        confirmed = next(each for each in own_figures(pledge) if each.path == field)
    report = error_reports.receive(
        kind="pledge", public_id="DEU-2025-0001", field=field, value=confirmed.kept, stance="confirmed",
        message="Our minister announced it.", link=link_for(register), at=register.at,
    )  # fmt: skip
    answers.take_in(report=report, by=register.editor, at=register.at)
    register.publish()
    assert "Germany confirms it: Announced, " in check("/pledges/DEU-2025-0001/").text
    assert "Germany bestätigt es: " in get("/de/pledges/DEU-2025-0001/").text
