"""Log lines and tracebacks, none twice, from realistic templates and a fixed seed."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable, Iterator

from benchmarks.corpus import Sample

LINE = 200
"""Bytes of a log line, without its line break."""
TRACEBACK = 5_000
"""Bytes of a traceback."""

_AGENTS = ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "kube-probe/1.33", "curl/8.9.1")
_PATHS = ("/api/v1/users", "/static/app.js", "/healthz", "/search", "/v2/orders", "/assets/logo.svg", "/api/messages")
_MODULES = ("billing.invoice", "search.index", "auth.session", "worker.embed", "chat.history", "storage.blobs")
_VERBS = ("loaded", "indexed", "sent", "received", "queued", "written", "checked", "removed", "scheduled", "merged")
_NOUNS = ("documents", "tokens", "rows", "messages", "requests", "files", "chunks", "sessions", "vectors", "models")
_WORDS = (
    *("zone", "host", "build", "region", "tenant", "shard", "replica", "cache", "batch", "index", "pool", "worker"),
    *("thread", "queue", "latency", "budget", "phase", "ready", "started", "owner", "branch", "bucket", "cursor"),
)


def _stamp(pick: random.Random) -> str:
    return (
        f"2026-11-{pick.randint(1, 28):02}T{pick.randint(0, 23):02}:{pick.randint(0, 59):02}:{pick.randint(0, 59):02}"
    )


def _id(pick: random.Random) -> str:
    return f"{pick.getrandbits(64):016x}"


def _access(pick: random.Random) -> str:
    status = pick.choice((200, 200, 200, 201, 204, 301, 304, 404, 500))
    return (
        f"10.{pick.randint(0, 255)}.{pick.randint(0, 255)}.{pick.randint(1, 254)} - - [{_stamp(pick)} +0000] "
        f'"GET {pick.choice(_PATHS)}?id={_id(pick)} HTTP/1.1" {status} {pick.randint(90, 90_000)} "-" '
        f'"{pick.choice(_AGENTS)}" '
    )


def _json(pick: random.Random) -> str:
    return (
        f'{{"ts":"{_stamp(pick)}Z","level":"info","logger":"{pick.choice(_MODULES)}","trace":"{_id(pick)}",'
        f'"took_ms":{pick.randint(1, 900)},"count":{pick.randint(1, 5000)},"msg":"{pick.choice(_VERBS)} '
        f'{pick.choice(_NOUNS)}"}} '
    )


def _python(pick: random.Random) -> str:
    return (
        f"{_stamp(pick)},{pick.randint(0, 999):03} INFO  [{pick.choice(_MODULES)}] {pick.choice(_VERBS)} "
        f"{pick.randint(2, 9000)} {pick.choice(_NOUNS)} in {pick.random():.3f} s (job={_id(pick)}) "
    )


def _java(pick: random.Random) -> str:
    return (
        f"{_stamp(pick)} DEBUG [http-nio-8080-exec-{pick.randint(1, 40)}] c.a.s.{pick.choice(_MODULES)}.Handler : "
        f"{pick.choice(_VERBS)} {pick.choice(_NOUNS)} for tenant {_id(pick)} "
    )


def _client(pick: random.Random) -> str:
    return (
        f"{_stamp(pick)} INFO httpx: HTTP Request: POST https://api.example-{pick.randint(1, 99)}.com/v1/chat "
        f'"HTTP/1.1 200 OK" request={_id(pick)} '
    )


def _go(pick: random.Random) -> str:
    return (
        f'time={_stamp(pick)}Z level=INFO source={pick.choice(_MODULES)}.go:{pick.randint(10, 900)} msg="'
        f'{pick.choice(_VERBS)} {pick.choice(_NOUNS)}" pod=api-{_id(pick)[:8]} '
    )


_MAKERS: tuple[Callable[[random.Random], str], ...] = (_access, _json, _python, _java, _client, _go)


def log_lines(seed: int = 7) -> Iterator[str]:
    """Yield lines of `LINE` bytes that report no API error, endlessly; each has its own id."""
    pick = random.Random(seed)
    while True:
        for make in _MAKERS:
            line = make(pick)
            while len(line) < LINE:
                line += f"{pick.choice(_WORDS)}={pick.choice(_WORDS)}-{_id(pick)[:6]} "
            yield line[:LINE]


def _in_python(pick: random.Random, message: str) -> str:
    return f"{_stamp(pick)},{pick.randint(0, 999):03} ERROR [{pick.choice(_MODULES)}] job {_id(pick)} failed: {message}"


def _in_java(pick: random.Random, message: str) -> str:
    return (
        f"{_stamp(pick)} ERROR [http-nio-8080-exec-{pick.randint(1, 40)}] c.a.s.{pick.choice(_MODULES)}.Handler : "
        f"request {_id(pick)} failed: {message}"
    )


def _in_json(pick: random.Random, message: str) -> str:
    return (
        f'{{"ts":"{_stamp(pick)}Z","level":"error","logger":"{pick.choice(_MODULES)}","trace":"{_id(pick)}",'
        f'"took_ms":{pick.randint(1, 900)},"{pick.choice(("error", "message"))}":{json.dumps(message)}}}'
    )


def _in_go(pick: random.Random, message: str) -> str:
    return (
        f'time={_stamp(pick)}Z level=ERROR source={pick.choice(_MODULES)}.go:{pick.randint(10, 900)} msg="call failed" '
        f"pod=api-{_id(pick)} error={json.dumps(message)}"
    )


def _in_body(pick: random.Random, message: str) -> str:
    body = {"id": _id(pick), "message": message}
    return f"{_stamp(pick)} WARNING [{pick.choice(_MODULES)}] giving up: status_code: 400, body: {body!r}"


_ERROR_MAKERS: tuple[Callable[[random.Random, str], str], ...] = (_in_python, _in_json, _in_body, _in_java, _in_go)


def error_lines(messages: Iterable[str], seed: int = 7) -> Iterator[str]:
    """Yield one log line for each message, in changing shapes; each has its own id."""
    pick = random.Random(seed)
    for message in messages:
        yield pick.choice(_ERROR_MAKERS)(pick, message)


_LAST = (
    "KeyError: 'user_{id}'",
    "ValueError: could not convert string to float: '{id}'",
    "FileNotFoundError: [Errno 2] No such file or directory: '/srv/data/{id}.parquet'",
    "AttributeError: 'NoneType' object has no attribute 'field_{id}'",
    "IndexError: list index out of range in shard {id}",
    "AssertionError: expected 3 columns in {id}, found 4",
)


def _frames(pick: random.Random, room: int) -> str:
    text = "Traceback (most recent call last):\n"
    while True:
        module = pick.choice(_MODULES).replace(".", "/")
        frame = (
            f'  File "/srv/app/lib/python3.12/site-packages/{module}_{_id(pick)[:6]}.py", line {pick.randint(1, 999)}, '
            f"in {pick.choice(_VERBS)}_{pick.choice(_NOUNS)}\n"
            f"    {pick.choice(_WORDS)} = self.{pick.choice(_VERBS)}({pick.choice(_NOUNS)}, {pick.choice(_WORDS)})\n"
        )
        if len(text) + len(frame) > room:
            return text
        text += frame


def tracebacks(seed: int = 7) -> Iterator[str]:
    """Yield tracebacks of about `TRACEBACK` bytes that end in an error of the program itself, endlessly."""
    pick = random.Random(seed)
    while True:
        for last in _LAST:
            end = last.format(id=_id(pick))
            yield _frames(pick, TRACEBACK - len(end)) + end


def api_tracebacks(samples: list[Sample], seed: int = 7) -> Iterator[str]:
    """Yield tracebacks of about `TRACEBACK` bytes that end in the SDK's exception with a message, endlessly."""
    pick = random.Random(seed)
    while True:
        for sample in samples:
            body = {"id": _id(pick), "message": sample.text}
            end = f"cohere.core.api_error.ApiError: status_code: {sample.status}, body: {body!r}"
            yield _frames(pick, TRACEBACK - len(end)) + end
