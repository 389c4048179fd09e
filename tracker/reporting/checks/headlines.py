"""Headlines: what tables show of a dataset's records beside its own values, in euros, and why the two differ.

Tables prefer what a source states to what the publisher made of it. So an amount in another currency is converted at
the European Central Bank's rates, or has no value where there is none (`rates`); one in euros stands as it is stated
(`stated`); and what one of the two does not value is counted by the other alone (`valued`).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from tracker.lib.chunks import chunked
from tracker.models import Contribution

RATES, STATED, VALUED = "rates", "stated", "valued"
_EUR = "EUR"

_Key = tuple[str, str, int, int | None, str]
"""Stage, pledge, entry, item and contributor."""


@dataclass
class Headline:
    """What a stage comes to in the headline and on the dataset's basis, in EUR cents, netted pledges left out."""

    dataset: int = 0
    headline: int = 0
    reasons: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    """By reason: how many entries differ, and by how many cents."""

    def note(self, reason: str, cents: int) -> None:
        """Count an entry that differs."""
        self.reasons[reason][0] += 1
        self.reasons[reason][1] += cents


def headlines(public_ids: Iterable[str]) -> dict[str, Headline]:
    """Return the headline of each stage in which published pledges have a value of their dataset, as of now."""
    found: dict[str, Headline] = defaultdict(Headline)
    for part in chunked(sorted(public_ids)):
        rows = Contribution.objects.as_of(None).filter(pledge__in=part, is_netted=False).order_by("pk")
        values: dict[_Key, dict[str, int]] = defaultdict(dict)
        currencies: dict[_Key, str] = {}
        for row in rows.only(
            "pledge", "entry", "item", "contributor", "stage", "basis", "is_headline", "currency", "eur_cents"
        ):  # fmt: skip
            key = (row.stage, row.pledge, row.entry, row.item, row.contributor)
            for name, counts in (("dataset", row.basis == "dataset"), ("headline", row.is_headline)):
                if counts and row.eur_cents is not None:
                    values[key][name] = values[key].get(name, 0) + row.eur_cents
            if row.is_headline:
                currencies[key] = row.currency
        for key, value in values.items():
            _add(found[key[0]], value, currencies.get(key, ""))
    return {stage: found[stage] for stage in sorted(found) if found[stage].dataset}


def _add(total: Headline, value: dict[str, int], currency: str) -> None:
    dataset, headline = value.get("dataset"), value.get("headline")
    total.dataset += dataset or 0
    total.headline += headline or 0
    difference = (headline or 0) - (dataset or 0)
    if not difference:
        return
    if currency and currency != _EUR and dataset is not None:
        total.note(RATES, difference)
    else:
        total.note(VALUED if dataset is None or headline is None else STATED, difference)
