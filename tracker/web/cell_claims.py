"""What the cells of an imported file say of a record's fields, as claims of their own beside a value."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.records.engine.types import Document


def read_in(claims: Iterable[Document], fields: re.Pattern[str]) -> Iterator[Document]:
    """Yield, for each claim that cells of a file say some of the fields for, what these say, and where."""
    for claim in claims:
        cells = [cell for cell in claim.get("cells") or () if fields.match(cell["field"])]
        if cells:
            locator = _("cell %s") % ", ".join(dict.fromkeys(cell["cell"] for cell in cells))
            said = ", ".join(words.for_people(cell) for cell in dict.fromkeys(cell["value"] for cell in cells))
            yield claim | {"value": said, "locator": locator, "cells": []}
