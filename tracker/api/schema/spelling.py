"""Spells the document as OpenAPI 3.1 has it, where what makes it still writes otherwise."""

import json
from typing import Any

from tracker.records.engine.document_field import Fragment

_REFERENCE = "#/components/schemas/"
_NULL: Fragment = {"type": "null"}


def spell_as_3_1(result: Fragment, generator: Any, request: Any, public: bool) -> Fragment:
    """Return the document in the words of OpenAPI 3.1: a postprocessing hook of drf-spectacular."""
    schemas = result["components"]["schemas"]
    if "BlankEnum" in schemas:
        schemas["BlankEnum"] = {"type": "string", "enum": [""]}
    spelled: Fragment = _spelled(result)
    spelled["components"]["schemas"] = _used(spelled)
    return spelled


def _spelled(part: Any) -> Any:
    """Return a part of the document with `nullable` as a type, and with what fits one of several as `anyOf`.

    `oneOf` refuses what fits two: an empty text beside an address, which is a text too.
    """
    if isinstance(part, list):
        return [_spelled(inner) for inner in part]
    if not isinstance(part, dict):
        return part
    if part == {"$ref": f"{_REFERENCE}NullEnum"}:
        return _NULL
    part = {name: _spelled(inner) for name, inner in part.items()}
    if isinstance(part.get("oneOf"), list) and "discriminator" not in part:
        part["anyOf"] = part.pop("oneOf")
    if part.get("nullable") is True:
        part = _or_null({name: inner for name, inner in part.items() if name != "nullable"})
    if isinstance(part.get("anyOf"), list):
        # drf-spectacular adds null to lists that it shares between documents.
        part["anyOf"] = [each for at, each in enumerate(part["anyOf"]) if each not in part["anyOf"][:at]]
    if {} in part.get("anyOf", []):
        # What may be anything may be null.
        del part["anyOf"]
    return part


def _or_null(schema: Fragment) -> Fragment:
    """Return the schema of what fits `schema`, or is null."""
    if "anyOf" in schema:
        return schema | {"anyOf": [*schema["anyOf"], _NULL]}
    if "type" in schema:
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return schema | {"type": [*kinds, "null"]}
    return {"anyOf": [schema, _NULL]}


def _used(document: Fragment) -> Fragment:
    """Return the schemas that operations refer to, or that such schemas do."""
    schemas: Fragment = document["components"]["schemas"]
    text = json.dumps(
        document | {"components": {"responses": document["components"].get("responses", {})}}, default=str
    )
    used: Fragment = {}
    left = dict(schemas)
    while found := [name for name in left if f'"{_REFERENCE}{name}"' in text]:
        used |= {name: left.pop(name) for name in found}
        text = json.dumps([used[name] for name in found], default=str)
    return {name: schema for name, schema in schemas.items() if name in used}
