"""Drafts of pledges: what a text says that somebody gives, has given, or deploys."""

import re
from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.proposing.drafts import Draft, Drafter, edtf, name_of
from tracker.lib.proposing.proposal import DELIVERY, DEPLOYMENT, PLEDGE, Fact

_HUMANITARIAN = re.compile(
    r"humanitarian|demining|ambulance|medical|generator|shelter|hospital|reconstruction|humanitär|"
    r"гуманітарн|розмінуванн",
    re.IGNORECASE,
)
_FINANCIAL = re.compile(r"\bloans?\b|\bgrant\b|budget support|ERA|Darlehen|Kredit|кредит|бюджет", re.IGNORECASE)


class PledgeDrafter(Drafter):
    """Makes drafts of pledges, deliveries and deployments."""

    def pledge(self, fact: Fact) -> Draft:
        contributors = [self.party(each) for each in fact.contributors]
        unknown = [each for each, found in zip(fact.contributors, contributors, strict=True) if found is None]
        if unknown or not contributors:
            named = ", ".join(unknown) or _("nobody")
            return Draft("pledge", {}, problem=_("The register has no party “%s”: add it first.") % named)
        is_own = fact.kind == DEPLOYMENT
        items, claims = self.items(fact)
        document = {
            "name": self._title(fact, items),
            "nature": _nature(fact),
            "aid_type": "" if is_own else self._aid_type(fact),
            "initiative": self.names.find("initiative", fact.initiative),
            "announced": self._announced(fact),
            "shares": self._shares(fact),
            "items": items,
            "entries": self._entries(fact, items),
        }
        if is_own:
            document |= self._places(fact)
        else:
            document["beneficiary"] = self.party(fact.beneficiary)
        if fact.condition:
            document["conditions"] = [{"words": fact.condition[:250]}]
            claims += self.claim(fact, "conditions[1].words", fact.condition, "condition")
        claims += self._claims_of_pledge(fact, document)
        return Draft("pledge", document, claims)

    def _claims_of_pledge(self, fact: Fact, document: dict[str, Any]) -> list[dict[str, Any]]:
        found = []
        if len(fact.contributors) == 1:
            found += self.claim(
                fact, f"shares[{self.party(fact.contributors[0])}]", name_of(fact.contributors[0]), "contributors"
            )
        if fact.amount:
            found += self.claim(
                fact, "entries[1].amount", f"{fact.amount['currency']} {fact.amount['value']}", "amount"
            )
        if document["initiative"]:
            found += self.claim(fact, "initiative", str(fact.initiative), "initiative")
        if document.get("host") and fact.area:
            found += self.claim(fact, "host", name_of(fact.area), "area")
        return found

    def _shares(self, fact: Fact) -> list[dict[str, Any]]:
        shares = []
        for code in fact.contributors:
            share: dict[str, Any] = {"contributor": self.party(code)}
            told = (fact.split or {}).get(code)
            if told and "value" in told and len(fact.split or {}) == len(fact.contributors):
                share |= {"amount": str(told["value"]), "currency": told["currency"]}
            elif told and "fraction" in told:
                share["fraction"] = str(told["fraction"])
            shares.append(share)
        return shares

    def _entries(self, fact: Fact, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        stage = fact.stage or ("commitment" if fact.kind == DEPLOYMENT else "pledge")
        date = edtf(fact.date) if fact.kind in (DELIVERY, DEPLOYMENT) or stage not in ("pledge", "commitment") else ""
        money = {"amount": str(fact.amount["value"]), "currency": fact.amount["currency"]} if fact.amount else {}
        if fact.kind == DELIVERY:
            wholes = [row for row in items if not row.get("part_of")]
            steps = [
                {"stage": stage, "item": row["number"], "quantity": row["quantity"], "date": date} for row in wholes
            ]
            return steps or [{"stage": stage, "date": date} | money]
        return [{"stage": stage, "date": date} | money]

    def _places(self, fact: Fact) -> dict[str, Any]:
        place, _comma, state = (fact.base or "").rpartition(", ")
        areas = [self.party(code) for code in (fact.area or "").split("; ") if code]
        named = [party for party in areas if party]
        host = named[0] if len(named) == 1 else self.party(state)
        return {
            "base": place,
            "base_state": self.party(state),
            "host": host,
            "area": ", ".join(name_of(party) for party in named),
        }

    def _title(self, fact: Fact, items: list[dict[str, Any]]) -> str:
        who = ", ".join(name_of(code) for code in fact.contributors)
        what = []
        if fact.amount:
            what.append(f"{fact.amount['currency']} {_short(fact.amount['value'])}")
        what += [
            f"{row['quantity']} × {item['what']}" if row["quantity"] != "unknown" else item["what"]
            for row, item in zip([row for row in items if not row.get("part_of")], fact.items, strict=False)
        ][:3]
        under = f" {_('for')} {fact.initiative}" if fact.initiative else ""
        off = f"{_('called off')}, " if fact.stage == "cancellation" else ""
        return f"{who}: {off}{', '.join(what) or _('participation')}{under}"[:250]

    def _aid_type(self, fact: Fact) -> str:
        words = self.content[fact.start : fact.end] + " ".join(str(item["what"]) for item in fact.items)
        if _HUMANITARIAN.search(words):
            return "humanitarian"
        return "financial" if _FINANCIAL.search(words) and not fact.items else "military"

    def _announced(self, fact: Fact) -> str:
        return (
            edtf(fact.date) if fact.kind == PLEDGE and fact.stage in ("pledge", "commitment", None) else ""
        ) or self.published


def _nature(fact: Fact) -> str:
    if fact.kind == DEPLOYMENT:
        return "deployment"
    return "transfer" if fact.items and not fact.amount else "financing"


def _short(value: int | float) -> str:
    for power, word in ((10**9, _("billion")), (10**6, _("million"))):
        if value >= power:
            return f"{value / power:g} {word}"
    return f"{value:,}"
