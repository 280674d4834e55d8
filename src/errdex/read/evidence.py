"""The evidence: what was read from a raw error, before anything is decided."""

from __future__ import annotations

from collections.abc import Set

from errdex.model.type_names import TYPE_CHECKING, Any, Final
from errdex.read.lines import Lines
from errdex.rules.normal_form import fold, normalise
from errdex.rules.secrets import masked, masked_value

if TYPE_CHECKING:
    from errdex.model.why import SeenEvidence

_SHOWN: Final = 200  # characters
_MASKED: Final = 2_000  # characters, so that no secret is cut into something that does not look like one
_MRO: Final = vars(type)["__mro__"]
BODY: Final = "\x01"
"""Placeholder in a text for an object that was read from it."""


class SeenStatus:
    """An HTTP status in a text.

    Attributes:
        status: The status.
        position: Index in the normalised text.
        strong: Whether it counts without a recognised message: in an HTTP client's own phrase, or next to a class or
            host.
    """

    __slots__ = ("position", "status", "strong")

    def __init__(self, status: int, position: int, strong: bool) -> None:
        self.status = status
        self.position = position
        self.strong = strong


class ToldStatus:
    """An HTTP status that an error tells in words.

    Attributes:
        status: The status.
        by_class: Whether the name of a class tells it, and not a reason phrase.
    """

    __slots__ = ("by_class", "status")

    def __init__(self, status: int, *, by_class: bool) -> None:
        self.status = status
        self.by_class = by_class


class SeenException:
    """An exception class, named in a text or taken from an exception.

    Attributes:
        path: Class path as written, with its module: `cohere.errors.not_found_error.NotFoundError`.
        position: Index in the normalised text.
    """

    __slots__ = ("path", "position")

    def __init__(self, path: str, position: int) -> None:
        self.path = path
        self.position = position

    @property
    def name(self) -> str:
        """The class name without its module."""
        return self.path.rpartition(".")[2]


class Message:
    """A text that may be, or contain, an API's message.

    Attributes:
        text: The text, normalised.
        lines: The text, by lines.
        low: The text, folded.
        known: Whether it is the value of a message field, so that the API's message starts where the text starts.
        whole: Whether there is nothing else, so that a short wording needs no other support.
        supported: Whether a wrapper head before it reports an error, so that a short wording needs no other support.
        status: The HTTP status that belongs to it, if its surroundings name one.
        statuses: HTTP statuses in the text.
        exceptions: Exception classes in the text.
        words: Its telling words, for the word index.
        starts: Indexes at which a message may start: 0, and where wrapper heads end.
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
        self.lines = Lines(self.text, text)
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
        """Return the status nearest to a message in the text, never one inside it; otherwise that of the whole text."""
        outside = [seen for seen in self.statuses if not start <= seen.position < end]
        if not outside:
            return self.status
        return min(outside, key=lambda seen: abs(seen.position - start)).status


class Evidence:
    """Everything read from a raw error.

    Attributes:
        messages: Texts that may contain a message, the innermost first.
        codes: Machine codes, types and names of errors, as written.
        fields: (dotted path, scalar) of every field of every body.
        exceptions: Exception classes.
        providers: Providers that names, hosts, modules or wrappers point to, the nearest first.
        headers: Response headers, names in lower case.
        status: HTTP status of the raw error as a whole.
        strong: Whether `status` counts without a recognised message.
        told: HTTP status that an error without one tells in words.
        error: Whether a body alone shows that this is an error.
        asserted: Whether the caller says that this is an error, so that nothing in it has to show that.
        called: Whether it shows which host was called; `providers` has the one whose host it is, if any.
    """

    __slots__ = (
        "asserted",
        "called",
        "codes",
        "error",
        "exceptions",
        "fields",
        "headers",
        "messages",
        "providers",
        "status",
        "strong",
        "told",
    )

    def __init__(self, asserted: bool = False) -> None:
        self.asserted = asserted
        self.called = False
        self.messages: list[Message] = []
        self.codes: list[str] = []
        self.fields: list[tuple[str, Any]] = []
        self.exceptions: list[SeenException] = []
        self.providers: list[str] = []
        self.headers: dict[str, str] = {}
        self.status: int | None = None
        self.strong = False
        self.told: ToldStatus | None = None
        self.error = False

    @property
    def status_or_told(self) -> int | None:
        """The HTTP status of the raw error as a whole, if need be as told in words."""
        return self.told.status if self.status is None and self.told else self.status

    def add_headers(self, headers: Any) -> None:
        """Add response headers, given as a mapping or as pairs; the first value of a name wins."""
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
        """Return the evidence as JSON-serialisable values, without secrets; messages are cut to 200 characters."""
        return {
            "messages": [
                {
                    "text": masked(message.text[:_MASKED])[:_SHOWN].replace(BODY, "{…}"),
                    "known": message.known,
                    "status": message.status_near(0, 0),
                }
                for message in self.messages
            ],
            "status": self.status_or_told,
            "codes": [masked(code, beside=True) for code in self.codes],
            "fields": {
                path: masked_value(path, value) if isinstance(value, str) else value
                for path, value in self.fields
                if isinstance(value, str | int | float | bool)
            },
            "exceptions": [seen.path for seen in self.exceptions],
            "providers": self.providers,
            "headers": {name: value for name, value in self.headers.items() if _tells(name)},
        }


def are_headers(value: object) -> bool:
    """Tell whether `Evidence.add_headers` accepts a value; its class decides, as an object may claim any attribute."""
    kind = type(value)
    return issubclass(kind, (list, tuple)) or any("items" in vars(base) for base in _MRO.__get__(kind))


def _tells(header: str) -> bool:
    """Tell whether a header is about retries or rate limits; others may contain secrets."""
    return "retry" in header or "ratelimit" in header
