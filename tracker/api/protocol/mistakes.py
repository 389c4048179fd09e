"""The right address for a wrong one: what newcomers ask most likely, and meant otherwise."""

from collections.abc import Iterable

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, URLPattern, get_resolver
from django.utils.translation import gettext as _

from tracker.lib.newcomers import ADDRESSES, PAGES, PARAMETERS, likeliest
from tracker.lib.text import nearest

START = "/api/v1/"
_VERSIONS = frozenset({"v1", "v2", "v3", "1", "1.0", "latest"})
_TABLES = "tables/"


def right_address(request: HttpRequest) -> str:
    """Return the whole address that a wrong one under the API most likely means; nothing where none reads like it."""
    name, _slash, rest = _asked(request.path_info).partition("/")
    known = _known()
    if name == _TABLES.rstrip("/") and rest:
        near = nearest(f"{_TABLES}{rest}", [each for each in known if each.startswith(_TABLES)], limit=1)
        meant, rest = (near or [name])[0], ""
    else:
        near = nearest(name[:60], known, limit=1)
        meant = name if name in known else ADDRESSES.get(name) or (near or [""])[0]
    if not meant or name == "desk":
        return ""
    asked = request.META.get("QUERY_STRING", "")
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
    (value,) = params.pop(name)[-1:]
    if name in PAGES and "cursor" in allowed:
        sentence = _("Pages have addresses: read the first, and go on at its `next`.")
    elif set(meant := PARAMETERS.get(name.lower(), ())) and allowed.issuperset(meant):
        params.update(dict.fromkeys(meant, value))
        sentence = _("Ask for %s instead.") % _(" and ").join(meant)
    else:
        return ""
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
