"""Options that several commands have, and what several say at their end, or where they cannot go on."""

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, InterfaceError
from rest_framework.serializers import ValidationError

from tracker.curation import database_errors, refusals
from tracker.curation.errors import CurationError
from tracker.curation.publishing.effect import Effect
from tracker.curation.reference.implausible import ALL
from tracker.exchange.inbound.conventions import UNREAD, Stated, stated_of
from tracker.lib.numbers import Mark
from tracker.lib.partial_dates import DayOrder
from tracker.reporting.desk.effects import sentence


def add_conventions(parser: ArgumentParser, *, dates: bool = True) -> None:
    """Add the options by which somebody says how a file writes its numbers and dates."""
    parser.add_argument(
        "--decimal", action="append", default=[], metavar="point|comma",
        help="what stands before decimals where the file does not tell; of one column: COLUMN=comma",
    )  # fmt: skip
    if dates:
        parser.add_argument(
            "--dates", action="append", default=[], metavar="day-first|month-first",
            help="what comes first in 05/06/2022 where the file does not tell; of one column: COLUMN=day-first",
        )  # fmt: skip


def add_implausible(parser: ArgumentParser) -> None:
    """Add the option by which somebody accepts what can hardly be meant."""
    parser.add_argument(
        "--accept-implausible", nargs="+", default=[], metavar="NAME",
        help=f"load these although they can hardly be meant, named as the question names them; `{ALL}` loads all",
    )  # fmt: skip


def author_of(options: dict[str, Any]) -> User | None:
    """Return the user that `--author` names, None where it names nobody. Raises CommandError."""
    if options["author"] is None:
        return None
    author = User.objects.filter(username=options["author"], is_active=True).first()
    if author is None:
        raise CommandError(f"--author: there is no active user “{options['author']}”.")
    return author


def conventions_said(options: dict[str, Any]) -> dict[str, Stated]:
    """Return the conventions that the options say. Raises CommandError."""
    said: dict[str, Stated] = {}
    for option, kind in (("decimal", Mark), ("dates", DayOrder)):
        try:
            found = stated_of(options.get(option) or [])
        except ValueError as error:
            raise CommandError(f"--{option}: {error}") from error
        if not all(isinstance(one, kind) or one == UNREAD for one in found.values()):
            raise CommandError(f"--{option} takes {' or '.join(one.value for one in kind)}.")
        said |= found
    return said


def in_words(effect: Effect | None) -> str:
    """Return a sentence, with a space before it, about what publishing did to the sums; empty where none was."""
    return "" if effect is None else f" {sentence(effect['tables'], effect['totals'], effect['quantities'])}"


@contextmanager
def refused_in_words(said: str = "Nothing was written.", advice: str = "") -> Iterator[None]:
    """Raise CommandError, in words, where what is done within is refused by the desk or the database.

    `said` comes before the reason: what was written all the same, or that nothing was. `advice` follows it.
    """
    try:
        yield
    except CurationError as error:
        reason = str(error)
    except ValidationError as error:
        reason = refusals.in_words(error.detail)
    except IntegrityError as error:
        reason = database_errors.in_words(error)
    except (DatabaseError, InterfaceError, OSError) as error:
        if not database_errors.is_unavailable(error):
            raise
        reason = database_errors.unavailable()
    else:
        return
    raise CommandError(" ".join(filter(None, (said, reason, advice))))
