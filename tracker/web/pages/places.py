"""States as sentences have them: languages with cases, articles and prepositions say each in its own way."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from tracker.web.english import filled, party_named
from tracker.web.pages.facts import Document

_TO_WHOM: dict[str, Promise] = {"UKR": pgettext_lazy("to whom", "Ukraine")}
"""Those to whom aid is given, by the letters of their states: other languages than English put them into a case."""

_HOSTED: dict[str, Promise] = {
    "BGR": _lazy(" in Bulgaria"), "DEU": _lazy(" in Germany"), "EST": _lazy(" in Estonia"),
    "FIN": _lazy(" in Finland"), "HUN": _lazy(" in Hungary"), "LTU": _lazy(" in Lithuania"),
    "LVA": _lazy(" in Latvia"), "NOR": _lazy(" in Norway"), "POL": _lazy(" in Poland"),
    "ROU": _lazy(" in Romania"), "SVK": _lazy(" in Slovakia"),
}  # fmt: skip
"""Where forces are hosted, along the eastern flank and beside it."""


def to_whom(party: Document | None) -> str:
    """Return a beneficiary, in the case of those to whom something is given."""
    return str(_TO_WHOM[party["id"]]) if party and party["id"] in _TO_WHOM else party_named(party)


def where_hosted(party: Document) -> str:
    """Return where forces are deployed, with its preposition and a space before it."""
    if party["id"] in _HOSTED:
        return str(_HOSTED[party["id"]])
    return filled(_(" in %(host)s"), host=party_named(party))
