"""The JSON Schema of catalog files, generated from the models."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from errdex.authoring.schema import Entry, Provider
from errdex.authoring.status_table import DERIVED, ROWS, SHARED

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema: a file is a list of entries, a status table, or the mapping of a provider.yaml."""
    made = TypeAdapter(list[Entry] | Provider).json_schema()
    made["$defs"] |= _table(made["$defs"]["Entry"])
    made["anyOf"].append({"$ref": "#/$defs/StatusTable"})
    return {"$schema": DRAFT, "title": "errdex catalog file", **made}


def _table(entry: dict[str, Any]) -> dict[str, Any]:
    """Return the schemas of a row, which is an entry without the keys derived from its status, and of the table."""
    keys = {name: shape for name, shape in entry["properties"].items() if name not in DERIVED}
    row = {
        "additionalProperties": False,
        "description": "What a bare status means at this provider.",
        "properties": keys,
        "required": [*(name for name in entry["required"] if name in keys and name not in SHARED), "category", "fix"],
        "title": "StatusRow",
        "type": "object",
    }
    rows = {
        "additionalProperties": False,
        "patternProperties": {r"^([1-5]\d\d|4xx|5xx)$": {"$ref": "#/$defs/StatusRow"}},
        "type": "object",
    }
    table = {
        "additionalProperties": False,
        "description": "The table in statuses.yaml; the other keys apply to every row without its own.",
        "properties": {**{name: keys[name] for name in SHARED}, ROWS: rows},
        "required": [ROWS],
        "title": "StatusTable",
        "type": "object",
    }
    return {"StatusRow": row, "StatusTable": table}


def render() -> str:
    """Return the schema as the text of `catalog/schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
