"""What helps others to find pages: a map of the site, and what a robot may read."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from tracker.models import Publication
from tracker.records.registry import KINDS
from tracker.reporting.named.tables import NAMED
from tracker.reporting.shelf import moments, published

FIXED = ("home", "explore", "tables-index", "contributors", "changes", "data", "api", "recipes", "methodology", "about")


class FixedPages(Sitemap[str]):
    """The pages that are there always."""

    i18n, alternates = True, True

    def items(self) -> list[str]:
        return [*FIXED, *(f"pages-{kind}" for kind in KINDS), *(f"table {name}" for name in NAMED)]

    def location(self, item: str) -> str:
        if item.startswith("table "):
            return reverse("named-table", args=[item.removeprefix("table ")])
        return reverse(item)


class InEachLanguage:
    """Records, each in every language, of which a map reads only the part that it shows."""

    def __init__(self, rows: QuerySet[Publication], languages: list[str]) -> None:
        self._rows, self._languages = rows, languages

    def __len__(self) -> int:
        return self._rows.count() * len(self._languages)

    def __getitem__(self, part: slice) -> list[tuple[Publication, str]]:
        number = len(self._languages)
        first = part.start // number
        found = [(row, each) for row in self._rows[first : -(-part.stop // number)] for each in self._languages]
        return found[part.start - first * number : part.stop - first * number]


class RecordPages(Sitemap[Any]):
    """The pages of all records of one kind as they stand now."""

    limit = 5000
    i18n, alternates = True, True

    def __init__(self, kind: str) -> None:
        super().__init__()
        self._kind = kind

    def items(self) -> Any:
        rows = published.records(self._kind, moments.newest()).order_by("public_id")
        return rows.only("kind", "public_id", "recorded_from")

    def _items(self) -> InEachLanguage:
        return InEachLanguage(self.items(), [code for code, _name in settings.LANGUAGES])

    def get_latest_lastmod(self) -> dt.datetime | None:
        found: dt.datetime | None = self.items().order_by().aggregate(newest=Max("recorded_from"))["newest"]
        return found

    def location(self, item: Publication) -> str:
        return reverse(f"page-{item.kind}", args=[item.public_id])

    def lastmod(self, item: Publication) -> dt.datetime:
        return item.recorded_from


def sitemaps() -> dict[str, Any]:
    """Return the maps of the site: of what is there always, and of each kind of record."""
    return {"pages": FixedPages} | {kind.plural: RecordPages(kind.name) for kind in KINDS.values()}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Say what a robot may read: all but the desk, and what only repeats tables number by number."""
    where = request.build_absolute_uri(reverse("sitemap"))
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /cell", "Disallow: /*as_of=", f"Sitemap: {where}", ""]
    return HttpResponse("\n".join(lines), "text/plain; charset=utf-8")
