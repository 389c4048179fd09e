"""The process that takes the text out of a web page or a PDF. It is run as a file, by articles.py.

Arguments: `html` or `pdf`, the most pages, the most characters. Reads the file from standard input, and writes an
object in JSON to standard output: the text, and what the file says of itself.
"""

import json
import sys
from typing import Any

import pypdfium2
import trafilatura

REFUSED, LOCKED, TOO_LONG = 3, 4, 5
"""Exit codes: no text can be taken out; the file wants a password; there is more than is read."""

Found = dict[str, Any]


def _page(content: bytes) -> Found:
    """Return the text of an article without menus, notices and what else stands around it, and its metadata."""
    document = trafilatura.bare_extraction(content, with_metadata=True, include_comments=False)
    if document is None or isinstance(document, dict):
        return {}
    tree = trafilatura.load_html(content)
    language = str(tree.get("lang") or "") if tree is not None else ""
    return {
        "text": document.text or "", "title": document.title or "", "publisher": document.sitename or "",
        "published": document.date or "", "url": document.url or "", "language": language,
        "tool": "trafilatura", "tool_version": trafilatura.__version__,
    }  # fmt: skip


def _pdf(content: bytes, most_pages: int) -> Found:
    """Return the text of a PDF, page by page, and what it says of itself."""
    with pypdfium2.PdfDocument(content) as pdf:
        if len(pdf) > most_pages:
            sys.exit(TOO_LONG)
        pages = []
        for number in range(len(pdf)):
            page = pdf[number]
            pages.append(page.get_textpage().get_text_bounded().replace("\r\n", "\n").replace("\x00", "").strip())
            page.close()
        told = pdf.get_metadata_dict()
    made = str(told.get("CreationDate", "")).removeprefix("D:")[:8]
    return {
        "text": "\n\n".join(pages), "title": told.get("Title", ""), "publisher": "", "url": "", "language": "",
        "published": f"{made[:4]}-{made[4:6]}-{made[6:]}" if len(made) == 8 and made.isdigit() else "",
        "tool": "pypdfium2", "tool_version": str(pypdfium2.version.PYPDFIUM_INFO),
    }  # fmt: skip


def _main(form: str, most_pages: str, longest: str) -> int:
    content = sys.stdin.buffer.read()
    try:
        found = _pdf(content, int(most_pages)) if form == "pdf" else _page(content)
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else REFUSED
    if not found.get("text", "").strip():
        return REFUSED
    if len(found["text"]) > int(longest):
        return TOO_LONG
    json.dump(found, sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
