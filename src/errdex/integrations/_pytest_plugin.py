"""A pytest plugin: a test that failed because of an API error says what it was; it can be repeated or skipped.

pytest finds it by itself where errdex is installed. Without one of its options it does nothing.
"""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Mapping
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from errdex.model.classification import Classification

_ANSWER = "errdex"
"""Name of the report's user property; JUnit's XML has it too."""
_HOUR = 3600.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("errdex", "errors of LLM APIs (errdex)")
    group.addoption(
        "--errdex",
        action="store_true",
        help="say what failed, whether a retry helps and what to do, where an API error made a test fail",
    )
    group.addoption(
        "--errdex-rerun",
        type=_count,
        metavar="N",
        default=0,
        help="repeat a test up to N times while it fails with an API error that is worth a retry, after the wait that "
        "the API asks for",
    )
    group.addoption(
        "--errdex-longest",
        type=_seconds,
        metavar="SECONDS",
        default=60.0,
        help="the longest wait before a repetition (default: 60); what asks for a longer one is not repeated",
    )
    group.addoption(
        "--errdex-skip",
        metavar="CATEGORIES",
        default="",
        help="skip, rather than fail, tests that failed with these categories, such as quota,billing",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Begin, if any option is given."""
    skipped = frozenset(filter(None, (name.strip() for name in config.getoption("--errdex-skip").split(","))))
    again = config.getoption("--errdex-rerun")
    if not (config.getoption("--errdex") or again or skipped):
        return
    from errdex.model.category import Category

    if unknown := sorted(skipped - set(map(str, Category))):
        raise pytest.UsageError(
            f"--errdex-skip: no category {', '.join(unknown)}; there are {', '.join(map(str, Category))}"
        )
    config.pluginmanager.register(_Plugin(again, config.getoption("--errdex-longest"), skipped), "errdex-reports")


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text[:4]) <= 100):
        raise ValueError(f"{text!r} is not a number of repetitions; give 0 to 100")
    return int(text)


def _seconds(text: str) -> float:
    value = float(text)
    if not 0 < value <= _HOUR:
        raise ValueError(f"{text!r} is not a number of seconds above 0 and up to 3600")
    return value


class _Plugin:
    def __init__(self, again: int, longest: float, skipped: frozenset[str]) -> None:
        self._again = again
        self._longest = longest
        self._skipped = skipped
        self._found: dict[str, tuple[BaseException, Classification]] = {}
        """Node id → why its last run failed."""
        self._annotations: list[str] = []
        self._repeated: dict[str, int] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Say in the report what failed."""
        report = yield
        if not report.failed or call.excinfo is None:
            return report
        answer = _answer(call.excinfo.value)
        if answer is None:
            return report
        self._found[item.nodeid] = call.excinfo.value, answer
        report.sections.append(("errdex", _told(answer)))
        said = _ANSWER, f"{answer.entry or answer.category}: {_verdict(answer)}"
        item.user_properties.append(said)  # for the reports that follow; JUnit's XML is made from the last one
        report.user_properties.append(said)
        if answer.category in self._skipped:
            path, line = _place(item, report)
            report.outcome = "skipped"
            report.longrepr = (path, line, f"errdex: {answer.title} ({answer.entry or answer.category})")
        return report

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
        """Run a test, again and again while that can help."""
        if not self._again:
            return None
        from _pytest.runner import runtestprotocol

        item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
        kept = [*item.user_properties]
        for number in range(self._again + 1):
            self._found.pop(item.nodeid, None)
            item.user_properties[:] = kept
            reports = runtestprotocol(item, nextitem=nextitem, log=False)
            wait = self._wait(item, number + 1)
            if number == self._again or wait is None or not any(report.failed for report in reports):
                break
            self._repeated[item.nodeid] = number + 1
            time.sleep(wait)
            _made_new(item)
        if count := self._repeated.get(item.nodeid):
            for report in reports:
                if report.when == "call":
                    report.user_properties.append(("errdex_reruns", count))
        for report in reports:
            item.ihook.pytest_runtest_logreport(report=report)
        item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
        return True

    def _wait(self, item: pytest.Item, attempt: int) -> float | None:
        """Return the seconds to wait before a repetition; None if it cannot help, or not in time."""
        found = self._found.get(item.nodeid)
        if found is None:
            return None
        from errdex.retry import RetryPolicy

        policy = RetryPolicy(budget=self._longest)
        error, _ = found
        return min(policy.seconds(error, attempt), self._longest) if policy.is_retryable(error) else None

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note what to annotate, and count repetitions; with xdist, this runs in the process that prints."""
        for name, value in report.user_properties:
            if name == "errdex_reruns" and report.when == "call":
                self._repeated[report.nodeid] = int(str(value))
        told = [text for title, text in report.sections if title == "errdex"]
        if report.failed and told:
            path, line, _ = report.location
            self._annotations.append(_annotation(path, (line or 0) + 1, report.nodeid, told[-1]))

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Print repetitions, and the annotations of GitHub Actions."""
        if self._repeated:
            terminalreporter.section("errdex: repeated", sep="-")
            for node, count in self._repeated.items():
                terminalreporter.line(f"{node}: {count} time{'s' * (count != 1)}")
        if os.environ.get("GITHUB_ACTIONS") == "true":
            for line in self._annotations:
                terminalreporter.line(line)


def _answer(error: BaseException) -> Classification | None:
    """Return what errdex says about a test's failure; None if it was no API error."""
    import errdex

    # A failed assertion is about the program, whatever texts it compares; what it was raised from may be an API error.
    if isinstance(error, AssertionError | pytest.fail.Exception):
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return _answer(cause) if cause is not None else None
    return errdex.classify(error) or None


def _told(answer: Classification) -> str:
    lines = [answer.title, f"{answer.entry or answer.category}: {_verdict(answer)}", f"fix: {answer.fix}"]
    return "\n".join([*lines, *filter(None, [answer.docs_url])])


def _verdict(answer: Classification) -> str:
    if not answer.retryable:
        return "not worth a retry"
    return "worth a retry" + (f" after {answer.retry_after:g} s" if answer.retry_after else "")


def _place(item: pytest.Item, report: pytest.TestReport) -> tuple[str, int]:
    path, line, _ = report.location
    return path, (line or 0) + 1


def _annotation(path: str, line: int, node: str, told: str) -> str:
    """Return the line that GitHub Actions shows beside a test's source."""
    title, _, rest = told.partition("\n")
    where = f"file={_escaped(path, ',:')},line={line},title={_escaped(title, ',:')}"
    said = _escaped(f"{node}\n{rest}")
    return f"::error {where}::{said}"


def _escaped(text: str, more: str = "") -> str:
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def _made_new(item: pytest.Item) -> None:
    """Forget what the last run left: the values of the test's own fixtures, and failures of those that others share."""
    renew = getattr(item, "_initrequest", None)
    if renew is None:
        return
    renew()
    definitions: Mapping[str, Any] = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 (no typed attribute)
    for definition in (each for some in definitions.values() for each in some):
        if definition.cached_result is not None and definition.cached_result[2] is not None:
            definition.finish(getattr(item, "_request"))  # noqa: B009
