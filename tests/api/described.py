"""The OpenAPI documents, the public one as it is committed, and requests by chance to what they describe."""

import json
from pathlib import Path
from typing import Any

import schemathesis
import yaml
from drf_spectacular.renderers import OpenApiJsonRenderer2
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from tests.api.shelf import API
from tests.examples import examples
from tracker.api.schema.documents import DeskGenerator
from tracker.wsgi import application

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "openapi.yaml"


DESCRIBED: dict[str, Any] = yaml.load(DOCUMENT.read_text(), Loader=yaml.CSafeLoader)
DESCRIBED_DESK: dict[str, Any] = json.loads(OpenApiJsonRenderer2().render(DeskGenerator().get_schema(public=True)))


def with_exact_decimals(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document that never asks for `decimals=number`, whose answers it does not describe, as it says."""
    paths = {
        path: {method: asked | {"parameters": [each for each in asked["parameters"] if each["name"] != "decimals"]}
               for method, asked in operations.items()}
        for path, operations in document["paths"].items()
    }  # fmt: skip
    return document | {"paths": paths}


CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_schema_conformance, checks.response_headers_conformance,
]  # fmt: skip

# The cases that the document itself suggests are hundreds an operation: chance finds the same in fewer.
PHASES = {"examples": {"enabled": False}, "coverage": {"enabled": False}}

# Answers are read as the application gives them, and nobody on the way takes them out of gzip.
CONFIG = {"phases": PHASES, "headers": {"Accept-Encoding": "identity"}}

public = schemathesis.openapi.from_dict(with_exact_decimals(DESCRIBED), config=schemathesis.Config.from_dict(CONFIG))
whole_desk = schemathesis.openapi.from_dict(DESCRIBED_DESK, config=schemathesis.Config.from_dict(CONFIG))
public.app = whole_desk.app = application
desk = whole_desk.include(path_regex=f"^{API}desk/(?!token/)")

few = settings(
    max_examples=examples(4), derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
