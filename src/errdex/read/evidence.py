"""What was read out of a raw error, before anything is decided."""

from __future__ import annotations

from collections.abc import Set
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from errdex.read.lines import Lines
from errdex.rules.normal_form import fold, normalise

if TYPE_CHECKING:
    from errdex.model.why import SeenEvidence

BODY: Final = "\x01"
"""Stands in a text for an object that was read out of it."""


class SeenStatus(NamedTuple):
    """An HTTP status in a text."""

    status: int
    position: int
    """Where it stands in the normalised text."""
    strong: bool
    """Whether it counts without a recognised message: an HTTP client's own phrase, or a class or host beside it."""


class SeenException(NamedTuple):
    """An exception class in a text, or of an exception."""

    path: str
    """As written, with its module: `cohere.errors.not_found_error.NotFoundError`."""
    position: int

    @property
    def name(self) -> str:
        """The class alone."""
        return self.path.rpartition(".")[2]


class Message:
    """A text that may be, or hold, the message of an API.

    Attributes:
        text: Normalised.
        lines: The same by its lines.
        low: The same folded.
        known: It is the value of a message field: an API's message starts where it starts.
        whole: It is all there is, so a short wording needs no other support.
        supported: A wrapper's head in front of it tells of an error, so a short wording needs no other support.
        status: The status that belongs to it, if its surroundings name one.
        statuses: Statuses inside a free text.
        exceptions: Exception classes inside a free text.
        words: Its words, for the word index.
        starts: Places where a wrapper's head ends, beside the beginning.
    """

    __slots__ = (
        "exceptions",
        "known",
        "lines",
        "low",
        "starts",
        "status",
        "statuses",
        "supported",
        "text",
        "whole",
        "words",
    )

    def __init__(self, text: str, *, known: bool, whole: bool = False, status: int | None = None) -> None:
        self.text = normalise(text).strip()
        self.lines = Lines(self.text)
        self.low = fold(self.text)
        self.known = known
        self.whole = whole
        self.supported = False
        self.status = status
        self.statuses: list[SeenStatus] = []
        self.exceptions: list[SeenException] = []
        self.words: Set[bytes] = frozenset()
        self.starts: list[int] = [0]

    def status_near(self, start: int, end: int) -> int | None:
        """Return the status nearest a message in the text, never one inside it; else the one of the whole."""
        outside = [seen for seen in self.statuses if not start <= seen.position < end]
        if not outside:
            return self.status
        return min(outside, key=lambda seen: abs(seen.position - start)).status


class Evidence:
    """Everything a raw error shows.

    Attributes:
        messages: Innermost first.
        codes: Machine codes, types and names of errors, as written.
        fields: Dotted path to scalar, for every field of every body.
        exceptions: Exception classes.
        providers: Providers that names, hosts, modules or wrappers point to, the nearest first.
        headers: Response headers, names in lower case.
        status: The status that belongs to the whole.
        strong: Whether `status` counts without a recognised message.
        error: Whether something says by itself that this is an error.
    """

    __slots__ = ("codes", "error", "exceptions", "fields", "headers", "messages", "providers", "status", "strong")

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.codes: list[str] = []
        self.fields: list[tuple[str, Any]] = []
        self.exceptions: list[SeenException] = []
        self.providers: list[str] = []
        self.headers: dict[str, str] = {}
        self.status: int | None = None
        self.strong = False
        self.error = False

    def add_headers(self, headers: Any) -> None:
        """Add response headers, given as a mapping or as pairs; the first of a name counts."""
        if type(headers) is dict and not self.headers:
            plain = {name.lower(): value for name, value in headers.items() if type(name) is type(value) is str}
            if len(plain) == len(headers):
                self.headers = plain  # the usual case, ten times as fast
                return
        for pair in headers if isinstance(headers, (list, tuple)) else headers.items():
            try:
                name, value = pair
            except (TypeError, ValueError):
                continue
            if isinstance(name, bytes):
                name = name.decode("latin-1", "replace")
            if not isinstance(name, str):
                continue
            name = name.lower()
            if isinstance(value, bytes):
                value = value.decode("latin-1", "replace")
            elif isinstance(value, list) and value:
                value = value[0]
            if isinstance(value, (str, int, float)):
                self.headers.setdefault(name, str(value))

    def to_dict(self) -> SeenEvidence:
        """Return the evidence as JSON-ready values; messages are cut to 200 characters."""
        return {
            "messages": [
                {
                    "text": message.text[:200].replace(BODY, "{…}"),
                    "known": message.known,
                    "status": message.status_near(0, 0),
                }
                for message in self.messages
            ],
            "status": self.status,
            "codes": self.codes,
            "fields": {path: value for path, value in self.fields if isinstance(value, str | int | float | bool)},
            "exceptions": [seen.path for seen in self.exceptions],
            "providers": self.providers,
            "headers": {name: value for name, value in self.headers.items() if _tells(name)},
        }


def are_headers(value: object) -> bool:
    """Tell whether `Evidence.add_headers` takes a value; its class decides, for an object may answer to any name."""
    return isinstance(value, (list, tuple)) or hasattr(type(value), "items")


def _tells(header: str) -> bool:
    """Tell whether a header says something about an error; the others may hold secrets."""
    return "retry" in header or "ratelimit" in header
