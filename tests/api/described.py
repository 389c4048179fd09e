"""The OpenAPI document, as it is committed, and requests by chance to what it describes."""

from pathlib import Path
from typing import Any

import schemathesis
import yaml
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.api.shelf import API
from tests.examples import examples
from tracker.wsgi import application

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"
DESCRIBED: dict[str, Any] = yaml.load(DOCUMENT.read_text(), Loader=yaml.CSafeLoader)

CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.response_headers_conformance,
]  # fmt: skip

# The cases that the document itself suggests are hundreds an operation: chance finds the same in fewer.
PHASES = {"examples": {"enabled": False}, "coverage": {"enabled": False}}

# Answers are read as the application gives them, and nobody on the way takes them out of gzip.
CONFIG = {"phases": PHASES, "headers": {"Accept-Encoding": "identity"}}

described = schemathesis.openapi.from_dict(DESCRIBED, config=schemathesis.Config.from_dict(CONFIG))
described.app = application
public = described.include(path_regex=f"^{API}(?!desk/|schema/)")
desk = described.include(path_regex=f"^{API}desk/(?!token/)")

few = settings(
    max_examples=examples(6), derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
