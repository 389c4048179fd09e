"""The house: its layers, its file names, its spelling, and the length of its files."""

import ast
import importlib.metadata
import json
import re
import shutil
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parent.parent
TRACKER = ROOT / "tracker"
LINES = 300

FILES = 24
"""How many files a folder has at most: what `ls` shows at a glance."""

# Folders in which every file is about one concept, and what else stands there: how all of them work.
CONCEPT_ROOMS: dict[str, set[str]] = {
    "models/desk": set(),
    "models/imports": set(),
    "models/review": set(),
    "models/shelf": set(),
    "records/kinds": set(),
    "filters": {"values", "desk_search", "exact_matches", "fields", "folded_texts", "parameters", "registry"},
    "admin/records": {"base", "figures"},
}

AMERICAN = re.compile(
    r"\b(?:defense|offense|armor|color(?:s|ed)?|favor\w*|behaviors?|honors?|labor|neighbor\w*|centers?|meters?"
    r"|catalogs?|cancel(?:ed|ing)|label(?:ed|ing)|model(?:ed|ing)|traveled|gray|fulfill|judgment|analyz\w+"
    r"|(?!siz|priz|seiz|serializ)\w+iz(?:e|ed|es|er|ing|ation|ations))\b",
    re.IGNORECASE,
)
PROPER_NAMES = re.compile(
    r"Ukraine Defense Contact Group|Secretar(?:y|ies) of Defense|Department of Defense"
    r"|North Atlantic Treaty Organization|Belize"
)


def modules(folder: Path) -> set[str]:
    return {path.stem for path in folder.glob("*.py")} - {"__init__"}


def sources() -> Iterator[Path]:
    """The Python files of the project, but for migrations, which a program wrote."""
    for path in sorted(TRACKER.rglob("*.py")):
        if "migrations" not in path.parts:
            yield path


CONCEPTS = {name for room in CONCEPT_ROOMS if room.startswith("models/") for name in modules(TRACKER / room)}


def test_every_module_of_models_has_its_tables_in_the_app() -> None:
    """A module that `models/__init__.py` does not import gets no migration, and Django says nothing."""
    registered = {model.__module__.rpartition(".")[2] for model in apps.get_app_config("tracker").get_models()}
    assert registered == CONCEPTS


@pytest.mark.parametrize("room", CONCEPT_ROOMS)
def test_a_concept_has_one_file_name_in_every_layer(room: str) -> None:
    strange = modules(TRACKER / room) - CONCEPTS - CONCEPT_ROOMS[room]
    assert not strange, f"tracker/{room}: name {strange} like a file in tracker/models, or say in CONCEPT_ROOMS why not"


FOLDERS = sorted({path.parent for path in sources() if "commands" not in path.parts})


def test_a_folder_can_be_seen_at_a_glance() -> None:
    tests = sorted({path.parent for path in ROOT.glob("tests/**/*.py")})
    full = [str(folder.relative_to(ROOT)) for folder in [*FOLDERS, *tests] if len(modules(folder)) > FILES]
    assert not full, "make rooms of these"


ROOMS = sorted(folder for folder in FOLDERS if folder.parent.parent == TRACKER)
PATHS = re.compile(r"`(?:tracker/)?((?:[a-z_]+/)+[a-z_]+\.py)`")


def test_the_page_on_the_house_names_every_room() -> None:
    page = (ROOT / "docs/architecture.md").read_text()
    rows = {row.split("`")[1]: row for row in page.splitlines() if row.startswith("| `")}
    missing = [room for room in ROOMS if f"`{room.name}`" not in rows.get(room.parent.name, "")]
    assert not missing


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")), ids=lambda page: page.name)
def test_pages_name_files_that_are_there(page: Path) -> None:
    # Exercises are the kind that adding-a-record.md adds.
    named = {path for path in PATHS.findall(page.read_text()) if not path.endswith("/exercises.py")}
    assert not [path for path in sorted(named) if not any((root / path).exists() for root in (TRACKER, ROOT))]


def test_layers_point_downwards_only() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"
    run = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_file_is_too_long() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in sources()}
    assert not {path: lines for path, lines in lengths.items() if lines > LINES}, f"split these at about {LINES} lines"


