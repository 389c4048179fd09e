"""How an answer is cited, and under which licence its data may be used."""

import datetime as dt
import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

AS_OF = "as_of"
_LICENCE = re.compile(r"(?P<name>\S.*?)\s+(?P<address>https?://\S+)")


@dataclass(frozen=True)
class Licence:
    """A licence: what it is called, and the address of its text."""

    name: str
    address: str

    @property
    def identifier(self) -> str:
        """The name as SPDX writes it: `CC-BY-4.0`."""
        return self.name.replace(" ", "-")


def licence_of(text: str) -> Licence:
    """Read a licence written as its name and its address; raises ValueError for another text."""
    match = _LICENCE.fullmatch(text.strip())
    if match is None:
        raise ValueError(
            "write its name and its address, such as CC BY 4.0 https://creativecommons.org/licenses/by/4.0/"
        )
    return Licence(match["name"], match["address"])


def cited_address(address: str, moment: dt.datetime | None) -> str:
    """Return the address at which an answer stays as it is: as of the moment that it shows; None is before all."""
    if moment is None:
        return address
    parts = urlsplit(address)
    asked = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != AS_OF]
    return urlunsplit(parts._replace(query=urlencode([*asked, (AS_OF, moment.isoformat())]), fragment=""))


def citation(title: str, address: str, moment: dt.datetime | None) -> str:
    """Return how an answer is cited: what it is, as of which moment, and where it stays."""
    when = f", as published on {moment:%d %B %Y, %H:%M} UTC".replace(" 0", " ") if moment else ""
    return f"Defence Aid Tracker, “{title}”{when}, {cited_address(address, moment)}"
