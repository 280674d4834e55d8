"""The cases that Python and JavaScript share: `data/shared_cases.jsonl`.

`ask` says which question is asked of the text: `classify`, which it is without the key, or `detect`.
"""

import json
from typing import Any

from tests import DATA

CASES: list[dict[str, Any]] = [
    json.loads(line) for line in (DATA / "shared_cases.jsonl").read_text("utf-8").splitlines()
]
