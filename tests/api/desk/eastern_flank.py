"""What staff make of each row of the reports on the eastern flank: records, and a claim for each report."""

from typing import Any, Protocol

Row = dict[str, str]
NOT_HELD = "A figure of a public report; its text is not held here."
DANES, GERMANS, BRITONS = "DNK-2025-0001", "DEU-2025-0001", "GBR-2025-0001"
AMMUNITION, INTERCEPTORS, ITALIANS, SUMMIT = "ammunition", "conditional", "sentry-italy", "contact-group-2026-02"
ESTONIAN, POLISH = "mig-31-in-estonian-airspace", "drones-in-polish-airspace"
REPLACED, LATER = (1, 2), (3, 4)
"""Rows of what was replaced, and of what replaced it: the same deployment, once more."""
RIVAL = "Another report says otherwise."


class Working(Protocol):
    """A member of staff who writes records in one change set."""

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """Add a record."""

    def patch(self, path: str, body: dict[str, Any]) -> Any:
        """Change fields of a record."""


def claimed(package: str) -> tuple[tuple[str, str, str, str], ...]:
    """Return of each row, in the order of the file, the record, its field, and why the claim stays open, if it does.

    `package` is the pledge of the Baltic and Nordic states.
    """
    return (
        ("pledge", "FRA-2025-0001", "items[Rafale].quantity", ""),
        ("pledge", DANES, "items[F-16].quantity", ""),
        ("pledge", DANES, "items[air-defence frigate].quantity", ""),
        ("pledge", DANES, "items[F-35].quantity", ""),
        ("pledge", DANES, "items[frigate Niels Juel].quantity", ""),
        ("pledge", GERMANS, "items[eurofighter-typhoon].quantity", ""),
        ("pledge", GERMANS, "base", ""),
        ("pledge", BRITONS, "base", ""),
        ("pledge", BRITONS, "base", RIVAL),
        ("pledge", "CZE-2025-0001", "items[helicopter].quantity", ""),
        ("pledge", ITALIANS, "items[eurofighter-typhoon].quantity", ""),
        ("incident", POLISH, "items[kamikaze drones].quantity", "A number of violations, and not of drones."),
        ("incident", ESTONIAN, "items[mig-31].quantity", ""),
        ("incident", ESTONIAN, "", "Another report says the fifth."),
        ("pledge", INTERCEPTORS, "items[air-defence interceptors].quantity", ""),
        ("meeting", SUMMIT, "", "A total of a meeting is no pledge."),
        ("pledge", package, "shares[EST]", RIVAL),
        ("initiative", "purl", "", "A total of a programme is no pledge."),
        ("pledge", AMMUNITION, "items[large-calibre rounds].quantity", ""),
        ("initiative", "safe", "targets[#1].amount", "A sum of envelopes: it differs from the whole by a million."),
    )


def said(row: Row, field: str) -> str:
    """Return what a row says of a field."""
    return row["base"] if field == "base" else row["quantity"] or row["what"]


def documents(work: Working, rows: list[Row]) -> None:
    """Add a document for each address, without a text: nobody holds one."""
    for number, address in enumerate(dict.fromkeys(row["address"] for row in rows), start=1):
        name = f"flank-{number}"
        body = {"id": name, "name": f"Report {number} on the flank", "kind": "article", "tier": "established"}
        work.post("documents", body | ({"url": f"https://{address}"} if "." in address else {}))
        for row in rows:
            if row["address"] == address:
                row["document"] = name


def claims(work: Working, rows: list[Row], package: str, *, later: bool) -> None:
    """Add the claim of each row, of what came first or later."""
    for number, (row, (kind, record, field, reason)) in enumerate(zip(rows, claimed(package), strict=True)):
        if (number in LATER) is later:
            verdict = "open" if reason else "adopted"
            work.post("claims", {
                "record": {"kind": kind, "id": record}, "field": field, "value": said(row, field),
                "document": row["document"], "verdict": verdict, "reason": reason or NOT_HELD,
            })  # fmt: skip


def _flies(work: Working, record: str, row: Row, *others: Row, **more: str) -> None:
    items = [
        {"number": number, "description": each["what"], "quantity": each["quantity"] or "unknown"}
        for number, each in enumerate((row, *others), start=1)
    ]
    work.patch(f"pledges/{record}", {"items": items, **more})


def record_first(work: Working, rows: list[Row]) -> None:
    """Write the records of what was reported first: deployments that there are as edits of these."""
    _flies(work, "FRA-2025-0001", rows[0], area=rows[0]["area"])
    _flies(work, DANES, rows[1], rows[2], area=rows[1]["area"])
    work.patch(f"pledges/{GERMANS}", {"base": rows[6]["base"], "base_state": "DEU", "area": rows[6]["area"]})
    work.patch(f"pledges/{BRITONS}", {"base": rows[7]["base"], "base_state": "GBR", "area": rows[7]["area"]})
    _flies(work, "CZE-2025-0001", rows[9], area=rows[9]["area"])
    work.post("pledges", {
        "id": ITALIANS, "name": "Italy: two Eurofighters", "nature": "deployment", "initiative": "eastern-sentry",
        "announced": rows[10]["date"], "shares": [{"contributor": "ITA"}],
        "items": [{"number": 1, "platform": "eurofighter-typhoon", "quantity": rows[10]["quantity"]}],
        "entries": [{"stage": "commitment", "item": 1}],
    })  # fmt: skip
    work.patch(f"incidents/{ESTONIAN}", {"date": rows[12]["date"]})
    _interceptors(work, rows[14])
    forum = {"forum": "ukraine-defense-contact-group", "date": rows[15]["date"]}
    work.post("meetings", {"id": SUMMIT, "name": "Contact Group in February"} | forum)
    _ammunition(work, rows[18])
    targets = [{"amount": "150000000000", "currency": "EUR", "per": "whole"}]
    work.post("initiatives", {"id": "safe", "name": "SAFE", "kind": "fund", "leads": ["EU"], "targets": targets})


def record_later(work: Working, rows: list[Row]) -> None:
    """Write what replaced the Danish aircraft: an edit of the deployment there is."""
    _flies(work, DANES, rows[3], rows[4])


def _interceptors(work: Working, row: Row) -> None:
    condition = {"number": 1, "words": "only if others give 30 in total", "state": "open"}
    work.post("pledges", {
        "id": INTERCEPTORS, "name": "Germany: five interceptors", "nature": "transfer", "aid_type": "military",
        "beneficiary": "UKR", "announced": row["date"], "shares": [{"contributor": "DEU"}], "conditions": [condition],
        "items": [{"number": 1, "description": row["what"], "quantity": row["quantity"]}],
        "entries": [{"stage": "pledge", "item": 1, "quantity": row["quantity"]}],
    })  # fmt: skip


def _ammunition(work: Working, row: Row) -> None:
    whole, part = row["quantity"].split(" of which ")
    work.post("pledges", {
        "id": AMMUNITION, "name": "Czech ammunition initiative", "nature": "transfer", "aid_type": "military",
        "beneficiary": "UKR", "announced": row["date"], "shares": [{"contributor": "CZE"}],
        "items": [
            {"number": 1, "description": "large-calibre rounds", "quantity": whole},
            {"number": 2, "part_of": 1, "description": "155 mm rounds", "quantity": part},
        ],
        # The whole alone: that its part is counted beside it, the desk refuses.
        "entries": [{"stage": "delivery", "item": 1, "date": row["date"], "quantity": whole}],
    })  # fmt: skip
