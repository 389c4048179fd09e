"""The two OpenAPI documents: one of the public side, for everybody, and one of the desk, for staff."""

from typing import Any, ClassVar

from drf_spectacular.generators import SchemaGenerator

from tracker.api.schema.base import DESK
from tracker.records.engine.document_field import Fragment


class PublicGenerator(SchemaGenerator):
    """Makes the document of the public side."""

    document_title: ClassVar[str] = "Defence Aid Tracker"
    document_description: ClassVar[str] = (
        "Published records and contribution tables; read-only, without a token. Begin with a table: it has the sums, "
        "and never mixes what may not be added. Parameters that take several values take them as `a=1,2` and as "
        "`a=1&a=2` alike. Examples are answers to the address above each, cut after two rows."
    )
    tags: ClassVar[dict[str, str]] = {
        "start": "What there is.",
        "tables": "Sums: country by country, month by month, or by any dimensions; each number leads to its rows.",
        "lists": "Records and rows of the ledger: page by page as JSON, or all in one file with `format=`.",
        "details": "One record or row, by its public id.",
        "about": "What every column means, how it is made, and from what.",
    }

    def covers(self, path: str) -> bool:
        """Tell whether an address belongs into the document."""
        return not path.startswith(DESK)

    def _get_paths_and_endpoints(self) -> list[Any]:
        return [endpoint for endpoint in super()._get_paths_and_endpoints() if self.covers(endpoint[0])]

    def get_schema(self, request: Any = None, public: bool = False) -> Fragment:
        """Return the document: its operations by tag, in the order of the tags."""
        document: Fragment = super().get_schema(request, public)
        document["info"] |= {"title": self.document_title, "description": self.document_description}
        order = self.tags_in_order(document["paths"])
        document["tags"] = [{"name": tag, "description": self.tags.get(tag, _of_desk(tag))} for tag in order]
        document["paths"] = dict(sorted(document["paths"].items(), key=lambda path: order.index(_tag_of(path[1]))))
        return document

    def tags_in_order(self, paths: Fragment) -> list[str]:
        """Return the tags of all operations, each once."""
        return list(self.tags)


class DeskGenerator(PublicGenerator):
    """Makes the document of the desk, whose tags are the parts of its addresses."""

    document_title = "Defence Aid Tracker: the desk"
    document_description = (
        "Where staff curate records, by program as in the admin. Nothing here is public: every address but the one "
        "that gives out a token needs one, and a role."
    )
    tags: ClassVar[dict[str, str]] = {"token": "A token for a user name and its password; all else needs one."}

    def covers(self, path: str) -> bool:
        return path.startswith(DESK)

    def tags_in_order(self, paths: Fragment) -> list[str]:
        found = [_tag_of(operations) for operations in paths.values()]
        return list(dict.fromkeys([*self.tags, *sorted(found)]))


def _tag_of(operations: Fragment) -> str:
    """Return the tag of a path: that of its first operation."""
    tag: str = next(iter(operations.values()))["tags"][0]
    return tag


def _of_desk(tag: str) -> str:
    return f"{tag.replace('-', ' ').capitalize()} on the desk."
