"""Which exception of a chain or a group decides, and what it says of the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Final, Protocol

from errdex.decide.answer import NO_ERROR
from errdex.model.category import Basis, Category
from errdex.model.classification import Classification, changed
from errdex.read import causes

_SURE: Final = frozenset({Basis.MESSAGE, Basis.CODE, Basis.FIELD})
"""What an API itself said decided; a class or a status only says what kind of thing it was."""
_MAX_DEPTH: Final = 20
_MAX_JUDGED: Final = 200
Judge = Callable[[BaseException], Classification]


class Known(Protocol):
    """What is asked about classes: those of SDKs and HTTP clients are known."""

    def knows(self, path: str) -> bool:
        """Tell whether a class is known, by its dotted path."""

    def knows_module(self, path: str) -> bool:
        """Tell whether the package of a module is known."""


class ExceptionChain:
    """An exception with those behind it, each judged alone at most once.

    Attributes:
        answers: What the exceptions say by themselves that were looked at, in this order.
    """

    def __init__(self, judge: Judge, classes: Known) -> None:
        self._judge = judge
        self._classes = classes
        self._known: dict[int, Classification] = {}
        self.answers: list[tuple[BaseException, Classification]] = []

    def answer(self, error: BaseException, depth: int = 0) -> Classification:
        """Return what an exception says, by itself or by those behind it; `depth` is how many it stands behind."""
        if id(error) in self._known:
            return self._known[id(error)]
        if depth > _MAX_DEPTH or len(self.answers) >= _MAX_JUDGED or causes.is_no_api_error(type(error)):
            return NO_ERROR
        self._known[id(error)] = NO_ERROR  # for chains that come back to where they began
        found = self._of_all(causes.members(error), depth) if causes.is_group(error) else self._of(error, depth)
        self._known[id(error)] = found
        return found

    def known(self, answer: Classification) -> list[BaseException]:
        """Return the exceptions that say anything, first the one whose answer it is."""
        known = [(error, found) for error, found in self.answers if found]
        known.sort(key=lambda pair: pair[1].entry != answer.entry)
        return [error for error, _ in known]

    def _of(self, error: BaseException, depth: int) -> Classification:
        answer = self._judge(error)
        if answer.retryable and causes.is_own_bug(error):
            answer = NO_ERROR  # whatever its text shows, the next attempt meets it again
        self.answers.append((error, answer))
        # Of a failed connection an SDK says little, and the HTTP client below it all.
        if answer.basis in _SURE and answer.category is not Category.CONNECTION and not self._is_phrase(error, answer):
            return answer
        with suppress(Exception):  # classes too may be hostile; what was read up to here is the answer
            return self._behind(error, answer, depth)
        return answer

    def _behind(self, error: BaseException, answer: Classification, depth: int) -> Classification:
        """Return what an exception says that is not sure by itself."""
        for inner in self._causes(error, answer, depth):
            if inner and (not answer or _says_more(inner, answer)):
                return inner if inner.provider or not answer else changed(inner, provider=answer.provider)
        handled = causes.context(error)
        if handled is None or causes.is_of_the_system(handled) or (answer and self._is_known(error)):
            return answer
        inner = self.answer(handled, depth + 1)
        if answer and not (_is_own(inner) and answer.retryable and not inner.retryable):
            return answer
        # That it was being handled does not make it the reason: it never makes a retry.
        return changed(inner, retryable=False, retry_after=None) if inner else answer

    def _causes(self, error: BaseException, answer: Classification, depth: int) -> Iterable[Classification]:
        held = causes.held(error)
        several = len(held) > 1
        for cause in [*causes.causes(error), *([] if several else held)]:
            # A database's client fails on the same sockets: of the system's errors only an HTTP client may report.
            if answer or not causes.is_of_the_system(cause) or self._may_report(error):
                yield self.answer(cause, depth + 1)
        if several:
            yield self._of_all(held, depth)

    def _of_all(self, errors: Iterable[BaseException], depth: int) -> Classification:
        """Return what several exceptions say together: the same call fails again if one of them does."""
        answers = []
        for error in errors:
            answers.append(self.answer(error, depth + 1))
            if len(self.answers) >= _MAX_JUDGED:
                answers.append(NO_ERROR)  # nobody knows what the others are
                break
        known = [answer for answer in answers if answer]
        if not known:
            return NO_ERROR
        for answer in known:
            if not answer.retryable:
                return answer
        longest = max(known, key=lambda answer: answer.retry_after or 0)
        return longest if len(known) == len(answers) else changed(longest, retryable=False, retry_after=None)

    def _is_phrase(self, error: BaseException, answer: Classification) -> bool:
        """Tell whether a program's own exception says what anybody says: `Rate limit exceeded`."""
        return not _is_own(answer) and not self._is_known(error)

    def _is_known(self, error: BaseException) -> bool:
        kind = type(error)
        return self._classes.knows(f"{kind.__module__}.{kind.__qualname__}")

    def _may_report(self, error: BaseException) -> bool:
        module = type(error).__module__
        return module == "urllib.error" or self._classes.knows_module(module)


def _is_own(answer: Classification) -> bool:
    """Tell whether a provider's own words or codes decided, and none that any API may use."""
    return answer.basis in _SURE and answer.entry is not None and not answer.entry.startswith("http/")


def _says_more(inner: Classification, answer: Classification) -> bool:
    """Tell whether an exception says more than the one around it."""
    if inner.basis is Basis.STATUS:
        return answer.basis is Basis.EXCEPTION or answer.category is Category.CONNECTION
    if inner.basis not in _SURE:
        return False
    return _is_own(inner) or answer.basis not in _SURE or answer.category is Category.CONNECTION
