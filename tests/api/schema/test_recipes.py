"""The recipes of docs/recipes.md do what they say."""

import os
import re
import shutil
import subprocess
import sys
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from pytest_django.live_server_helper import LiveServer

from tests.api.shelf import publish_fixtures

DOCS = Path(settings.BASE_DIR) / "docs"
DEMO = "http://127.0.0.1:8000"
SECONDS = 120


@dataclass(frozen=True)
class Recipe:
    """A block of code, and what it prints."""

    heading: str
    language: str
    code: str
    output: str


def recipes() -> list[Recipe]:
    """Return the blocks of code of the page, in order."""
    text = (DOCS / "recipes.md").read_text()
    found = []
    for match in re.finditer(r"^```(\w+)\n(.*?)^```\n(?:\n```output\n(.*?)^```\n)?", text, re.MULTILINE | re.DOTALL):
        language, code, output = match.groups()
        heading = re.findall(r"^## (.+)$", text[: match.start()], re.MULTILINE)[-1]
        found.append(Recipe(heading, language, code, output or ""))
    return found


RECIPES = recipes()
RUNNERS = {
    "sh": ["bash", "-euo", "pipefail", "-c"],
    "python": [sys.executable, "-c"],
    "r": ["Rscript", "-e"],
}


@pytest.fixture
def published(live_server: LiveServer) -> str:
    """The address of a tracker that shows the fixtures of the project."""
    publish_fixtures()
    return str(live_server.url)


def run(command: list[str], folder: Path) -> str:
    """Return what a command prints; fails with its errors."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_page_has_what_people_ask_for() -> None:
    languages = [recipe.language for recipe in RECIPES]
    assert {language: languages.count(language) for language in languages} == {
        "sh": 4, "python": 3, "text": 1, "r": 1, "powerquery": 1, "formula": 2,
    }  # fmt: skip


@pytest.mark.once
def test_what_can_be_run_prints_what_the_page_says(published: str, tmp_path: Path) -> None:
    """In one test, as the server and what it shows take longer than all recipes."""
    for recipe in RECIPES:
        if recipe.language not in RUNNERS or not shutil.which(RUNNERS[recipe.language][0]):
            continue
        printed = run([*RUNNERS[recipe.language], recipe.code.replace(DEMO, published)], tmp_path)
        assert printed == recipe.output, recipe.heading
    for recipe in RECIPES:
        if recipe.language == "formula":
            (address,) = re.findall(rf'"({DEMO}[^"]*)"', recipe.code)
            assert urllib.request.urlopen(address.replace(DEMO, published)).status == 200
    query = "/api/v1/contributions/?format=csv&contributor=DEU"
    assert urllib.request.urlopen(published + query).read().startswith(b"id,")


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="no R here (Debian: apt-get install r-base-core)")
def test_r_is_among_what_was_run() -> None:
    """Skipped with a message where there is no R, so that the report says what was not tried."""
    assert "r" in {recipe.language for recipe in RECIPES}
