"""The admin. Django looks for it here; every module is imported, or its models are not in it."""

import pkgutil
from importlib import import_module

from tracker.admin import records
from tracker.admin.evidence import findings, texts
from tracker.admin.imports import imports
from tracker.admin.review import answer_links, change_sets, error_reports, publications
from tracker.admin.site import admin_site as site
from tracker.admin.site import users

for _module in pkgutil.iter_modules(records.__path__, f"{records.__name__}."):
    import_module(_module.name)

__all__ = [
    "answer_links", "change_sets", "error_reports", "findings", "imports", "publications", "site", "texts", "users",
]  # fmt: skip
