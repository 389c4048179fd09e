"""Renew the catalogues of translations: what the public site says, in each of its languages."""

import datetime as dt
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation.template import templatize

from tracker.models import ChangeSet, Contribution, ErrorReport
from tracker.records.registry import KINDS

FOLDER = settings.BASE_DIR / "tracker" / "locale"
FRAMEWORK = settings.LOCALE_PATHS[0] / "en_GB" / "LC_MESSAGES" / "django.po"
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
KEYWORDS: Any = {
    "_": None, "_lazy": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
SOURCES = (
    "web/**/*.py", "reporting/named/*.py", "reporting/tables/*.py", "reporting/shelf/*.py", "filters/*.py",
    "records/words.py", "records/field_labels.py", "records/naming_places.py", "curation/database_errors.py",
)  # fmt: skip
"""The files whose words the public site shows. The desk and the API speak English."""

# Of no day: renewing what has not changed changes nothing.
_DAY = dt.datetime(2026, 11, 26, tzinfo=dt.UTC)
_HEAD: Any = {
    "project": "Defence Aid Tracker", "version": "1", "msgid_bugs_address": "", "creation_date": _DAY,
    "revision_date": _DAY, "last_translator": "", "language_team": "",
}  # fmt: skip

Message = str | tuple[str, ...]


def messages() -> dict[tuple[str | None, Message], list[str]]:
    """Return what can be said, with its context, each with the files that say it."""
    found: dict[tuple[str | None, Message], list[str]] = {}
    for path, text in _texts():
        for _line, message, _comments, context in extract("python", BytesIO(text.encode()), KEYWORDS):
            found.setdefault((context, _plain(message)), []).append(path)
    with translation.override(None):
        for message in _words_of_models():
            found.setdefault((None, message), []).append("tracker/models")
    return found


def _plain(message: Any) -> Message:
    return tuple(message) if isinstance(message, (tuple, list)) else str(message)


def _texts() -> Iterator[tuple[str, str]]:
    """Yield the Python that says something, and templates made into such, with their paths."""
    for pattern in SOURCES:
        for path in sorted((settings.BASE_DIR / "tracker").glob(pattern)):
            yield str(path.relative_to(settings.BASE_DIR)), path.read_text()
    templates = settings.BASE_DIR / "templates"
    for path in sorted([*(templates / "web").glob("*.html"), *templates.glob("[45]*.html")]):
        yield str(path.relative_to(settings.BASE_DIR)), templatize(path.read_text(), origin=str(path))


def _words_of_models() -> Iterator[str]:
    """Yield what kinds of records, their fields and their choices are called, without what helps to fill in a form."""
    for model in apps.get_app_config("tracker").get_models():
        is_of_desk = model.__module__.startswith("tracker.models.desk")
        if is_of_desk:
            yield from (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        kind = KINDS.get(getattr(model, "kind", ""))
        hidden = kind.serializer.desk_only if kind else ()
        for field in model._meta.get_fields():
            is_named = not field.name.endswith(_DERIVED) and field.name not in hidden
            if is_of_desk and is_named and hasattr(field, "verbose_name"):
                yield str(field.verbose_name)
            if is_of_desk or model in (ChangeSet, Contribution, ErrorReport):
                yield from (str(label) for _value, label in getattr(field, "flatchoices", ()))


_DERIVED = ("_earliest", "_latest", "folded", "_id")
"""Endings of the names of fields that no page names."""


def path_of(language: str, ending: str) -> Path:
    """Return where a catalogue is."""
    found: Path = FOLDER / language / "LC_MESSAGES" / f"django.{ending}"
    return found


def read(language: str) -> Catalog:
    """Return a catalogue as it is written down; an empty one where there is none."""
    path = path_of(language, "po")
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def renewed(language: str) -> Catalog:
    """Return a catalogue of what can be said now, with the translations that there are."""
    old, new = read(language), Catalog(locale=language, fuzzy=False, header_comment="", **_HEAD)
    for (context, message), files in sorted(messages().items(), key=lambda item: (str(item[0][1]), item[0][0] or "")):
        before = old.get(message if isinstance(message, str) else message[0], context)
        places = [(file, None) for file in sorted(set(files))]
        # One that became two, for one and for many, is translated anew.
        kept = before.string if before and isinstance(before.id, str) == isinstance(message, str) else None
        new.add(message, kept, locations=places, context=context)  # type: ignore[arg-type]  # places without a line are taken, too
    return new


def compiled(catalogue: Catalog) -> bytes:
    """Return a catalogue as programs read it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def words_of_framework() -> Catalog:
    """Return what the framework and its theme say on the desk otherwise: written by hand."""
    with FRAMEWORK.open("rb") as file:
        return read_po(file, locale="en_GB")


class Command(BaseCommand):
    """`manage.py catalogues`: what is new is added without a translation, what is gone is dropped."""

    help = "Renew tracker/locale/*/LC_MESSAGES/django.po from the sources, and compile django.mo."

    def handle(self, *args: Any, **options: Any) -> None:
        FRAMEWORK.with_suffix(".mo").write_bytes(compiled(words_of_framework()))
        for language in LANGUAGES:
            catalogue = renewed(language)
            path_of(language, "po").parent.mkdir(parents=True, exist_ok=True)
            with path_of(language, "po").open("wb") as file:
                # Without the files that say it: a file that moves would change them.
                write_po(file, catalogue, width=120, no_location=True)
            path_of(language, "mo").write_bytes(compiled(catalogue))
            missing = [each.id for each in catalogue if each.id and not each.string]
            self.stdout.write(f"{language}: {len(catalogue)} messages, {len(missing)} without a translation")
