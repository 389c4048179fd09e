"""The demo: everything in one command, nothing lost or doubled by the second."""

import re
import socket
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from tests.factories import ExchangeRateFactory, PartyFactory
from tracker.curation.errors import CurationError
from tracker.curation.review import change_sets, holding
from tracker.management.commands import demo
from tracker.models import ChangeSet, Contribution, Document, Indicator, Membership, Party, Publication, process_locks

pytestmark = pytest.mark.django_db

RECORDS = 5
"""Pledges in the fixtures."""


@pytest.fixture(autouse=True)
def _debug(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.DEBUG = True
    monkeypatch.delenv("DEMO_PASSWORD", raising=False)


@pytest.fixture
def _rates() -> None:
    """Rates that are there; loading two hundred thousand takes its time."""
    ExchangeRateFactory()


def run(**options: Any) -> str:
    """Run the demo without serving, and return what it says."""
    said = StringIO()
    call_command("demo", no_serve=True, stdout=said, **options)
    return said.getvalue()


def test_refused_where_debug_is_off(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="only with DEBUG=True"):
        run()
    assert not User.objects.exists()


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http", "8000.5", "", "٨٠٠٠", "9" * 5000])
def test_what_is_no_port(port: str) -> None:
    with pytest.raises(CommandError, match="is not a port; write a number from 1 to 65535"):
        run(port=port)


def test_a_port_in_use_is_named_before_anything_is_done() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(CommandError, match=f"Cannot serve on 127.0.0.1:{port}.*--port"):
            call_command("demo", port=port, stdout=StringIO())
    assert not User.objects.exists()


@pytest.mark.usefixtures("_rates")
def test_the_first_run_fills_and_publishes_the_register_and_makes_users() -> None:
    said = run()
    assert Publication.objects.published().filter(kind="pledge").count() == RECORDS
    assert Contribution.objects.filter(recorded_to=None).count() >= RECORDS
    change_set = ChangeSet.objects.get()
    assert (change_set.status, change_set.author.username, change_set.reviewer.username) == (
        "published",
        "editor",
        "reviewer",
    )
    assert_figures_are_whole()
    for name, role in {"editor": "editor", "reviewer": "reviewer", "admin": "administrator"}.items():
        user = User.objects.get(username=name)
        assert [group.name for group in user.groups.all()] == [role]
        assert user.is_staff
        assert not user.is_superuser
        printed = re.search(rf"{name} .*password (\S{{12,}})\n", said)
        assert printed, said
        assert user.check_password(printed[1])


@pytest.mark.usefixtures("_rates")
def test_readers_are_put_off_while_it_publishes(monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes a moment, and has the rows of it there when all is written: who asks between would see fewer."""
    held = []

    def look(**_asked: Any) -> None:
        held.append(process_locks.is_held(process_locks.PUBLISHING))
        raise CurationError("Seen enough.")

    for name, options in (("publish_all", {}), ("publish_file", {"with_reports": True})):
        with monkeypatch.context() as looking:
            looking.setattr(demo, name, look)
            with pytest.raises(CommandError, match="Seen enough"):
                run(**options)
        PartyFactory()
    assert held == [True, True]


def assert_figures_are_whole() -> None:
    """Figures that come along are of every state that a table may hold against them, from a named source."""
    held = {
        measure: set(Indicator.objects.filter(measure=measure).values_list("party__public_id", flat=True))
        for measure in (Indicator.Measure.GDP_USD, Indicator.Measure.POPULATION, Indicator.Measure.EU_KEY)
    }
    assert held["gdp_usd"] < held["population"]
    members = Membership.objects.filter(group__public_id="EU", valid_to=None)
    assert held["eu_key"] == set(members.values_list("party__public_id", flat=True))
    assert all("CC BY 4.0" in source for source in Indicator.objects.values_list("source", flat=True).distinct())
    people = {each.year: each.value for each in Indicator.objects.filter(measure="population", party__public_id="UKR")}
    assert people == {2020: 44680014, 2021: 44298640, 2022: 41048766, 2023: 37732836, 2024: 37860221}


@pytest.mark.usefixtures("_rates")
def test_a_second_run_loses_and_doubles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    run()
    Party.objects.filter(public_id="DEU").update(name="Germany, as the staff call it")
    before = list(User.objects.order_by("pk").values_list("username", "password"))
    said = run()
    assert "left as it is" in said
    assert said.count("password as before") == len(before) == 3
    assert list(User.objects.order_by("pk").values_list("username", "password")) == before
    assert Party.objects.get(public_id="DEU").name == "Germany, as the staff call it"
    assert Publication.objects.filter(kind="pledge").count() == RECORDS
    assert ChangeSet.objects.count() == 1
    # But that the environment sets the passwords, on every run.
    monkeypatch.setenv("DEMO_PASSWORD", "chosen by a script")
    assert run().count("chosen by a script") == 3
    assert all(user.check_password("chosen by a script") for user in User.objects.all())
    # What somebody holds, reports cannot change: that is said, and none of them is written.
    admin = User.objects.get(username="admin")
    mine = change_sets.open_change_set(author=admin, message="My own", cause="correction", at=timezone.now())
    holding.hold(kind="pledge", public_id="DEU-2025-0001", change_set=mine, at=timezone.now())
    documents = Document.objects.count()
    with pytest.raises(
        CommandError, match=r"Nothing of the reports was written\. admin holds pledge DEU-2025-0001 .*again"
    ):
        run(with_reports=True)
    assert (ChangeSet.objects.count(), Document.objects.count()) == (2, documents)


@pytest.mark.usefixtures("_rates")
def test_a_run_that_failed_is_taken_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_kwargs: Any) -> None:
        raise RuntimeError("the power went")

    with monkeypatch.context() as broken:
        broken.setattr(demo, "publish_all", fail)
        with pytest.raises(RuntimeError, match="the power went"):
            run()
    assert not Party.objects.exists()
    run()
    assert Publication.objects.published().filter(kind="pledge").count() == RECORDS


@pytest.mark.once
def test_it_serves_on_the_port_asked_for_and_loads_rates_where_there_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    served = SimpleNamespace(at="")

    def serve(_command: BaseCommand, *_args: Any, **options: Any) -> None:
        served.at = options["addrport"]

    monkeypatch.setattr("django.contrib.staticfiles.management.commands.runserver.Command.execute", serve)
    loaded: list[str] = []
    real = call_command

    def call(name: str, *args: Any, **options: Any) -> None:
        loaded.append(name)
        if name != "load_rates":
            real(name, *args, **options)

    monkeypatch.setattr(demo, "call_command", call)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = StringIO()
    call_command("demo", port=port, stdout=said)
    assert served.at == f"127.0.0.1:{port}"
    assert f"http://127.0.0.1:{port}/admin/" in said.getvalue()
    assert "load_rates" in loaded
