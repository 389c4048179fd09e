"""Clients that are generated from the OpenAPI document import, and read every public list and table, untouched.

The one for Python that is installed with the tests runs always; the others where `.ci/clients` has put their tools,
under CLIENT_TOOLS.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.api.conftest import make_world, publish_world
from tests.api.described import DESCRIBED, DOCUMENT

PROGRAMS = Path(__file__).parent / "clients"
TOOLS = Path(os.environ.get("CLIENT_TOOLS", "/nowhere"))
SECONDS = 600
EVERY = len(DESCRIBED["paths"])

pytestmark = pytest.mark.once


@pytest.fixture
def served(live_server: LiveServer) -> str:
    """The address of a tracker that shows one record of each kind, with all that it can hold."""
    publish_world(make_world())
    return str(live_server.url)


def run(*command: object, folder: Path) -> str:
    """Return what a command prints; fails with all that it says."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout.strip()


def tool(name: str) -> Path:
    """Return a tool that `.ci/clients` has brought; skips the test where there is none."""
    found = TOOLS / name
    if not found.exists():
        pytest.skip(f"{name} is not here: .ci/clients brings it where it can be had")
    return found


def generate(language: str, folder: Path) -> Path:
    """Return a client that openapi-generator makes."""
    jar = tool("openapi-generator.jar")
    run("java", "-jar", jar, "generate", "-i", DOCUMENT, "-g", language, "-o", folder / language, folder=folder)
    return folder / language


def test_openapi_python_client(served: str, tmp_path: Path) -> None:
    make = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--path", DOCUMENT]
    run(*make, "--output-path", "tracker_client", folder=tmp_path)
    shutil.copy(PROGRAMS / "openapi_python_client.py", tmp_path / "every.py")
    assert run(sys.executable, "every.py", served, folder=tmp_path) == str(EVERY)


def test_openapi_generator_for_python(served: str, tmp_path: Path) -> None:
    made = generate("python", tmp_path)
    printed = run(tool("python/bin/python"), PROGRAMS / "openapi_generator.py", made, served, folder=tmp_path)
    assert printed == str(EVERY)


def test_openapi_generator_for_typescript(served: str, tmp_path: Path) -> None:
    made = generate("typescript-fetch", tmp_path)
    compile_into = [tool("node_modules/.bin/tsc"), "--strict", "--target", "es2022", "--module", "commonjs"]
    run(*compile_into, "--skipLibCheck", "--outDir", tmp_path / "js", made / "index.ts", folder=tmp_path)
    assert run("node", PROGRAMS / "typescript_fetch.cjs", tmp_path / "js", served, folder=tmp_path) == str(EVERY)


def test_openapi_typescript(served: str, tmp_path: Path) -> None:
    (tmp_path / "node_modules").symlink_to(tool("node_modules"))
    (tmp_path / "redocly.yaml").write_text("rules: {}\n")
    run("node_modules/.bin/openapi-typescript", DOCUMENT, "-o", "api.d.ts", folder=tmp_path)
    shutil.copy(PROGRAMS / "openapi_typescript.ts", tmp_path / "typed.ts")
    compile_into = ["node_modules/.bin/tsc", "--strict", "--target", "es2022", "--module", "nodenext"]
    run(*compile_into, "--types", "node", "--skipLibCheck", "typed.ts", folder=tmp_path)
    assert run("node", "typed.js", served, folder=tmp_path) == "ok"


def test_openapi_generator_for_r(served: str, tmp_path: Path) -> None:
    rscript = tool("Rscript")
    made = generate("r", tmp_path)
    (tmp_path / "library").mkdir()
    run("R", "CMD", "INSTALL", "--no-docs", f"--library={tmp_path}/library", made, folder=tmp_path)
    printed = run(rscript, PROGRAMS / "openapi_generator.R", tmp_path / "library", served, folder=tmp_path)
    assert printed == str(EVERY)
