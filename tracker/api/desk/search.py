"""The search over everything on the desk: how many of each kind are found, and the best of them."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.schema import SEARCH
from tracker.api.protocol.parameters import check_parameters
from tracker.models import ChangeSet, Claim, Pledge
from tracker.records.registry import KINDS
from tracker.reporting.desk.search_all_kinds import SHOWN, FoundOfKind, find

ADDRESSES: dict[type[Any], str] = {kind.model: kind.plural for kind in KINDS.values()} | {
    Claim: "claims", ChangeSet: "change-sets",
}  # fmt: skip


class FoundSerializer(serializers.Serializer):
    """A record, a claim or a change set that a search finds."""

    id = serializers.CharField(help_text="Public id; of a change set, its number.")
    name = serializers.CharField(help_text="Name; of a claim its quote, of a change set its message.")


class FoundOfKindSerializer(serializers.Serializer):
    """What a search finds of one kind."""

    kind = serializers.ChoiceField([(name, name) for name in ADDRESSES.values()], help_text="As addresses call it.")
    search = serializers.CharField(help_text="What finds the same in the list of the kind.")
    count = serializers.IntegerField()
    exact = serializers.BooleanField(
        help_text="The first is just that: by name, public id, alias, the id that a dataset knows it by, an amount of "
        "its own, or a number such as `#3`."
    )
    best = FoundSerializer(many=True, help_text=f"The {SHOWN} best.")


class SearchSerializer(serializers.Serializer):
    """What a search finds on the desk."""

    count = serializers.IntegerField(help_text="Of all kinds together.")
    results = FoundOfKindSerializer(many=True, help_text="Kinds of which one is just that come first.")
    meant = serializers.ListField(
        child=serializers.CharField(),
        help_text="Where nothing is found: searches that find something, and of which it can be a misspelling.",
    )


class SearchDesk(DeskView):
    """The search over everything on the desk."""

    permission_model = Pledge

    @extend_schema(parameters=[SEARCH], responses=SearchSerializer)
    def retrieve(self, request: Request) -> Response:
        """Find records of all kinds, claims and change sets by names, aliases, ids, words of items, and amounts."""
        check_parameters(request, ("search",))
        term = request.query_params.get("search", "")
        found = find(term, allowed=self._may_view)
        results = [_described(each, term) for each in found.groups]
        count = sum(each.count for each in found.groups)
        return self.answer({"count": count, "results": results, "meant": found.meant})

    def _may_view(self, model: type[Any]) -> bool:
        return self.user.has_perm(f"tracker.view_{model._meta.model_name}")


def _described(found: FoundOfKind, term: str) -> dict[str, Any]:
    best = [
        {"id": str(row.pk), "name": row.message}
        if isinstance(row, ChangeSet) else {"id": row.public_id, "name": row.name}
        for row in found.best
    ]  # fmt: skip
    return {
        "kind": ADDRESSES[found.model], "search": term, "count": found.count, "exact": found.is_exact,
        "best": best,
    }  # fmt: skip
