"""A clock that stands still: a message that says when a limit opens gets the same answer whenever it is judged."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOW = 1_764_500_400  # 2025-11-30 11:00:00 UTC
"""The time, in seconds since 1970."""
IN_NODE = ["--require", str(Path(__file__).with_suffix(".js"))]
"""Options of Node with which its clock stands still too, in the environment that `stopped` makes."""


@contextmanager
def stopped() -> Iterator[None]:
    """Stop the clock at `NOW`, in UTC."""
    real, zone = time.time, os.environ.get("TZ")
    time.time = lambda: float(NOW)
    os.environ |= {"TZ": "UTC", "NOW": str(NOW)}
    time.tzset()
    try:
        yield
    finally:
        time.time = real
        del os.environ["TZ"], os.environ["NOW"]
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()
