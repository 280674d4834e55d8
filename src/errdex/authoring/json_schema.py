"""The JSON Schema of catalog files, made from the models."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from errdex.authoring.schema import Entry, Provider

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the schema: a file is a list of entries, or the mapping of a provider.yaml."""
    made = TypeAdapter(list[Entry] | Provider).json_schema()
    return {"$schema": DRAFT, "title": "errdex catalog file", **made}


def render() -> str:
    """Return the schema as the text of `catalog/schema.json`."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"
