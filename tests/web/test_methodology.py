"""The methodology: the page and the document are written from the rules that tables name."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.utils.html import escape

from tracker.reporting.named.rules import RULES, SECTIONS
from tracker.reporting.named.tables import NAMED


def test_the_committed_document_is_the_generated_one() -> None:
    said = StringIO()
    call_command("methodology", stdout=said)
    committed = (settings.BASE_DIR / "docs" / "methodology.md").read_text()
    assert said.getvalue() == committed, "renew it: python manage.py methodology > docs/methodology.md"


@pytest.mark.django_db
def test_the_page_has_every_rule_under_its_id() -> None:
    answer = Client().get("/methodology/")
    assert answer.status_code == 200
    page = answer.content.decode()
    for rule in RULES.values():
        assert f'id="{rule.id}"' in page
        assert escape(str(rule.sentence)) in page
    assert 'href="/methodology/"' in Client().get("/").content.decode()


def test_rules_have_one_id_each_and_tables_name_those_that_there_are() -> None:
    assert len(RULES) == sum(len(rules) for rules in SECTIONS.values())
    for named in NAMED.values():
        assert set(named.rules) <= set(RULES), named.id
