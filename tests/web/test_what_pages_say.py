"""What the pages of a kind say of their own: quotes beside values, what came of a meeting, what sources deny."""

import pytest
from django.test import RequestFactory
from django.utils import translation

from tests.curation.desk import Desk
from tests.web.pages import Page, check, get
from tracker.api.protocol.error_handlers import server_error
from tracker.web.names import name_of, states_called

pytestmark = pytest.mark.django_db
MEETING = "ukraine-defense-contact-group-2025-10-15"


def test_pages_say_what_came_of_it_and_where_sources_differ(register: Desk) -> None:
    pledge = get("/pledges/DEU-2025-0001/")
    assert "four Eurofighter jets" in pledge.html.partition('id="part-items"')[2].partition("</table>")[0]
    assert "Eurofighter Typhoon" in pledge.html.partition('id="part-entries"')[2].partition("</table>")[0]
    incident = check("/incidents/drones-in-polish-airspace/")
    assert "What it prompted Eastern Sentry" in incident.text
    assert "Germany deploys own forces in Poland under Eastern Sentry: 4 × Eurofighter" in incident.text.replace(
        "\xa0", " "
    )
    meeting = f"/meetings/{MEETING}/"
    assert "Led by Boris Pistorius (Germany) and John Healey (United Kingdom)." in check(meeting).text
    register.pledge(
        name="Aid from the meeting", meeting=MEETING, aid_kind="Weapons and equipment",
        entries=[{"stage": stage, "amount": "2500000.00", "currency": "GBP", "date": date}
                 for stage, date in (("commitment", "2025-10-15"), ("delivery", "2026-02-01"))],
    )  # fmt: skip
    register.publish()
    said = check(meeting).text
    assert "Aid from the meeting" in said
    assert "Delivery: 2,500,000 GBP, 1 February 2026" in said.replace("\xa0", " ")
    aid = next(link for link in get(meeting).links if link.startswith("/pledges/") and link.count("/") == 3)
    assert "Waffen und Ausrüstung" in get(f"/de{aid}").text
    source = check("/documents/nato-discusses-better-deterrence/").text
    assert "Where it was contradicted" in source
    assert "Denys Shmyhal" in source


def test_names_have_no_dates_or_addresses_for_machines() -> None:
    assert (
        name_of("pledge", "X", "Germany: EUR 7 million, ../2024-03-28") == "Germany: EUR 7 million, until 28 March 2024"
    )
    assert name_of("pledge", "X", "No day: 2024-02-31") == "No day: 2024-02-31"
    archived = "web.archive.org/web/20240430212124/https://www.bundesregierung.de/breg-en/news"
    assert name_of("document", "X", archived) == "bundesregierung.de/breg-en/news (archived)"
    assert name_of("document", "X", "NATO discusses A/B") == "NATO discusses A/B"


def test_a_state_that_is_no_more_is_not_called_as_one_that_followed_it() -> None:
    with translation.override("de"):
        assert [name_of("party", letters, "As it was") for letters in ("SUN", "DDR", "FRA")] == [
            "As it was", "As it was", "Frankreich",
        ]  # fmt: skip
        assert states_called("deutschland") == ["DEU"]


def test_a_fault_of_the_program_is_owned_in_the_readers_language() -> None:
    with translation.override("uk"):
        answer = server_error(RequestFactory().get("/uk/"))
    page = Page(answer.content.decode())
    assert answer.status_code == 500
    assert "Помилка наша" in page.text
    assert '<html lang="uk">' in page.html
