"""Drafts of meetings with their chairs and agenda, of the forums that meet, and of officials."""

from typing import Any

from django.utils.translation import gettext as _

from tracker.curation.proposing.drafts import Draft, Drafter, edtf, name_of
from tracker.lib import partial_dates
from tracker.lib.proposing.people import Person
from tracker.lib.proposing.proposal import Fact
from tracker.lib.text import fold


class MeetingDrafter(Drafter):
    """Makes drafts of meetings, forums and officials."""

    def meeting(self, fact: Fact) -> Draft:
        """Return the meeting that `fact` would be."""
        forum = self.names.find("forum", fact.initiative)
        if forum is None:
            return Draft("meeting", {}, problem=_("The register has no forum “%s”: add it first.") % fact.initiative)
        date = edtf(fact.date)
        words = partial_dates.stored(date).describe() if date else _("undated")
        document: dict[str, Any] = {
            "name": f"{fact.initiative}, {words}"[:250],
            "forum": forum,
            "date": date,
            "location": (fact.area or "").partition(",")[0],
            "participations": self._chairs(fact),
            "agenda": [],
        }
        claims = self.claim(fact, "forum", str(fact.initiative), "initiative")
        claims += self.claim(fact, "date", partial_dates.stored(date).edtf if date else "", "date")
        claims += self.claim(fact, "location", document["location"], "place") if document["location"] else []
        claims += self._agenda(fact, document)
        for number, row in enumerate(document["participations"], start=1):
            claims += self._claim_of_participant(fact, number, row)
        return Draft("meeting", document, claims)

    def _chairs(self, fact: Fact) -> list[dict[str, Any]]:
        passage = fold(self.content[fact.start : fact.end])
        chairs: list[dict[str, Any]] = []
        for code in fact.contributors:
            official = next((each for each in self.names.officials if each[2] == code and each[0] in passage), None)
            chairs.append({"role": "chair", "party": self.party(code), "official": official and official[1]})
        return [row for row in chairs if row["party"]]

    def _agenda(self, fact: Fact, document: dict[str, Any]) -> list[dict[str, Any]]:
        """Add the points of a meeting's agenda, and who speaks to them as participants; return their claims."""
        claims: list[dict[str, Any]] = []
        for number, point in enumerate(fact.agenda, start=1):
            speaker = self._speaker(point["spoken_by"])
            document["agenda"].append(
                {
                    "number": number,
                    "name": point["name"][:250],
                    "status": "planned",
                    "speaker": speaker and speaker[1],
                    "initiative": self.names.find("initiative", point["initiative"]),
                }
            )
            fact.evidence.setdefault(f"agenda{number}", (point["start"], point["end"]))
            claims += self.claim(fact, f"agenda[{number}]", point["name"], f"agenda{number}")
            known = {row["official"] for row in document["participations"]}
            if speaker and speaker[1] not in known:
                document["participations"].append(
                    {"role": "participant", "party": speaker[2], "official": speaker[1], "status": "expected"}
                )
        return claims

    def _speaker(self, place: tuple[int, int] | None) -> tuple[str, str, str, str] | None:
        """Return the official of the register whom the words before a point name last."""
        words = fold(self.content[place[0] : place[1]]) if place else ""
        named = [(words.rfind(each[0]), each) for each in self.names.officials if words and each[0] in words]
        return max(named)[1] if named else None

    def _claim_of_participant(self, fact: Fact, number: int, row: dict[str, Any]) -> list[dict[str, Any]]:
        if not row["official"]:
            return []
        name = next(each[3] for each in self.names.officials if each[1] == row["official"])
        at = self.content.find(name, fact.start)
        if at < 0:
            return []
        fact.evidence[f"chair{number}"] = (at, at + len(name))
        return self.claim(fact, f"participations[{number}]", name, f"chair{number}")

    def forum(self, fact: Fact) -> Draft:
        """Return the forum that a meeting is of."""
        document = {"name": str(fact.initiative), "convened_by": self._convener(str(fact.initiative))}
        return Draft("forum", document, self.claim(fact, "name", str(fact.initiative), "initiative"))

    def _convener(self, name: str) -> str | None:
        return next((self.party(code) for code in ("NATO", "EU") if name.startswith(code)), None)

    def official(self, person: Person) -> Draft:
        """Return the official that a text names with an office."""
        party = self.party(person.party)
        if party is None:
            return Draft("official", {}, problem=_("The register has no party “%s”: add it first.") % person.party)
        fact = Fact("official", person.start, person.end, "office named", 80)
        fact.evidence["office"] = (person.start, person.end)
        document = {"name": person.name, "office": person.office, "party": party, "held_from": "", "held_to": ""}
        claims = [
            claim
            for field, value in (("office", f"{person.office}, {name_of(party)}"), ("name", person.name))
            for claim in self.claim(fact, field, value, "office")
        ]
        return Draft("official", document, claims, day=self.published)
