"""A plain client of the wall, with the standard library alone."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from errdex.wall import Wall

CHAT = "/v1/chat/completions"


class Reply(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(wall: Wall, path: str = CHAT, body: Any = None, method: str = "POST", **headers: str) -> Reply:
    """Send one request on a connection of its own; underscores in the names of headers stand for hyphens."""
    address = urlsplit(wall.url)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    data = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
    sent = {"content-type": "application/json", **{name.replace("_", "-"): value for name, value in headers.items()}}
    try:
        connection.request(method, path, data, sent)
        answer = connection.getresponse()
        return Reply(answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
    finally:
        connection.close()


def statuses(wall: Wall, count: int, path: str = CHAT, **headers: str) -> list[int]:
    """Return the statuses of so many requests, one after another."""
    return [ask(wall, path, **headers).status for _ in range(count)]
