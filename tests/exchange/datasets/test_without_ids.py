"""Tables without ids: SIPRI's layout of sixteen columns, and the export of the Kiel Institute's site."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from tracker.models import Pledge
from tracker.reporting.checks.reconciliation import AmountKind, of_published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("users", "names")]

SITE = """country,date,type,sub-type,description,value in EUR,item,number,channel,url
Germany,2024-03-01,Military,Weapons,Package one,1000000,Howitzer,4,,https://example.org/1
Germany,2024-03-01,Financial,Grant,Budget support,2500000.50,,,,https://example.org/2
Finland,05/17/2024,Humanitarian,,Generators,300,,,,
"""

SIPRI = (
    "Transfers of major weapons: Deals with deliveries or orders made for 1990 to 2024;;;\n\n"
    "Recipient;Supplier;Year of order;;Number ordered;;Weapon designation;Weapon description;Number delivered;;"
    "Year(s) of delivery;status;Comments;SIPRI TIV per unit;SIPRI TIV for total order;SIPRI TIV of delivered weapons\n"
    "Ukraine;Soviet Union;1990;?;40;?;BMP-2;IFV;40;?;1990-1991;New;Señal;0.5;20;20;\n"
    "NATO**;Czechoslovakia;1991;;3;;Dana;self-propelled gun;3;;1991;Second hand;;1;3;3;\n"
    "Ukraine;Yugoslavia;1992;;;;Dana;self-propelled gun;1;;1993;Second hand;;1;;1;\n"
)


def bring(path: Path, profile: str, release: str, **options: Any) -> str:
    out = io.StringIO()
    given = {"profile": profile, "release": release, "author": "editor", "publish_as": "reviewer", "stdout": out}
    call_command("import_records", path, **given | options)
    return out.getvalue()


def test_the_export_of_the_site(tmp_path: Path) -> None:
    path = tmp_path / "site.csv"
    path.write_text(SITE)
    bring(path, "kiel-site", "29")
    measure = AmountKind("allocation", "dataset", "EUR")
    assert of_published("kiel-site").totals[measure].in_register == 100_000_000 + 250_000_050 + 30_000
    path.write_text(SITE.replace("1000000", "1200000"))
    bring(path, "kiel-site", "30")
    assert of_published("kiel-site").lines == []
    assert Pledge.objects.count() == 3
    assert "nothing to write" in bring(path, "kiel-site", "30")


def test_sixteen_columns(tmp_path: Path) -> None:
    path = tmp_path / "sipri.csv"
    path.write_bytes(SIPRI.encode("cp1252"))
    bring(path, "sipri", "2024")
    found = of_published("sipri")
    assert found.lines == []
    assert found.totals[AmountKind("delivery", "tiv", "")].in_register == 2400
    (deal,) = Pledge.objects.filter(items__supplier__public_id="SUN")
    assert (deal.beneficiary.public_id, deal.announced) == ("UKR", "1990~")
    assert [str(entry.quantity) for entry in deal.entries.order_by("number")] == ["about 40", "about 40"]
    assert set(Pledge.objects.values_list("beneficiary__public_id", flat=True)) == {"UKR", "NATO"}


COPY = (
    "A '?' in a column indicates uncertain data; and so on.;\n"
    "Recipient,Supplier,Year of order,,Number ordered,,Weapon designation,Weapon description,Number delivered,,"
    "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of delivered weapons;\n"
    "Ukraine,Soviet Union,1979,?,6000,?,Malyutka,anti-tank missile,6000,,1979; 1980; 1983,New,For Mi-24; BMP-1,"
    "0.01,60,60;\n"
    "African Union**,South Africa,(2011),,12,,Casspir,APC,12,,2011,Second hand,,0.2,2.4,2.4;\n"
    # Blank cells are left out, which leaves one way to read it; in the last, several.
    "Ukraine,Poland,2022,40,?,T-72,tank,40,2022,Second hand,1.5,60,60;\n"
    "Ukraine,Poland,2023,Rak,mortar,8,2023,New,2,2;\n"
)


def test_a_copy_with_tails_lost_cells_and_lists_of_years(tmp_path: Path) -> None:
    path = tmp_path / "copy.csv"
    path.write_text(COPY)
    out = bring(path, "sipri", "2024", differences="invalid")
    assert "1 row cannot be used" in out
    totals = of_published("sipri").totals[AmountKind("delivery", "tiv", "")]
    assert (totals.in_register, totals.in_file - totals.in_register) == (6000 + 240 + 6000, 0)
    deals = {deal.items.get().description: deal for deal in Pledge.objects.all()}
    assert {name: deal.announced for name, deal in deals.items()} == {
        "Malyutka": "1979~", "Casspir": "2011~", "T-72": "2022",
    }  # fmt: skip
    assert deals["Malyutka"].entries.get(stage="delivery").date == "1979/1983"
    assert str(deals["T-72"].items.get().quantity) == "about 40"
    assert deals["Casspir"].beneficiary is not None
    assert deals["Casspir"].beneficiary.name == "African Union"


def test_states_that_are_no_more_are_parties(tmp_path: Path) -> None:
    path = tmp_path / "former.csv"
    head = SIPRI.partition("Ukraine;")[0]
    names = ("East Germany (GDR)", "Serbia and Montenegro", "Yugoslavia", "USSR", "Czechoslovakia")
    rows = [f"Ukraine;{name};1990;;1;;BMP-{at};IFV;1;;1990;New;;1;1;1;\n" for at, name in enumerate(names)]
    path.write_text(head + "".join(rows))
    bring(path, "sipri", "2024")
    found = Pledge.objects.order_by("items__description").values_list("items__supplier__public_id", flat=True)
    assert list(found) == ["DDR", "YUG", "YUG", "SUN", "CSK"]
