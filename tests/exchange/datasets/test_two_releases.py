"""Two releases of a dataset, whatever comes between them: after the second, the register's totals are the second's."""

import datetime as dt
import tempfile
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.examples import examples
from tests.exchange import releases
from tests.exchange.kiel import COLUMNS, make_parties, plan_of, row, write
from tracker.curation.desk import records
from tracker.curation.importing import applying
from tracker.curation.importing.plans import Outcome
from tracker.curation.publishing import publishing
from tracker.curation.review import change_sets
from tracker.models import ChangeSet, Contribution, ExternalId, Pledge
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db

Package = dict[str, Any]
"""An activity: its number, donor, aid type, day, source, and the amounts of its parts."""

DONORS, AID, DAYS = ("Finland", "Germany", "Czechia"), ("Military", "Humanitarian"), ("2024-05-17", "2023-01-02", ".")
PACKAGES = st.builds(
    dict, number=st.integers(1, 9), donor=st.sampled_from(DONORS), aid=st.sampled_from(AID), day=st.sampled_from(DAYS),
    source=st.integers(1, 3), parts=st.lists(st.integers(0, 5).map(lambda n: n * 100_001), min_size=1, max_size=3),
    words=st.sampled_from(["Howitzers", "Generators and tents", "Budget support"]),
)  # fmt: skip
CHANGES = st.sampled_from(["none", "drop", "renumber", "amount", "day", "source", "donor", "words", "split", "merge"])


def changed(package: Package, change: str, other: Package) -> list[Package]:
    """Return what becomes of a package in the next release."""
    parts = package["parts"]
    if change == "drop":
        return []
    if change == "split":
        return [package | {"parts": [part]} for part in parts]
    if change == "merge":
        return [package | {"parts": [sum(parts)]}]
    new = {
        "renumber": {"number": other["number"]}, "amount": {"parts": [*parts[:-1], parts[-1] + 7]},
        "day": {"day": other["day"]}, "source": {"source": other["source"]}, "donor": {"donor": other["donor"]},
        "words": {"words": other["words"]},
    }.get(change, {})  # fmt: skip
    return [package | new]


def rows_of(packages: list[Package]) -> list[dict[str, Any]]:
    """Return the rows of a release: packages of one number are one activity, as publishers use ids again."""
    rows = []
    for package in packages:
        activity = f"ACT{package['number']}"
        for number, part in enumerate(package["parts"], start=1):
            rows.append(
                row(
                    activity, f"{activity}_{number}", donor=package["donor"], aid_type_general=package["aid"],
                    announcement_date=package["day"], explanation=package["words"], part_value=str(part),
                    value=str(sum(package["parts"])) if number == 1 else "", item=f"Thing {number}",
                    source_of_aid_1=f"https://example.org/{package['source']}",
                )
            )  # fmt: skip
    return rows


def totals(rows: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """Return what rows come to in cents, by stage, donor and aid type; nothing is left out where it is zero."""
    sums: Counter[tuple[str, str, str]] = Counter()
    for line in rows:
        for stage, column in (
            ("commitment", "tot_activity_value_EUR"), ("allocation", "tot_sub_activity_value_EUR_redistr"),
        ):  # fmt: skip
            sums[stage, line["donor"], line["aid_type_general"].lower()] += 100 * int(line[column] or 0)
    return +sums


def published() -> Counter[tuple[str, str, str]]:
    """Return what is published."""
    names = {"FIN": "Finland", "DEU": "Germany", "CZE": "Czechia"}
    sums: Counter[tuple[str, str, str]] = Counter()
    standing = Contribution.objects.as_of(None).filter(basis="dataset", is_netted=False)
    for stage, contributor, aid, cents in standing.values_list("stage", "contributor", "aid_type", "eur_cents"):
        sums[stage, names[contributor], aid] += cents
    return +sums


def bring(path: Path, release: str, users: SimpleNamespace, at: dt.datetime) -> None:
    """Import a release, withdraw what is gone, and publish."""
    plan = plan_of(path, release, likeliest=True)
    assert plan.with_outcome(Outcome.CONFLICTING) == []
    gone = [one.public_id for one in plan.gone]
    applied = applying.apply(plan=plan, author=users.editor, at=at, withdraw=gone)
    if applied.change_set:
        change_sets.submit(change_set=applied.change_set, by=users.editor, at=at)
        publishing.publish(change_set=applied.change_set, by=users.reviewer, at=at)
    again = plan_of(path, release)
    assert (again.is_empty, again.gone) == (True, [])


# Without shrinking, which would take minutes: each example publishes two releases.
@settings(
    max_examples=examples(15),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_totals_are_those_of_the_second_file(users: SimpleNamespace, data: st.DataObject) -> None:
    """Rows come and go, are renumbered, corrected, split and merged, and rows and columns stand in any order."""
    first = data.draw(st.lists(PACKAGES, min_size=1, max_size=5), label="first release")
    second: list[Package] = data.draw(st.lists(PACKAGES, max_size=2), label="new packages")
    for package in first:
        second += changed(package, data.draw(CHANGES, label="change"), data.draw(PACKAGES, label="to"))
    releases = {"21": rows_of(first), "22": rows_of(second) or rows_of(first[:1])}
    columns = tuple(data.draw(st.permutations(COLUMNS), label="columns"))
    releases["22"] = data.draw(st.permutations(releases["22"]), label="rows")
    with transaction.atomic(), tempfile.TemporaryDirectory() as folder:
        make_parties()
        for number, (release, rows) in enumerate(releases.items(), start=1):
            path = write(Path(folder) / f"{release}.csv", rows, columns if release == "22" else COLUMNS)
            bring(path, release, users, factories.AT + dt.timedelta(hours=number))
            assert published() == totals(rows), release
        transaction.set_rollback(True)


def test_what_comes_back_comes_as_the_file_has_it(users: SimpleNamespace, tmp_path: Path) -> None:
    make_parties()
    bring = releases.bringer(tmp_path, users)
    bring([releases.package(1), releases.package(2)], "21")
    pledge = Pledge.objects.get(public_id=ExternalId.objects.get(source_id="DEM1").public_id)
    lines = {"valuations": [], "entries": [{"stage": "pledge"}]}
    serializer = KINDS["pledge"].serializer(pledge, data=lines, partial=True)
    serializer.is_valid(raise_exception=True)
    records.write(serializer=serializer, by=users.editor, at=factories.AT)
    change_set = change_sets.submit(change_set=ChangeSet.objects.get(status="open"), by=users.editor, at=factories.AT)
    publishing.publish(change_set=change_set, by=users.reviewer, at=factories.AT)
    bring([releases.package(2)], "22")
    plan = bring([releases.package(1), releases.package(2)], "23")
    assert {line.cause for line in plan.reconciliation} == {""}
    assert [entry.stage for entry in pledge.entries.all()] != ["pledge"]
    assert releases.total() == 3_000_000
