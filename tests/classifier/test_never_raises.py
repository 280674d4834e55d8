"""No function raises, whatever the object, the hint, the stack or the moment; groups take linear time."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pytest

import errdex
from errdex.classifier import safety_net
from errdex.model.classification import Classification
from tests.growth import MOST, growth


class Sdk(Exception):
    """An SDK's exception with status and body."""

    def __init__(self, message: str, wait: str = "") -> None:
        super().__init__(message)
        self.status_code = 429
        self.body = {"message": message}
        self.headers = {"retry-after": wait} if wait else {}


WAIT = "Please wait and try again later"


def _with(**members: Any) -> BaseException:
    kind = type("Odd", (Exception,), members)
    error = kind(f"HTTP 503 Service Unavailable: {WAIT}")
    for name, value in (("status_code", 429), ("body", {"message": WAIT})):
        try:
            BaseException.__setattr__(error, name, value)
        except (AttributeError, TypeError):
            continue
    return error


def _raising(*_: object) -> Any:
    raise RuntimeError("no")


class Hiding(type):
    """A metaclass that raises for whatever its classes are asked."""

    def __getattribute__(cls, name: str) -> Any:
        raise RuntimeError(name)


class Hidden(Exception, metaclass=Hiding):
    pass


class Leaving(Mapping[str, object]):
    """A mapping that ends the program."""

    def __getitem__(self, key: str) -> object:
        raise SystemExit(3)

    def __len__(self) -> int:
        return 1

    def __iter__(self) -> Iterator[str]:
        raise SystemExit(3)


class LongText(str):
    def __len__(self) -> int:
        raise RuntimeError("len")

    def __bool__(self) -> bool:
        raise RuntimeError("bool")


class OddNumber(int):
    def __le__(self, other: object) -> bool:
        raise RuntimeError("le")

    def __int__(self) -> int:
        raise RuntimeError("int")


class Lying:
    """An object that calls itself a text."""

    @property  # type: ignore[misc]
    def __class__(self) -> type[str]:  # type: ignore[override]
        return str


OBJECTS: dict[str, Callable[[], object]] = {
    "no module": lambda: _with(__module__=None),
    "a list for a module": lambda: _with(__module__=[]),
    "no __dict__": lambda: _with(__dict__=None),
    "__dict__ that raises": lambda: _with(__dict__=property(_raising)),
    "__class__ that raises": lambda: _with(__class__=property(_raising)),
    "str and repr that raise": lambda: _with(__str__=_raising, __repr__=_raising),
    "__getattribute__ that raises": lambda: _with(__getattribute__=_raising),
    "properties that raise": lambda: _with(args=property(_raising), __cause__=property(_raising)),
    "__eq__ that raises, no hash": lambda: _with(__eq__=_raising, __hash__=None),
    "a metaclass that raises": lambda: Hidden("HTTP 503 Service Unavailable"),
    "a text that lies": lambda: LongText("HTTP 503 Service Unavailable"),
    "an object that calls itself a text": Lying,
    "10,000 digits": lambda: {"error": {"message": "x", "code": 10**10_000}},
}


@pytest.mark.parametrize("name", OBJECTS)
def test_odd_objects(name: str) -> None:
    raw = OBJECTS[name]()
    assert type(errdex.classify(raw)) is Classification
    assert type(errdex.classify_all(raw)) is list
    assert type(errdex.why(raw)) is dict
    if issubclass(type(raw), BaseException):
        errdex.add_note(raw)  # type: ignore[arg-type]
        errdex.is_retryable(raw)  # type: ignore[arg-type]


def test_a_known_body_counts_whatever_the_module() -> None:
    assert errdex.classify(OBJECTS["no module"]()).entry == "cohere/wait-and-try-again"


@pytest.mark.parametrize(("hints", "status", "code"), [
    ({"code": LongText("abc_def")}, None, "abc_def"),
    ({"status": OddNumber(429)}, 429, None),
    ({"status": Lying()}, None, None),
    ({"status": "429"}, 429, None),
    ({"status": "9" * 5_000}, None, None),
    ({"status": 10**5_000}, None, None),
    ({"status": True}, None, None),
    ({"status": float("nan")}, None, None),
    ({"provider": Lying(), "headers": Lying(), "code": Lying()}, None, None),
    ({"headers": [(1, 2), "ab", None, ("Retry-After",)]}, None, None),
])  # fmt: skip
def test_odd_hints(hints: dict[str, Any], status: int | None, code: str | None) -> None:
    answer = errdex.classify("x", **hints)
    assert (answer.status, answer.code) == (status, code)
    assert type(answer.status) is type(status)
    assert type(answer.code) is type(code)


