"""Exceptions and responses shaped like those of SDKs and HTTP clients, none of which is imported."""

from __future__ import annotations

QUOTA = "You are using a Trial key, which is limited to 1000 API calls / month"


MINUTE = "You are past the per minute request limit, please wait and try again later."


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, status_code: int | None = None, message: str = "", headers: dict | None = None) -> None:
        self.status_code, self.body, self.headers = status_code, {"message": message}, headers


ApiError.__module__ = "cohere.core.api_error"


class Response:
    """Shaped like httpx.Response once it was read: status and headers are plain, the content is private."""

    def __init__(self, status_code: int, content: bytes, headers: dict | None = None) -> None:
        self.status_code, self.headers, self._content = status_code, headers or {}, content

    @property
    def text(self) -> str:
        raise AssertionError("a property was run")


class StatusError(Exception):
    """Shaped like httpx.HTTPStatusError and requests.HTTPError."""

    def __init__(self, response: object) -> None:
        super().__init__("Client error '429 Too Many Requests' for url 'https://api.cohere.com/v2/chat'")
        self.response = response


class WrapperError(Exception):
    """A program's own."""


def caused(outer: BaseException, inner: BaseException, *, explicitly: bool = True) -> BaseException:
    """Return an exception raised from, or while handling, another."""
    try:
        try:
            raise inner
        except BaseException as handled:
            if explicitly:
                raise outer from handled
            raise outer  # noqa: B904
    except BaseException as error:
        return error
