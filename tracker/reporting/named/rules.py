"""The rules by which tables are made: one sentence each, under an id that never changes.

The methodology, as a page and in `docs/`, is written from here, and every table names the rules
that it is made by.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.reporting.tables.table import Table


@dataclass(frozen=True)
class Rule:
    """A rule: its id, and what it says in a sentence or two."""

    id: str
    sentence: Any


SECTIONS: dict[Any, tuple[Rule, ...]] = {
    _("What is counted"): (
        Rule("published-only", _("Tables count what is published, as of one moment; nothing of a draft enters.")),
        Rule("as-of", _(
            "A table as of an earlier moment is made of what was published then, with the rates, prices, "
            "memberships and figures of then, and comes back as it was."
        )),
        Rule("no-deployments", _("Deployments are own forces under a mission and never enter aid totals.")),
        Rule("net", _(
            "What overlaps with another pledge (a tranche, a restatement, a reimbursement, a backfill) is left "
            "out where its stage is counted there already, so that nothing counts twice."
        )),
        Rule("conditional", _(
            "What depends on an open condition is counted apart: it enters no sum unless it is asked for, and how "
            "many contributions are left out is said beside the sum."
        )),
        Rule("gross", _("Gross counts overlapping pledges in full.")),
        Rule("shares", _(
            "A joint pledge counts by its stated shares; where the split is undisclosed the rest is divided "
            "equally and marked as estimated. The joint total never changes, to the cent."
        )),
        Rule("corrections", _(
            "An amount below zero is a correction by its source: it reduces its stage, and is marked as a correction."
        )),
    ),
    _("What is never added"): (
        Rule("one-stage", _(
            "Pledged, committed, allocated, contracted, disbursed and delivered are stages of the same promise "
            "and are never added to one another."
        )),
        Rule("one-basis", _(
            "Amounts on different bases (stated, dataset, market price and others) value the same thing twice and "
            "are never added."
        )),
        Rule("overlapping-groups", _("Groups that have a member in common are never added.")),
        Rule("unknown", _(
            "Unknown is not zero: what has no known value, rate or quantity adds nothing and is counted beside "
            "the sum."
        )),
        Rule("to-be-allocated", _(
            "To be allocated is committed less allocated, lapsed and cancelled; where more is allocated than "
            "committed it is negative, and shown so."
        )),
        Rule("tiv", _(
            "SIPRI's trend-indicator values measure capability, not money; they are a basis of their own and are "
            "never converted."
        )),
    ),
    _("Values"): (
        Rule("headline", _(
            "Of several values of a line one counts: the stated amount, else that of its dataset, else market price "
            "times quantity."
        )),
        Rule("basis", _("On a basis that is asked for by name, only lines with a value on it count.")),
        Rule("rates", _(
            "Amounts are converted by the ECB's reference rates: the mean of the month of the announcement, unless the "
            "rate of the day or the mean of the year is chosen for the pledge; where the date does not say so much, "
            "the next coarser. A currency without rates on all days of a span has none of that span; one that the euro "
            "replaced keeps its fixed rate. Each row keeps its rate, its span and its source."
        )),
        Rule("cents", _(
            "Money is added in whole cents and quantities in millionths of a unit, so that every partition of a "
            "table adds up to its total exactly."
        )),
        Rule("quantity", _(
            "Units are added as counted: exact, about, at least and up to by the number named, a range as the "
            "ledger counts it; what is inexact is counted beside the sum."
        )),
        Rule("count", _(
            "Contributions are counted by the row of the ledger; a line that only carries an item's quantity is "
            "part of the line that carries the amount."
        )),
        Rule("pledges", _(
            "A pledge counts once in every cell and every total that it contributes to, so that totals can be "
            "less than the sum of their cells."
        )),
    ),
    _("Dimensions"): (
        Rule("dates", _(
            "A contribution is dated by its entry, else by its announcement. What spans more than a month is "
            "undated in months, quarters and half-years, and counts in totals."
        )),
        Rule("group-members", _(
            "A group has the members that it had at the date of each contribution: of a vague date the first day "
            "counts, of none the day of the publishing shown."
        )),
        Rule("perspective", _(
            "Whoever's perspective is taken, the grand total is the same; what names no such party stands in a "
            "row of its own."
        )),
        Rule("running", _("Running sums add up all to the end of each period; what is undated stays outside them.")),
        Rule("top", _("The largest rows are found by their totals; the others are added up in one row.")),
    ),
    _("Figures of other sources"): (
        Rule("gdp", _(
            "Shares of GDP hold a value against the contributor's GDP of a stated year, or of the row's own, in "
            "the same currency; euros by the ECB's mean rate of that year."
        )),
        Rule("population", _(
            "Amounts per head hold a value against the contributor's population of a stated year, or of the row's "
            "own."
        )),
        Rule("constant-prices", _(
            "Constant prices multiply a value by the price index of the stated year over that of its own; what "
            "has no year, or no index, is counted beside the sum."
        )),
        Rule("eu-shared-out", _(
            "The aid of the EU and of what is part of it is shared out to those who were members at the date, by "
            "the newest key that is not later than its year, else the first."
        )),
        Rule("rounded-once", _(
            "Where such figures enter, parts are kept as exact fractions, and a sum is rounded once, when it is "
            "printed, half to even."
        )),
    ),
    _("Ready-made tables"): (
        Rule("lag", _(
            "The lag between two stages is the mean number of days between the first dates of both, over the "
            "pledges of a contributor that have both, dated within a month; how many is said beside it."
        )),
        Rule("source-of-equipment", _(
            "Military aid comes through PURL where its pledge does; else from stock or from procurement (financed "
            "purchases included) by the modality of the item, or by that of all items of the pledge where an amount is "
            "for several and they have the same; else it is unspecified."
        )),
        Rule("outstanding", _("Outstanding is what was promised less what was delivered, where both are known.")),
        Rule("requirement", _(
            "A requirement is covered by the quantities of the items that are held against it, at the furthest "
            "promise of each pledge: allocation, else commitment, else pledge."
        )),
        Rule("supported", _(
            "A value is supported where an adopted claim quotes a passage that stands in a text that was checked, or a "
            "row of an imported file has it; a source that is only named supports none. Names and prose do not count."
        )),
        Rule("deployed", _(
            "A deployment stands on a day if it was announced, or dated, by then and neither lapsed, was "
            "cancelled nor had its mission end by then; undated ones stand from their publishing on."
        )),
    ),
}  # fmt: skip
"""All rules by the section of the methodology that they stand in."""

RULES = {rule.id: rule for rules in SECTIONS.values() for rule in rules}

ALWAYS = ("published-only", "as-of", "one-stage", "one-basis", "unknown")


def rules_of(table: Table) -> list[str]:
    """Return the ids of the rules that a contribution table is made by."""
    measure, options, names = table.measure, table.options, f"{table.row_dimension},{table.column_dimension}".split(",")
    found = [*ALWAYS, "shares", "corrections", "no-deployments", "conditional", measure.counting]
    by_measure = {"value": "cents", "quantity": "quantity", "count": "count", "pledges": "pledges"}
    found.append(by_measure[measure.measure])
    found += ["headline" if table.basis == ["headline"] else "basis"]
    found += ["tiv"] if "tiv" in table.basis else ["rates"] if measure.measure == "value" else []
    found += ["group-members", "overlapping-groups"] if "group" in names else []
    found += ["dates"] if {"year", "half_year", "quarter", "month"} & set(names) else []
    found += ["running"] if options.cumulative else []
    found += ["top"] if options.top else []
    found += [measure.per] if measure.per else []
    found += [rule for factor in options.figures.factors for rule in factor.rules]
    found += ["eu-shared-out"] if options.figures.shared_out else []
    found += ["rounded-once"] if options.figures.factors or options.figures.shared_out else []
    return [rule for rule in RULES if rule in found]


def methodology() -> str:
    """Return the methodology in Markdown, as it stands in `docs/methodology.md`."""
    lines = [
        "# Methodology",
        "",
        "How the tables of the register are made. This page is written from the rules that the tables themselves name:",
        "`python manage.py methodology > docs/methodology.md` renews it.",
    ]
    for section, rules in SECTIONS.items():
        lines += ["", f"## {section}", ""]
        lines += [f"- **{rule.id}** – {rule.sentence}" for rule in rules]
    return "\n".join(lines) + "\n"
