"""Set the password of somebody, which is put on record."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User
from django.utils import timezone

from tracker.curation import accounts
from tracker.models import AccountEvent


class Command(changepassword.Command):
    """`manage.py changepassword`: that of Django; whose password it sets is in the audit, as set by a command."""

    def handle(self, *args: Any, **options: Any) -> Any:
        """Set the password, and put that on record."""
        # In no transaction: somebody types it meanwhile.
        done = super().handle(*args, **options)
        user = User.objects.get_by_natural_key(options["username"] or getpass.getuser())
        accounts.note(what=AccountEvent.What.PASSWORD, user=user, by=None, at=timezone.now())
        return done
