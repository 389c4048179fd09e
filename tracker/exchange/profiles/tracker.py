"""The register's own workbook, which `manage.py export_records` writes."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class RegisterProfile:
    """The profile of a workbook of the register. Its sheets and columns follow from the serializers (`layouts`)."""

    name: str = "tracker"
    title: str = "The register's own workbook"
    needs_release: ClassVar[bool] = False


TRACKER = RegisterProfile()
