"""The text is taken out of what people bring, and nothing that they bring takes the server down."""

import pytest

from tests import articles
from tracker.exchange.inbound.articles import MAX_ARTICLE_BYTES, proposed, read_article
from tracker.exchange.inbound.workbook_types import FileRefused


def test_a_page_gives_its_article_and_not_its_notice() -> None:
    found = read_article(articles.PAGE, "page.html")
    assert all(paragraph in found.text for paragraph in articles.PARAGRAPHS)
    assert "cookie" not in found.text.lower()
    assert "Imprint" not in found.text
    assert (found.tool, found.language) == ("trafilatura", "en")
    assert proposed(found, "https://www.herald.example/marders") == {
        "name": articles.TITLE, "publisher": "The Amaurot Herald", "published": "2025-10-13", "language": "en",
        "url": "https://www.herald.example/marders", "kind": "article",
    }  # fmt: skip


def test_a_pdf_gives_its_words() -> None:
    found = read_article(articles.pdf("Utopia sends nine Marders."), "note.pdf")
    assert found.text == "Utopia sends nine Marders."
    assert found.tool == "pypdfium2"


def test_a_text_is_taken_as_it_is() -> None:
    found = read_article(articles.TEXT.encode(), "note.txt")
    assert (found.text, found.title, found.language) == (articles.TEXT, articles.TITLE, "en")


@pytest.mark.parametrize(
    ("host", "tier"),
    [
        ("www.gov.uk", "primary"), ("nato.int", "primary"), ("apnews.com", "established"),
        ("news.err.ee", "established"),
        ("blog.example", None), ("notapnews.com", None),
    ],
)  # fmt: skip
def test_the_tier_is_proposed_from_the_host(host: str, tier: str | None) -> None:
    found = read_article(articles.TEXT.encode(), "note.txt")
    assert proposed(found, f"https://{host}/x").get("tier") == tier


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"), (b" \n ", "empty"), (b"%PDF-1.7 broken", "no text"), (b"<html></html>", "no text"),
        (b"\xff\xfe\x00text", "UTF-8"), (b"a\x00b", "no text has"), (b"<html>" + b"<b>" * 400_000, "note"),
        (b"x" * (MAX_ARTICLE_BYTES + 1), "MiB"), (b"word " * 300_000, "characters"),
    ],
    ids=["nothing", "spaces", "broken PDF", "empty page", "UTF-16", "NUL", "nested page", "large", "long"],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_the_reason(content: bytes, said: str) -> None:
    with pytest.raises(FileRefused, match=said):
        read_article(content, "note")
