"""The filters of each kind of record: in the file that is named like its address, the class named like its model."""

from importlib import import_module

from tracker.filters.claims import ClaimFilterSet
from tracker.filters.fields import ShelfFilterSet
from tracker.models import Claim
from tracker.records.registry import KINDS, Kind


def _filterset_of(kind: Kind) -> type[ShelfFilterSet]:
    module = import_module(f"tracker.filters.{kind.plural}")
    found: type[ShelfFilterSet] = getattr(module, f"{kind.model.__name__}FilterSet")
    return found


FILTERSETS = {name: _filterset_of(kind) for name, kind in KINDS.items()} | {Claim.kind: ClaimFilterSet}
