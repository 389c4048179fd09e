"""The figures of others that enter a number, such as a GDP: whose, of which year, how much, and who says so."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import Indicator
from tracker.records import words
from tracker.reporting.shelf import published
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest

MOST = 8
"""How many figures are said; of more, each row of the file has its own."""


def figures_behind(asked: PageRequest, rows: Iterable[dict[str, Any]]) -> list[str]:
    """Return in words the figures that enter these rows of a lineage, each once; none where there are very many."""
    found = {(one["measure"], one["party"], one["year"]): one for row in rows for one in row["figures"]}
    if len(found) > MOST:
        return []
    known = published.names("party", {party for _measure, party, _year in found}, asked.moment)
    return [_in_words(one, known) for _key, one in sorted(found.items())]


def _in_words(one: dict[str, Any], known: dict[str, str]) -> str:
    texts = {
        "what": words.first_capital(str(Indicator.Measure(one["measure"]).label)),
        "year": one["year"], "value": words.number(one["value"]),
        "party": name_of("party", one["party"], known.get(one["party"], one["party"])), "source": one["source"],
    }  # fmt: skip
    return _("%(what)s, %(party)s, %(year)s: %(value)s. Source: %(source)s") % texts
