"""The records of a change set in the order in which a reviewer reads them: what moves most money first."""

from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, Max

from tracker.models import Basis, ChangeSet, Edit, Entry, ExchangeRate, Pledge, Valuation
from tracker.records.registry import KINDS


def kinds_in(change_set: ChangeSet) -> list[tuple[str, int]]:
    """Return how many records of each kind a change set edits: pledges first, then as the menu has them."""
    counts = dict(change_set.edits.order_by().values_list("kind").annotate(Count("pk")))
    places = _places()
    return [(kind, counts[kind]) for kind in sorted(counts, key=lambda kind: places.get(kind, len(places)))]


class EditedRecord(NamedTuple):
    """An edit of a change set, by what tells which it is."""

    pk: int
    kind: str
    public_id: str


def edits_by_money(change_set: ChangeSet, kind: str = "") -> list[EditedRecord]:
    """Return the edits of a change set, of one kind where it is named: pledges first, the largest of them first.

    How large a pledge is says its largest entry, as stated or as its dataset values it, as it stands on the desk, in
    euros at the newest rate: that puts pledges in an order, and is no figure of any table.
    """
    edits = change_set.edits.filter(kind=kind) if kind else change_set.edits.all()
    size = _sizes(change_set) if kind in ("", Pledge.kind) else {}
    places, nothing = _places(), Decimal(0)

    def place(edit: EditedRecord) -> tuple[int, Decimal, str]:
        return places.get(edit.kind, len(places)), -size.get(edit.public_id, nothing), edit.public_id

    rows = edits.order_by().values_list("pk", "kind", "public_id")
    return sorted((EditedRecord(*row) for row in rows), key=place)


def whole(page: list[EditedRecord]) -> list[Edit]:
    """Return the edits of a page, in its order."""
    found = Edit.objects.in_bulk([edit.pk for edit in page])
    return [found[edit.pk] for edit in page if edit.pk in found]


def _places() -> dict[str, int]:
    """Return where each kind stands: pledges first, then as the menu has them; one that is no more comes last."""
    return {kind: at for at, kind in enumerate(dict.fromkeys([Pledge.kind, *KINDS]))}


def _sizes(change_set: ChangeSet) -> dict[str, Decimal]:
    """Return the largest entry of each pledge in euros; that of a currency without a rate counts as nothing."""
    rates = _newest_rates()
    sizes: dict[str, Decimal] = {}
    pledges = change_set.edits.filter(kind=Pledge.kind).order_by().values("public_id")
    # What items come to at somebody's prices is no headline beside these.
    valued = Valuation.objects.filter(basis=Basis.DATASET, entry__isnull=False)
    for amounts in (Entry.objects.filter(amount__isnull=False), valued):
        rows = amounts.filter(pledge__public_id__in=pledges, currency__in=rates).order_by()
        largest = rows.values_list("pledge__public_id", "currency").annotate(Max("amount"))
        for public_id, currency, amount in largest:
            sizes[public_id] = max(sizes.get(public_id, Decimal(0)), abs(amount) / rates[currency])
    return sizes


def _newest_rates() -> dict[str, Decimal]:
    """Return what a euro was in each currency on the last day that has rates."""
    standing = ExchangeRate.objects.standing().filter(source=ExchangeRate.ECB)
    # The dollar has a rate on each such day, and the index begins with the currency: no row but one is looked at.
    newest = standing.filter(currency="USD").order_by("-date").values_list("date", flat=True).first()
    rates = {"EUR": Decimal(1)}
    return rates if newest is None else rates | dict(standing.filter(date=newest).values_list("currency", "rate"))
