"""What drafts of records have in common: parties, items, and a claim for each field that words of the text say."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from tracker.curation.proposing.names import KnownNames
from tracker.lib import partial_dates, quantities
from tracker.lib.proposing.proposal import INCIDENT, Fact
from tracker.lib.quantities import Quantity
from tracker.models import Party
from tracker.models.desk.claims import QUOTE_LENGTH

_FOLLOWED = re.compile(r"(?:\s+[^\W\d_]+){0,3}")


@dataclass
class Draft:
    """A record that a fact would be. `problem` says why it cannot be one yet; empty where it can."""

    kind: str
    document: dict[str, Any]
    claims: list[dict[str, Any]] = field(default_factory=list)
    problem: str = ""
    day: str = ""
    """The day on which the text says it, where that matters: when an official is said to hold an office."""


@dataclass
class Drafter:
    """Makes drafts of the facts of one text: what all kinds of drafts need."""

    names: KnownNames
    source: str
    """The public id of the text's document."""
    content: str
    published: str
    """When the text was published, in EDTF; for what is announced without a day."""

    def party(self, code: str | None) -> str | None:
        return self.names.find("party", code) if code else None

    def claim(self, fact: Fact, path: str, value: str, evidence: str) -> list[dict[str, Any]]:
        """Return the claim that `path` is `value`, quoting the words that say it; none where no words do."""
        place = fact.evidence.get(evidence)
        if place is None:
            return []
        start, end = place
        # Some words more, so that a reader knows what they are about.
        if not re.search(r"\d", self.content[start:end]):
            more = _FOLLOWED.match(self.content, end)
            end = min(more.end() if more else end, max(fact.end, end))
        quote = self.content[start : min(end, start + QUOTE_LENGTH)]
        return [
            {
                "field": path,
                "value": value[:250],
                "document": self.source,
                "quote": quote,
                "passage_start": start,
                "passage_end": start + len(quote),
            }
        ]

    def items(self, fact: Fact) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        rows: list[dict[str, Any]] = []
        claims: list[dict[str, Any]] = []
        for number, item in enumerate(fact.items, start=1):
            row = self.item(fact, item, len(rows) + 1)
            row["number"] = len(rows) + 1
            rows.append(row)
            said = str(row["quantity"])
            if said not in (quantities.UNKNOWN, quantities.WITHHELD):
                claims += self.claim(fact, f"items[{row['number']}].quantity", said, f"items[{number}]")
            else:
                claims += self.claim(
                    fact,
                    f"items[{row['number']}].{'platform' if row.get('platform') else 'description'}",
                    item["what"],
                    f"items[{number}]",
                )
            for part in item.get("of_which", ()):
                rows.append(self.item(fact, part, 0) | {"number": len(rows) + 1, "part_of": row["number"]})
        return rows, claims

    def item(self, fact: Fact, item: dict[str, Any], number: int) -> dict[str, Any]:
        quantity = quantity_of(item["quantity"])
        platform = self.names.find("platform", item["what"])
        place = fact.evidence.get(f"items[{number}]")
        words = self.content[place[0] : place[1]] if place else ""
        return {
            "platform": platform,
            "description": "" if platform else item["what"][:500],
            "quantity": quantity,
            "quantity_words": words[:120] if item["quantity"]["qualifier"] != quantities.UNKNOWN else "",
            **({"supplier": self.party(fact.supplier)} if fact.kind != INCIDENT and self.party(fact.supplier) else {}),
        }


def edtf(date: str | None) -> str:
    """Return a date as the register keeps it; nothing where it is none."""
    if not date:
        return ""
    try:
        return partial_dates.stored(date).edtf
    except partial_dates.DateError:
        return ""


def quantity_of(told: dict[str, Any]) -> str:
    """Return the quantity of a thing as the register keeps it: unknown where it is more than that holds."""
    ends = [None if told[end] is None else Decimal(str(told[end])) for end in ("low", "high")]
    if any(end is not None and end > quantities.MAX_QUANTITY for end in ends):
        return quantities.UNKNOWN
    if told["qualifier"] in (quantities.UNKNOWN, quantities.WITHHELD):
        return str(told["qualifier"])
    return str(quantities.rounded(Quantity(told["qualifier"], *ends)))


def name_of(code: str | None) -> str:
    return Party.objects.filter(public_id=code or "").values_list("name", flat=True).first() or code or ""
