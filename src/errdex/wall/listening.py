"""A port of this machine: uvicorn on it, connections that can be reset, a port that can be closed for a while."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from types import FrameType
from typing import Any, Final
from urllib.parse import urlsplit

import uvicorn

from errdex.model.errors import ErrdexError
from errdex.wall.sending import TRANSPORT, abort

try:
    from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol as _Http
except ImportError:  # the slower one, in plain Python
    from uvicorn.protocols.http.h11_impl import H11Protocol as _Http  # type: ignore[assignment]


START: Final = 30.0
"""Seconds at most for opening the port."""
_GRACE: Final = 1  # seconds for answers under way when the wall stops


class WallError(ErrdexError):
    """The wall cannot start."""


class _Protocol(_Http):
    """HTTP, with the connection's transport in the scope of each request, so that it can be reset."""

    def connection_made(self, transport: Any) -> None:
        """Take a connection."""
        super().connection_made(transport)
        inner = self.app

        async def app(scope: Any, receive: Any, send: Any) -> None:
            if not scope["path"].startswith("/"):  # a request to a proxy, which begins with the host
                scope["path"] = urlsplit(scope["path"]).path or "/"
                scope["raw_path"] = urlsplit(scope["raw_path"]).path or b"/"
            scope[TRANSPORT] = transport
            await inner(scope, receive, send)

        self.app = app


class Server(uvicorn.Server):
    """Uvicorn, with a port that can be closed for a while."""

    def __init__(self, app: Any, bound: socket.socket) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="none",
            lifespan="off",
            log_config=None,
            log_level="critical",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
        super().__init__(config)
        host, port, *_ = bound.getsockname()
        self.address: tuple[str, int] = host, port
        """The host and port that it listens on."""
        self._family = bound.family
        self._closed: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ready: Callable[[], None] = lambda: None
        """Called when requests are accepted."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen."""
        await super().startup(sockets)
        self._loop = asyncio.get_running_loop()
        self.ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening."""
        if self._closed:
            self._closed.cancel()
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop on Ctrl-C; it is the way to end the wall, so it is not raised again."""
        self.force_exit = self.should_exit
        self.should_exit = True

    def refuse(self, seconds: float) -> None:
        """Reset all connections and refuse new ones for a while."""
        if self._closed is None:
            self._closed = asyncio.ensure_future(self._close_for(seconds))

    async def _close_for(self, seconds: float) -> None:
        for server in self.servers:
            server.close()
        for connection in [*self.server_state.connections]:
            abort(connection.transport)
        await asyncio.sleep(seconds)
        await self._reopen()

    async def _reopen(self) -> None:
        again = _bind(self._family, self.address)
        config, state = self.config, self.server_state

        def protocol() -> asyncio.Protocol:
            return _Protocol(config=config, server_state=state, app_state=self.lifespan.state)

        server = await asyncio.get_running_loop().create_server(protocol, sock=again, backlog=config.backlog)
        self.servers = [server]
        self._closed = None

    def open_again(self) -> None:
        """End a time of refused connections; called from another thread."""

        async def reopen() -> None:
            if self._closed:
                self._closed.cancel()
                await self._reopen()

        if self._loop and self._closed:
            asyncio.run_coroutine_threadsafe(reopen(), self._loop).result(timeout=START)


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens.

    Raises:
        WallError: There is no such host, or the port is taken.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return _bind(family, address[:2])
    except (OSError, OverflowError) as error:
        raise WallError(f"cannot listen on {host}:{port}: {error}; --port 0 takes any port that is free") from None


def _bind(family: int, address: Any) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind(address)
        bound.listen(2048)
    except BaseException:
        bound.close()
        raise
    return bound
