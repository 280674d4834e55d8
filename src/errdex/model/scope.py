"""What else fails the same way, and what to do next: two closed sets.

A module of its own, loaded when a program first reads `answer.scope` or `answer.action`: most programs never do.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What else fails the same way as a request that failed. Members are equal to their plain strings."""

    meaning: str
    """What it says, in one sentence."""

    def __new__(cls, value: str, meaning: str = "") -> Scope:
        """Create a member; calling the class with a value alone looks the member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    REQUEST = "request", "Only this request."
    MODEL = "model", "Every request to this model or deployment."
    KEY = "key", "Every request with this key or token."
    ACCOUNT = "account", "Every request of this account, organization or project."
    PROVIDER = "provider", "Every request to this provider."
    NETWORK = "network", "Every request over this network, host or proxy."


class Action(StrEnum):
    """What to do next about a request that failed. Members are equal to their plain strings."""

    meaning: str
    """What it asks for, in one sentence."""

    def __new__(cls, value: str, meaning: str = "") -> Action:
        """Create a member; calling the class with a value alone looks the member up."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.meaning = meaning
        return member

    RETRY = "retry", "Send it again, with growing pauses."
    WAIT = "wait", "Wait until the limit opens or there is capacity, then send it again."
    CHANGE_REQUEST = "change_request", "Correct the request; the same one will fail again."
    SHORTEN = "shorten", "Send less: a shorter input, or fewer output tokens."
    SWITCH_MODEL = "switch_model", "Use another model."
    FIX_CREDENTIALS = "fix_credentials", "Correct or replace the key, or get it the right that it lacks."
    ADD_FUNDS = "add_funds", "Add credit, settle the bill, or raise the spending limit."
    CONTACT_SUPPORT = "contact_support", "Write to the provider; nothing that a program can do helps."
    NONE = "none", "None of these; the fix says what there is to do, if anything."
