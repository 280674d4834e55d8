"""Finds numbers that may be an HTTP status, by the number itself and the word before it; `status` decides."""

from __future__ import annotations

from collections.abc import Collection, Set

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

BEFORE: Final = 60
"""Number of characters before a number that are examined."""

_NUMBER: Final[Pattern] = (
    r"(?<![\w.,#$%-])(?<!\d:)(?:(?<!\w=')|(?<=[Ss]tatus=')|(?<=[Cc]ode='))[45]\d\d(?![\d%]|[.,:]\d|\w)"
)
BETWEEN: Final = " \t\n\r\v\f\x1c\x1d\x1e\x1f:=-([{<\"'\\`,.|/*#>"
"""Characters that may separate a word from its number; a quote may be escaped."""
_REQUEST_BEFORE: Final[Pattern] = r"HTTP/[0-9](?:\.[0-9])?\\?[\"'] $"
_FIELD_BEFORE: Final[Pattern] = r":[ \t]*\\*[\"']$"
STATUS_ENDINGS: Final = (
    "status", "code", "error", "errors", "exception", "failed", "failure", "http", "response", "returned", "got",
    "received", "with", "success", "rejected",
)  # fmt: skip
"""Endings of the words after which a number may be a status."""
_MAX_NUMBERS: Final = 64  # examined at each end of a text


def find_numbers(
    text: str,
    statuses: Set[bytes],
    names: Collection[str],
    start: int = 0,
    endings: tuple[str, ...] = STATUS_ENDINGS,
) -> list[int]:
    """Return the positions of numbers that may be a status; of very many, only those at both ends of the text.

    Args:
        text: The text.
        statuses: The numbers to look for, each a word of the text.
        names: Providers' names, in lower case.
        start: Where to start looking.
        endings: Endings of the words after which a number may be a status, in lower case.
    """
    return [
        place
        for place in numbers_in(text, statuses, start)
        if _may_be_status(text[max(0, place - BEFORE) : place], names, endings)
    ]


def numbers_in(text: str, statuses: Set[bytes], start: int = 0) -> list[int]:
    """Return the positions of these numbers, each a word by itself; of very many, only those at both ends."""
    places = []
    for word in statuses:
        status = word.decode()
        place = text.find(status, start)
        while place >= 0:
            if pattern(_NUMBER).match(text, place):
                places.append(place)
            place = text.find(status, place + 3)
    if not places:
        return places
    places.sort()
    if len(places) > 2 * _MAX_NUMBERS:
        places = places[:_MAX_NUMBERS] + places[-_MAX_NUMBERS:]
    return places


def _may_be_status(before: str, names: Collection[str], endings: tuple[str, ...]) -> bool:
    """Tell whether a number may be a status, judging by the word before it.

    That word must be a provider's name, an error class or a word used with statuses, or there must be none in the same
    line or field. It is not a status in `line 404` and `took 500`, nor after the quoted request of an access log.
    """
    if before.endswith("line "):
        return False
    tail = before.rstrip(BETWEEN)
    if not tail.strip() or "\n" in before[len(tail) :]:  # whitespace other than that in `BETWEEN`
        return True
    low = tail.rsplit(None, 1)[-1].lower()
    if low[-1].isdigit():
        return pattern(_REQUEST_BEFORE).search(before) is None
    if low.endswith(endings) or low.lstrip(BETWEEN).rstrip("]") in names:
        return True
    return pattern(_FIELD_BEFORE).search(before) is not None
