"""What became of the contribution table between two moments, and why."""

import datetime as dt

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import FORMATS, JSON, WRITTEN_AS
from tracker.api.schema.describing import (
    CONDITIONAL,
    FROM,
    TO,
    UNCHANGED,
    WRITING,
    file_answers,
    filter_parameters,
)
from tracker.api.tables.contributions import QuestionView
from tracker.api.tables.parameters import parameters
from tracker.exchange.outbound.table_changes import TableChangesSerializer, as_changes, changes_grid
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.parameters import refuse
from tracker.reporting.shelf import moments
from tracker.reporting.tables.changes import MOST_CHANGE_SETS, TableChanges, TooManyChangeSets, changes_between
from tracker.reporting.tables.measures import MixedSum
from tracker.reporting.tables.parameters import PARAMETERS, question
from tracker.reporting.tables.questions import Question

_ASKED = [name for name in PARAMETERS if name != "top"]


class TableChangesView(QuestionView):
    """The cells of a contribution table that changed between two moments, by change set and cause."""

    moment_parameter = "to"

    @extend_schema(
        operation_id="tables_contributions_changes_list",
        summary="What changed in a table, and why",
        parameters=[
            FROM, TO, *(each for each in parameters() if each.name != "top"),
            *filter_parameters(ContributionFilterSet.base_filters), *WRITING, *CONDITIONAL,
        ],
        responses={(200, "application/json"): TableChangesSerializer} | file_answers() | UNCHANGED,
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponseBase:
        """Each cell that changed between two moments, with what each change set and each cause added to it."""
        allowed = [*_ASKED, *ContributionFilterSet.base_filters, "from", "to", *WRITTEN_AS]
        unchanged = self.prepare(allowed, FORMATS)
        if unchanged is not None:
            return unchanged
        asked, start = self.question(), self._start()
        changes = self._changes(start)
        if self.form == JSON:
            return self.answer(as_changes(changes, asked.asked, start, self.moment))
        stated = self.stated_filters(asked) | {"from": request.query_params["from"]}
        return self.answer_grid(changes_grid(changes, stated, start, self.moment))

    def _start(self) -> dt.datetime:
        moment = self.asked_moment("from")
        if moment is None:
            refuse("from", _("Give the moment after which changes are told, such as from=2025-10-01."))
        start, end = moments.resolve(moment), self.asked_moment("to")
        # As they were asked, too: both can lie between the same two publishings.
        if start > self.moment or (end is not None and moment > end):
            refuse("from", _("It is after “to”: give the earlier moment as from."))
        return start

    def _changes(self, start: dt.datetime) -> TableChanges:
        try:
            return changes_between(self._question_at, start, self.moment)
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        except TooManyChangeSets as error:
            words = {"found": error.found, "most": MOST_CHANGE_SETS}
            raise Unprocessable(
                _("%(found)s change sets were published in between, and at most %(most)s are gone through at once: "
                  "ask for a shorter time.") % words
            ) from error  # fmt: skip

    def _question_at(self, moment: dt.datetime) -> Question | None:
        """Return what is asked, as of a moment; None where a filter names what was not published by then."""
        filters = self.filters_at(moment)
        return question(self.request.query_params, filters) if filters.is_valid() else None
