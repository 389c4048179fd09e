"""How well facts are proposed from texts: precision and recall by kind of fact, and how long a page takes.

    python benchmarks/proposals.py FOLDER [--wrong] [--no-names]

FOLDER has articles as JSON: `id`, `language`, `published`, `title`, `text`, `facts` and `not_facts`. A proposal finds a
fact where kind and contributors are the same, the passages overlap, and the amount (value and currency; ends of a
range) is the same, or, of a fact without an amount, each number of its items. Each finds one fact at most. What finds
none is wrong; where it touches no passage of either list it is counted as unlisted, too, as the annotation is silent
there. What is only offered as also found is no proposal. Fields of the facts that are found are compared one by one.
"""

import argparse
import datetime as dt
import json
import sys
import time
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tracker.lib.proposing.facts import propose
from tracker.lib.proposing.proposal import KINDS, Fact
from tracker.lib.proposing.reading.names import vocabulary

say = partial(print, file=sys.stdout)
FIELDS = ("stage", "certainty", "date", "initiative", "beneficiary", "supplier", "condition", "base", "area", "items")


def main() -> None:
    """Print the figures of a folder."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="show what was missed, and what was proposed wrongly")
    options = parser.parse_args()
    files = sorted(options.folder.rglob("*.json"))
    articles = [json.loads(file.read_text()) for file in files]
    if not articles:
        parser.error(f"there is no article in {options.folder}")
    names = vocabulary()
    found = Score()
    for article in articles:
        begun = time.process_time()
        day = dt.date.fromisoformat(article["published"])
        facts = propose(article["text"], article["language"], day, names)
        found.also += sum(not fact.is_sure for fact in facts)
        facts = [fact for fact in facts if fact.is_sure]
        found.seconds.append(time.process_time() - begun)
        found.add(article, facts, show=options.wrong)
    found.print()


class Score:
    """What was found, missed and proposed wrongly, by kind and by language."""

    def __init__(self) -> None:
        self.counts: dict[str, Counter[str]] = defaultdict(Counter)
        self.fields: dict[str, Counter[bool]] = defaultdict(Counter)
        self.seconds: list[float] = []
        self.also = 0
        """How many were only offered as also found."""

    def add(self, article: dict[str, Any], facts: list[Fact], *, show: bool) -> None:
        """Count the proposals of one article."""
        open_facts = list(article["facts"])
        wrong = []
        for fact in facts:
            match = next((each for each in open_facts if _finds(fact, each, article["text"])), None)
            if match is None:
                wrong.append(fact)
                continue
            open_facts.remove(match)
            self._count(fact.kind, article["language"], "found")
            for name in FIELDS:
                self.fields[name][_same_field(name, fact, match)] += 1
        for fact in wrong:
            self._count(fact.kind, article["language"], "wrong")
            if not _is_listed(fact, article):
                self._count(fact.kind, article["language"], "unlisted")
        for each in open_facts:
            self._count(each["kind"], article["language"], "missed")
        if show:
            _show(article, wrong, open_facts)

    def _count(self, kind: str, language: str, what: str) -> None:
        for row in (kind, f"in {language}", "all"):
            self.counts[row][what] += 1

    def print(self) -> None:
        """Print the table."""
        say(f"{'':14}{'precision':>10}{'recall':>8}{'found':>7}{'wrong':>7}{'missed':>8}{'unlisted':>10}")
        rows = [*KINDS, *sorted(row for row in self.counts if row.startswith("in ")), "all"]
        for row in rows:
            count = self.counts[row]
            found, wrong, missed = count["found"], count["wrong"], count["missed"]
            if found + wrong + missed:
                ratios = f"{_ratio(found, wrong):>10}{_ratio(found, missed):>8}"
                say(f"{row:14}{ratios}{found:7}{wrong:7}{missed:8}{count['unlisted']:10}")
        say(f"\nOnly offered as also found, and not counted: {self.also}")
        told = ", ".join(f"{name} {_ratio(count[True], count[False])}" for name, count in self.fields.items())
        say(f"Fields of what was found: {told}")
        say(
            f"Longest article: {max(self.seconds) * 1000:.0f} ms; "
            f"mean {sum(self.seconds) / len(self.seconds) * 1000:.0f} ms"
        )


def _ratio(good: int, bad: int) -> str:
    return f"{good / (good + bad):.2f}" if good + bad else "–"


def _places(text: str, passage: str) -> tuple[int, int]:
    start = text.find(passage)
    return start, start + len(passage)


def _overlaps(fact: Fact, text: str, passage: str) -> bool:
    start, end = _places(text, passage)
    return fact.start < end and start < fact.end


def _is_listed(fact: Fact, article: dict[str, Any]) -> bool:
    listed = [*article["facts"], *article["not_facts"]]
    return any(_overlaps(fact, article["text"], each["passage"]) for each in listed)


def _finds(fact: Fact, wanted: dict[str, Any], text: str) -> bool:
    if fact.kind != wanted["kind"] or set(fact.contributors) != set(wanted["contributors"]):
        return False
    if not _overlaps(fact, text, wanted["passage"]):
        return False
    if wanted["amount"] or fact.amount:
        return _amount(fact.amount) == _amount(wanted["amount"])
    numbers = [
        sorted((str(item["quantity"]["low"]), str(item["quantity"]["high"])) for item in items)
        for items in (fact.items, wanted["items"])
    ]
    return not wanted["items"] or set(numbers[1]) <= set(numbers[0])


def _amount(amount: dict[str, Any] | None) -> Any:
    return amount and (amount["value"], amount["currency"], amount.get("high"))


def _same_field(name: str, fact: Fact, wanted: dict[str, Any]) -> bool:
    own, other = getattr(fact, name), wanted[name]
    if name == "items":
        return _numbers(own) == _numbers(other)
    if name == "date" and other is None:
        return True
    return bool(own == other or (own or "") == (other or ""))


def _numbers(items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return sorted((str(each["quantity"]["low"]), str(each["quantity"]["high"])) for each in items)


def _show(article: dict[str, Any], wrong: list[Fact], missed: list[dict[str, Any]]) -> None:
    proposed = [(fact.as_dict(), article["text"][fact.start : fact.end]) for fact in wrong]
    for word, rows in (("WRONG", proposed), ("MISSED", [(fact, fact["passage"]) for fact in missed])):
        for fact, passage in rows:
            things = [(item["what"], item["quantity"]["low"]) for item in fact["items"]]
            amount = fact["amount"] and (fact["amount"]["value"], fact["amount"]["currency"])
            told = (
                f"{fact['kind']} {','.join(fact['contributors'])} {amount} {things} {fact['stage']} {fact['certainty']}"
            )
            say(f"{article['id']} {word:7}{told} | {' '.join(passage[:110].split())}")


if __name__ == "__main__":
    main()
