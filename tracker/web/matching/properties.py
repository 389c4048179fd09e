"""What tools that matched a name fetch of our records: which properties there are, and their values."""

import datetime as dt
import re
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.lib import canonical
from tracker.lib.text import fold
from tracker.records import field_labels
from tracker.records.engine.types import Document
from tracker.reporting.shelf import published
from tracker.web.matching.candidates import KINDS, MOST_FOUND, NoQuery, answer_json, is_id, type_of
from tracker.web.pages.facts import HEADING, pieces_of

MOST_IDS, MOST_PROPERTIES = 200, 20
"""How many records, and how many of their properties, one request fetches."""


def properties_of(kind: str) -> dict[str, str]:
    """Return the properties of a kind that can be fetched, each with what it is called: its fields of one value."""
    fields = field_labels.fields_of(kind)
    return {
        name: field_labels.label_of(kind, name)
        for name, one in fields.items()
        if name not in HEADING and (not hasattr(one, "child") or not hasattr(one.child, "fields"))
    }


@require_safe
def propose_properties(request: HttpRequest) -> HttpResponse:
    """Answer which properties the records of a type have."""
    kind = request.GET.get("type", "")
    found = properties_of(kind) if kind in KINDS else {}
    limit = request.GET.get("limit", "")
    most = int(limit) if re.fullmatch(r"0*[1-9][0-9]{0,5}", limit, re.ASCII) else len(found)
    listed = [{"id": name, "name": label} for name, label in found.items()][:most]
    return answer_json({"type": kind, "limit": most, "properties": listed})


@require_safe
def suggest_property(request: HttpRequest) -> HttpResponse:
    """Answer the properties whose names have a text in them, of all types."""
    wanted = fold(request.GET.get("prefix", ""))
    every = {name: label for kind in KINDS for name, label in properties_of(kind).items()}
    found = [{"id": name, "name": label} for name, label in every.items() if wanted and wanted in fold(label)]
    return answer_json({"result": found[:MOST_FOUND]})


@require_safe
def suggest_type(request: HttpRequest) -> HttpResponse:
    """Answer the types whose names begin like a text."""
    wanted = fold(request.GET.get("prefix", ""))
    types = [type_of(kind) for kind in KINDS]
    return answer_json({"result": [each for each in types if fold(each["name"]).startswith(wanted)]})


def extended(text: str, moment: dt.datetime) -> dict[str, Any]:
    """Return the values of properties of records, as `extend` asks for them; raises NoQuery for what it cannot read."""
    ids, names = _read(text)
    known = {name: (kind, label) for kind in KINDS for name, label in properties_of(kind).items()}
    documents = _documents(ids, moment)
    rows = {public_id: _values(documents.get(public_id), names) for public_id in ids}
    return {"meta": [{"id": name, "name": known[name][1] if name in known else name} for name in names], "rows": rows}


def _read(text: str) -> tuple[list[str], list[str]]:
    wrong = NoQuery(_('Write what to extend as {"ids": ["DEU"], "properties": [{"id": "kind"}]}.'))
    try:
        asked = orjson.loads(text)
        ids, names = asked["ids"], [each["id"] for each in asked["properties"]]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        raise wrong from None
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in (*ids, *names)):
        raise wrong
    if len(ids) > MOST_IDS or len(names) > MOST_PROPERTIES:
        raise NoQuery(_("At most %(ids)s records and %(properties)s properties at once.") % {
            "ids": MOST_IDS, "properties": MOST_PROPERTIES,
        })  # fmt: skip
    return ids, names


def _documents(ids: list[str], moment: dt.datetime) -> dict[str, tuple[str, Document]]:
    """Return kind and document of the records that ids name; an id of several kinds names the first, as elsewhere."""
    wanted = {public_id for public_id in ids if is_id(public_id)}
    found: dict[str, tuple[str, Document]] = {}
    for kind in KINDS:
        rows = published.records(kind, moment).filter(public_id__in=wanted).order_by("public_id")
        for public_id, text in rows.values_list("public_id", "document"):
            found.setdefault(public_id, (kind, canonical.load(text)))
    return found


def _values(record: tuple[str, Document] | None, names: list[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    if record is None:
        return found
    kind, document = record
    fields, known = field_labels.fields_of(kind), properties_of(kind)
    for name in names:
        if name in known:
            found[name] = [_value(piece) for piece in pieces_of(fields[name], document.get(name), document)]
    return found


def _value(piece: Any) -> dict[str, Any]:
    """Return a value: another record that can be matched by its id, all else as people write it."""
    return {"id": piece.id, "name": piece.text} if piece.kind in KINDS and piece.id else {"str": piece.text}
