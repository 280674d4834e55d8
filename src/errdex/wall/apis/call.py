"""What a request asks for, and what answers it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = Any

TEXT: Final = ("This is the wall of errdex.", " No model was asked.", " Tell it to fail, and it does.")
"""The plain answer, in the parts in which a stream brings it."""
VECTOR: Final = (0.0625, -0.125, 0.25, -0.5)
"""The plain embedding of any text."""
CREATED: Final = 1_700_000_000
"""The time of every plain answer, so that equal requests get equal answers."""


@dataclass(frozen=True)
class Call:
    """What a request asks for.

    Attributes:
        api: The API, by the name of its provider.
        operation: Which call of the API it is: `chat`, `messages`, `embeddings`, `converse`, …
        model: The model asked for.
        stream: Whether the answer is to be a stream.
        body: The request's body.
        tokens: The tokens of the request, estimated as four bytes each.
    """

    api: str
    operation: str
    model: str
    stream: bool
    body: Mapping[str, Json]
    tokens: int


@dataclass(frozen=True)
class Operation:
    """One call of an API, and its answers.

    Attributes:
        api: The API, by the name of its provider.
        name: What the call is named here.
        reply: The body of the plain answer.
        events: The plain answer as a stream: a list of encoded events. None if it cannot be streamed.
        error_event: An event that reports an error, from status, code, message and body of a failure.
        media_type: The type of the stream's content.
        streams: Whether the path itself asks for a stream; None if the body does.
    """

    api: str
    name: str
    reply: Callable[[Call], Json]
    events: Callable[[Call], list[bytes]] | None = None
    error_event: Callable[[str, str | None, str, Json], bytes] | None = None
    media_type: str = "text/event-stream"
    streams: bool | None = None


def sse(data: Json, event: str | None = None) -> bytes:
    """Return a server-sent event."""
    text = data if isinstance(data, str) else json.dumps(data)
    return (f"event: {event}\n" if event else "").encode() + f"data: {text}\n\n".encode()
