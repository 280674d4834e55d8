"""Decides which exception of a chain or group gives the answer, and what that means for the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from errdex.decide.answer import NO_ERROR
from errdex.model.category import Basis, Category
from errdex.model.classification import Classification, changed
from errdex.model.foreign import TOLERATED
from errdex.model.type_names import Final, Protocol
from errdex.read import causes
from errdex.read.attributes import module_of, path_of

_SURE: Final = frozenset({Basis.MESSAGE, Basis.CODE, Basis.FIELD})
"""Bases on which the API's own words decided; a class or a status only gives the kind of error."""
_MAX_DEPTH: Final = 20
_MAX_JUDGED: Final = 200
Judge = Callable[[BaseException], Classification]


class Known(Protocol):
    """Knows the classes of SDKs and HTTP clients."""

    def knows(self, path: str) -> bool:
        """Tell whether a class, given by its dotted path, is known."""

    def knows_module(self, path: str) -> bool:
        """Tell whether a module's top-level package is known."""


class ExceptionChain:
    """An exception and those behind it; each is judged on its own, at most once.

    Attributes:
        answers: The exceptions judged so far, in order, each with the answer for it alone.
    """

    def __init__(self, judge: Judge, classes: Known) -> None:
        self._judge = judge
        self._classes = classes
        self._known: dict[int, Classification] = {}
        self.answers: list[tuple[BaseException, Classification]] = []

    def answer(self, error: BaseException, depth: int = 0) -> Classification:
        """Return the answer for an exception, given by itself or those behind it; `depth` counts those before it."""
        if id(error) in self._known:
            return self._known[id(error)]
        if depth > _MAX_DEPTH or len(self.answers) >= _MAX_JUDGED or causes.is_no_api_error(type(error)):
            return NO_ERROR
        self._known[id(error)] = NO_ERROR  # ends cyclic chains
        found = self._of_all(causes.members(error), depth) if causes.is_group(error) else self._of(error, depth)
        self._known[id(error)] = found
        return found

    def known(self, answer: Classification) -> list[BaseException]:
        """Return the exceptions that are API errors, starting with the one that gave the answer."""
        known = [(error, found) for error, found in self.answers if found]
        known.sort(key=lambda pair: pair[1].entry != answer.entry)
        return [error for error, _ in known]

    def _of(self, error: BaseException, depth: int) -> Classification:
        answer = self._judge(error)
        if causes.is_own_bug(error) and (answer.retryable or answer.basis not in _SURE):
            answer = NO_ERROR  # whatever its text says, the next attempt fails the same way
        elif answer.basis is Basis.WORDING and causes.is_of_the_machine(error):
            answer = NO_ERROR  # a file, a disk, a process
        self.answers.append((error, answer))
        # About a failed connection, an SDK says little and the HTTP client below it everything.
        if answer.basis in _SURE and answer.category is not Category.CONNECTION and not self._is_phrase(error, answer):
            return answer
        with TOLERATED:  # foreign code may fail; the answer so far is kept
            return self._behind(error, answer, depth)
        return answer

    def _behind(self, error: BaseException, answer: Classification, depth: int) -> Classification:
        """Return the answer for an exception whose own answer is not certain, taking those behind it into account."""
        for inner in self._causes(error, answer, depth):
            if inner and (not answer or _says_more(inner, answer)):
                return inner if inner.provider or not answer else changed(inner, provider=answer.provider)
        handled = causes.context(error)
        if handled is None or causes.is_of_the_system(handled) or (answer and self._is_known(error)):
            return answer
        inner = self.answer(handled, depth + 1)
        guessed = answer.basis is Basis.WORDING and inner
        if answer and not guessed and not (_is_own(inner) and answer.retryable and not inner.retryable):
            return answer
        # It was being handled, but need not be the cause, so it never makes the answer retryable.
        return changed(inner, retryable=False, retry_after=None) if inner else answer

    def _causes(self, error: BaseException, answer: Classification, depth: int) -> Iterable[Classification]:
        held = causes.held(error)
        several = len(held) > 1
        for cause in [*causes.causes(error), *([] if several else held)]:
            # Database clients fail on sockets too, so only an HTTP client's exception may report an OS error.
            if answer or not causes.is_of_the_system(cause) or self._may_report(error):
                yield self.answer(cause, depth + 1)
        if several:
            yield self._of_all(held, depth)

    def _of_all(self, errors: Iterable[BaseException], depth: int) -> Classification:
        """Return the joint answer of several exceptions: the same call fails again if any one of them does."""
        answers = []
        for error in errors:
            answers.append(self.answer(error, depth + 1))
            if len(self.answers) >= _MAX_JUDGED:
                answers.append(NO_ERROR)  # the others are unknown
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
        """Tell whether a program's own exception only uses a common phrase, such as `Rate limit exceeded`."""
        return not _is_own(answer) and not self._is_known(error)

    def _is_known(self, error: BaseException) -> bool:
        return self._classes.knows(path_of(type(error)))

    def _may_report(self, error: BaseException) -> bool:
        module = module_of(type(error))
        return module == "urllib.error" or self._classes.knows_module(module)


def _is_own(answer: Classification) -> bool:
    """Tell whether a provider's own words or codes decided, rather than ones that any API may use."""
    return answer.basis in _SURE and answer.entry is not None and not answer.entry.startswith("http/")


def _says_more(inner: Classification, answer: Classification) -> bool:
    """Tell whether an inner exception says more than the one that wraps it."""
    if answer.basis is Basis.WORDING:
        return inner.basis is not Basis.WORDING or inner.confidence > answer.confidence
    if inner.basis is Basis.STATUS:
        return answer.basis is Basis.EXCEPTION or answer.category is Category.CONNECTION
    if inner.basis not in _SURE:
        return False
    return _is_own(inner) or answer.basis not in _SURE or answer.category is Category.CONNECTION
