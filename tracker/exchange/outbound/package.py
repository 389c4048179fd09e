"""A view as a package to keep: its data, what they mean, where they come from, and how they are cited.

A zip with a Frictionless tabular data package (https://datapackage.org) and a text for people.
"""

import datetime as dt
import zipfile
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from tracker.exchange.outbound.csv_and_ndjson import csv_of
from tracker.lib import canonical
from tracker.lib.citing import citation, cited_address
from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT, Column
from tracker.reporting.named.rules import RULES
from tracker.reporting.tables.grids import Grid

_TYPES = {TEXT: "string", INTEGER: "integer", DECIMAL: "number", DATE: "date", MOMENT: "datetime", BOOLEAN: "boolean"}
_BEFORE_ALL = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def write_package(grid: Grid, file: IO[bytes], *, source: str) -> None:
    """Write `grid` to `file` with its definitions, sources and citation; `source` is the address that it comes from.

    The same view as of the same moment is the same bytes.
    """
    parts = {"data": grid} | ({"cells": grid.cells} if grid.cells else {})
    parts |= {"sources": grid.sources} if grid.sources else {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            with package.open(_entry(f"{name}.csv", grid), "w", force_zip64=True) as written:
                for lines in csv_of(part):
                    written.write(lines)
        package.writestr(_entry("datapackage.json", grid), canonical.dump(_described(grid, parts, source)))
        package.writestr(_entry("README.txt", grid), _for_people(grid, parts, source))


def _entry(name: str, grid: Grid) -> zipfile.ZipInfo:
    """Return a file of the zip that is as old as what it shows: not the time of writing."""
    moment = grid.as_of or _BEFORE_ALL
    entry = zipfile.ZipInfo(name, moment.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _described(grid: Grid, parts: dict[str, Grid], source: str) -> dict[str, Any]:
    licence = settings.DATA_LICENCE
    return {
        "profile": "tabular-data-package", "name": grid.name, "title": grid.title, "description": grid.description,
        "homepage": cited_address(source, grid.as_of), "measure": grid.measure, "filters": grid.filters,
        "version": grid.as_of.isoformat() if grid.as_of else "", "notes": grid.notes,
        "licenses": [{"name": licence.identifier, "title": licence.name, "path": licence.address}],
        "citation": citation(grid.title, source, grid.as_of),
        "rules": {name: str(RULES[name].sentence) for name in grid.rules if name in RULES},
        "resources": [
            {"name": name, "path": f"{name}.csv", "profile": "tabular-data-resource", "format": "csv",
             "mediatype": "text/csv", "encoding": "utf-8",
             "schema": {"fields": [_field(column) for column in part.columns], "missingValues": [""]}}
            for name, part in parts.items()
        ],
    }  # fmt: skip


def _field(column: Column) -> dict[str, str]:
    found = {
        "name": column.name, "type": _TYPES[column.type], "title": str(column.label),
        "description": str(column.sentence),
    }  # fmt: skip
    return found | ({"unit": str(column.unit)} if column.unit else {})


def _for_people(grid: Grid, parts: dict[str, Grid], source: str) -> str:
    licence = settings.DATA_LICENCE
    texts = [
        grid.title, grid.description, grid.measure,
        _("As of: %s") % (grid.as_of.isoformat() if grid.as_of else _("nothing is published yet")),
        *(_("Filter: %s") % f"{name}={value}" for name, value in sorted(grid.filters.items())),
        _("To cite: %s") % citation(grid.title, source, grid.as_of),
        _("Licence of the data: %(name)s, %(address)s") % {"name": licence.name, "address": licence.address},
        _("Files: %s. What each column means stands in datapackage.json.") % ", ".join(f"{name}.csv" for name in parts),
        *(str(RULES[name].sentence) for name in grid.rules if name in RULES), *grid.notes,
    ]  # fmt: skip
    return "\n\n".join(str(text) for text in texts if text) + "\n"
