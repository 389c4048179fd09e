"""A question to the contribution table as a page asks it: the parameters that it has in an address."""

from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError

from tracker.filters.contributions import ContributionFilterSet
from tracker.reporting.shelf import published
from tracker.reporting.tables.parameters import PARAMETERS, question
from tracker.reporting.tables.questions import Question
from tracker.web.page_request import PageRequest

TableParams = dict[str, str]


def known_parameters() -> set[str]:
    """Return the parameters that a question has."""
    return {*PARAMETERS, *ContributionFilterSet.base_filters}


def check_table(asked: PageRequest, *beside: str) -> None:
    """Raise ValidationError for a parameter that neither a question nor, `beside` it, the page has."""
    asked.check([*known_parameters(), *beside], ["rows", "columns", *ContributionFilterSet.lists()])


@dataclass(frozen=True)
class Asking:
    """A question to the free table by its parameters, as of the moment of a page."""

    asked: PageRequest
    params: TableParams

    def question(self) -> Question:
        """Return the question; raises ValidationError, by parameter, where one cannot be read."""
        filters = ContributionFilterSet(
            self.params, published.contributions(self.asked.moment), moment=self.asked.moment
        )
        if not filters.is_valid():
            raise ValidationError({name: [str(each) for each in found] for name, found in filters.errors.items()})
        return question(self.params, filters)

    @property
    def address(self) -> str:
        """Where the table stands by itself, to be changed."""
        return self.asked.address("explore", **self.params)

    @property
    def feed(self) -> str:
        """Where what changes in the table is told as a feed, which is of no moment."""
        return replace(self.asked, as_of="").address("table-feed", **self.params)

    def cell(self, row: str | None, column: str | None) -> str:
        """Return the address of what is behind a cell, by those of its row and column; None is a total."""
        return self.asked.address("cell", **self.params, row=row, column=column)


def of_address(asked: PageRequest) -> TableParams:
    """Return the parameters of a question that a page's own address has."""
    known = known_parameters()
    return {name: value for name, value in asked.params.items() if name in known}
