"""What is shown of a row: some of its fields, or that it is gone."""

from typing import Any

from django.utils.translation import gettext as _


def left_the_list(public_id: str, withdrawn: bool = False, reason: str = "") -> dict[str, Any]:
    """Return the tombstone of a row that stands no longer, or that is only no longer in the list."""
    reason = reason or str(_("It stands, but is no longer in this list."))
    return {"id": public_id, "withdrawn": withdrawn, "reason": reason}


def select(document: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """Return only `fields` of a document, in the document's order."""
    return {name: value for name, value in document.items() if name in fields}
