"""The right address for a wrong one: what newcomers ask most likely, and meant otherwise."""

from collections.abc import Collection, Iterable

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, URLPattern, get_resolver
from django.utils.translation import gettext as _

from tracker.filters.parameters import others_meant
from tracker.lib.accepted_spellings import ADDRESSES, PAGES, likeliest, parameters_meant
from tracker.lib.text import nearest

START = "/api/v1/"
_VERSIONS = frozenset({"v1", "v2", "v3", "1", "1.0", "latest"})
_TABLES = "tables/"


def right_address(request: HttpRequest, forms: Collection[str]) -> str:
    """Return the whole address that a wrong one under the API most likely means; nothing where none reads like it.

    `forms` are the formats that `format=` names, which newcomers write as an ending, such as `pledges.csv`.
    """
    path, params = _asked(request.path_info), request.GET.copy()
    stem, _dot, ending = path.rpartition(".")
    if stem and ending in forms and path not in ADDRESSES:
        path, params["format"] = stem, ending
    name, _slash, rest = path.partition("/")
    known = _known()
    if name == _TABLES.rstrip("/") and rest:
        near = nearest(f"{_TABLES}{rest}", [each for each in known if each.startswith(_TABLES)], limit=1)
        meant, rest = (near or [name])[0], ""
    else:
        near = nearest(name[:60], known, limit=1)
        meant = name if name in known else ADDRESSES.get(name) or (near or [""])[0]
    if not meant or name == "desk":
        return ""
    asked = params.urlencode() if path != _asked(request.path_info) else request.META.get("QUERY_STRING", "")
    below = f"{meant}/{rest}/" if rest and _leads_somewhere(f"{meant}/{rest}/") else f"{meant}/"
    return request.build_absolute_uri(f"{START}{below}{f'?{asked}' if asked else ''}")


def _leads_somewhere(below: str) -> bool:
    try:
        get_resolver("tracker.api.urls").resolve(f"/{below}")
    except Resolver404:
        return False
    return True


def _asked(path: str) -> str:
    """Return what is asked for below the version, which may be missing or another."""
    parts = [part for part in path.removeprefix("/api").split("/") if part]
    return "/".join(parts[1:] if parts and parts[0] in _VERSIONS else parts)[:200]


def _known() -> list[str]:
    """Return the last parts of all addresses that take no id."""
    patterns = [each for each in get_resolver("tracker.api.urls").url_patterns if isinstance(each, URLPattern)]
    routes = [str(each.pattern).strip("^$/") for each in patterns]
    return [*(route for route in routes if route and "<" not in route), "docs", "schema"]


def instead_of(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Return what to ask in place of a parameter that there is not, with the address; nothing where nobody can tell."""
    allowed = set(allowed)
    params = request.GET.copy()
    if name in PAGES and "cursor" in allowed:
        sentence = _("Pages have addresses: read the first, and go on at its `next`.")
        params.pop(name)
    elif not (sentence := others_meant(name, allowed)):
        return ""
    for other in [other for other in params if other not in allowed]:
        # With all that are wrong put right: the address is to answer.
        if meant := parameters_meant(other, allowed):
            params.update(dict.fromkeys(meant, params.pop(other)[-1]))
    return f"{sentence} {_with(request, params)}"


def right_value(request: HttpRequest, name: str, allowed: Iterable[str]) -> str:
    """Return the address with the value that was meant of a parameter of few; nothing where none reads like it."""
    params = request.GET.copy()
    meant = likeliest(str(params[name]), list(allowed))
    params[name] = meant
    return _with(request, params) if meant else ""


def _with(request: HttpRequest, params: QueryDict) -> str:
    """Return the address that was asked with other parameters."""
    return request.build_absolute_uri(f"{request.path}?{params.urlencode()}".rstrip("?"))
