"""What nobody may try as often as they like: passwords, and forms without an account."""

import datetime as dt
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.db import transaction
from django.db.models import F

from tracker.models import Attempt


@transaction.atomic
def count(*, what: str, seconds: int, at: dt.datetime) -> Attempt:
    """Count that `what` was tried, and return how often it was since the first time, which counts for `seconds`."""
    Attempt.objects.filter(until__lte=at).delete()
    first = Attempt(name=what, until=at + dt.timedelta(seconds=seconds))
    Attempt.objects.bulk_create([first], ignore_conflicts=True)
    # Whoever counts the same at this moment waits here for the end of the transaction.
    Attempt.objects.filter(name=what).update(count=F("count") + 1)
    return Attempt.objects.get(name=what)


class ForgivesOneName(AxesDatabaseHandler):
    """Counts wrong passwords, by name and by address, and forgives those for the name that has logged in.

    axes would forgive all that came from the same address with them: whoever has an account could then guess at those
    of others without end, with a login of their own in between.
    """

    def reset_user_attempts(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Forget the wrong passwords for one name, from wherever they came; return how many."""
        forgiven, _by_model = AccessAttempt.objects.filter(username=get_client_username(request, credentials)).delete()
        return forgiven
