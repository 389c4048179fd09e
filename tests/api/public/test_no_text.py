"""Nothing public holds more of a source's text than the few words that claims quote."""

import io
import re
import zipfile

import ahocorasick
import pytest
from django.test import Client

from tests import articles
from tests.api.shelf import API, battery, read
from tests.curation.desk import Desk
from tests.web.pages import FIXED
from tracker.curation.desk.texts import Reading, take_in
from tracker.models import Document, Publication

pytestmark = pytest.mark.django_db

WORDS = 6
"""So many words of the text in a row, in whatever answer, are the text."""
QUOTE = "nine Marder infantry fighting vehicles"


def spelt(text: str) -> str:
    """Return a text as words with single spaces, so that line breaks and marks hide nothing."""
    return " ".join(re.findall(r"\w+", text))


def runs() -> ahocorasick.Automaton:
    """Return what finds every run of words of the text that no quote holds, all in one pass."""
    words = spelt(articles.TEXT).split()
    found = {" ".join(words[start : start + WORDS]) for start in range(len(words) - WORDS + 1)}
    finder = ahocorasick.Automaton()
    for run in found:
        if run not in spelt(articles.TITLE):
            finder.add_word(run, run)
    finder.make_automaton()
    return finder


def readable(content: bytes) -> str:
    """Return what an answer says; of a workbook what its parts say."""
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b" ".join(archive.read(name) for name in archive.namelist())
    return spelt(content.decode("utf-8", "replace"))


@pytest.fixture
def published(register: Desk) -> Desk:
    """The fixtures, and a pledge with a claim that quotes the article, whose text the desk holds."""
    register.write("document", id="herald", name=articles.TITLE)
    herald = Document.objects.get(public_id="herald")
    take_in(document=herald, reading=Reading(articles.TEXT, "as it is"), by=register.editor, at=register.at)
    claims = [{"document": "herald", "quote": QUOTE, "field": "name"}]
    register.pledge(name="Marders for Ukraine", shares=[{"contributor": "DEU"}], claims=claims)
    register.publish()
    return register


def test_no_public_answer_holds_the_text(published: Desk) -> None:
    pledge = read(f"{API}pledges/?search=marders")["results"][0]["id"]
    claim = Publication.objects.published().get(kind="claim", document__contains=QUOTE).public_id
    own = [f"{API}documents/herald/", f"{API}claims/{claim}/", f"{API}pledges/{pledge}/", "/documents/herald/"]
    lists = [f"{API}{name}/?format={form}" for name in ("documents", "claims", "pledges") for form in ("csv", "xlsx")]
    refused = [f"{API}desk/documents/herald/texts/", f"{API}desk/texts/1/", "/admin/tracker/text/1/change/"]
    searched = [f"{API}claims/?search=Amaurot", "/search/?q=Amaurot"]
    client, wanted = Client(), runs()
    quoted = 0
    for address in [*battery(), *FIXED, *own, *lists, *refused, *searched]:
        said = readable(client.get(address).getvalue())
        quoted += spelt(QUOTE) in said
        leaked = next((run for _end, run in wanted.iter(said)), None)
        assert leaked is None, f"{address}: {leaked}"
    assert quoted >= 3, "the quote itself is there to be read"
