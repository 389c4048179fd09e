"""The rates at which the euro replaced currencies: fixed for ever, so that an amount in them keeps its value.

Source: Council Regulation (EC) No 2866/98 of 31 December 1998, Article 1, as amended by Regulations (EC) No 1478/2000
(Greece), 1086/2006 (Slovenia), 1134/2007 (Malta), 1135/2007 (Cyprus), 694/2008 (Slovakia), (EU) No 671/2010 (Estonia),
870/2013 (Latvia), 851/2014 (Lithuania), (EU) 2022/1208 (Croatia) and that of 8 July 2025 (Bulgaria).
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class FixedRate:
    """Units of a currency for one euro, from the day on which the euro became the currency of the country."""

    rate: Decimal
    since: dt.date


def _fixed(rate: str, year: int) -> FixedRate:
    """Return a rate; every country took the euro on a first of January."""
    return FixedRate(Decimal(rate), dt.date(year, 1, 1))


SOURCE = "Council Regulation (EC) No 2866/98"
FIXED = {
    "BEF": _fixed("40.3399", 1999), "DEM": _fixed("1.95583", 1999), "ESP": _fixed("166.386", 1999),
    "FRF": _fixed("6.55957", 1999), "IEP": _fixed("0.787564", 1999), "ITL": _fixed("1936.27", 1999),
    "LUF": _fixed("40.3399", 1999), "NLG": _fixed("2.20371", 1999), "ATS": _fixed("13.7603", 1999),
    "PTE": _fixed("200.482", 1999), "FIM": _fixed("5.94573", 1999), "GRD": _fixed("340.750", 2001),
    "SIT": _fixed("239.640", 2007), "CYP": _fixed("0.585274", 2008), "MTL": _fixed("0.429300", 2008),
    "SKK": _fixed("30.1260", 2009), "EEK": _fixed("15.6466", 2011), "LVL": _fixed("0.702804", 2014),
    "LTL": _fixed("3.45280", 2015), "HRK": _fixed("7.53450", 2023), "BGN": _fixed("1.95583", 2026),
}  # fmt: skip
"""By currency. Monaco, San Marino and the Vatican used francs and lire."""


def fixed(currency: str, day: dt.date) -> Decimal | None:
    """Return the fixed rate of a currency that the euro had replaced by `day`, or None."""
    found = FIXED.get(currency)
    return found.rate if found and day >= found.since else None
