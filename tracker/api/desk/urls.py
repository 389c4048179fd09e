"""Addresses of the desk, under /api/v1/desk/."""

from typing import Any

from django.urls import URLPattern, path

from tracker.api.desk.bulk_edits import BulkEditDesk
from tracker.api.desk.change_sets import ChangeSetDesk
from tracker.api.desk.claims import ClaimDesk
from tracker.api.desk.comments import CommentDesk
from tracker.api.desk.findings import FindingDesk
from tracker.api.desk.imports import ImportDesk, UploadParser
from tracker.api.desk.merging import MergeDesk, RevertDesk
from tracker.api.desk.notices import NoticeDesk
from tracker.api.desk.people.answer_links import AnswerLinkDesk
from tracker.api.desk.people.staff import PeopleDesk
from tracker.api.desk.proposals import ProposalDesk
from tracker.api.desk.records import RecordDesk
from tracker.api.desk.reviewing import DifferenceDesk, ReviewDesk
from tracker.api.desk.saved_filters import SavedFilterDesk
from tracker.api.desk.search import SearchDesk
from tracker.api.desk.texts import TextDesk
from tracker.api.desk.tokens import RevokeAllView, TokenView
from tracker.api.desk.twins import ImportTwinDesk, TwinDesk
from tracker.api.desk.versions import VersionDesk
from tracker.api.protocol.negotiation import Deferred
from tracker.records.registry import KINDS, Kind

LIST: Any = {"get": "list", "post": "create"}
DETAIL: Any = {"get": "retrieve", "put": "update", "patch": "partial_update", "delete": "destroy"}


def record_paths(kind: Kind) -> list[URLPattern]:
    """Return the addresses of the records of one kind."""
    detail = f"{kind.plural}/<slug:public_id>/"
    name = f"desk-{kind.name}"
    return [
        path(f"{kind.plural}/", RecordDesk.as_view(LIST, kind=kind.name), name=f"{name}-list"),
        path(detail, RecordDesk.as_view(DETAIL, kind=kind.name), name=f"{name}-detail"),
        path(f"{detail}history/", RecordDesk.as_view({"get": "history"}, kind=kind.name), name=f"{name}-history"),
        path(
            f"{detail}merge/", MergeDesk.as_view({"get": "compare", "post": "merge"}, kind=kind.name),
            name=f"{name}-merge",
        ),
        path(f"{detail}rows/", RecordDesk.as_view({"get": "rows"}, kind=kind.name), name=f"{name}-rows"),
        path(f"{detail}compare/", VersionDesk.as_view({"get": "compare"}, kind=kind.name), name=f"{name}-compare"),
        path(f"{detail}restore/", VersionDesk.as_view({"post": "restore"}, kind=kind.name), name=f"{name}-restore"),
    ]  # fmt: skip


def change_set_paths() -> list[URLPattern]:
    """Return the addresses of change sets and what can be done with one."""
    steps = ("submit", "publish", "reject", "discard")
    return [
        path("change-sets/", ChangeSetDesk.as_view(LIST), name="desk-change-set-list"),
        path(
            "change-sets/<int:number>/", ChangeSetDesk.as_view({"get": "retrieve", "patch": "partial_update"}),
            name="desk-change-set-detail",
        ),
        path(
            "change-sets/<int:number>/effect/", ChangeSetDesk.as_view({"get": "effect", "post": "work_out"}),
            name="desk-change-set-effect",
        ),
        *(
            path(f"change-sets/<int:number>/{step}/", ChangeSetDesk.as_view({"post": step}),
                 name=f"desk-change-set-{step}")
            for step in steps
        ),
        path(
            "change-sets/<int:number>/differences/", DifferenceDesk.as_view({"get": "read"}),
            name="desk-change-set-differences",
        ),
        path("change-sets/<int:number>/revert/", RevertDesk.as_view({"post": "revert"}), name="desk-change-set-revert"),
        path("change-sets/<int:number>/move/", ReviewDesk.as_view({"post": "move"}), name="desk-change-set-move"),
        path("change-sets/<int:number>/seen/", ReviewDesk.as_view({"post": "tick"}), name="desk-change-set-seen"),
        path(
            "change-sets/<int:number>/send-back/", ReviewDesk.as_view({"post": "send_back"}),
            name="desk-change-set-send-back",
        ),
        path("change-sets/<int:number>/alone/", ReviewDesk.as_view({"post": "alone"}), name="desk-change-set-alone"),
        path("change-sets/<int:number>/assign/", ReviewDesk.as_view({"post": "assign"}), name="desk-change-set-assign"),
        path(
            "change-sets/<int:number>/comments/", CommentDesk.as_view({"get": "read", "post": "write"}),
            name="desk-change-set-comments",
        ),
        path(
            "change-sets/<int:number>/comments/settle/", CommentDesk.as_view({"post": "settle"}),
            name="desk-change-set-comments-settle",
        ),
    ]  # fmt: skip


