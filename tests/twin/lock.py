"""The lock of the twins: `src/errdex-js/twins.lock` holds a hash of each Python module beside that of its JavaScript twin.

`python -m tests.twin.lock` says which twins have changed since, `--acknowledge` that both of each say the same again.
Comments, docstrings and blank lines do not count.
"""

from __future__ import annotations

import ast
import hashlib
import io
import re
import sys
import tokenize
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parents[2] / "src"
PYTHON = SOURCE / "errdex"
JAVASCRIPT = SOURCE / "errdex-js"
LOCK = JAVASCRIPT / "twins.lock"
ALONE = {"runtime", "bin", "test", "node_modules", "constants.js", "index.js"}
"""Files and folders of the twin without a twin in Python: what Node or a browser needs, what Python has itself."""
PAGE = {"classifier/closest"}
"""Modules that only the site's page asks for."""
COMMAND = "python -m tests.twin.lock --acknowledge"


class Hashes(NamedTuple):
    """Of the code of a module and of its twin."""

    python: str
    javascript: str


def names() -> list[str]:
    """Return the modules of the twin that mirror one of Python: path without suffix."""
    paths = (path.relative_to(JAVASCRIPT) for path in JAVASCRIPT.rglob("*.js"))
    found = (path.with_suffix("").as_posix() for path in paths if path.parts[0] not in ALONE)
    return sorted(name for name in found if name not in PAGE)


def current() -> dict[str, Hashes]:
    """Return the hashes of all twins as they are now."""
    return {
        name: Hashes(
            _hash(python_code((PYTHON / f"{name}.py").read_text(encoding="utf-8"))),
            _hash(javascript_code((JAVASCRIPT / f"{name}.js").read_text(encoding="utf-8"))),
        )
        for name in names()
    }


def locked(text: str) -> dict[str, Hashes]:
    """Return the hashes that a lock holds."""
    return {name: Hashes(*hashes) for name, *hashes in map(str.split, text.splitlines())}


def render(hashes: dict[str, Hashes]) -> str:
    """Return a lock: a line for each pair of twins."""
    return "".join(f"{name} {' '.join(pair)}\n" for name, pair in sorted(hashes.items()))


def troubles(now: dict[str, Hashes], then: dict[str, Hashes]) -> list[str]:
    """Say which twins have changed since they were locked, and what to do."""
    found = []
    for name in sorted(now.keys() | then.keys()):
        new, old = now.get(name), then.get(name)
        if new == old:
            continue
        python, javascript = f"src/errdex/{name}.py", f"src/errdex-js/{name}.js"
        if new is None or old is None:
            what = f"{javascript} is {'gone' if new is None else 'new'}"
        elif new.javascript == old.javascript:
            what = f"{python} has changed without its twin: carry the change over to {javascript} if it needs it"
        elif new.python == old.python:
            what = f"{javascript} has changed without its twin: carry the change over to {python} if it needs it"
        else:
            what = f"{python} and its twin {javascript} have changed"
        found.append(f"{what}; when both say the same: {COMMAND}")
    return found


def python_code(text: str) -> str:
    """Return a Python module without comments, docstrings and blank lines."""
    lines = text.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    return "\n".join(line.rstrip() for line in lines if line.strip())


def javascript_code(text: str) -> str:
    """Return a JavaScript module without comments, indentation and blank lines.

    A comment begins its line, or stands behind two slashes with blanks on both sides at the line's end.
    """
    text = re.sub(r"(?ms)^\s*/\*.*?\*/[ \t]*$", "", text)
    lines = (re.sub(r"(?:^|\s)//\s.*", "", line).strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _hash(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()[:16]


def main(arguments: list[str]) -> int:
    """Check the lock, or renew it."""
    if arguments == ["--acknowledge"]:
        LOCK.write_text(render(current()), encoding="utf-8")
        return 0
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    found = troubles(current(), locked(LOCK.read_text(encoding="utf-8")))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
