"""The names of the register that proposals are looked for by, and the records that they stand for."""

from dataclasses import dataclass, field
from typing import Any

from tracker.lib.proposing.reading import names as spoken
from tracker.lib.proposing.reading.names import Name, Vocabulary
from tracker.lib.text import fold
from tracker.models import (
    Forum,
    Initiative,
    InitiativeAlias,
    Official,
    Party,
    PartyAlias,
    Platform,
    PlatformAlias,
)

_LISTED: tuple[tuple[str, Any, Any, str], ...] = (
    (spoken.PARTY, Party, PartyAlias, "party"),
    (spoken.PLATFORM, Platform, PlatformAlias, "platform"),
    (spoken.INITIATIVE, Initiative, InitiativeAlias, "initiative"),
    (spoken.FORUM, Forum, None, ""),
)


@dataclass
class KnownNames:
    """The records of the desk by their folded names and aliases, and the vocabulary made of these."""

    vocabulary: Vocabulary
    records: dict[str, dict[str, str]] = field(default_factory=dict)
    """Of each kind, the public id by folded name."""
    officials: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Folded name, public id, public id of the party, and name."""

    def find(self, kind: str, name: str | None) -> str | None:
        """Return the public id of the record that is called `name`; None where none is."""
        return self.records.get(kind, {}).get(fold(name)) if name else None


def known_names() -> KnownNames:
    """Return the names of the desk. One query for each table of names."""
    listed: list[Name] = []
    records: dict[str, dict[str, str]] = {}
    for kind, model, alias, owner in _LISTED:
        own = records.setdefault(kind, {})
        for public_id, name in model.objects.order_by("public_id").values_list("public_id", "name"):
            # Articles call parties and forums by their ids in this room; the others by the register's names.
            listed.append(
                Name(
                    name, kind, public_id if kind == spoken.PARTY else name, public_id if kind == spoken.PARTY else name
                )
            )
            own[fold(name)] = own[fold(public_id)] = public_id
        if alias is not None:
            rows = alias.objects.order_by("pk").values_list("name", f"{owner}__public_id", f"{owner}__name")
            for name, public_id, called in rows:
                shown = public_id if kind == spoken.PARTY else called
                # Of platforms, an alias in small letters is a word of the language.
                listed.append(Name(name, kind, shown, shown))
                own.setdefault(fold(name), public_id)
    officials = [
        (fold(name), public_id, party, name)
        for public_id, name, party in Official.objects.order_by("public_id").values_list(
            "public_id", "name", "party__public_id"
        )
    ]
    listed += [Name(name, spoken.OFFICIAL, party, party) for _folded, _id, party, name in officials]
    return KnownNames(spoken.vocabulary(listed), records, officials)
