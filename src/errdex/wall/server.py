"""The wall as a server: on a port of this machine, in the foreground or in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
from errdex.wall.apis.routes import BASES
from errdex.wall.app import MAX_BODY, App
from errdex.wall.failure import Failures
from errdex.wall.listening import START, Server, WallError, listening
from errdex.wall.order import Order, order
from errdex.wall.plan import Plan
from errdex.wall.received import Log, Received

if TYPE_CHECKING:
    from errdex.wall.scenario import Scenario

_LOOPBACK: Final = ("127.0.0.1", "::1", "localhost")


class Wall:
    """A fake provider that fails on demand.

    >>> with Wall() as wall:  # doctest: +SKIP
    ...     client = openai.OpenAI(base_url=wall.url_of("openai"), api_key="any")

    Args:
        scenario: What happens to requests that do not say so themselves: a file, or the same as a mapping.
        host: The address to listen on. Others than this machine's own need `everywhere`.
        port: The port; 0 for any that is free.
        everywhere: Whether requests from other machines are allowed.
        catalog: The catalog whose entries are answered with; the one in use if missing.
        max_body: Bytes of a request's body at most.
        record: Where each request is written, a line of JSON each.

    Raises:
        WallError: The port is taken, or the host is another machine's or open to others.
        ScenarioError: The scenario file has mistakes.
        ValidationError: The scenario's mapping has mistakes.
    """

    def __init__(
        self,
        scenario: Path | Mapping[str, Any] | None = None,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        everywhere: bool = False,
        catalog: Catalog | None = None,
        max_body: int = MAX_BODY,
        record: IO[str] | None = None,
    ) -> None:
        if host not in _LOOPBACK and not everywhere:
            raise WallError(f"{host} can be reached from other machines; --everywhere allows that")
        self._failures = Failures(catalog or default_catalog())
        self._log = Log(record)
        self._scenario = self._read(scenario)
        self._bound = listening(host, port)
        self._app = App(self._failures, self._log, self._refuse, max_body)
        self._server = Server(self._app.asgi, self._bound)
        self._thread: threading.Thread | None = None
        self.clear()

    def _read(self, scenario: Path | Mapping[str, Any] | None) -> Scenario | None:
        if scenario is None:
            return None
        # Imported when there is a scenario: pydantic would take a third of the start-up.
        from errdex.wall.scenario import model_of
        from errdex.wall.scenario_file import read_scenario

        if isinstance(scenario, Path):
            return read_scenario(scenario, self._failures)
        read = model_of(scenario)
        for rule in read.rules:
            for _, text in rule.orders():
                self._check(order(text))
        return read

    def _check(self, what: Order) -> None:
        if what.entry:
            self._failures.check(what.entry)

    def _refuse(self, seconds: float) -> None:
        self._server.refuse(seconds)

    @property
    def url(self) -> str:
        """The wall's address, without a slash at its end."""
        host, port = self._server.address
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def url_of(self, api: str) -> str:
        """Return the base URL for the SDK of an API, such as `openai`, `anthropic` or `cohere`.

        Raises:
            ValueError: There is no such API.
        """
        if api not in BASES:
            raise ValueError(f"no API {api!r}; there are {', '.join(BASES)}")
        return self.url + BASES[api]

    @property
    def calls(self) -> int:
        """How many requests came since the start, or since `clear`."""
        return self._log.count

    @property
    def requests(self) -> list[Received]:
        """The requests that came since the start, or since `clear`, oldest first."""
        return self._log.requests

    def play(self, scenario: Path | Mapping[str, Any]) -> None:
        """Take a scenario from now on, in place of the one before.

        Raises:
            ScenarioError: The file has mistakes.
            ValidationError: The mapping has mistakes.
            UnknownEntryError: An entry in it does not exist.
            CannotFailError: An entry in it is nothing that a server answers.
        """
        read = self._read(scenario)
        assert read is not None
        self._app.plan = Plan(read)

    def answer(self, *orders: str, then: str = "pass") -> None:
        """Answer the next requests so, one after another: `wall.answer("cohere/429; times=3")`.

        Args:
            orders: Entries' ids, or `pass`, `reset`, `cut`, `refuse`, each perhaps with settings.
            then: What follows: `pass` (plain answers), `last` (the last order for ever) or `repeat`.
        """
        self.play({"rules": [{"sequence": [*orders], "then": then}]})

    def fail(self, what: str) -> None:
        """Answer every request so from now on, until `clear`."""
        self.answer(what, then="last")

    def clear(self) -> None:
        """Forget the requests, start the wall's own scenario again, and accept connections."""
        self._server.open_again()
        self._app.plan = None if self._scenario is None else Plan(self._scenario)
        self._log.clear()

    def run(self, ready: Callable[[], None] = lambda: None) -> None:
        """Serve in the foreground until Ctrl-C.

        Args:
            ready: Called once, when requests are accepted.
        """
        self._server.ready = ready
        self._server.run(sockets=[self._bound])

    def start(self) -> Wall:
        """Serve in a thread; return when requests are accepted.

        Raises:
            WallError: It did not start.
        """
        ready = threading.Event()
        self._thread = threading.Thread(target=self.run, args=[ready.set], name="errdex wall", daemon=True)
        self._thread.start()
        if not ready.wait(START):
            raise WallError("the wall did not start")
        return self

    def stop(self) -> None:
        """Stop, and close all connections."""
        self._server.should_exit = True
        if self._thread:
            self._thread.join(START)
        with suppress(OSError):
            self._bound.close()

    def __enter__(self) -> Wall:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()
