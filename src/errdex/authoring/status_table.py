"""The table in `statuses.yaml` → entries: what a bare status means at a provider.

The status implies several keys: `429: {category: rate_limit, …}` in the folder `acme` is the entry `acme/429` of kind
`default`, which matches the status 429. The rows share the keys at the top of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import Final

import yaml

from errdex.model.errors import Issue, Location

ROWS: Final = "statuses"
"""Key of the rows; a file whose name begins with it may contain a table."""
SHARED: Final = ("provenance", "sources", "verified")
"""Keys at the top of the table that apply to every row without its own."""
DERIVED: Final = ("id", "kind", "status", "match", "messages")
"""Keys of an entry that a row must not have, since they follow from its status."""

_STATUS: Final = re.compile(r"[1-5]\d\d|[45]xx")


def entry_nodes(path: str, provider: str, table: yaml.MappingNode, issues: list[Issue]) -> Iterator[yaml.MappingNode]:
    """Yield the YAML node of each row's entry, as if it were written out; append any mistakes to `issues`."""
    shared = []
    rows: yaml.Node | None = None
    for key, value in table.value:
        if key.value == ROWS:
            rows = value
        elif key.value in SHARED:
            shared.append((key, value))
        else:
            known = ", ".join(f"`{name}`" for name in (*SHARED, ROWS))
            issues.append(_issue(path, key, f"unknown key `{key.value}`; a status table has the keys {known}"))
    if not isinstance(rows, yaml.MappingNode):
        message = f"`{ROWS}` is missing: " if rows is None else f"`{ROWS}` must be "
        issues.append(_issue(path, rows or table, f"{message}a mapping of statuses to their rows"))
        return
    for status, row in rows.value:
        if not _STATUS.fullmatch(str(status.value)):
            message = f"`{status.value}` is not a status; use a number from 100 to 599, `4xx` or `5xx`"
            issues.append(_issue(path, status, message))
            continue
        if not isinstance(row, yaml.MappingNode):
            message = f"the row {status.value} must be a mapping with `category`, `title`, `meaning` and `fix`"
            issues.append(_issue(path, row, message))
            continue
        given = {key.value for key, _ in row.value if isinstance(key.value, str)}
        for key, _ in row.value:
            if key.value in DERIVED:
                issues.append(
                    _issue(path, key, f"`{key.value}` in the row {status.value} follows from the status; leave it out")
                )
        own = [pair for pair in row.value if pair[0].value not in DERIVED]
        own += [pair for pair in shared if pair[0].value not in given]
        derived = _derived(provider, status, with_example="examples" not in given)
        yield yaml.MappingNode(row.tag, derived + own, status.start_mark, row.end_mark)


def _derived(provider: str, status: yaml.Node, with_example: bool) -> list[tuple[yaml.Node, yaml.Node]]:
    text = str(status.value)
    number: int | str = int(text) if text.isdecimal() else text
    keys: dict[str, object] = {"id": f"{provider}/{text}", "kind": "default", "match": [{"status": number}]}
    if isinstance(number, int):
        keys["status"] = number
        if with_example:
            line = f"HTTP/1.1 {number} {_phrase(number)}".rstrip()
            keys["examples"] = [line if provider == "http" else {"raw": line, "provider": provider}]
    pairs: list[tuple[yaml.Node, yaml.Node]] = yaml.representer.SafeRepresenter().represent_data(keys).value
    for key, value in pairs:
        key.start_mark = value.start_mark = status.start_mark
    return pairs


def _phrase(status: int) -> str:
    return next((known.phrase for known in HTTPStatus if known == status), "")


def _issue(path: str, node: yaml.Node, message: str) -> Issue:
    mark = node.start_mark
    return Issue(Location(path, mark.line + 1, mark.column + 1), "schema", message)
