"""Examples of answers in the OpenAPI document: what the register of the tests answered, word for word.

`tests/api/schema/test_examples.py` asks the same addresses again and compares, and can renew the file.
"""

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".json")


def add_examples(result: Any, generator: Any, request: Any, public: bool) -> Any:
    """Put the examples where the document describes the answers: a postprocessing hook of drf-spectacular."""
    for path, answers in json.loads(FILE.read_text()).items():
        if path not in result["paths"]:
            continue
        content = result["paths"][path]["get"]["responses"]["200"]["content"]
        for media_type, example in answers.items():
            content[media_type]["examples"] = {"register": {"summary": example["address"], "value": example["answer"]}}
    return result
