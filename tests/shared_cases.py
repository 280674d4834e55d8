"""The cases that Python and JavaScript share: `data/shared_cases.jsonl`."""

import json
from typing import Any

from tests import DATA

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (DATA / "shared_cases.jsonl").read_text("utf-8").splitlines()
]
