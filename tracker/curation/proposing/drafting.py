"""From a fact of a text to the record that it would be: the fields of its document, and a claim for each."""

import re
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.proposing.drafts import Draft, edtf, name_of
from tracker.curation.proposing.meetings import MeetingDrafter
from tracker.curation.proposing.pledges import PledgeDrafter
from tracker.lib.proposing.proposal import CONSIDERED, DELIVERY, DEPLOYMENT, INCIDENT, INITIATIVE, MEETING, PLEDGE, Fact


class RecordDrafter(MeetingDrafter, PledgeDrafter):
    """Makes the draft of any fact."""

    def draft(self, fact: Fact) -> Draft:
        """Return the record that `fact` would be."""
        if fact.certainty == CONSIDERED:
            return Draft(_kind(fact), {}, problem=_("It is only being considered: nothing is promised yet."))
        make = {MEETING: self.meeting, INCIDENT: self._incident, INITIATIVE: self._initiative}
        if fact.kind in (PLEDGE, DELIVERY, DEPLOYMENT):
            return self.pledge(fact)
        return make.get(fact.kind, self._requirement)(fact)

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
        claims += self.claim(fact, "kind", str(_("airspace violation")), "violated")
        claims += self.claim(fact, "date", edtf(fact.date), "date") if fact.date else []
        claims += self.claim(fact, "actor", name_of("RUS"), "actor") if is_russian else []
        claims += self.claim(fact, "intent", "presumed", "intent") if document["intent"] == "presumed" else []
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
        self._lead(fact, document)
        claims = self.claim(fact, "name", str(fact.initiative), "initiative")
        claims += self.claim(fact, "leads", ", ".join(map(name_of, document["leads"])), "leads")
        claims += self.claim(fact, "kind", document["kind"], "kind")
        claims += self.claim(fact, "status", "proposed", "status") if document["status"] == "proposed" else []
        claims += self.claim(fact, "started", document["started"], "date") if document["started"] else []
        for name in ("supplier", "beneficiary"):
            claims += self.claim(fact, name, name_of(document[name]), name) if document[name] else []
        return Draft("initiative", document, claims)

    def _lead(self, fact: Fact, document: dict[str, Any]) -> None:
        """Say that the alliance leads a mission, where the text calls it a mission of the alliance."""
        match = _OF_THE_ALLIANCE.search(self.content) if document["kind"] == "mission" else None
        alliance = self.party("NATO")
        if match and alliance and alliance not in document["leads"]:
            document["leads"] = [*document["leads"], alliance]
            fact.evidence.setdefault("leads", match.span())

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


_OF_THE_ALLIANCE = re.compile(
    r"\b(?:the )?(?:new |recently launched )?(?:alliance|NATO|Nato)(?:['’]s)?[ -](?:mission|operation|Mission|"
    r"Operation)\b|\bмісі\w+ (?:НАТО|Альянсу)"
)


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
