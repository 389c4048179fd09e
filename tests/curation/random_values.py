"""A small register to edit at random, and the values that edits write: right ones, doubtful ones, and some refused."""

from decimal import Decimal
from random import Random
from typing import Any

from tests import factories
from tests.curation.desk import Desk
from tracker.models.base import Record
from tracker.records.registry import KINDS

PARTIES = ("DEU", "NLD", "FIN", "CZE")
STAGES = ("pledge", "commitment", "allocation", "contract", "disbursement", "delivery", "lapse", "cancellation")
DATES = ("2025-08-05", "2025-08", "2025-09", "2025-02", "2025", "2025-10-20", "")
CURRENCIES = ("EUR", "EUR", "USD", "CHF")
CATEGORIES = ("aircraft", "fighters", "jets")


def make_register(desk: Desk) -> None:
    """Publish a few records of each kind, with rates of one currency of two for some days."""
    factories.daily_rates(20)
    desk.basics()
    for public_id, name in (("FIN", "Finland"), ("CZE", "Czechia")):
        desk.write("party", id=public_id, name=name)
    desk.write("category", id="jets", name="Jets", parent="fighters")
    desk.write("platform", id="leopard", name="Leopard 2", category="aircraft")
    desk.write("group", id="EU", name="European Union", memberships=[{"party": "DEU", "valid_from": "1958-01-01"}])
    desk.write("incident", id="drones", name="Drones", kind="airspace_violation", date="2025-09")
    desk.write(
        "initiative", id="purl", name="PURL", kind="mechanism", started="2025-07", leads=["DEU"], prompted_by="drones",
        targets=[{"what": "A year", "amount": "1000.00", "currency": "EUR"}],
    )  # fmt: skip
    desk.write("package", id="purl-1", name="Package 1", initiative="purl", number=1)
    desk.write("forum", id="ministers", name="Ministers", convened_by="DEU")
    desk.write("official", id="minister", name="A minister", office="Minister", party="DEU")
    desk.write(
        "meeting", id="brussels", name="In Brussels", forum="ministers", date="2025-10-15",
        participations=[{"party": "DEU", "official": "minister"}], agenda=[{"name": "Drones", "initiative": "purl"}],
    )  # fmt: skip
    desk.write("requirement", id="wanted", name="Jets wanted", beneficiary="UKR", platform="ef", quantity="10")
    desk.write("document", id="other-source", name="Another source")
    # A kind that needs more than a name is written out above.
    for kind in KINDS.keys() - {"pledge"}:
        if not KINDS[kind].model._default_manager.exists():
            desk.write(kind, id=f"some-{kind}", name=f"Some {kind}")
    desk.publish()


def write_twin(desk: Desk, record: Record, public_id: str) -> Record:
    """Add a record that says what another says, but for its name and its lists; returns it."""
    document = KINDS[record.kind].documents([record.public_id])[0]
    said = {name: document[name] for name in {"kind", "office", "nature", "aid_type"} & document.keys()}
    for name, value in document.items():
        if isinstance(value, dict):
            said[name] = value.get("id") or value.get("edtf") or value.get("text")
    if record.kind == "package":
        said["number"] = int(public_id.rpartition("-")[2]) % 10_000 + 2
    if record.kind == "pledge":
        said |= {
            "shares": [{"contributor": "DEU"}],
            "entries": [{"stage": "pledge", "amount": "1.00", "currency": "EUR"}],
        }
    twin: Record = desk.write(record.kind, id=public_id, name=f"Twin {public_id}", **said)
    return twin


class Values:
    """Values of fields, at random."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def amount(self) -> str:
        """Return up to a million, seldom zero, to the cent."""
        cents = self.random.choice([0, 1, 33, *(self.random.randrange(10**8) for _ in range(12))])
        return f"{cents // 100}.{cents % 100:02}"

    def some(self, values: Any, most: int) -> list[Any]:
        """Return up to `most` of `values`."""
        listed = list(values)
        return self.random.sample(listed, self.random.randint(0, min(most, len(listed))))

    def pledge(self, others: list[str]) -> dict[str, Any]:
        """Return some fields of a pledge; `others` are the pledges that it may be linked to."""
        lines = self.lines()
        whole = lines | {
            "name": f"Pledge {self.random.randrange(50)}",
            "announced": self.random.choice(DATES),
            "aid_type": self.random.choice(["military", "financial", "humanitarian"]),
            "initiative": self.random.choice(["purl", None]),
            "meeting": self.random.choice(["brussels", None]),
            "rate_policy": self.random.choice(["month_mean", "day"]),
            "shares": self.shares(),
            "links": [
                {"link": self.random.choice(["restates", "backfills", "tranche_of"]), "target": target}
                for target in self.some(others, 1)
            ],
            "conditions": [{"words": "if others give", "state": state} for state in self.some(["open", "met"], 1)],
            "claims": [
                {"document": self.random.choice(["source", "other-source"]), "field": field, "quote": "so it says",
                 "verdict": self.random.choice(["adopted", "open"]), "reason": "In print."}
                for field in self.some(["name", "nature", "aid_type"], 2)
            ],
        }  # fmt: skip
        written = self.some(whole.keys() - lines.keys(), 4)
        return {name: whole[name] for name in [*written, *(lines if self.random.random() < 0.7 else ())]}

    def lines(self) -> dict[str, Any]:
        """Return items, entries that name them, and valuations of both."""
        kinds = [{"platform": "ef"}, {"platform": "leopard"}, {"category": "jets"}, {"description": "Shells"}]
        items: list[dict[str, Any]] = [
            {"number": number, "quantity": self.random.choice(["2", "at least 3", "10 to 12", "unknown"])} | what
            for number, what in enumerate(self.some(kinds, 3), start=1)
        ]  # fmt: skip
        entries = [self.entry(number, len(items)) for number in range(1, self.random.randint(2, 5))]
        valuations = [
            {"entry": entry["number"], "basis": self.random.choice(["dataset", "replacement", "market_price"]),
             "amount": self.amount(), "currency": self.random.choice(CURRENCIES)}
            for entry in self.some(entries, 2)
        ]  # fmt: skip
        return {"items": items, "entries": entries, "valuations": valuations}

    def entry(self, number: int, items: int) -> dict[str, Any]:
        """Return an entry that names one of `items` items, or none."""
        row: dict[str, Any] = {
            "number": number, "stage": self.random.choice(STAGES), "date": self.random.choice(DATES),
            "item": self.random.choice([None, *range(1, items + 1)]),
        }  # fmt: skip
        if self.random.random() < 0.8:
            row |= {"amount": self.amount(), "currency": self.random.choice(CURRENCIES)}
        return row

    def shares(self) -> list[dict[str, Any]]:
        """Return shares of one or more parties: undisclosed, by fractions, or an amount beside what is undisclosed."""
        rows: list[dict[str, Any]] = [{"contributor": party} for party in self.some(PARTIES, 3)]
        rows = rows or [{"contributor": "DEU"}]
        kind = self.random.choice(["undisclosed", "fraction", "amount"])
        if kind == "amount" and len(rows) > 1:
            rows[0] |= {"amount": "0.33", "currency": "EUR"}
        if kind == "fraction":
            shared = round(Decimal(1) / len(rows), 12)
            rows[-1]["fraction"] = str(1 - shared * (len(rows) - 1))
            for row in rows[:-1]:
                row["fraction"] = str(shared)
        return rows
