"""Which exception of a chain or a group decides, and what it says of the whole."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from errdex.answer import NO_ERROR
from errdex.classification import Classification
from errdex.evidence import chain
from errdex.taxonomy import Basis, Category

SURE: Final = frozenset({Basis.MESSAGE, Basis.CODE, Basis.FIELD})
"""What the API itself said decided; a class or a status only says what kind of thing it was."""
_MAX_DEPTH: Final = 20
Judge = Callable[[BaseException], Classification]


class Chain:
    """An exception with those behind it, each judged alone at most once.

    Attributes:
        answers: What the exceptions say that were looked at, in this order.
    """

    def __init__(self, judge: Judge, knows_module: Callable[[str], bool]) -> None:
        self._judge = judge
        self._knows_module = knows_module
        self._known: dict[int, Classification] = {}
        self.answers: list[tuple[BaseException, Classification]] = []

    def answer(self, error: BaseException, depth: int = 0) -> Classification:
        """Return what an exception says, by itself or by those behind it; `depth` is how many it stands behind."""
        if depth > _MAX_DEPTH or chain.is_no_api_error(type(error)):
            return NO_ERROR
        if id(error) not in self._known:
            self._known[id(error)] = NO_ERROR  # for chains that come back to where they began
            self._known[id(error)] = self._of_group(error, depth) if chain.is_group(error) else self._of(error, depth)
        return self._known[id(error)]

    def _of(self, error: BaseException, depth: int) -> Classification:
        answer = self._judge(error)
        self.answers.append((error, answer))
        if answer.basis in SURE and answer.category is not Category.CONNECTION:
            return answer  # of a failed connection an SDK says little, and the HTTP client below it all
        with suppress(Exception):  # classes too may be hostile; what was read up to here is the answer
            return self._behind(error, answer, depth)
        return answer

    def _behind(self, error: BaseException, answer: Classification, depth: int) -> Classification:
        """Return what an exception says that is not sure by itself."""
        for cause in chain.causes(error):
            # A database's client fails on the same sockets: of the system's errors only an HTTP client may report.
            if not answer and chain.is_of_the_system(cause) and not self._may_report(error):
                continue
            inner = self.answer(cause, depth + 1)
            if inner and (not answer or inner.basis in SURE or _has_answered(inner, answer)):
                return inner if inner.provider or not answer else inner._replace(provider=answer.provider)
        if answer:
            return answer
        handled = chain.context(error)
        if handled is None or chain.is_of_the_system(handled):
            return NO_ERROR
        return self.answer(handled, depth + 1)

    def _may_report(self, error: BaseException) -> bool:
        module = type(error).__module__
        return module == "urllib.error" or self._knows_module(module)

    def _of_group(self, group: BaseException, depth: int) -> Classification:
        """Return what a group says: the same call fails again if one of its members does."""
        answers = [self.answer(member, depth + 1) for member in chain.members(group)]
        known = [answer for answer in answers if answer]
        if not known:
            return NO_ERROR
        for answer in known:
            if not answer.retryable:
                return answer
        longest = max(known, key=lambda answer: answer.retry_after or 0)
        return longest if len(known) == len(answers) else longest._replace(retryable=False, retry_after=None)

    def known(self, answer: Classification) -> list[BaseException]:
        """Return the exceptions that say anything, first the one whose answer it is."""
        known = [(error, found) for error, found in self.answers if found]
        known.sort(key=lambda pair: pair[1].entry != answer.entry)
        return [error for error, _ in known]


def _has_answered(inner: Classification, answer: Classification) -> bool:
    """Tell whether a status was seen below an exception that by itself only says that something failed."""
    return inner.basis is Basis.STATUS and answer.basis is not Basis.STATUS