def import_paths() -> list[URLPattern]:
    """Return the addresses of imports, their plans, and what can be done with one."""
    detail = "imports/<int:number>/"
    routes = {
        "plan/": ("plan", {"get": "plan"}),
        "reconciliation/": ("reconciliation", {"get": "reconciliation"}),
        "matches/": ("matches", {"post": "choose_records"}),
        "conventions/": ("conventions", {"post": "say_conventions"}),
        "conflicts/": ("conflicts", {"post": "decide_conflicts"}),
        "steps/": ("steps", {"get": "steps"}), "rows/": ("rows", {"get": "rows"}),
        "labels/": ("labels", {"get": "labels"}), "labels/map/": ("map-labels", {"post": "map_labels"}),
        "labels/leave/": ("leave-labels", {"post": "leave_labels"}),
        "replan/": ("replan", {"post": "replan"}), "accept/": ("accept", {"post": "accept"}),
    }  # fmt: skip
    as_view: Any = ImportDesk.as_view
    return [
        path("imports/", as_view(LIST, parser_classes=(UploadParser,)), name="desk-import-list"),
        path(detail, as_view({"get": "retrieve", "delete": "destroy"}), name="desk-import-detail"),
        path(
            f"{detail}report/", as_view({"get": "report"}, content_negotiation_class=Deferred),
            name="desk-import-report",
        ),
        path(
            f"{detail}twins/", ImportTwinDesk.as_view({"get": "twins", "post": "decide_twins"}),
            name="desk-import-twins",
        ),
        *(
            path(f"{detail}{rest}", as_view(actions), name=f"desk-import-{name}")
            for rest, (name, actions) in routes.items()
        ),
    ]  # fmt: skip


def text_paths() -> list[URLPattern]:
    """Return the addresses of texts: those of a document, one whole, and what one says of its document."""
    as_view: Any = TextDesk.as_view
    return [
        path("documents/<slug:public_id>/texts/", as_view(LIST), name="desk-text-list"),
        path("texts/<int:number>/", as_view({"get": "retrieve"}), name="desk-text-detail"),
        path("texts/<int:number>/proposals/", ProposalDesk.as_view({"get": "retrieve"}), name="desk-text-proposals"),
        path(
            "texts/<int:number>/proposals/accept/",
            ProposalDesk.as_view({"post": "accept"}),
            name="desk-text-proposals-accept",
        ),
        path("texts/proposal/", as_view({"post": "proposal"}), name="desk-text-proposal"),
    ]


def finding_paths() -> list[URLPattern]:
    """Return the addresses of findings, their counts, and waiving one."""
    as_view: Any = FindingDesk.as_view
    return [
        path("findings/", as_view({"get": "list"}), name="desk-finding-list"),
        path("findings/counts/", as_view({"get": "counts"}), name="desk-finding-counts"),
        path("findings/<int:number>/", as_view({"get": "retrieve"}), name="desk-finding-detail"),
        path("findings/<int:number>/waive/", as_view({"post": "waive"}), name="desk-finding-waive"),
        path("findings/<int:number>/take-back/", as_view({"post": "take_back"}), name="desk-finding-take-back"),
    ]


urlpatterns = [
    path("token/", TokenView.as_view(), name="desk-token"),
    path("token/revoke-all/", RevokeAllView.as_view(), name="desk-token-revoke-all"),
    path("bulk-edits/", BulkEditDesk.as_view({"post": "create"}), name="desk-bulk-edit-list"),
    path("bulk-edits/<int:number>/", BulkEditDesk.as_view({"get": "retrieve"}), name="desk-bulk-edit-detail"),
    path("search/", SearchDesk.as_view({"get": "retrieve"}), name="desk-search"),
    path("saved-filters/", SavedFilterDesk.as_view(LIST), name="desk-saved-filter-list"),
    path(
        "saved-filters/<int:number>/",
        SavedFilterDesk.as_view({"get": "retrieve", "patch": "partial_update", "delete": "destroy"}),
        name="desk-saved-filter-detail",
    ),
    path("users/", PeopleDesk.as_view({"post": "make"}), name="desk-user-list"),
    path("audit/", PeopleDesk.as_view({"get": "audit"}), name="desk-audit"),
    path("answer-links/", AnswerLinkDesk.as_view(LIST), name="desk-answer-link-list"),
    path("answer-links/<int:number>/", AnswerLinkDesk.as_view({"get": "retrieve"}), name="desk-answer-link-detail"),
    path(
        "answer-links/<int:number>/revoke/",
        AnswerLinkDesk.as_view({"post": "revoke"}),
        name="desk-answer-link-revoke",
    ),
    path("twins/", TwinDesk.as_view({"get": "likely"}), name="desk-twins"),
    path("twins/renew/", TwinDesk.as_view({"post": "renew"}), name="desk-twins-renew"),
    path("twins/different/", TwinDesk.as_view({"post": "keep_apart"}), name="desk-twins-different"),
    path("twins/forget/", TwinDesk.as_view({"post": "forget"}), name="desk-twins-forget"),
    *change_set_paths(),
    *import_paths(),
    *text_paths(),
    *finding_paths(),
    path("notices/", NoticeDesk.as_view({"get": "read"}), name="desk-notice-list"),
    path("notices/seen/", NoticeDesk.as_view({"post": "see"}), name="desk-notice-seen"),
    path("claims/", ClaimDesk.as_view(LIST), name="desk-claim-list"),
    path("claims/<slug:public_id>/", ClaimDesk.as_view(DETAIL), name="desk-claim-detail"),
    *(address for kind in KINDS.values() for address in record_paths(kind)),
]
