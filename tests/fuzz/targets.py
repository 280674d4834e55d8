"""What is fuzzed: each target makes an input of random choices and checks what must hold for any."""

from __future__ import annotations

import contextlib
import json
import pickle
import tempfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from errdex.authoring.overlay import load_alone
from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import LineFilter, Style
from errdex.logfilter.scanner import scanner_for
from errdex.model.errors import CatalogError
from errdex.read.hints import NO_HINTS
from errdex.rules.compiled import Rules
from errdex.rules.secrets import masked
from tests.fuzz.mutations import ODD, mutated, seeds
from tests.own_catalog import ENTRY, PROVIDER, TABLE

MARK = b"  # errdex: "


@cache
def _catalog() -> Catalog:
    from errdex.classifier.default import default_catalog

    return default_catalog()


_seeds = cache(seeds)


def _checked(raw: object, **hints: Any) -> None:
    catalog = _catalog()
    answer = catalog.classify(raw, **hints)
    assert answer.retry_after is None or (answer.retryable and 0 <= answer.retry_after <= 600)
    json.dumps(answer.to_dict(), allow_nan=False)
    assert pickle.loads(pickle.dumps(answer)) == answer
    found = catalog.classify_all(raw, **hints)
    assert bool(found) == bool(answer)
    assert not found or found[0] == answer
    json.dumps(catalog.why(raw, **hints))


def text(pick: Random) -> None:
    """Any text: no function raises, and the fast paths agree with the reference."""
    raw = mutated(pick.choice(_seeds()), pick, _seeds())
    if pick.random() < 0.2:
        raw = "\n".join([raw, mutated(pick.choice(_seeds()), pick, _seeds())])
    if pick.random() < 0.1:
        raw = raw * pick.choice((2, 30, 300))
    catalog = _catalog()
    assert catalog.classify(raw) == catalog._full.classify(raw, NO_HINTS)
    assert catalog.detect(raw) == catalog._full.detect(raw)
    assert catalog.classify(raw) or not catalog.detect(raw)
    assert masked(masked(raw)) == masked(raw)
    _checked(raw.encode("utf-8", "replace") if pick.random() < 0.3 else raw)


def _value(pick: Random, depth: int = 0) -> Any:
    kind = pick.randrange(14 if depth < 5 else 9)
    if kind == 0:
        return pick.choice(
            (None, True, 429, 400, 503, 600, -1, 10**30, 429.0, float("nan"), float("inf"), b"\xff\xfe", 3 + 1j)
        )
    if kind == 1:
        return pick.choice(("429", "", " 429 ", "٤٢٩", "\ud800", "\0" * 9, "9" * 5_000, *ODD))
    if kind < 9:
        return mutated(pick.choice(_seeds()), pick, _seeds())
    if kind < 11:
        return [_value(pick, depth + 1) for _ in range(pick.randrange(4))]
    keys = (
        "message",
        "error",
        "code",
        "status",
        "type",
        "detail",
        "errors",
        "headers",
        "body",
        "retry_after",
        "x",
        5,
        None,
    )
    return {pick.choice(keys): _value(pick, depth + 1) for _ in range(pick.randrange(6))}


def objects(pick: Random, depth: int = 0) -> None:
    """Any object: mappings, exceptions with odd attributes, chains and groups."""
    raw: Any = _value(pick) if pick.random() < 0.4 else _exception(pick)
    hints = {}
    if pick.random() < 0.3:
        hints = {name: _value(pick, 4) for name in pick.sample(("provider", "status", "code", "headers"), 2)}
    _checked(raw, **hints)
    if isinstance(raw, BaseException):
        _catalog().add_note(raw)


