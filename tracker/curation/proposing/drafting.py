"""From a fact of a text to the record that it would be: the fields of its document, and a claim for each."""

import re
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.proposing.drafts import Draft, edtf, name_of
from tracker.curation.proposing.pledges import PledgeDrafter
from tracker.lib import partial_dates
from tracker.lib.proposing.proposal import CONSIDERED, DELIVERY, DEPLOYMENT, INCIDENT, INITIATIVE, MEETING, PLEDGE, Fact
from tracker.lib.text import fold


class RecordDrafter(PledgeDrafter):
    """Makes the draft of any fact."""

    def draft(self, fact: Fact) -> Draft:
        """Return the record that `fact` would be."""
        if fact.certainty == CONSIDERED:
            return Draft(_kind(fact), {}, problem=_("It is only being considered: nothing is promised yet."))
        make = {MEETING: self._meeting, INCIDENT: self._incident, INITIATIVE: self._initiative}
        if fact.kind in (PLEDGE, DELIVERY, DEPLOYMENT):
            return self.pledge(fact)
        return make.get(fact.kind, self._requirement)(fact)

    def _meeting(self, fact: Fact) -> Draft:
        forum = self.names.find("forum", fact.initiative)
        if forum is None:
            return Draft("meeting", {}, problem=_("The register has no forum “%s”: add it first.") % fact.initiative)
        date = edtf(fact.date)
        words = partial_dates.stored(date).describe() if date else _("undated")
        passage = fold(self.content[fact.start : fact.end])
        chairs: list[dict[str, Any]] = []
        for code in fact.contributors:
            official = next((each for each in self.names.officials if each[2] == code and each[0] in passage), None)
            chairs.append({"role": "chair", "party": self.party(code), "official": official and official[1]})
        document: dict[str, Any] = {
            "name": f"{fact.initiative}, {words}"[:250],
            "forum": forum,
            "date": date,
            "location": (fact.area or "").partition(",")[0],
            "participations": [row for row in chairs if row["party"]],
        }
        claims = self.claim(fact, "forum", str(fact.initiative), "initiative")
        claims += self.claim(fact, "date", partial_dates.stored(date).edtf if date else "", "date")
        for number, row in enumerate(document["participations"], start=1):
            if row["official"]:
                name = next(each[3] for each in self.names.officials if each[1] == row["official"])
                at = self.content.find(name, fact.start, fact.end)
                if at >= 0:
                    fact.evidence[f"chair{number}"] = (at, at + len(name))
                    claims += self.claim(fact, f"participations[{number}]", name, f"chair{number}")
        return Draft("meeting", document, claims)

    def _incident(self, fact: Fact) -> Draft:
        place = self.party(fact.area)
        items, claims = self.items(fact)
        words = self.content[fact.start : fact.end]
        is_russian = bool(re.search(r"Russia|russisch|російськ", words))
        what = str(fact.items[0]["what"]) if fact.items else _("aircraft")
        whose = f"{_('Russian')} " if is_russian else ""
        document = {
            "name": f"{whose}{what}: {_('airspace of')} {name_of(fact.area)}",
            "kind": "airspace_violation",
            "intent": "presumed" if re.search(r"presum", words, re.IGNORECASE) else "unknown",
            "date": edtf(fact.date),
            "actor": self.party("RUS") if is_russian else None,
            "place": place,
            "items": items,
        }
        claims += self.claim(fact, "place", name_of(fact.area), "area")
        return Draft("incident", document, claims)

    def _initiative(self, fact: Fact) -> Draft:
        words = self.content[fact.start : fact.end]
        document: dict[str, Any] = {
            "name": str(fact.initiative)[:250],
            "kind": _sort_of_initiative(f"{fact.initiative} {words}"),
            "started": edtf(fact.date),
            "status": "active" if fact.certainty == "stated" else "proposed",
            "leads": [party for code in fact.contributors if (party := self.party(code))],
            "supplier": self.party(fact.supplier),
            "beneficiary": self.party(fact.beneficiary),
        }
        if fact.amount:
            document["targets"] = [{"amount": str(fact.amount["value"]), "currency": fact.amount["currency"]}]
        at = words.find(str(fact.initiative))
        if at >= 0:
            fact.evidence.setdefault("initiative", (fact.start + at, fact.start + at + len(str(fact.initiative))))
        return Draft("initiative", document, self.claim(fact, "name", str(fact.initiative), "initiative"))

    def _requirement(self, fact: Fact) -> Draft:
        beneficiary = self.party(fact.beneficiary)
        items, claims = self.items(fact)
        if beneficiary is None or not items:
            return Draft("requirement", {}, problem=_("A requirement names who needs what, and how many."))
        row, what = items[0], fact.items[0]["what"]
        document = {
            "name": f"{name_of(fact.beneficiary)}: {row['quantity']} × {what}"[:250],
            "beneficiary": beneficiary,
            "platform": row["platform"],
            "quantity": row["quantity"],
            "quantity_words": row["quantity_words"],
            "stated": edtf(fact.date) or self.published,
            "description": "" if row["platform"] else str(what),
        }
        moved = [claim | {"field": claim["field"].partition(".")[2]} for claim in claims[:1]]
        return Draft("requirement", document, moved)


def _kind(fact: Fact) -> str:
    return "pledge" if fact.kind in (PLEDGE, DELIVERY, DEPLOYMENT) else fact.kind


_SORTS = (
    ("mission", r"mission|sentry|policing"),
    ("coalition", r"coalition|koalition|коаліці"),
    ("fund", r"fund|fonds|фонд|pool"),
    ("mechanism", r"mechanism|PURL|list\b|sells"),
)


def _sort_of_initiative(words: str) -> str:
    return next((sort for sort, pattern in _SORTS if re.search(pattern, words, re.IGNORECASE)), "programme")
