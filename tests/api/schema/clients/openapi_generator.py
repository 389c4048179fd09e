"""Calls every operation of the client for Python that openapi-generator makes: this file FOLDER ADDRESS."""

import inspect
import sys
from urllib.parse import parse_qs, urlparse

sys.path.insert(0, sys.argv[1])
import openapi_client as made

client = made.ApiClient(made.Configuration(host=sys.argv[2]))
called, ids = 0, {}
for tag in ("Start", "Tables", "Lists", "Details", "About"):
    api = getattr(made, f"{tag}Api")(client)
    for name, call in inspect.getmembers(api, inspect.ismethod):
        if name.startswith("_") or name.endswith(("_with_http_info", "_without_preload_content")):
            continue
        asked = {"var_from": "2020-01-01"} if name == "tables_contributions_changes_list" else {}
        if tag == "Details":
            asked = {"public_id": ids[name.removesuffix("_retrieve")]}
        answer = call(**asked)
        called += 1
        if tag == "Lists":
            ids[name.removesuffix("_list")] = answer.results[0].id
pages = rows = 0
api, cursor = made.ListsApi(client), None
while True:
    page = api.contributions_list(limit=1, cursor=cursor)
    pages, rows = pages + 1, rows + len(page.results)
    if page.next is None:
        break
    (cursor,) = parse_qs(urlparse(page.next).query)["cursor"]
assert pages == rows == page.count > 1
print(called)  # noqa: T201
