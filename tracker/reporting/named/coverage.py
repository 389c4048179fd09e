"""Coverage: how far the published pledges of each contributor are supported by passages and rows."""

from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.filters.fields import ShelfFilterSet
from tracker.lib.column_types import Column, Value
from tracker.records import words
from tracker.records.engine.coverage import Coverage
from tracker.reporting.named.base import percent, whole
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import published
from tracker.reporting.shelf.coverage import by_contributor, of_register


def coverage(filters: ShelfFilterSet) -> Made:
    """Return the coverage of the pledges that filters keep, by contributor; a note says that of the whole register."""
    columns = [
        Column("contributor_id", _("contributor, id")), Column("contributor", _("contributor")),
        whole("pledges", _("pledges"), "pledges", _("A joint pledge counts for each contributor."), ["contributor_id"]),
        whole(
            "values", _("values stated"), "values", _("What its pledges say, but for names and prose."),
            ["contributor_id"],
        ),
        whole(
            "supported", _("values supported"), "values",
            _("Those that a passage of a text that was checked, or a row of an imported file, supports."),
            ["contributor_id"],
        ),
        percent(
            "pct_supported", _("supported, in %"), "values", _("Of the values stated."), ["values", "supported"]
        ),
    ]  # fmt: skip
    found = by_contributor(filters.qs)
    names = dict(published.records("party", filters.moment).values_list("public_id", "name"))
    rows = [_row(party, names.get(party, party), *found[party]) for party in sorted(found)]
    return columns, rows, [_whole(of_register(filters.moment))]


def _row(party: str, name: str, pledges: int, found: Coverage) -> list[Value]:
    share = Decimal(100 * found.supported) / found.said if found.said else None
    return [party, name, pledges, found.said, found.supported, share and share.quantize(Decimal("0.000001"))]


def _whole(register: Coverage) -> str:
    return _("Of the %(said)s values that all published records state, %(supported)s are supported.") % {
        "said": words.number(register.said), "supported": words.number(register.supported),
    }  # fmt: skip
