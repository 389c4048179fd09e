"""Make a superuser, which is put on record."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone

from tracker.curation import accounts
from tracker.models import AccountEvent


class Command(createsuperuser.Command):
    """`manage.py createsuperuser`: that of Django; whom it makes is in the audit as made by a command."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the superuser, and put that on record."""
        known, at = set(User.objects.values_list("pk", flat=True)), timezone.now()
        # In no transaction: somebody may be typing a password meanwhile.
        super().handle(*args, **options)
        with transaction.atomic():
            for user in User.objects.exclude(pk__in=known).order_by("pk"):
                accounts.note(what=AccountEvent.What.MADE, user=user, by=None, at=at)
                accounts.note_changes(user=user, by=None, at=at)
