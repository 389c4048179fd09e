"""The admin. Django looks for it here; every module is imported, or its models are not in it."""

from tracker.admin.evidence import texts
from tracker.admin.imports import imports
from tracker.admin.records import (
    categories,
    claims,
    contributions,
    documents,
    external_ids,
    forums,
    groups,
    incidents,
    indicators,
    initiatives,
    meetings,
    officials,
    packages,
    parties,
    platforms,
    pledges,
    rates,
    requirements,
)
from tracker.admin.review import change_sets, publications
from tracker.admin.site import admin_site as site
from tracker.admin.site import users

__all__ = [
    "categories", "change_sets", "claims", "contributions", "documents", "external_ids", "forums", "groups", "imports",
    "incidents", "indicators", "initiatives", "meetings", "officials", "packages", "parties", "platforms", "pledges",
    "publications", "rates", "requirements", "site", "texts", "users",
]  # fmt: skip
