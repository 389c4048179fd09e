"""Of which years there are figures, such as a GDP: said where a table lacks some."""

from itertools import pairwise

from django.utils.translation import gettext as _

from tracker.records.words import first_capital
from tracker.reporting.tables.table import Table


def known_years(table: Table, contributors: str) -> list[str]:
    """Return in words of which years the figures that enter a table are known, of these contributors or of all."""
    parties = [each for each in contributors.split(",") if each]
    return [
        _("%(what)s: known for %(years)s")
        % {"what": first_capital(str(factor.measure.label)), "years": spans(factor.years(parties)) or _("no year")}
        for factor in table.options.figures.factors
    ]


def spans(years: list[int]) -> str:
    """Return years, of which those in a row are one span: `2019, 2021–2023`. They are in order."""
    gaps = [(before, after) for before, after in pairwise(years) if after > before + 1]
    starts = [*years[:1], *(after for _before, after in gaps)]
    ends = [*(before for before, _after in gaps), *years[-1:]]
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in zip(starts, ends, strict=True))
