"""What the wall is told to do with a request, and the one notation for it: `cohere/429; wait=2; times=3`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from errdex.model.errors import ErrdexError

PASS: Final = "pass"  # noqa: S105 (no password)
RESET: Final = "reset"
CUT: Final = "cut"
REFUSE: Final = "refuse"
WORDS: Final = (PASS, RESET, CUT, REFUSE)
LONGEST: Final = 3600.0
"""Seconds at most of any wait or outage."""


class OrderError(ErrdexError, ValueError):
    """An order is not written as one."""


@dataclass(frozen=True)
class Order:
    """What to do with a request.

    Attributes:
        do: An entry's id, which the answer fails with; or `pass` (a plain answer), `reset` (the connection is reset
            without an answer), `cut` (the connection closes in the middle of the answer), `refuse` (reset, and new
            connections are refused for a while).
        status: HTTP status of the failure, if not the entry's first.
        after: Events of a stream that come before it fails or is cut; None for a failure in place of the stream.
        wait: Seconds before the answer begins.
        pace: Seconds between the events of a stream.
        lasts: Seconds for which connections are refused.
        times: Requests in a row that it is for, in a sequence.
    """

    do: str = PASS
    status: int | None = None
    after: int | None = None
    wait: float = 0.0
    pace: float = 0.0
    lasts: float = 10.0
    times: int = 1

    @property
    def entry(self) -> str | None:
        """The id of the entry to fail with, if any."""
        return None if self.do in WORDS else self.do

    @property
    def is_plain(self) -> bool:
        """Whether the request gets a plain answer, perhaps a slow one."""
        return self.do == PASS


def order(text: str) -> Order:
    """Read an order.

    Raises:
        OrderError: The text is not one; says what is wrong and what there is.

    >>> order("cohere/trial-key-per-minute; wait=0.5")
    Order(do='cohere/trial-key-per-minute', status=None, after=None, wait=0.5, pace=0.0, lasts=10.0, times=1)
    """
    do, *settings = (part.strip() for part in text.split(";"))
    if do not in WORDS and not ("/" in do and do.isascii() and not any(map(str.isspace, do))):
        raise OrderError(
            f"{do!r} is nothing to do; it is an entry's id such as cohere/429, or one of {', '.join(WORDS)}"
        )
    found: dict[str, int | float] = {}
    for setting in filter(None, settings):
        name, sign, value = (part.strip() for part in setting.partition("="))
        if name not in _SETTINGS or not sign:
            raise OrderError(f"{setting!r} is no setting; write {', '.join(f'{known}=…' for known in _SETTINGS)}")
        try:
            found[name] = _SETTINGS[name](value)
        except ValueError as error:
            raise OrderError(f"{name}={value}: {error}") from None
    return Order(do, **found)  # type: ignore[arg-type]


def _between(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isdecimal() and text.isascii() and low <= int(text[:12]) <= high):
            raise ValueError(f"must be a whole number from {low} to {high}")
        return int(text)

    return read


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= LONGEST:
        raise ValueError(f"must be a number of seconds from 0 to {LONGEST:.0f}")
    return value


_SETTINGS: Final[Mapping[str, Callable[[str], int | float]]] = {
    "status": _between(400, 599),
    "after": _between(0, 1000),
    "wait": _seconds,
    "pace": _seconds,
    "lasts": _seconds,
    "times": _between(1, 1_000_000),
}
