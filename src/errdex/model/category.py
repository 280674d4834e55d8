"""The closed set of categories: what went wrong, from the caller's point of view."""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """What went wrong, from the caller's point of view.

    Members are equal to their plain strings, so JSON, YAML and user code never need this class.
    """

    meaning: str
    """What went wrong, in one sentence."""

    def __new__(cls, value: str, meaning: str = "") -> Category:
        """Create a member; calling the class with a value alone looks the member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    INVALID_REQUEST = "invalid_request", "Malformed or out-of-range parameter, missing field, bad JSON, bad file."
    CONTEXT_LENGTH = "context_length", "Too many tokens: input or output larger than the model allows."
    UNSUPPORTED = "unsupported", "The model, endpoint or API version does not offer the requested feature."
    AUTHENTICATION = "authentication", "Key or token missing, invalid or expired."
    PERMISSION = "permission", "Key or user is known but not allowed to do this; region, plan or policy blocks it."
    BILLING = "billing", "Payment method, credit balance, spending limit."
    QUOTA = "quota", "An allowance other than money is used up: calls per month, free tier per day, storage."
    NOT_FOUND = "not_found", "Model, dataset, connector or route does not exist, or was removed."
    CONFLICT = "conflict", "The resource already exists or is in the wrong state."
    RATE_LIMIT = "rate_limit", "Too many requests or tokens per second or minute."
    CONTENT_FILTER = "content_filter", "Blocked by a safety or usage policy."
    CANCELLED = "cancelled", "The client or user cancelled."
    TIMEOUT = "timeout", "The service says that the request or an upstream took too long."
    OVERLOADED = "overloaded", "The service is out of capacity at the moment."
    SERVER_ERROR = "server_error", "Unexpected failure on the service's side."
    CONNECTION = "connection", "No HTTP response: DNS, refused, reset, TLS, the client's own timeout."
    NOT_READY = "not_ready", "The resource exists but is still being created or started."
    UNKNOWN = "unknown", "An error whose cause nothing identifies."

    @property
    def retryable(self) -> bool:
        """Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding.

        The default for entries that do not specify it themselves.
        """
        return self in _RETRYABLE


_RETRYABLE = frozenset(
    {
        Category.RATE_LIMIT,
        Category.CANCELLED,
        Category.TIMEOUT,
        Category.OVERLOADED,
        Category.SERVER_ERROR,
        Category.CONNECTION,
        Category.NOT_READY,
    }
)


class Basis(StrEnum):
    """What decided a classification; the strongest basis comes first."""

    MESSAGE = "message"
    CODE = "code"
    FIELD = "field"
    EXCEPTION = "exception"
    STATUS = "status"
    NONE = "none"
