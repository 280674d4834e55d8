"""Arguments, help, and trouble with them."""

from __future__ import annotations

import pytest

from tests.cli.command import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("classify", "--header", "nonsense", "x"), "NAME: VALUE"),
        (("list", "--category", "nonsense"), "invalid choice"),
        (("classify", "--catalog", "/nowhere", "x"), "no such folder"),
    ],
)
def test_trouble(arguments: tuple[str, ...], said: str) -> None:
    """Trouble is exit status 2 and says what to do."""
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help() -> None:
    """Help teaches with examples."""
    assert run("--version").stdout.startswith("errdex ")
    assert "examples:" in run("--help").stdout
    for command in ("classify", "explain", "list", "lint", "build", "schema"):
        assert run(command, "--help").returncode == 0
