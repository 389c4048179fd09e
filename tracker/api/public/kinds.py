"""The public lists of every kind of record, made from what the kind is; those that do more have files of their own."""

import inspect
from collections.abc import Iterator

from tracker.api.public.parties import BeneficiaryViewSet, ContributorViewSet, PartyViewSet
from tracker.api.public.pledges import PledgeViewSet
from tracker.api.public.published import PublishedViewSet
from tracker.api.schema.describing import documented
from tracker.filters.registry import FILTERSETS
from tracker.records.registry import KINDS, Kind

_OWN: dict[str, type[PublishedViewSet]] = {
    "parties": PartyViewSet, "contributors": ContributorViewSet, "beneficiaries": BeneficiaryViewSet,
    "pledges": PledgeViewSet,
}  # fmt: skip


def viewsets() -> Iterator[tuple[str, type[PublishedViewSet]]]:
    """Yield the last part of the address of each list, and what answers there."""
    for kind in KINDS.values():
        for address in kind.addresses:
            yield address, _OWN.get(address) or _made(kind)


def _made(kind: Kind) -> type[PublishedViewSet]:
    each = (inspect.getdoc(kind.model) or "").partition("\n")[0]
    sentence = f"Published {kind.plural}.\n\nEach is {each[:1].lower()}{each[1:]}"
    declared = {
        "__doc__": sentence, "kind": kind.name, "filterset_class": FILTERSETS[kind.name],
    }  # fmt: skip
    return documented(type(f"{kind.model.__name__}ViewSet", (PublishedViewSet,), declared))
