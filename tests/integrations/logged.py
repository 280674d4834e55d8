"""Errors that programs log."""

from __future__ import annotations

from tests.exceptions import QUOTA, ApiError, caused

TOKEN = "invalid api token"


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError("no text of me")

    __repr__ = __str__


def quota() -> ApiError:
    return ApiError(429, QUOTA, {})


def wrapped(error: Exception, *, explicit: bool) -> BaseException:
    """An exception raised while another was handled."""
    return caused(LookupError("no answer"), error, explicitly=explicit)
