"""A server on this machine that answers any request with what a test prepared, and counts the requests."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Body = str | bytes | Mapping | list | None


@dataclass(frozen=True)
class Answer:
    """One prepared answer; a mapping or list is sent as JSON. `ends` says what happens in place of one."""

    status: int = 200
    body: Body = None
    headers: Mapping[str, str] = field(default_factory=dict)
    ends: str = ""
    """`close`: the connection is closed without an answer; `hang`: nothing comes until the server stops."""

    @property
    def sent(self) -> tuple[bytes, dict[str, str]]:
        """The bytes and the headers that go out."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.body
        if isinstance(body, str):
            body = body.encode()
        elif body is None:
            body = b""
        elif not isinstance(body, bytes):
            body = json.dumps(body).encode()
            headers.setdefault("content-type", "application/json")
        if body:
            headers.setdefault("content-type", "text/plain")
        return body, {**headers, "content-length": str(len(body))}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Threads

    def _answer(self) -> None:
        self.rfile.read(int(self.headers.get("content-length") or 0))
        answer = self.server.owner.next(self.command, self.path)
        if answer.ends == "hang":
            self.server.stopped.wait()
        if answer.ends:
            self.close_connection = True
            return
        body, headers = answer.sent
        self.send_response(answer.status)
        for name, value in headers.items():
            self.send_header(name, value)
        self._headers_buffer.append(b"\r\n" + body)  # one packet for both
        self.flush_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = _answer  # noqa: N815

    def log_message(self, *_: object) -> None:
        pass


class _Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, owner: Server) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.owner = owner
        self.stopped = threading.Event()

    def handle_error(self, *_: object) -> None:
        """Say nothing: clients of these tests break off on purpose."""


class Server:
    """Holds the prepared answers and the requests that came; the last answer is given again and again."""

    def __init__(self) -> None:
        self.requests: list[str] = []
        self._answers: list[Answer] = [Answer()]
        self._lock = threading.Lock()
        self._http = _Threads(self)
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    @property
    def url(self) -> str:
        """The address, without a slash at its end."""
        return f"http://127.0.0.1:{self._http.server_port}"

    def answer(self, status: int, body: Body = None, headers: Mapping[str, str] | None = None) -> None:
        """Answer every request from now on so."""
        self.prepare(Answer(status, body, headers or {}))

    def prepare(self, *answers: Answer) -> None:
        """Give these answers in turn; a thread or retry that asks once more gets the last one."""
        with self._lock:
            self._answers = list(answers)
            self.requests = []

    def stream(self, events: Iterable[Body | tuple[str, Body]], status: int = 200) -> None:
        """Answer with server-sent events; a pair is the event's name and its data."""
        lines = []
        for event in events:
            name, data = event if isinstance(event, tuple) else ("", event)
            lines.append(f"event: {name}\n" if name else "")
            lines.append(f"data: {data if isinstance(data, str) else json.dumps(data)}\n\n")
        self.answer(status, "".join(lines), {"content-type": "text/event-stream"})

    def lines(self, events: Iterable[Mapping]) -> None:
        """Answer with a stream of one JSON object a line."""
        text = "".join(json.dumps(event) + "\n" for event in events)
        self.answer(200, text, {"content-type": "application/stream+json"})

    def next(self, method: str, path: str) -> Answer:
        """Take the next prepared answer, and note the request."""
        with self._lock:
            self.requests.append(f"{method} {path}")
            return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

    def stop(self) -> None:
        """Let go of everybody who waits, and close the port."""
        self._http.stopped.set()
        self._http.shutdown()
        self._http.server_close()


CLOSES = Answer(ends="close")
HANGS = Answer(ends="hang")
