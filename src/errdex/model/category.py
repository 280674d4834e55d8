"""The closed set of categories: what went wrong, from the caller's point of view."""

from __future__ import annotations

from enum import StrEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from errdex.model.scope import Action, Scope


class Category(StrEnum):
    """What went wrong, from the caller's point of view.

    Members are equal to their plain strings, so JSON, YAML and user code never need this class.
    """

    meaning: str
    """What went wrong, in one sentence."""
    summary: str
    """Title of an error of which only the category is known."""
    fix: str
    """What to do about an error of which only the category is known."""

    def __new__(cls, value: str, meaning: str = "", title: str = "", fix: str = "") -> Category:
        """Create a member; calling the class with a value alone looks the member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        member.summary = title
        member.fix = fix
        return member

    INVALID_REQUEST = (
        "invalid_request",
        "Malformed or out-of-range parameter, missing field, bad JSON, bad file.",
        "The request is not valid",
        "Read which parameter the message names, correct it, and send the request again.",
    )
    CONTEXT_LENGTH = (
        "context_length",
        "Too many tokens: input or output larger than the model allows.",
        "Too many tokens for the model",
        "Shorten the input, ask for fewer output tokens, or use a model with a longer context.",
    )
    UNSUPPORTED = (
        "unsupported",
        "The model, endpoint or API version does not offer the requested feature.",
        "Not offered by this model or endpoint",
        "Leave out the feature that the message names, or use a model or endpoint that offers it.",
    )
    AUTHENTICATION = (
        "authentication",
        "Key or token missing, invalid or expired.",
        "The credentials are not accepted",
        "Check that the API key or token is set, complete, not expired, and made for this service.",
    )
    PERMISSION = (
        "permission",
        "Key or user is known but not allowed to do this; region, plan or policy blocks it.",
        "The key may not do this",
        "Ask the account's owner for access, or use a key, plan, region or model that has it.",
    )
    BILLING = (
        "billing",
        "Payment method, credit balance, spending limit.",
        "No credit or no valid payment",
        "Add credit, correct the payment method or raise the spending limit; a retry cannot help before.",
    )
    QUOTA = (
        "quota",
        "An allowance other than money is used up: calls per month, free tier per day, storage.",
        "An allowance is used up",
        "Wait until the allowance is renewed, or ask for a higher one; a retry before that cannot help.",
    )
    NOT_FOUND = (
        "not_found",
        "Model, dataset, connector or route does not exist, or was removed.",
        "The model or resource does not exist",
        "Check the name and the base URL, and that this key has access to it.",
    )
    CONFLICT = (
        "conflict",
        "The resource already exists or is in the wrong state.",
        "The resource is in the wrong state",
        "Look at the resource's state; use another name, or wait until the running operation has ended.",
    )
    RATE_LIMIT = (
        "rate_limit",
        "Too many requests or tokens per second or minute.",
        "Too many requests or tokens per minute",
        "Wait, then send the request again, with fewer at a time and longer waits after each failure.",
    )
    CONTENT_FILTER = (
        "content_filter",
        "Blocked by a safety or usage policy.",
        "Blocked by a content policy",
        "Change the content that was blocked; the same request will be blocked again.",
    )
    CANCELLED = (
        "cancelled",
        "The client or user cancelled.",
        "The request was cancelled",
        "Find out who cancelled it; if nobody meant to, send it again.",
    )
    TIMEOUT = (
        "timeout",
        "The service says that the request or an upstream took too long.",
        "The service took too long",
        "Send the request again; if that recurs, make it smaller, or stream the answer.",
    )
    OVERLOADED = (
        "overloaded",
        "The service is out of capacity at the moment.",
        "The service is out of capacity",
        "Wait some seconds, then send the request again with longer waits; or use another model or region.",
    )
    SERVER_ERROR = (
        "server_error",
        "Unexpected failure on the service's side.",
        "The service failed",
        "Send the request again after a short wait; if that recurs, look at the provider's status page.",
    )
    CONNECTION = (
        "connection",
        "No HTTP response: DNS, refused, reset, TLS, the client's own timeout.",
        "No answer from the service",
        "Check the network, proxy and base URL, then send the request again.",
    )
    NOT_READY = (
        "not_ready",
        "The resource exists but is still being created or started.",
        "Still being started or made",
        "Wait until it is ready, then send the request again.",
    )
    UNKNOWN = (
        "unknown",
        "An error whose cause nothing identifies.",
        "An error that is not in the catalog yet",
        "Read the message itself; the catalog has no entry for it.",
    )

    @property
    def retryable(self) -> bool:
        """Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding.

        The default for entries that do not specify it themselves.
        """
        return self in _RETRYABLE

    @property
    def scope(self) -> Scope:
        """What else fails the same way; the default for entries that do not specify it themselves."""
        from errdex.model.scope import Scope

        return Scope(_CONSEQUENCES[self][0])

    @property
    def action(self) -> Action:
        """What to do next; the default for entries that do not specify it themselves.

        It goes with the category's default for `retryable`; see `action_for`.
        """
        return self.action_for(self.retryable)

    def action_for(self, retryable: bool) -> Action:
        """Return what to do next by default, given whether a retry can help.

        Args:
            retryable: The verdict: of an entry, which may differ from its category's, or of an answer.
        """
        from errdex.model.scope import Action

        action = Action(_CONSEQUENCES[self][1])
        if retryable:
            return action if action in (Action.RETRY, Action.WAIT) else Action.RETRY
        return Action.NONE if action is Action.RETRY else action


_CONSEQUENCES = {
    Category.INVALID_REQUEST: ("request", "change_request"),
    Category.CONTEXT_LENGTH: ("request", "shorten"),
    Category.UNSUPPORTED: ("request", "change_request"),
    Category.AUTHENTICATION: ("key", "fix_credentials"),
    Category.PERMISSION: ("key", "fix_credentials"),
    Category.BILLING: ("account", "add_funds"),
    Category.QUOTA: ("account", "wait"),
    Category.NOT_FOUND: ("request", "change_request"),
    Category.CONFLICT: ("request", "change_request"),
    Category.RATE_LIMIT: ("account", "wait"),
    Category.CONTENT_FILTER: ("request", "change_request"),
    Category.CANCELLED: ("request", "retry"),
    Category.TIMEOUT: ("provider", "retry"),
    Category.OVERLOADED: ("provider", "wait"),
    Category.SERVER_ERROR: ("provider", "retry"),
    Category.CONNECTION: ("network", "retry"),
    Category.NOT_READY: ("model", "wait"),
    Category.UNKNOWN: ("request", "none"),
}
"""Category → the default of scope and action, as text: most programs never need the enumerations."""
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
    """What decided a classification; the strongest basis comes first.

    `wording` is a judgement of the wording model: no entry lists the message.
    """

    MESSAGE = "message"
    CODE = "code"
    FIELD = "field"
    WORDING = "wording"
    EXCEPTION = "exception"
    STATUS = "status"
    NONE = "none"
