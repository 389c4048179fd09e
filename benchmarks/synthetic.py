"""Workbooks of any length in the shape of the Kiel Institute's main data, the same for the same seed."""

import datetime as dt
import random
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

READ = (
    "activity_id", "sub_activity_id", "donor", "announcement_date", "aid_type_general", "aid_type_specific",
    "explanation", "reporting_currency", "measure", "source_reported_value", "tot_activity_value",
    "tot_activity_value_EUR", "tot_sub_activity_value", "tot_sub_activity_value_EUR_redistr", "tot_value_deliv_EUR",
    "item", "item_type", "item_sub_type", "item_numb", "item_numb_deliv", "item_price_USD",
    "item_value_estimate_USD", "source_of_aid_1", "source_of_aid_2", "source_of_aid_3", "source_of_aid_4",
    "deliv_source", "channel", "value_source_activity_type", "source_of_weapon",
)  # fmt: skip
UNREAD = tuple(f"dummy_{number}" for number in range(93 - len(READ)))
"""The publisher's sheet has 93 columns. Like its own, two thirds of those that nobody reads are filled."""

_DONORS = (
    "United States", "Germany", "United Kingdom", "Canada", "Denmark", "Netherlands", "Sweden", "Norway", "Poland",
    "France", "Finland", "Italy", "Spain", "Japan", "Estonia", "Lithuania", "Latvia", "Belgium", "Czechia", "Austria",
)  # fmt: skip
_CURRENCIES = {"United States": "USD", "United Kingdom": "GBP", "Canada": "CAD", "Japan": "JPY", "Poland": "PLN"}
_AID = (("Military", "Weapons and equipment"), ("Humanitarian", "Equipment"), ("Financial", "Loan"))
_WORDS = (
    "tranche", "aid", "amounting", "announced", "ministry", "defence", "support", "package", "vehicles", "shells",
    "generators", "medical", "drones", "training", "spare", "parts", "funding", "budget", "energy", "winter",
)  # fmt: skip
_FIRST = dt.date(2022, 1, 24)

Cells = dict[str, Any]


def rows(count: int, seed: int = 21) -> Iterator[Cells]:
    """Yield `count` rows by header: activities of one or several sub-activities, of one or several items."""
    chance = random.Random(seed)
    activity = made = 0
    while made < count:
        activity += 1
        for row in _activity(chance, activity, count)[: count - made]:
            made += 1
            yield row


