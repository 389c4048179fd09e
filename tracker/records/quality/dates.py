"""Rules of dates: what cannot have been then, and what is past and still called planned."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tracker.models import Condition, Stage
from tracker.models.desk.meetings import AgendaItem, Participation
from tracker.records import words
from tracker.records.engine.types import Document
from tracker.records.quality.referred import Referred, Span
from tracker.records.quality.rows_of_lists import place_of
from tracker.records.quality.rule import Found

Days = tuple[dt.date | None, dt.date | None]

_DONE = (Stage.CONTRACT, Stage.DISBURSEMENT, Stage.DELIVERY)
"""Stages that say what has happened, and cannot lie ahead."""
_HAPPENED = {
    "pledge": "announced", "package": "announced", "incident": "date", "document": "published", "requirement": "stated",
}  # fmt: skip
"""The date of each kind that says when something happened."""
_OLDEST = dt.date(1945, 1, 1)
LONG = dt.timedelta(days=366)
"""What comes more than this before the announcement of its pledge is no slip of days, and is not published."""


def days(date: Any) -> Days:
    """Return the first and the last day that a date of a document can mean; None where there is none."""
    if not date:
        return None, None
    earliest, latest = date["earliest"], date["latest"]
    return (
        dt.date.fromisoformat(earliest) if earliest else None, dt.date.fromisoformat(latest) if latest else None,
    )  # fmt: skip


def impossible(document: Document, referred: Referred) -> Iterator[Found]:
    """Find what lies ahead and is said to have happened, steps before their announcement, and years of another age."""
    name = _HAPPENED[referred.kind]
    told = _not_happened(document[name], referred.today)
    if told:
        yield Found(name, told, document[name]["edtf"])
    first = days(document.get("announced"))[0] if referred.kind == "pledge" else None
    for entry in document.get("entries", ()):
        told = _not_happened(entry["date"], referred.today) if entry["stage"] in _DONE else ""
        latest = days(entry["date"])[1]
        if not told and first and latest and latest < first:
            told = _("%(date)s is before the pledge was announced (%(announced)s).") % {
                "date": words.partial_date(entry["date"]), "announced": words.partial_date(document["announced"]),
            }  # fmt: skip
        if told:
            place = place_of(referred.kind, document, "entries", entry, "date")
            yield Found(place, told, [entry["stage"], entry["date"], document.get("announced")])


def long_before(document: Document) -> Iterator[Found]:
    """Find the entries of a pledge that come certainly more than a year before its announcement."""
    first = days(document["announced"])[0]
    for entry in document["entries"]:
        latest = days(entry["date"])[1]
        if first and latest and latest < first - LONG:
            place = place_of("pledge", document, "entries", entry, "date")
            told = _(
                "%(place)s: %(date)s is long before the pledge was announced (%(announced)s). Put the date right, or "
                "have the finding waived with a reason."
            ) % {
                "place": place, "date": words.partial_date(entry["date"]),
                "announced": words.partial_date(document["announced"]),
            }  # fmt: skip
            yield Found(place, told, [])


def _not_happened(date: Any, today: dt.date) -> str:
    earliest, latest = days(date)
    if earliest and earliest > today:
        return _("%s is still to come.") % words.partial_date(date)
    if latest and latest < _OLDEST:
        return _("%(date)s is before %(year)s: is the year right?") % {
            "date": words.partial_date(date), "year": _OLDEST.year,
        }  # fmt: skip
    return ""


def outside_initiative(document: Document, referred: Referred) -> Iterator[Found]:
    """Find pledges and packages dated before their initiative began or after it ended."""
    if not document.get("initiative"):
        return
    span = referred.initiatives.get(document["initiative"]["id"], Span(None, None))
    if span.leaves_out(*days(document["announced"])):
        yield Found(
            "announced", _outside(document["announced"], document["initiative"], span),
            [document["announced"], document["initiative"]["id"], str(span)],
        )  # fmt: skip
    for entry in document.get("entries", ()):
        if span.leaves_out(*days(entry["date"])) and entry["stage"] in (Stage.PLEDGE, Stage.COMMITMENT):
            told = _outside(entry["date"], document["initiative"], span)
            place = place_of(referred.kind, document, "entries", entry, "date")
            yield Found(place, told, [entry["date"], document["initiative"]["id"], str(span)])


def _outside(date: Any, initiative: Document, span: Span) -> str:
    return _("%(date)s is outside %(initiative)s, which ran from %(first)s to %(last)s.") % {
        "date": words.partial_date(date), "initiative": initiative["name"],
        "first": span.first or _("an unknown day"), "last": span.last or _("today"),
    }  # fmt: skip


def member(document: Document, referred: Referred) -> Iterator[Found]:
    """Find who takes part in what a group of states leads or convenes, and did not belong to it then."""
    named, listed, date = ("initiative", "shares", "announced")
    if referred.kind == "meeting":
        named, listed, date = ("forum", "participations", "date")
    elif document["nature"] != "deployment":
        # Anybody may pay into what a group leads.
        return
    about = document.get(named)
    groups = [group for group in referred.leads.get(about["id"], ()) if group in referred.members] if about else []
    day = days(document[date])
    for row in document[listed]:
        party = row["party"] if listed == "participations" else row["contributor"]
        spans = [
            span for group in groups for span in referred.members[group].get(party["id"], [Span(dt.date.max, None)])
        ]
        if any(day) and spans and all(span.leaves_out(*day) for span in spans):
            told = _("%(party)s did not belong to %(groups)s on %(day)s.") % {
                "party": party["name"], "groups": ", ".join(sorted(groups)), "day": words.partial_date(document[date]),
            }  # fmt: skip
            place = place_of(referred.kind, document, listed, row)
            yield Found(place, told, [party["id"], sorted(groups), document[date]])


def office(document: Document, referred: Referred) -> Iterator[Found]:
    """Find who speaks at or attends a meeting as the holder of an office that they did not hold on that day."""
    day = days(document["date"])
    for listed, name in (("participations", "official"), ("agenda", "speaker")):
        for row in document[listed]:
            official = row[name]
            span = referred.offices.get(official["id"]) if official else None
            if official and span and span.leaves_out(*day):
                told = _("%(name)s held this office from %(first)s to %(last)s.") % {
                    "name": official["name"], "first": span.first or _("an unknown day"),
                    "last": span.last or _("today"),
                }  # fmt: skip
                place = place_of(referred.kind, document, listed, row, name)
                yield Found(place, told, [official["id"], document["date"], str(span)])


def overdue(document: Document, referred: Referred) -> Iterator[Found]:
    """Find the conditions that are open although the day is past by which they had to be met."""
    for row in document["conditions"]:
        latest = days(row["due"])[1]
        if row["state"] == Condition.State.OPEN and latest and latest < referred.today:
            told = _("It had to be met by %s, and is open still: was it met, or did it fail?") % latest
            place = place_of("pledge", document, "conditions", row, "state")
            yield Found(place, told, [row["state"], latest.isoformat()])


def planned(document: Document, referred: Referred) -> Iterator[Found]:
    """Find what a meeting had planned, and who was expected, where the meeting is over and nobody says what became."""
    latest = days(document["date"])[1]
    if latest is None or latest >= referred.today:
        return
    for row in document["agenda"]:
        if row["status"] == AgendaItem.Status.PLANNED:
            told = _("The meeting was on %s, and this is still planned: was it held or dropped?") % date_format(latest)
            place = place_of("meeting", document, "agenda", row, "status")
            yield Found(place, told, [row["status"], latest.isoformat()])
    for row in document["participations"]:
        if row["status"] == Participation.Status.EXPECTED:
            told = _("The meeting was on %s, and this is still expected: who came?") % date_format(latest)
            place = place_of("meeting", document, "participations", row, "status")
            yield Found(place, told, [row["status"], latest.isoformat()])
