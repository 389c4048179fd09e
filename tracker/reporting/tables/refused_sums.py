"""What is never added up: stages, bases, deployments and aid, groups that overlap, shares of different wholes."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tracker.filters.groups import GroupMembers
from tracker.models import Pledge, Stage
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import GROUP
from tracker.reporting.tables.dimensions import Dimension, Grouped
from tracker.reporting.tables.measures import MixedSum


def stages_of(found: Iterable[str]) -> list[str]:
    """Return stages as they follow one another."""
    return sorted(found, key=list(Stage.values).index)


def check_mixing(
    stages: list[str], asked: dict[str, Any], dimensions: Sequence[Dimension], per: str, moment: dt.datetime
) -> set[str]:
    """Return the dimensions across which a table has no totals.

    Raises MixedSum where a cell itself would mix what is never added.
    """
    names = {dimension.name for dimension in dimensions}
    _check_stages(stages, names)
    _check_bases(asked, names)
    _check_natures(asked, names)
    if per and "contributor" not in names and len(asked.get("contributor") or []) != 1:
        raise MixedSum(
            _("A share of GDP, or an amount per head, is that of one party, and those of several are never added: make "
              "contributor the rows or columns, or ask for one contributor.")
        )  # fmt: skip
    never = {"contributor"} if per else set()
    never |= {"stage"} if len(stages) > 1 else set()
    never |= {"basis"} if len(asked.get("basis") or []) > 1 else set()
    never |= {"nature"} if _mixes_natures(asked) else set()
    return never | _overlapping(asked, dimensions, moment)


def _check_stages(stages: list[str], names: set[str]) -> None:
    if len(stages) > 1 and "stage" not in names:
        said = ", ".join(str(Stage(stage).label) for stage in stages)
        raise MixedSum(
            _("Mixed stages are never added, and here are %(stages)s: ask for one, such as stage=%(first)s, or make "
              "stage the rows or columns.") % {"stages": said, "first": stages[0]}
        )  # fmt: skip


def _check_bases(asked: dict[str, Any], names: set[str]) -> None:
    basis = asked.get("basis") or []
    if len(basis) > 1 and "basis" not in names:
        raise MixedSum(
            _("Contributions on different bases are never added, as one entry can have several: ask for one basis, "
              "such as basis=headline, or make basis the rows or columns.")
        )  # fmt: skip


def _mixes_natures(asked: dict[str, Any]) -> bool:
    natures = asked.get("nature") or []
    return Pledge.Nature.DEPLOYMENT in natures and len(natures) > 1


def _check_natures(asked: dict[str, Any], names: set[str]) -> None:
    if _mixes_natures(asked) and "nature" not in names:
        raise MixedSum(
            _("Deployments are own forces under a mission and never enter aid totals: ask for nature=deployment alone.")
        )


def _overlapping(asked: dict[str, Any], dimensions: Sequence[Dimension], moment: dt.datetime) -> set[str]:
    """Return the dimension of groups where its groups overlap; raises MixedSum where one sum would add such groups."""
    span = (asked.get("date_from") or dt.date.min, asked.get("date_to") or dt.date.max)
    by_group = next((dimension for dimension in dimensions if isinstance(dimension, Grouped)), None)
    if by_group is not None:
        return {GROUP} if by_group.members.overlaps(*span) else set()
    groups = asked.get("group") or []
    if len(groups) < 2:
        return set()
    shared = GroupMembers(groups, moment).overlaps(*span)
    if shared:
        raise MixedSum(_overlap_in_words(groups, shared, moment))
    return set()


def _overlap_in_words(groups: list[str], shared: dict[str, set[str]], moment: dt.datetime) -> str:
    named = sorted(published.names("party", shared, moment).values())
    parties = ", ".join(named[:-1]) + (_(" and ") if len(named) > 1 else "") + named[-1] if named else ""
    return _(
        "Groups that overlap are never added: %(parties)s would count in more than one of %(groups)s. Ask for one of "
        "them, such as group=%(first)s, or make group the rows or columns, where each has a sum of its own."
    ) % {"parties": parties, "groups": ", ".join(groups), "first": groups[0]}
