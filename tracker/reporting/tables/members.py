"""Rows and columns of a table: what stands for them in keys, in addresses and in words."""

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote

NONE = "~none"
"""Stands for a member that contributions name none of, where it needs an address; no public id has a tilde."""

REST = "~rest"
"""Stands for the rows beyond the first N."""

ALL = "~all"
"""Stands for the one column of a table without a dimension of columns."""

MOST_ADDRESS = 500
"""How many characters the address of a row or column has at most."""

MemberKey = str | None | tuple[str | None, ...]
"""A row or column: the id of its member, or, of several dimensions, or none, those of each."""


class Member(NamedTuple):
    """One row or column: the id and the name of its record, or of its stage, year or month.

    The id is None where contributions name none. Where several dimensions make the rows, `parts`
    are the members of each, and the id is theirs.
    """

    id: MemberKey
    name: str
    parts: tuple["Member", ...] = ()

    @property
    def each(self) -> tuple["Member", ...]:
        """The members of each dimension."""
        return self.parts if isinstance(self.id, tuple) else (self,)


def key_of(parts: tuple[str | None, ...]) -> MemberKey:
    """Return the key of the members of each dimension."""
    return parts[0] if len(parts) == 1 else parts


def parts_of(key: MemberKey) -> tuple[str | None, ...]:
    """Return the members of each dimension that a key stands for."""
    return key if isinstance(key, tuple) else (key,)


def address_of(key: MemberKey) -> str:
    """Return a key as it stands in an address: ids joined by commas, `~none` for none."""
    if key == ():
        return ALL
    return ",".join(map(_quoted, parts_of(key)))


@lru_cache(maxsize=10_000)
def _quoted(part: str | None) -> str:
    return NONE if part is None else quote(part, safe=" /~|")


def key_from(address: str) -> MemberKey:
    """Return the key that stands in an address."""
    if address == ALL:
        return ()
    return key_of(tuple(None if part == NONE else unquote(part) for part in address.split(",")))


def joined(key: MemberKey, members: tuple[Member, ...]) -> Member:
    """Return the row or column with this key, which members of several dimensions make."""
    return Member(key, " · ".join([member.name for member in members]), members)
