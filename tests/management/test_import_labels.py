"""Labels are mapped by the command that imports, from a file of decisions, and it says so."""

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from rest_framework.serializers import ValidationError as Refused

from tests import factories
from tests.exchange.kiel import make_parties, row, write
from tracker.curation.desk import records
from tracker.models import ChangeSet, ImportLabel, Item, Party, Pledge
from tracker.records.kinds.parties import PartySerializer

pytestmark = pytest.mark.django_db
ROWS = [row("FIM1", donor="Suomi", value="5", item="Leo 2"), row("FIM2", value="7", item="odd thing")]


@pytest.fixture(autouse=True)
def _register(db: None, users: SimpleNamespace) -> None:
    make_parties()


def run(tmp_path: Path, labels: str, **options: object) -> str:
    said = StringIO()
    (tmp_path / "labels.csv").write_text(labels, encoding="utf-8")
    call_command(
        "import_records", str(write(tmp_path / "kiel.csv", ROWS)), profile="kiel", release="21", author="editor",
        labels=tmp_path / "labels.csv", stdout=said, **options,
    )  # fmt: skip
    return said.getvalue()


FILE = "kind,label,record\nparty,Suomi,FIN\nplatform,Leo 2,leopard-2\nplatform,odd thing,\n"


def test_labels_are_mapped_from_a_file(tmp_path: Path) -> None:
    said = run(tmp_path, FILE)
    assert "Labels: 2 mapped to records, 1 left as descriptions." in said
    assert Pledge.objects.count() == 2
    assert list(Item.objects.order_by("pk").values_list("platform__public_id", flat=True)) == ["leopard-2", None]
    assert list(ImportLabel.objects.filter(is_left=True).values_list("label", flat=True)) == ["odd thing"]
    assert Party.objects.get(public_id="FIN").aliases.filter(name="Suomi").exists()
    assert ChangeSet.objects.filter(message="Labels of import kiel 21").exists()


def test_a_dry_run_shows_what_comes_of_them_and_keeps_nothing(tmp_path: Path) -> None:
    assert "new                2 rows" in run(tmp_path, FILE, dry_run=True)
    assert not Party.objects.get(public_id="FIN").aliases.exists()
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(
    ("labels", "said"),
    [
        ("kind,label,record\nstate,Suomi,FIN\n", "row 2: write kind"),
        ("kind,label,record\nparty,Suomi,XXX\n", "There is no party XXX"),
        ("kind,label,record\nparty,Germany,FIN\n", "“Germany” is the name of DEU"),
        ("label,record\nSuomi,FIN\n", "lacks the headers “kind”"),
    ],
)
def test_what_is_wrong_in_the_file_is_said(tmp_path: Path, labels: str, said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(tmp_path, labels)
    assert not Pledge.objects.exists()


def test_an_alias_that_is_the_name_of_another_is_refused_everywhere(users: SimpleNamespace) -> None:
    finland = Party.objects.get(public_id="FIN")
    with pytest.raises(ValidationError, match="is the name of DEU"):
        finland.aliases.model(party=finland, name="GERMANY").full_clean()
    serializer = PartySerializer(finland, data={"aliases": ["Suomi", "Germany"]}, partial=True)
    assert serializer.is_valid()
    with pytest.raises(Refused, match="is the name of DEU"):
        records.write(serializer=serializer, by=users.editor, at=factories.AT)
    factories.PartyFactory(public_id="X01", name="Finland proper")
    finland.aliases.model(party=finland, name="Finnland").full_clean()
