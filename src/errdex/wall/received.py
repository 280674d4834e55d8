"""The requests that the wall received, and what each one got."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import IO, Any, Final

Json = Any
KEPT: Final = 10_000
"""Requests that are kept; of more, the newest."""


@dataclass(frozen=True)
class Received:
    """One request, and what it got.

    Attributes:
        number: Counted from 1.
        at: Seconds since the wall started, when the request had been read.
        method: HTTP method.
        path: The path, without the query.
        api: The API, by the name of its provider.
        operation: The call of the API; empty for a path that no API has.
        model: The model asked for.
        stream: Whether a stream was asked for.
        key: The end of the API key; the rest is not kept.
        size: Bytes of the request's body.
        retry: How often the client says that it has repeated the request, None if it does not say.
        did: What the wall did: an entry's id, or `pass`, `reset`, `cut`, `refuse`, `unknown` or `rejected`.
        status: HTTP status of the answer, None if there was none.
    """

    number: int
    at: float
    method: str
    path: str
    api: str
    operation: str
    model: str
    stream: bool
    key: str
    size: int
    retry: int | None
    did: str
    status: int | None


class Log:
    """Keeps the newest requests; may be read from another thread.

    Args:
        file: Where each request is also written, a line of JSON each.
    """

    def __init__(self, file: IO[str] | None = None) -> None:
        self._file = file
        self._lock = threading.Lock()
        self._kept: deque[Received] = deque(maxlen=KEPT)
        self._count = 0

    def add(self, **about: Json) -> Received:
        """Note a request."""
        with self._lock:
            self._count += 1
            request = Received(number=self._count, **about)
            self._kept.append(request)
            if self._file:
                self._file.write(json.dumps(asdict(request)) + "\n")
                self._file.flush()
        return request

    def clear(self) -> None:
        """Forget all requests and count from 1 again."""
        with self._lock:
            self._kept.clear()
            self._count = 0

    @property
    def count(self) -> int:
        """Requests since the beginning, or since `clear`."""
        return self._count

    @property
    def requests(self) -> list[Received]:
        """The requests, oldest first; of more than 10,000, the newest."""
        with self._lock:
            return [*self._kept]

    def to_dict(self) -> Mapping[str, Json]:
        """Return count and requests, ready for JSON."""
        return {"count": self.count, "requests": [asdict(request) for request in self.requests]}