def _activity(chance: random.Random, number: int, count: int) -> list[Cells]:
    donor = chance.choice(_DONORS)
    aid, kind = chance.choices(_AID, weights=(7, 2, 1))[0]
    parts = chance.choices((1, 2, 3, 4, 9), weights=(75, 12, 6, 5, 2))[0]
    value = chance.randrange(50_000, 900_000_000)
    first = {
        "activity_id": f"{donor[:2].upper()}{aid[0]}{number}", "donor": donor, "aid_type_general": aid,
        "aid_type_specific": kind, "reporting_currency": _CURRENCIES.get(donor, "EUR"),
        "announcement_date": _FIRST + dt.timedelta(days=chance.randrange(1000)),
        "explanation": " ".join(chance.choices(_WORDS, k=chance.randrange(20, 70))).capitalize() + f" ({number}).",
        "source_reported_value": value, "channel": "NATO CAP" if chance.random() < 0.1 else ".",
        "value_source_activity_type": "Value is given by the source" if chance.random() < 0.7 else ".",
    } | {f"source_of_aid_{at}": _source(chance, count, 1 / at**2) for at in (1, 2, 3, 4)}  # fmt: skip
    whole = {"tot_activity_value": value, "tot_activity_value_EUR": round(value / 1.0823, 4)}
    lines: list[Cells] = []
    if parts > 1 and chance.random() < 0.5:
        lines.append(
            first | whole | {"sub_activity_id": 0, "measure": "Commitment"} | _item(chance, count, "Financial")
        )
        whole = {}
    for part in range(1, parts + 1):
        own = {"tot_sub_activity_value": value // parts, "tot_sub_activity_value_EUR_redistr": value / parts / 1.0823}
        for at in range(chance.choices((1, 2, 3, 8), weights=(6, 2, 1, 1))[0]):
            line = first | {"sub_activity_id": f"{first['activity_id']}_{part}", "measure": "Allocation"}
            lines.append(line | whole | (own if at == 0 else {}) | _item(chance, count, aid))
            whole = {}
    lines[0]["tot_value_deliv_EUR"] = value // 2 if chance.random() < 0.2 else "."
    return lines


def _source(chance: random.Random, count: int, share: float) -> str:
    if chance.random() > share:
        return "."
    return f"https://www.example-{chance.randrange(40)}.org/news/releases/{chance.randrange(count // 3 + 1)}/ukraine"


def _item(chance: random.Random, count: int, aid: str) -> Cells:
    if aid == "Financial":
        return dict.fromkeys(("item", "item_type", "item_sub_type", "item_numb", "item_numb_deliv"), ".")
    units, price = chance.randrange(1, 5000), chance.randrange(100, 2_000_000)
    return {
        "item": chance.choice(("155mm artillery round", "Leopard 2", f"kit no. {chance.randrange(min(count, 2_000))}")),
        "item_type": "Military equipment", "item_sub_type": "Military equipment",
        "item_numb": chance.choice((units, "undisclosed")),
        "item_numb_deliv": chance.choice((units // 2, "undisclosed")), "item_price_USD": price,
        "item_value_estimate_USD": units * price if units * price < 10**10 else ".",
        "deliv_source": _source(chance, count, 0.3), "source_of_weapon": chance.choice(("stocks", "procurement")),
    }  # fmt: skip


_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_TYPES = 'xmlns="http://schemas.openxmlformats.org/package/2006/content-types"'
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = f'<styleSheet {_MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'
_DAY_ONE = dt.date(1899, 12, 30)


def write_workbook(path: Path, count: int, seed: int = 21) -> Path:
    """Write `count` rows below a line of headers as XLSX, its texts shared between cells as Excel does."""
    texts: dict[str, int] = {}
    relation = f'<Relationship Id="rId1" Type="{_OFFICE}/%s" Target="%s"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", f"<Types {_TYPES}/>")
        book = relation % ("officeDocument", "xl/workbook.xml")
        archive.writestr("_rels/.rels", f"<Relationships {_RELATIONS}>{book}</Relationships>")
        sheet = '<sheets><sheet name="Main Data" sheetId="1" r:id="rId1"/></sheets>'
        archive.writestr("xl/workbook.xml", f'<workbook {_MAIN} xmlns:r="{_OFFICE}">{sheet}</workbook>')
        parts = [
            ("worksheet", "worksheets/sheet1.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("styles", "styles.xml"),
        ]
        listed = "".join((relation % part).replace("rId1", f"rId{at}") for at, part in enumerate(parts, start=1))
        archive.writestr("xl/_rels/workbook.xml.rels", f"<Relationships {_RELATIONS}>{listed}</Relationships>")
        archive.writestr("xl/styles.xml", _STYLES)
        with archive.open("xl/worksheets/sheet1.xml", "w") as file:
            file.write(f"<worksheet {_MAIN}><sheetData>".encode())
            for line in _lines(count, seed, texts):
                file.write(line.encode())
            file.write(b"</sheetData></worksheet>")
        shared = "".join(f"<si><t>{escape(text)}</t></si>" for text in texts)
        archive.writestr("xl/sharedStrings.xml", f"<sst {_MAIN}>{shared}</sst>")
    return path


def _lines(count: int, seed: int, texts: dict[str, int]) -> Iterator[str]:
    columns = [(header, _letters(at)) for at, header in enumerate(READ + UNREAD)]
    dummies = {header: at % 2 for at, header in enumerate(UNREAD) if at % 3}
    yield _line(1, {header: header for header in READ + UNREAD}, columns, texts)
    for number, row in enumerate(rows(count, seed), start=2):
        yield _line(number, row | dummies, columns, texts)


def _line(number: int, row: Cells, columns: list[tuple[str, str]], texts: dict[str, int]) -> str:
    cells = (_cell(f"{letters}{number}", row[header], texts) for header, letters in columns if header in row)
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(reference: str, value: Any, texts: dict[str, int]) -> str:
    if isinstance(value, str):
        return f'<c r="{reference}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
    if isinstance(value, dt.date):
        return f'<c r="{reference}" s="1"><v>{(value - _DAY_ONE).days}</v></c>'
    return f'<c r="{reference}"><v>{value}</v></c>'


def _letters(column: int) -> str:
    return (chr(64 + column // 26) if column >= 26 else "") + chr(65 + column % 26)
