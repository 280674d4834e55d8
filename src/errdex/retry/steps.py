"""What to do after a failed request: the steps, which of them can help, and the table that puts them in order."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from errdex.model.classification import Classification
from errdex.model.duration import duration
from errdex.model.type_names import Final

RETRY: Final = "retry"
SHORTEN: Final = "shorten"
SWITCH_MODEL: Final = "switch_model"
SWITCH_KEY: Final = "switch_key"
SWITCH_PROVIDER: Final = "switch_provider"
GIVE_UP: Final = "give_up"
STEPS: Final = (RETRY, SHORTEN, SWITCH_MODEL, SWITCH_KEY, SWITCH_PROVIDER, GIVE_UP)
"""Everything that `Step.do` may be."""

Table = Mapping[str, Sequence[str]]
"""For each `errdex.Action`, the steps to try, in order; the first that can help and that the caller can take wins."""

TABLE: Final[Table] = {
    "retry": (RETRY, SWITCH_MODEL, SWITCH_PROVIDER),
    "wait": (RETRY, SWITCH_MODEL, SWITCH_KEY, SWITCH_PROVIDER),
    "change_request": (RETRY,),
    "shorten": (SHORTEN,),
    "switch_model": (SWITCH_MODEL, SWITCH_PROVIDER, RETRY),
    "fix_credentials": (RETRY, SWITCH_KEY, SWITCH_PROVIDER),
    "add_funds": (RETRY, SWITCH_KEY, SWITCH_PROVIDER),
    "contact_support": (SWITCH_KEY, SWITCH_PROVIDER),
    "none": (RETRY, SWITCH_MODEL, SWITCH_KEY, SWITCH_PROVIDER),
}
"""The default table. To change it: `RetryPolicy(table={**TABLE, "wait": ("switch_model", "retry")})`."""

_HELPING: Final[Mapping[str, Collection[str]]] = {
    SWITCH_MODEL: ("model",),
    SWITCH_KEY: ("key", "account"),  # of another account, if the whole account is concerned
    SWITCH_PROVIDER: ("model", "key", "account", "provider", "network"),
}
"""Step → the scopes of failures that it leaves behind."""


class Step:
    """What to do after a failed request. An immutable value.

    Attributes:
        do: `retry` (the same request), `shorten` (the request, then send it), `switch_model`, `switch_key`,
            `switch_provider`, or `give_up`.
        wait: Seconds to wait before that; 0.0 for anything but `retry`.
        reason: Why, in words for a log.
    """

    __slots__ = ("do", "reason", "wait")
    __match_args__ = ("do", "wait", "reason")

    do: str
    wait: float
    reason: str

    def __init__(self, do: str, wait: float, reason: str) -> None:
        object.__setattr__(self, "do", do)
        object.__setattr__(self, "wait", wait)
        object.__setattr__(self, "reason", reason)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a step cannot be changed: {name}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not Step:
            return NotImplemented
        return (self.do, self.wait, self.reason) == (other.do, other.wait, other.reason)

    def __hash__(self) -> int:
        return hash((self.do, self.wait, self.reason))

    def __repr__(self) -> str:
        return f"Step({self.do!r}, wait={self.wait:.1f}, reason={self.reason!r})"


def checked(table: Table) -> Table:
    """Return a table of the user's.

    Raises:
        ValueError: It has an action or step that does not exist, or lacks an action.
    """
    for action, steps in table.items():
        if action not in TABLE:
            raise ValueError(f"table: no action {str(action)!r}; the actions are {', '.join(TABLE)}")
        for step in (steps,) if isinstance(steps, str) else steps:
            if step not in STEPS or isinstance(steps, str):
                raise ValueError(f"table[{str(action)!r}] is a list of steps from {', '.join(STEPS)}, not {steps!r}")
    missing = [action for action in TABLE if action not in table]
    if missing:
        raise ValueError(f"table: no steps for {', '.join(missing)}; start from {{**TABLE, …}}")
    return table


def helps(step: str, answer: Classification) -> bool:
    """Tell whether a step other than a retry can help against a failure."""
    if step == SHORTEN:
        return answer.action == SHORTEN
    if step in _HELPING:
        # What another model can do, another provider's can do too.
        return answer.scope in _HELPING[step] or (answer.action == SWITCH_MODEL and step != SWITCH_KEY)
    return step == GIVE_UP


def about(answer: Classification) -> str:
    """Return what failed, in words for a reason."""
    said = f"{answer.title} ({answer.entry or answer.category})"
    if not answer.retryable and answer.resets_in:
        said += f", the limit opens in {duration(answer.resets_in)}"
    return said