def test_what_foreign_code_raises_stays_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(safety_net, "is_open", False)
    assert not errdex.classify(Leaving())
    assert errdex.classify_all(Leaving()) == []
    monkeypatch.setattr(Classification, "__init__", _raising)
    assert not errdex.classify("HTTP 503 Service Unavailable")  # a fault of our own


def test_ctrl_c_is_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(Leaving):
        def __iter__(self) -> Iterator[str]:
            raise KeyboardInterrupt

    monkeypatch.setattr(safety_net, "is_open", False)
    with pytest.raises(KeyboardInterrupt):
        errdex.classify(Interrupted())


RAWS: dict[str, Callable[[], object]] = {
    "text": lambda: "status_code: 429, body: {'message': 'Please wait and try again later'}",
    "mapping": lambda: {"message": WAIT, "status": 429},
    "exception": lambda: Sdk(WAIT),
    "plain exception": lambda: RuntimeError(f"Error code: 429 - {{'message': '{WAIT}'}}"),
}


@pytest.mark.parametrize("name", RAWS)
def test_near_the_recursion_limit(name: str) -> None:
    """In an `except RecursionError`: as soon as a call of four functions is possible at all, the answer is right."""
    raw = RAWS[name]()
    expected = errdex.classify(raw).entry
    assert expected
    answers: list[str | None] = []

    def deeper() -> None:
        try:
            deeper()
        finally:
            try:
                answers.append(errdex.classify(raw).entry)
            except RecursionError:
                answers.append("raised")

    with pytest.raises(RecursionError):
        deeper()
    assert set(answers[4:]) == {expected}
    assert set(answers[:4]) <= {expected, "raised"}


def test_the_interpreters_end() -> None:
    code = (
        "import errdex, builtins\n"
        "class Late:\n"
        "    def __del__(self, classify=errdex.classify):\n"
        "        print('answer', type(classify(\"Error code: 400 - [{'message': 'a b'}] x\")).__name__)\n"
        "errdex.default_catalog()\n"
        "builtins.late = Late()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("answer Classification\n", "")


def test_groups_that_share_members_take_linear_time() -> None:
    def work(size: int) -> Callable[[], object]:
        group: Exception = Sdk(WAIT)
        for _ in range(size):
            group = ExceptionGroup("x", [group, group])
        return partial(errdex.add_note, group)

    work(400)()  # would take for ever
    wide = [Sdk(WAIT) for _ in range(20_000)]
    assert growth(lambda size: partial(errdex.add_note, ExceptionGroup("x", wide[: size // 8]))) <= MOST
    shared = Sdk(WAIT)
    errdex.add_note(ExceptionGroup("x", [ExceptionGroup("y", [shared]), shared]))
    assert len(shared.__notes__) == 1


def test_a_group_waits_as_long_as_its_longest() -> None:
    group = ExceptionGroup("two calls", [Sdk(WAIT, "5"), Sdk(WAIT, "60")])
    assert errdex.classify(group).retry_after == errdex.classify_all(group)[0].retry_after == 60


def test_cycles_end() -> None:
    one, two = Sdk(WAIT), RuntimeError("x")
    two.__cause__, one.__cause__ = one, two
    body: dict[str, object] = {"message": WAIT}
    body["error"] = body
    assert errdex.classify(two).entry == errdex.classify(body).entry == "cohere/wait-and-try-again"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="only where processes fork")
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_fork_while_another_thread_loads() -> None:
    """The child does not wait for a thread that it does not have."""
    code = (
        "import os, signal, sys, threading, time\n"
        "import errdex\n"
        "from errdex.classifier import default\n"
        "from errdex.classifier.full import Full\n"
        "entered = threading.Event()\n"
        "load = default._load\n"
        "def slowly():\n"
        "    entered.set(); time.sleep(2); return load()\n"
        "default._load = slowly\n"
        "threading.Thread(target=errdex.classify, args=('x 429',), daemon=True).start()\n"
        "entered.wait()\n"
        "default_load = default._load\n"
        "child = os.fork()\n"
        "if not child:\n"
        "    default._load = load\n"
        "    signal.alarm(20)\n"
        "    os._exit(0 if errdex.classify('invalid api token').entry == 'cohere/invalid-api-key' else 3)\n"
        "sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_many_threads_load_once() -> None:
    start = threading.Barrier(8)
    found: list[str | None] = []

    def work() -> None:
        catalog = errdex.Catalog(errdex.default_catalog()._rules)
        start.wait()
        found.append(catalog.classify(RAWS["text"]()).entry)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(found) == {"cohere/wait-and-try-again"}