def words_for_people(path: Path) -> Iterator[str]:
    """Yield the docstrings and the translatable strings of a Python file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            yield ast.get_docstring(node) or ""
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in ("_", "gettext", "ngettext", "pgettext"):
            yield from (arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str))


def words_of_fixture(path: Path) -> Iterator[str]:
    """Yield the texts of a fixture, but for aliases and quotes, which keep the spelling of their source."""
    for row in json.loads(path.read_text()):
        if not row["model"].endswith("alias"):
            yield from (text for name, text in row["fields"].items() if isinstance(text, str) and name != "quote")


def prose(path: Path) -> str:
    """Return what people read of a file, without code, markup, addresses and public ids."""
    readers = {".py": words_for_people, ".json": words_of_fixture}
    text = "\n".join(readers[path.suffix](path)) if path.suffix in readers else path.read_text()
    if path.suffix == ".md":
        text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    if path.suffix == ".html":
        text = re.sub(
            r"<style.*?</style>|<script.*?</script>|<[^>]*>|\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL
        )
    return PROPER_NAMES.sub("", re.sub(r"`[^`\n]*`|https?://\S+|\b[a-z0-9]+(?:-[a-z0-9]+){2,}\b", "", text))


WRITTEN = [
    path
    for pattern in ("*.md", "docs/*.md", "fixtures/*.json", "templates/**/*.html", "tracker/**/*.py")
    for path in sorted(ROOT.glob(pattern))
    if "migrations" not in path.parts
]


def test_spelling_is_british() -> None:
    found = {str(path.relative_to(ROOT)): set(AMERICAN.findall(prose(path))) for path in WRITTEN}
    assert not {path: words for path, words in found.items() if words}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a color of the organization", ["color", "organization"]),
        ("Defense analyzes the center", ["Defense", "analyzes", "center"]),
        ("colour, organisation, defence, size, sized, prize, centred", []),
    ],
)
def test_american_spelling_is_found(text: str, found: list[str]) -> None:
    assert AMERICAN.findall(text) == found


def test_nothing_knows_the_machine_that_it_was_written_on() -> None:
    home = re.compile(r"(?<![\w.$}])/(?:home|root|work|Users)/\w")
    paths = [*WRITTEN, *sources(), *ROOT.glob("tests/**/*.py"), *ROOT.glob("*.t*"), ROOT / ".ci/run"]
    found = {str(path.relative_to(ROOT)) for path in paths if path.is_file() and home.search(path.read_text())}
    assert found == set()


PINNED = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[\w.]+)(?: ; [^\n]+?)?(?P<hashes>(?: \\\n    --hash=sha256:[0-9a-f]{64})+)\n"
    r"    # via(?P<why>.*(?:\n    #   .*)*)\n",
    re.MULTILINE,
)
CHOSEN_FOR = {"requirements.txt": [""], "requirements-dev.txt": ["", ":dev"]}
"""Which lists of pyproject.toml each file is made of, as its comments call them."""


def short_list(name: str) -> dict[str, str]:
    """Return what we chose: the version of each package of a list in pyproject.toml."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    chosen = project["dependency-groups"][name.removeprefix(":")] if name else project["project"]["dependencies"]
    return {
        re.sub(r"\[.*\]", "", package).lower().replace("_", "-"): version
        for package, _, version in (line.partition("==") for line in chosen)
    }


@pytest.mark.parametrize("name", CHOSEN_FOR)
def test_what_is_installed_is_pinned(name: str) -> None:
    """Two machines that install on different days get the same files, also of what we did not choose ourselves."""
    text = (ROOT / name).read_text()
    assert re.sub(r"^#.*\n", "", PINNED.sub("", text), flags=re.MULTILINE) == ""
    pinned = list(PINNED.finditer(text))
    for chosen in CHOSEN_FOR[name]:
        # After another word or a comma stands another list: (pyproject.toml) and (pyproject.toml:dev).
        made = {line["name"]: line["version"] for line in pinned if f"(pyproject.toml{chosen})" in line["why"]}
        assert made == short_list(chosen), f"{name} is not made of pyproject.toml: run .ci/requirements"


def test_what_is_tested_is_what_is_installed() -> None:
    """The suite runs with the versions that the tracker is installed with, and some packages more."""
    texts = {name: PINNED.finditer((ROOT / name).read_text()) for name in CHOSEN_FOR}
    served, tested = ({(line["name"], line["version"], line["hashes"]) for line in text} for text in texts.values())
    assert served < tested


def test_the_pinned_version_is_the_one_that_runs() -> None:
    assert short_list("")["django"] == importlib.metadata.version("Django")


def test_tests_stay_on_this_machine() -> None:
    with pytest.raises(RuntimeError, match="without a network"):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def borrowed(path: Path) -> Iterator[str]:
    """Yield what a module of tests takes from another one, or takes or patches of what is private to ours."""
    ours: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("tests", "tracker")):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
            ours |= {alias.asname or alias.name for alias in node.names}
            yield from (name for name in names if re.search(r"\.test_|\._\w+$", name))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and PRIVATE.match(node.attr):
            yield from [f"{node.value.id}.{node.attr}"] if node.value.id in ours else []
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in PATCHING:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            yield from (text for text in texts if PRIVATE.match(text.rpartition(".")[2]))


PRIVATE = re.compile(r"_(?!_|meta$|default_manager$|base_manager$)")
"""Names that are nobody else's business, but for those that Django documents."""

PATCHING = {"patch", "object", "setattr", "delattr"}


def test_tests_look_at_what_is_public_and_share_by_helpers() -> None:
    found = {str(path.relative_to(ROOT)): list(borrowed(path)) for path in sorted(ROOT.glob("tests/**/*.py"))}
    assert not {path: names for path, names in found.items() if names}


def test_what_tests_must_not_borrow_is_found(tmp_path: Path) -> None:
    module = tmp_path / "test_it.py"
    module.write_text(
        "from tests.api.test_desk import PLEDGE\nfrom tracker.lib import text\nfrom tracker.lib.text import _fold\n"
        "text._fold\ntext.fold\nmonkeypatch.setattr(text, '_fold', 1)\nPledge._meta\npatch('tracker.lib.text._fold')\n"
    )
    assert sorted(borrowed(module)) == [
        "_fold", "tests.api.test_desk.PLEDGE", "text._fold", "tracker.lib.text._fold", "tracker.lib.text._fold",
    ]  # fmt: skip
