"""The rules of quality, each declared once: id, severity, what is right, for which kinds, and the function."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.records.engine.types import Document
from tracker.records.quality import counting, dates, evidence
from tracker.records.quality.amounts_and_quantities import (
    allocated,
    currency,
    delivered,
    other_words,
    shares,
    zero,
)  # fmt: skip
from tracker.records.quality.referred import Referred
from tracker.records.quality.rule import Found, Rule, Severity
from tracker.records.registry import KINDS
from tracker.records.shelved import COVERED

_CLAIMED = tuple(KINDS)
_USED = ("document", "platform", "initiative", "package", "forum", "official")
"""Kinds of records that are there for others to refer to."""


def orphan(document: Document, referred: Referred) -> Iterator[Found]:
    """Find records that are there for others, and that none refers to."""
    if document["id"] not in referred.referred_to:
        yield Found("", _("No record refers to it."), document["id"])


RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in (
        Rule(
            "support-broken", Severity.ERROR,
            gettext_lazy("What a claim quotes stands in its source, and says what the record says."),
            _CLAIMED, evidence.broken,
        ),
        Rule(
            "support-missing", Severity.WARNING,
            gettext_lazy("A passage or a row stands behind every amount, quantity and date."),
            COVERED, evidence.missing,
        ),
        Rule(
            "passage-without-number", Severity.WARNING,
            gettext_lazy("A passage that stands behind an amount or a quantity states a number."),
            ("pledge", "package", "incident", "requirement", "initiative"), evidence.numberless,
        ),
        Rule(
            "gone-from-newest-text", Severity.WARNING,
            gettext_lazy("What a claim quotes stands in the newest text of its source, too."), _CLAIMED, evidence.gone,
        ),
        Rule(
            "tier-too-low", Severity.WARNING,
            gettext_lazy("An amount rests on a source that is primary or established."),
            ("pledge", "package"), evidence.tier,
        ),
        Rule(
            "shares-missing", Severity.ERROR,
            gettext_lazy("A pledge names who bears it."), ("pledge",), shares,
        ),
        Rule(
            "shares-not-whole", Severity.ERROR,
            gettext_lazy("The shares of a pledge come to the whole of it, or to less with one that is undisclosed."),
            ("pledge",), counting.whole,
        ),
        Rule(
            "aid-to-oneself", Severity.WARNING,
            gettext_lazy("Who benefits from a pledge is not who bears it."), ("pledge",), counting.to_oneself,
        ),
        Rule(
            "step-missing", Severity.ERROR,
            gettext_lazy("A pledge has at least one dated step."), ("pledge",), counting.steps,
        ),
        Rule(
            "links-in-a-circle", Severity.ERROR,
            gettext_lazy("The links of a pledge do not lead back to it."), ("pledge",), counting.circle,
        ),
        Rule(
            "allocation-above-commitment", Severity.WARNING,
            gettext_lazy("No more is allocated than is committed and has neither lapsed nor been cancelled."),
            ("pledge",), allocated,
        ),
        Rule(
            "delivery-above-quantity", Severity.WARNING,
            gettext_lazy("No more of an item is delivered than the pledge has."), ("pledge",), delivered,
        ),
        Rule(
            "date-outside-initiative", Severity.WARNING,
            gettext_lazy("What is pledged under an initiative is pledged while it runs."),
            ("pledge", "package"), dates.outside_initiative,
        ),
        Rule(
            "not-a-member", Severity.NOTICE,
            gettext_lazy("Who takes part in what a group leads or convenes belongs to it on that day."),
            ("pledge", "meeting"), dates.member,
        ),
        Rule(
            "not-in-office", Severity.WARNING,
            gettext_lazy("Who attends a meeting for an office holds it on that day."), ("meeting",), dates.office,
        ),
        Rule(
            "currency-not-own", Severity.NOTICE,
            gettext_lazy("An amount is in the contributor's own currency, in euros or in dollars."),
            ("pledge",), currency,
        ),
        Rule(
            "impossible-date", Severity.ERROR,
            gettext_lazy("What has happened lies behind us, and no step comes before its announcement."),
            ("pledge", "package", "incident", "document", "requirement"), dates.impossible,
        ),
        Rule(
            "zero-quantity", Severity.WARNING,
            gettext_lazy("What is not known is left empty: nothing is zero."), ("pledge", "incident"), zero,
        ),
        Rule(
            "words-say-otherwise", Severity.WARNING,
            gettext_lazy("The words of the source beside a quantity state the same number."),
            ("pledge", "incident", "requirement"), other_words,
        ),
        Rule("orphan", Severity.NOTICE, gettext_lazy("Some record refers to it."), _USED, orphan),
        Rule(
            "condition-overdue", Severity.WARNING,
            gettext_lazy("Of a condition whose day is past it is said whether it was met or failed."),
            ("pledge",), dates.overdue,
        ),
        Rule(
            "stale-planned", Severity.WARNING,
            gettext_lazy("Of a meeting that is over it is said what was held, and who came."),
            ("meeting",), dates.planned,
        ),
    )
}  # fmt: skip

_BY_KIND: dict[str, list[Rule]] = defaultdict(list)
for _rule in RULES.values():
    for _kind in _rule.kinds:
        _BY_KIND[_kind].append(_rule)


def check(referred: Referred) -> Iterator[tuple[str, Rule, Found]]:
    """Yield what the rules find in the documents of `referred`: the id of the document, the rule, and what it finds."""
    for document in referred.documents:
        for rule in _BY_KIND[referred.kind]:
            for found in rule.check(document, referred):
                yield document["id"], rule, found