def _exception(pick: Random, depth: int = 0) -> BaseException:
    if depth < 3 and pick.random() < 0.2:
        members = [_exception(pick, depth + 1) for _ in range(pick.randrange(1, 4))]
        return ExceptionGroup("several", [one for one in members if isinstance(one, Exception)] or [ValueError()])
    base = pick.choice((Exception, OSError, ValueError, KeyError, TimeoutError, RuntimeError))
    module = pick.choice(
        ("cohere.errors.x", "openai", "httpx", "builtins", "__main__", "", None, 3, "botocore.exceptions")
    )
    kind = type(pick.choice(("RateLimitError", "APIStatusError", "X", "é" * 5)), (base,), {"__module__": module})
    error: BaseException = kind(*[_value(pick, 3) for _ in range(pick.randrange(3))])
    names = (
        "status_code",
        "body",
        "headers",
        "response",
        "message",
        "code",
        "type",
        "reason",
        "last_attempt",
        "__notes__",
    )
    for name in pick.sample(names, pick.randrange(5)):
        setattr(error, name, _value(pick, 2))
    if depth < 4 and pick.random() < 0.4:
        setattr(error, pick.choice(("__cause__", "__context__")), _exception(pick, depth + 1))
    return error


def yaml(pick: Random) -> None:
    """Any files: a catalog, which classifies, or a CatalogError with places."""
    pieces = (
        "[",
        "]",
        "{",
        "}",
        ": ",
        "- ",
        "!",
        "&a ",
        "*a",
        "|",
        ">",
        "'",
        '"',
        "\t",
        "\n",
        "\n  ",
        "#",
        "? ",
        "---\n",
        "9" * 60,
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "acme").mkdir()
        for path, content in (("acme/a.yaml", ENTRY), ("acme/provider.yaml", PROVIDER), ("acme/statuses.yaml", TABLE)):
            for _ in range(pick.choice((0, 0, 1, 1, 2, 4))):
                place = pick.randrange(len(content) + 1)
                new = pick.choice((*pieces, *ODD, content[place : place + 40], pick.choice(_seeds())[:60]))
                content = content[:place] + new + content[place + pick.choice((0, 0, 1, 5, 40)) :]
            (folder / path).write_bytes(content.encode("utf-8", "surrogatepass"))
        try:
            rules, pages = load_alone(folder)
        except CatalogError as error:
            refused = error
        else:
            refused = None
    if refused:
        assert refused.issues
        assert all(map(str.isprintable, str(refused).split("\n")))
        return
    catalog = Catalog(Rules(rules), pages)
    for raw in ("widget 'w 1' is jammed at step 7, call the operator", mutated(pick.choice(_seeds()), pick, _seeds())):
        catalog.classify(raw)
        assert catalog.classify(raw) == catalog._full.classify(raw, NO_HINTS)


@cache
def _scanners() -> list[Any]:
    found = [scanner_for(_catalog(), "words")]
    with contextlib.suppress(ImportError):
        found.append(scanner_for(_catalog(), "hyperscan"))
    return found


def streams(pick: Random) -> None:
    """Any bytes in any pieces: both scanners write the same, and removing the notes gives back the input."""
    ends = (b"\n", b"\n", b"\r\n", b"\n\n", b"")
    log = b""
    for _ in range(pick.choice((1, 2, 8))):
        line = mutated(pick.choice(_seeds()), pick, _seeds()).encode("utf-8", "surrogatepass")
        if pick.random() < 0.1 and line:
            place = pick.randrange(len(line))
            line = line[:place] + bytes([pick.randrange(256)]) + line[place + 1 :]
        log += line + pick.choice(ends)
    if MARK in log:
        return
    written = []
    for scanner in _scanners():
        lines = LineFilter(_catalog(), scanner, Style.BEHIND, False)
        out, reader = BytesIO(), BytesIO(log)
        while piece := reader.read(pick.choice((1, 7, 100, 5_000)) if len(log) < 2_000 else 5_000):
            for pieces in lines.feed(piece):
                out.writelines(pieces)
        for pieces in lines.finish():
            out.writelines(pieces)
        written.append(out.getvalue())
    assert all(one == written[0] for one in written)
    kept = b"".join(_without_note(line) for line in written[0].splitlines(keepends=True))
    assert kept == log


def _without_note(line: bytes) -> bytes:
    content = line.rstrip(b"\r\n")
    return content.partition(MARK)[0] + line[len(content) :] if MARK in content else line


TARGETS: dict[str, Callable[[Random], None]] = {"text": text, "objects": objects, "yaml": yaml, "streams": streams}
