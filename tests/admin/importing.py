"""A file with a few rows of the Kiel Institute's, and the pages that it goes through on its way in."""

from types import SimpleNamespace
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.exchange.kiel import as_csv, receive, row
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import Import

LIST = "/admin/tracker/import/"
ROWS = [
    row("FIM1", value="100", part_value="100", item="Leopard 2", item_numb="3"),
    row("FIM2", value="200", announcement_date="until 06/31/2022"),
    row("FIM3", value="300", item="Leopard 3"),
    row("XXM1", donor="Suomi", value="5"),
]


def upload(browser: Client, rows: Any = ROWS, **answers: Any) -> Any:
    file = SimpleUploadedFile("kiel.csv", as_csv(rows))
    return browser.post(f"{LIST}add/", {"file": file, "profile": "kiel", "release": "21"} | answers)


def page_of(imported: Import, part: str = "") -> str:
    return f"{LIST}{imported.pk}/{part or 'change/'}"


def applied(users: SimpleNamespace, browser: Client, rows: Any = ROWS, release: str = "21") -> Import:
    received = receive(users.editor, rows, release)
    plan_import.enqueue(received.pk)
    received.refresh_from_db()
    assert browser.post(page_of(received, "accept/"), {"digest": received.digest}).status_code == 302
    received.refresh_from_db()
    return received
