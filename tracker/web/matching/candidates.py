"""The candidates for a name: records that go by it, or by one that resembles it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from tracker.lib import response_cache
from tracker.lib.text import fold
from tracker.records import field_labels
from tracker.reporting.shelf import published
from tracker.web.names import in_all_languages

KINDS = ("party", "platform", "initiative")
"""The kinds of records that names are matched to."""

MOST_QUERIES, LONGEST, MOST_FOUND = 50, 200, 10
"""How many queries one request has, how many characters a name, and how many candidates an answer."""

FEWEST_POINTS, ALL_POINTS = 60, 100
"""From how many points of a hundred a record is a candidate."""

_BYTES_OF_ONE = 800
"""About how much memory a record with its names takes."""


@dataclass(frozen=True)
class Named:
    """A record, and the folded names that it goes by."""

    kind: str
    public_id: str
    name: str
    names: tuple[str, ...]


class NoQuery(ValueError):
    """What is asked cannot be read; the message says what would be right."""


def named(kind: str, moment: dt.datetime) -> list[Named]:
    """Return the published records of a kind with all their names, by name."""
    return response_cache.once(
        ("names to reconcile", kind, moment), lambda: _names(kind, moment), lambda found: _BYTES_OF_ONE * len(found)
    )


def _names(kind: str, moment: dt.datetime) -> list[Named]:
    rows = published.records(kind, moment).order_by("folded", "public_id").values_list("public_id", "name", "search")
    return [
        Named(kind, public_id, name, (*search.splitlines(), *_translated(kind, public_id)))
        for public_id, name, search in rows
    ]


def _translated(kind: str, public_id: str) -> list[str]:
    """Return the folded names of a state in the languages of the pages: lists of others may be in any of them."""
    return [fold(name) for name in in_all_languages(public_id)] if kind == "party" else []


def read_queries(text: str) -> dict[str, dict[str, Any]]:
    """Return the queries of a request by their names; raises NoQuery for what it cannot read."""
    wrong = NoQuery(_('Write queries as an object such as {"q0": {"query": "Germany", "type": "party"}}.'))
    try:
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise wrong from None
    if not isinstance(found, dict) or not all(isinstance(each, dict) for each in found.values()):
        raise wrong
    if len(found) > MOST_QUERIES:
        raise NoQuery(_("At most %s queries at once.") % MOST_QUERIES)
    return found


def candidates(query: dict[str, Any], moment: dt.datetime) -> list[dict[str, Any]]:
    """Return the candidates for a name, the best first; a match is one that alone has exactly this name."""
    # An empty cell is sent as null: it is no name.
    wanted, kinds = fold(str(query.get("query") or "")[:LONGEST]), _kinds(query.get("type"))
    limit = query.get("limit")
    limit = int(limit) if isinstance(limit, (int, float)) and 1 <= limit <= MOST_FOUND else MOST_FOUND
    rows = [row for each in kinds for row in named(each, moment)]
    scored = [(_points(wanted, row), row) for row in rows] if wanted else []
    best = sorted((each for each in scored if each[0] >= FEWEST_POINTS), key=lambda each: (-each[0], each[1].public_id))
    is_only = sum(points == ALL_POINTS for points, _row in best) == 1
    return [
        {"id": row.public_id, "name": row.name, "type": [type_of(row.kind)], "score": points,
         "match": is_only and points == ALL_POINTS}
        for points, row in best[:limit]
    ]  # fmt: skip


def _kinds(asked: Any) -> list[str]:
    """Return the kinds among which a query looks: the types that it names, or all; raises NoQuery for another."""
    types = [each for each in (asked if isinstance(asked, list) else [asked]) if each not in (None, "")]
    unknown = [each for each in types if each not in KINDS]
    if unknown:
        raise NoQuery(_("“%(found)s” is unknown; allowed are %(allowed)s.") % {
            "found": str(unknown[0])[:60], "allowed": ", ".join(KINDS),
        })  # fmt: skip
    return list(dict.fromkeys(types)) or list(KINDS)


def _points(wanted: str, row: Named) -> float:
    if wanted in row.names:
        return ALL_POINTS
    # What only resembles is never as good as what is the same.
    return min(ALL_POINTS - 1, round(max((fuzz.token_sort_ratio(wanted, name) for name in row.names), default=0), 1))


def type_of(kind: str) -> dict[str, str]:
    """Return a kind of records as a type of the service."""
    return {"id": kind, "name": field_labels.one(kind)}


def is_id(text: str) -> bool:
    """Tell whether a text can be the id of a record at all."""
    return len(text) <= LONGEST and "\0" not in text


def kind_of_id(public_id: str, moment: dt.datetime) -> str:
    """Return the kind of the record that an id names, or named before it was merged; empty for none."""
    if not is_id(public_id):
        return ""
    having = (kind for kind in KINDS if published.records(kind, moment).filter(public_id=public_id).exists())
    merged = (kind for kind in KINDS if published.merged_into(kind, public_id, moment))
    return next(having, "") or next(merged, "")


def answer_json(document: dict[str, Any], status: int = 200) -> HttpResponse:
    """Return an answer as JSON."""
    return HttpResponse(orjson.dumps(document), "application/json", status)
