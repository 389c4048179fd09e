"""The page of a record: a sentence, its facts, what refers to it, what sources say of it, and its versions."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.filters.registry import FILTERSETS
from tracker.lib import canonical
from tracker.lib.text import nearest
from tracker.models import Publication
from tracker.models.similar_names import alike
from tracker.records import field_labels, words
from tracker.reporting.shelf import history, published, references
from tracker.web.answering import NotHere, ShownPage
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.pages.answers import answers_of
from tracker.web.pages.differing_sources import rivals
from tracker.web.pages.facts import Document, cells_each, claims_on, facts_of, parts_of
from tracker.web.pages.versions import said_of
from tracker.web.redirects_of_merged import moved_to

SHOWN = 8
"""How many records that refer to one are named on its page."""


@dataclass(frozen=True)
class RecordPage:
    """What the page of a kind has of its own.

    `sentence` says in words what the record is; `more` returns what its template needs beside; `apart` are the fields
    that the template shows in its own way, and `unlisted` the kinds that it lists itself among what refers to it.
    """

    kind: str
    sentence: Callable[[Document], str] = lambda document: ""
    more: Callable[[PageRequest, Document], dict[str, Any]] = lambda asked, document: {}
    template: str = "web/record.html"
    apart: tuple[str, ...] = ()
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """Records that refer to this one in one role: how many, the first of them, and where all are."""

    title: str
    count: int
    rows: list[Publication]
    address: str


def record(asked: PageRequest, page: RecordPage, public_id: str) -> ShownPage | HttpResponse:
    """Show a record as of the moment asked for; one that is withdrawn says so, and one that is not there what is.

    One that was merged into another leads there.
    """
    publication = published.records(page.kind, asked.moment).filter(public_id=public_id).first()
    if publication is None:
        return _absent(asked, page.kind, public_id)
    document: Document = canonical.load(publication.document)
    sources = {claim["document"]["id"] for claim in document.get("claims", ())}
    of_whole = [claim for claim in document.get("claims", ()) if not claim["field"]]
    context = {
        "title": name_of(page.kind, public_id, document.get("name") or public_id),
        "kind": page.kind,
        "kind_name": field_labels.kind_of(publication),
        "list_address": asked.address(f"pages-{page.kind}"),
        "list_name": words.first_capital(field_labels.many(page.kind)),
        "document": document,
        "feed": reverse(f"feed-{page.kind}", args=[public_id]),
        "source_languages": published.languages(sources, asked.moment),
        "sentence": page.sentence(document),
        "facts": facts_of(page.kind, document, without=page.apart),
        "parts": parts_of(page.kind, document, without=page.apart),
        "of_whole": of_whole,
        "cells_each": cells_each(len(of_whole)),
        "about_text": claims_on(document, "description"),
        "about_name": claims_on(document, "name"),
        "contested": [claim for claim in document.get("claims", ()) if claim["verdict"] != "adopted"],
        "answers": answers_of(asked, page.kind, document),
        "rivals": rivals(page.kind, document),
        "related": related(asked, page.kind, public_id, page.unlisted),
        "versions": said_of(page.kind, history.versions(page.kind, public_id, asked.moment)),
    }
    return ShownPage(page.template, context | page.more(asked, document), forms=forms_of(asked, page.kind, public_id))


def forms_of(asked: PageRequest, kind: str, public_id: str) -> list[dict[str, str]]:
    """Return a record as files: as programs read it, as a row, and with its sources."""
    return file_links(asked, f"page-{kind}", {}, ALL_FORMS, public_id)


def related(asked: PageRequest, kind: str, public_id: str, unlisted: Iterable[str] = ()) -> list[Related]:
    """Return the records that refer to one, by kind and role."""
    found = []
    for each in references.referring(kind, public_id, asked.moment):
        if each.kind in unlisted:
            continue
        rows = list(
            references.rows(each, public_id, asked.moment).only("kind", "public_id", "name", "document")[:SHOWN]
        )
        is_filter = each.field in FILTERSETS[each.kind].base_filters
        where = asked.address(f"pages-{each.kind}", **{each.field: public_id}) if is_filter else ""
        found.append(Related(_role(each, kind), each.count, rows, where))
    return found


def _role(each: references.Referring, kind: str) -> str:
    """Return what records are to the one that they refer to: `Pledges: supplier`."""
    many = words.first_capital(field_labels.many(each.kind))
    fields = field_labels.fields_of(each.kind)
    if each.field in fields:
        role = field_labels.label_of(each.kind, each.field)
    else:
        role = next(
            (field_labels.part_label(each.kind, name, each.field) for name, one in fields.items()
             if hasattr(one, "child") and each.field in getattr(one.child, "fields", ())),
            "",
        )  # fmt: skip
    same = not role or role.casefold() == field_labels.one(kind).casefold()
    return many if same else _("%(records)s: %(role)s") % {"records": many, "role": words.in_a_sentence(role)}


def _last_name(kind: str, public_id: str, asked: PageRequest) -> str:
    """Return what a withdrawn record was last called."""
    rows = Publication.objects.filter(kind=kind, public_id=public_id, recorded_from__lte=asked.moment)
    name = rows.exclude(is_tombstone=True).order_by("-version").values_list("name", flat=True).first()
    return name_of(kind, public_id, name) if name else ""


def _absent(asked: PageRequest, kind: str, public_id: str) -> ShownPage | HttpResponse:
    """Show the tombstone of a withdrawn record, or lead to what it was merged into; raises NotHere for another."""
    other = published.merged_into(kind, public_id, asked.moment)
    if other:
        return moved_to(asked, kind, public_id, other)
    tombstone = published.tombstones(kind, [public_id], asked.moment).get(public_id)
    if tombstone is not None:
        context = {
            "title": _last_name(kind, public_id, asked) or public_id, "kind": kind, "public_id": public_id,
            "kind_name": words.first_capital(field_labels.one(kind)),
            "reason": canonical.load(tombstone)["reason"],
            "versions": said_of(kind, history.versions(kind, public_id, asked.moment)),
        }  # fmt: skip
        return ShownPage("web/withdrawn.html", context, HTTPStatus.GONE)
    rows = alike(published.records(kind, asked.moment).order_by("public_id"), public_id[:100], names="folded")
    names = {f"{found} {name}": (found, name) for found, name in rows.values_list("public_id", "name")}
    near = [names[text] for text in nearest(public_id[:100], names, limit=6)]
    words_for = {"kind": field_labels.one(kind), "id": public_id[:100]}
    text = _("There is no %(kind)s “%(id)s”.") % words_for
    if asked.as_of:
        text = _("There was no %(kind)s “%(id)s” at that time.") % words_for
    raise NotHere(text, [(asked.record(kind, found), name) for found, name in near])
