"""The filters of a list that are in force, in words, each with the address of the list without it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.filters import ChoicesFieldListFilter, RelatedFieldListFilter, SimpleListFilter
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, SEARCH_VAR
from django.core.exceptions import FieldDoesNotExist
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.lib.numbering import is_key

NOT_FILTERS = {ORDER_VAR, PAGE_VAR, "e", "_facets", "_popup", "_to_field", "all"}


@dataclass(frozen=True)
class ActiveFilter:
    """One filter in force: its name, what it keeps, and the query of the list without it."""

    title: str
    value: str
    without: str


def active_filters(changelist: Any, asked: QueryDict) -> list[ActiveFilter]:
    """Return the filters of `changelist` that the query `asked` sets, and its search, in words."""
    found: list[ActiveFilter] = []
    left = {name for name, value in asked.items() if value} - NOT_FILTERS
    for title, value, names in _named(changelist, asked):
        set_names = left.intersection(names)
        if set_names:
            found.append(ActiveFilter(capfirst(title), value(), _without(asked, names)))
            left -= set_names
    for name in sorted(left):
        title, said = _of_field(changelist.lookup_opts, name, str(asked[name]))
        found.append(ActiveFilter(title, said, _without(asked, [name])))
    return found


def _named(changelist: Any, asked: QueryDict) -> Iterator[tuple[str, Any, list[str]]]:
    """Yield what each filter is called, how its value is said, and the parameters that it reads."""
    yield _("search"), lambda: f"“{asked[SEARCH_VAR]}”", [SEARCH_VAR]
    for spec in changelist.filter_specs:
        names = [name for name in spec.expected_parameters() if name]
        yield str(spec.title), lambda spec=spec, names=names: _words(spec, names, asked), names
    if changelist.date_hierarchy:
        field = changelist.lookup_opts.get_field(changelist.date_hierarchy)
        title = field.model._meta.get_field(getattr(field, "source", field.name)).verbose_name
        names = [f"{changelist.date_hierarchy}__{part}" for part in ("year", "month", "day")]
        yield str(title), lambda: _day([asked.get(name) for name in names]), names


def _words(spec: Any, names: list[str], asked: QueryDict) -> str:
    if hasattr(spec, "in_words"):
        return str(spec.in_words())
    if names and names[0].endswith("_from"):
        ends = zip((_("from"), _("to")), names, strict=False)
        return " ".join(f"{word} {asked[name]}" for word, name in ends if asked.get(name))
    value = asked.get(names[0], "")
    if isinstance(spec, RelatedFieldListFilter):
        return _related(spec.field, value)
    if isinstance(spec, SimpleListFilter):
        return _choice(spec.lookup_choices, value)
    return _choice(spec.field.flatchoices, value) if isinstance(spec, ChoicesFieldListFilter) else value


def _of_field(opts: Any, name: str, value: str) -> tuple[str, str]:
    """Return what a parameter that no filter of the list reads is called, and its value: as the field says them."""
    try:
        field = opts.get_field(name.removesuffix("__exact"))
    except FieldDoesNotExist:
        return name, value
    if field.remote_field is not None:
        value = _related(field, value)
    return capfirst(str(getattr(field, "verbose_name", name))), _choice(getattr(field, "flatchoices", ()), value)


def _related(field: Any, value: str) -> str:
    """Return what the key of a related row stands for, in words; itself where it is none."""
    related = field.remote_field.model._default_manager
    return str(related.filter(pk=value).first() or value) if is_key(value) else value


def _choice(choices: Iterable[tuple[Any, Any]], value: str) -> str:
    return str(dict(choices).get(value, value))


def _day(parts: list[str | None]) -> str:
    year, month, day = (int(part) if part and part.isdigit() else None for part in parts)
    try:
        if year and month:
            return date_format(dt.date(year, month, day or 1), "j F Y" if day else "F Y")
    except ValueError:
        pass
    return "-".join(part for part in parts if part)


def _without(asked: QueryDict, names: Iterable[str]) -> str:
    """Return the query without the parameters, from its first page on."""
    rest = asked.copy()
    for name in [*names, PAGE_VAR]:
        rest.pop(name, None)
    return f"?{rest.urlencode()}"
