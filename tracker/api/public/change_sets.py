"""Published change sets: what was changed on the shelf, why and when."""

from collections import defaultdict
from typing import Any, NoReturn

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import NotFound

from tracker.api.public.published import Fields, Rows, ShelfListViewSet
from tracker.api.public.showing import select
from tracker.api.schema.describing import documented
from tracker.filters.change_sets import ChangeSetFilterSet, saying
from tracker.models import ChangeSet, Edit, Publication
from tracker.records.engine.types import Key
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Order


class ChangedRecordSerializer(serializers.Serializer):
    """A record that a change set changed on the shelf, and how."""

    kind = serializers.CharField()
    id = serializers.CharField()
    action = serializers.ChoiceField(Edit.Action.choices)
    version = serializers.IntegerField(allow_null=True, help_text="Null where only its contributions were posted anew.")


class PublishedChangeSetSerializer(serializers.Serializer):
    """A change set as the world sees it: what was changed, why and when."""

    id = serializers.CharField()
    message = serializers.CharField()
    cause = serializers.ChoiceField(ChangeSet.Cause.choices)
    published_at = serializers.DateTimeField()
    alone_reason = serializers.CharField(
        allow_blank=True, help_text="Why its author published it without a second person; empty where one reviewed it."
    )
    reverts = serializers.CharField(
        allow_null=True, help_text="The change set that it takes back, by its id; null where it takes none back."
    )
    sha256 = serializers.CharField(
        allow_null=True, help_text="The hash of its link of the chain of publishings; that of the newest is the head."
    )
    link = serializers.CharField(
        allow_null=True,
        help_text="The text that is hashed: JSON with the hash of the link before, and digests of what was published.",
    )
    records = ChangedRecordSerializer(many=True)


class PublishedChangeSetViewSet(ShelfListViewSet):
    """Published change sets: what was changed, why and when."""

    filterset_class = ChangeSetFilterSet
    orders = {"published": Order("published_at"), "id": Order("pk")}
    default_ordering = "-published"
    unique = "pk"
    identity = ("pk",)
    changes_without_publishing = True
    lookup_value_regex = "[0-9]{1,18}"

    @classmethod
    def row_serializer(cls) -> PublishedChangeSetSerializer:
        return PublishedChangeSetSerializer()

    def rows(self) -> QuerySet[ChangeSet]:
        return published.change_sets(self.moment).select_related("link")

    def find(self, public_id: str) -> ChangeSet | None:
        return self.rows().filter(pk=int(public_id)).first()

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 404."""
        raise NotFound(_("There is no published change set %s.") % public_id)

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        return saying(queryset, words)

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        asked = list(self.field_names()) if fields is None else fields
        changed = _changed([row.pk for row in rows]) if "records" in asked else {}
        return [select(_published_document(row, changed.get(row.pk, [])), asked) for row in rows]


documented(PublishedChangeSetViewSet, PublishedChangeSetSerializer)


def _published_document(change_set: ChangeSet, changed: list[dict[str, Any]]) -> dict[str, Any]:
    link = getattr(change_set, "link", None)
    return {
        "id": str(change_set.pk), "message": change_set.message, "cause": change_set.cause,
        "published_at": change_set.published_at,
        "alone_reason": change_set.alone_reason,
        "reverts": str(change_set.reverts_id) if change_set.reverts_id else None,
        "sha256": link and link.sha256, "link": link and link.document,
        "records": changed,
    }  # fmt: skip


def _changed(change_sets: list[int]) -> dict[int, list[dict[str, Any]]]:
    """Return, by change set, the versions that it put on the shelf, then the pledges that it only posted anew."""
    actions: dict[int, dict[Key, str]] = defaultdict(dict)
    noted = Edit.objects.filter(change_set__in=change_sets, action__in=[Edit.Action.REPOST, Edit.Action.MERGE])
    for number, kind, public_id, action in noted.values_list("change_set", "kind", "public_id", "action"):
        actions[number][kind, public_id] = action
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    written: dict[int, set[Key]] = defaultdict(set)
    # A publishing has tens of thousands: rows, and not objects.
    versions = Publication.objects.filter(change_set__in=change_sets).order_by("kind", "public_id")
    for number, kind, public_id, version, is_tombstone in versions.values_list(
        "change_set", "kind", "public_id", "version", "is_tombstone"
    ):
        action = _action(is_tombstone, actions[number].get((kind, public_id)))
        found[number].append({"kind": kind, "id": public_id, "version": version, "action": action})
        written[number].add((kind, public_id))
    for number, said in actions.items():
        found[number] += [
            {"kind": kind, "id": public_id, "version": None, "action": action}
            for (kind, public_id), action in said.items()
            if action == Edit.Action.REPOST and (kind, public_id) not in written[number]
        ]
    return found


def _action(is_tombstone: bool, said: str | None) -> str:
    """Return what was done to a record. What was merged without ever having been published leaves no trace here."""
    if not is_tombstone:
        return Edit.Action.SAVE
    return Edit.Action.MERGE if said == Edit.Action.MERGE else Edit.Action.WITHDRAW
