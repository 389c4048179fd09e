"""The recipes of docs/recipes.md do what they say, and end in the number that the table says.

What needs more than the tests do (Polars, DuckDB, the tidyverse, Observable, LibreOffice) runs where `.ci/clients` has
put its tools, under CLIENT_TOOLS. What no machine of ours can run is held to what its addresses answer.
"""

import csv
import datetime as dt
import io
import itertools
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from tests.api.shelf import read
from tests.curation.desk import Desk
from tests.factories import AT
from tracker.curation.desk.written_steps import publish_file
from tracker.curation.publishing.fixtures import fixture_names, publish_all
from tracker.curation.reference import rates
from tracker.exchange.reference.rates import SHIPPED
from tracker.exchange.reference.rates import read as read_rates
from tracker.management.commands.demo import REPORTS

DOCS = Path(settings.BASE_DIR) / "docs"
DEMO = "http://127.0.0.1:8000"
SECONDS = 120
TOOLS = Path(os.environ.get("CLIENT_TOOLS", "/nowhere"))
OBSERVABLE = Path(__file__).parent / "clients" / "observable.mjs"
TABLE = "tables/contributions/?rows=stage&columns=none&stage=pledge"
FIRST_REPORT = dt.date(2025, 8, 1)


@dataclass(frozen=True)
class Recipe:
    """A block of code, and what it prints."""

    heading: str
    language: str
    code: str
    output: str = ""

    @property
    def is_of_tools(self) -> bool:
        """Whether it needs what only `.ci/clients` brings."""
        return self.language == "js" or bool(re.search(r"import (polars|duckdb)|library\(|soffice", self.code))


def recipes() -> list[Recipe]:
    """Return the blocks of code of the page, in order, each with what is said to be printed below it."""
    found: list[Recipe] = []
    heading = ""
    for block in re.finditer(r"^## ([^\n]+)$|^```(\w+)\n(.*?)^```\n", (DOCS / "recipes.md").read_text(), re.M | re.S):
        title, language, code = block.groups()
        if title:
            heading = title
        elif language == "output":
            found[-1] = replace(found[-1], output=code)
        else:
            found.append(Recipe(heading, language, code))
    return found


RECIPES = recipes()
RUNNERS = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
}
OF_TOOLS = {
    "python": [str(TOOLS / "recipes/bin/python"), "-c"],
    "r": [str(TOOLS / "tidyverse"), "-e"],
    "js": ["node", str(OBSERVABLE), str(TOOLS / "node_modules")],
}


def runner(recipe: Recipe) -> list[str] | None:
    """Return the command that runs a recipe; None where something that it needs is not here."""
    if recipe.is_of_tools and not TOOLS.is_dir():
        return None
    command = (recipe.is_of_tools and OF_TOOLS.get(recipe.language)) or RUNNERS.get(recipe.language)
    needed = [tool for tool in ("jq", "soffice") if re.search(rf"\b{tool} --", recipe.code)]
    return command if command and all(map(shutil.which, [command[0], *needed])) else None


@pytest.fixture
def published(live_server: LiveServer) -> str:
    """The address of a tracker that shows what the demo does with its reports, at the same rates."""
    newest = itertools.takewhile(lambda rate: rate[1] >= FIRST_REPORT, read_rates(SHIPPED))
    rates.load(rates=[rate for rate in newest if rate[0] in ("USD", "GBP")], source="ECB", at=AT)
    call_command("loaddata", *fixture_names(), verbosity=0)
    desk = Desk()
    people = {"author": desk.editor, "by": desk.reviewer}
    publish_all(**people, message="Fixtures", at=AT)
    for number, path in enumerate(sorted(REPORTS.glob("*.json")), start=1):
        at = AT + dt.timedelta(days=200 + number)
        publish_file(path=path, **people, message=path.stem, at=at)
    return str(live_server.url)


def run(command: list[str], folder: Path) -> str:
    """Return what a command prints; fails with its errors."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    if TOOLS.is_dir():
        environment["HOME"] = str(TOOLS / "home")
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def answered(address: str) -> str:
    return str(urllib.request.urlopen(address).read().decode())


def test_the_page_has_what_people_ask_for() -> None:
    languages = [recipe.language for recipe in RECIPES]
    assert {language: languages.count(language) for language in languages} == {
        "sh": 5, "python": 5, "text": 1, "r": 2, "js": 1, "powerquery": 1, "formula": 2,
    }  # fmt: skip


@pytest.mark.once
def test_recipes_end_in_the_number_of_the_table(published: str, tmp_path: Path) -> None:
    """In one test, as the server and what it shows take longer than all recipes."""
    total = read(TABLE)["total"]["value"]
    for heading in {recipe.heading for recipe in RECIPES} - {"Excel: Data › From Web", "Google Sheets"}:
        assert any(total in recipe.output for recipe in RECIPES if recipe.heading == heading), heading
    for recipe in RECIPES:
        command = runner(recipe)
        if command:
            printed = run([*command, recipe.code.replace(DEMO, published)], tmp_path)
            assert printed == recipe.output, recipe.heading
    calc, sheets = (recipe.code for recipe in RECIPES if recipe.language == "formula")
    address, pattern = re.findall(r'WEBSERVICE\("(.*?)"\); "(.*)"; "\$1"', calc)[0]
    found = re.fullmatch(pattern.replace('""', '"'), answered(address.replace(DEMO, published)))
    assert found
    assert found[1] == total
    (query,) = [recipe.code for recipe in RECIPES if recipe.language == "powerquery"]
    (path,) = re.findall(r'RelativePath = "(.*?)"', query)
    asked = urlencode(re.findall(r'(\w+) = "([^"]*)"', query.partition("Query = [")[2].partition("]")[0]))
    (of_sheets,) = re.findall(r'IMPORTDATA\("(.*?)"', sheets)
    for asked_by in (f"{published}/{path}?{asked}", of_sheets.replace(DEMO, published)):
        rows = list(csv.reader(io.StringIO(answered(asked_by))))
        assert rows[0] == ["id", "eur"]
        assert sum(Decimal(eur) for _id, eur in rows[1:] if eur) == Decimal(total)


@pytest.mark.parametrize("recipe", [each for each in RECIPES if each.output], ids=lambda each: each.heading)
def test_the_recipe_was_among_what_was_run(recipe: Recipe) -> None:
    """Skipped with a message where something is missing, so that the report says what was not tried."""
    if runner(recipe) is None:
        pytest.skip("what it needs is not here: .ci/clients brings it where it can be had")
