"""The admin. Django looks for it here; every module is imported, or its models are not in it."""

from tracker.admin import (
    categories,
    change_sets,
    claims,
    contributions,
    documents,
    external_ids,
    forums,
    groups,
    imports,
    incidents,
    indicators,
    initiatives,
    meetings,
    officials,
    packages,
    parties,
    platforms,
    pledges,
    publications,
    rates,
    requirements,
    site,
    users,
)

__all__ = [
    "categories", "change_sets", "claims", "contributions", "documents", "external_ids", "forums", "groups", "imports",
    "incidents", "indicators", "initiatives", "meetings", "officials", "packages", "parties", "platforms", "pledges",
    "publications", "rates", "requirements", "site", "users",
]  # fmt: skip
