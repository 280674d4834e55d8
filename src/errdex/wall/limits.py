"""Limits as each API reports them in the headers of its answers."""

from __future__ import annotations

import datetime
import math
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class State:
    """How much of a limit is left.

    Attributes:
        unit: `requests` or `tokens`.
        limit: How much there is in all.
        left: How much is left, at least 0.
        resets_in: Seconds until all of it is there again.
    """

    unit: str
    limit: int
    left: int
    resets_in: float


def limit_headers(api: str, state: State) -> Mapping[str, str]:
    """Return the headers in which an API says how much is left; empty for APIs that do not say."""
    limit, left, unit = str(state.limit), str(state.left), state.unit
    match api:
        case "openai" | "groq":
            head = "x-ratelimit"
            return {
                f"{head}-limit-{unit}": limit,
                f"{head}-remaining-{unit}": left,
                f"{head}-reset-{unit}": f"{state.resets_in:.3f}s",
            }
        case "anthropic":
            head = f"anthropic-ratelimit-{unit}"
            resets = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=state.resets_in)
            return {
                f"{head}-limit": limit,
                f"{head}-remaining": left,
                f"{head}-reset": resets.strftime("%Y-%m-%dT%H:%M:%SZ"),
            }
        case "mistral":
            short = {"requests": "req", "tokens": "tokens"}[unit]
            head = "x-ratelimit"
            return {f"{head}-limit-{short}-minute": limit, f"{head}-remaining-{short}-minute": left}
        case "cohere" if unit == "requests":
            head = "x-trial-endpoint-call"
            return {f"{head}-limit": limit, f"{head}-remaining": left}
    return {}


def retry_after(seconds: float) -> dict[str, str]:
    """Return the header that asks for a wait, in whole seconds."""
    return {"retry-after": str(max(1, math.ceil(seconds)))}
