"""Calls every operation of the client that openapi-python-client makes, `tracker_client`: this file ADDRESS."""

import datetime as dt
import pkgutil
import sys
from importlib import import_module
from urllib.parse import parse_qs, urlparse

from tracker_client import Client

client = Client(base_url=sys.argv[1], raise_on_unexpected_status=True)
called, ids = 0, {}
for tag in ("start", "tables", "lists", "details", "about"):
    for found in pkgutil.iter_modules(import_module(f"tracker_client.api.{tag}").__path__):
        name = found.name
        module = import_module(f"tracker_client.api.{tag}.{name}")
        asked = {"from_": dt.date(2020, 1, 1)} if name == "tables_contributions_changes_list" else {}
        which = [ids[name.removesuffix("_retrieve")]] if tag == "details" else []
        answer = module.sync_detailed(*which, client=client, **asked)
        assert answer.status_code == 200, (name, answer.content[:500])
        called += 1
        if tag == "lists":
            ids[name.removesuffix("_list")] = answer.parsed.results[0].id
contributions = import_module("tracker_client.api.lists.contributions_list")
pages = rows = 0
asked = {}
while True:
    page = contributions.sync(client=client, limit=1, **asked)
    pages, rows = pages + 1, rows + len(page.results)
    if page.next_ is None:
        break
    asked = {"cursor": parse_qs(urlparse(page.next_).query)["cursor"][0]}
assert pages == rows == page.count > 1

pledges, models = import_module("tracker_client.api.lists.pledges_list"), import_module("tracker_client.models")
found = pledges.sync(client=client, ordering=models.PledgesListOrdering.VALUE_1, contributor=["DEU", "POL"], limit=2)
assert [row.id for row in found.results] == ["DEU-2025-0001"]
assert isinstance(found.as_of, dt.datetime)
refused = pledges.sync_detailed(client=client, contributor=["NOBODY"])
assert isinstance(refused.parsed, models.Problem)
assert refused.parsed.errors[0].field == "contributor"
print(called)  # noqa: T201
