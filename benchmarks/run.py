"""`python benchmarks/run.py`: the same as `python -m benchmarks`, from any folder."""

from __future__ import annotations

import sys
from pathlib import Path


def run() -> int:
    """Make the package importable, then run it."""
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    from benchmarks.table import main

    return main()


if __name__ == "__main__":
    raise SystemExit(run())
