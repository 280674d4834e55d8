"""The npm package: version and types are those of the Python package, and it is complete."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

import errdex
from errdex.site import twin
from tests.node import node

TYPES = (twin.CHECKOUT / "index.d.ts").read_text("utf-8")
PACKAGE = json.loads((twin.CHECKOUT / "package.json").read_text("utf-8"))


def union(name: str) -> set[str]:
    found = re.search(rf"export type {name} =([^;]*);", TYPES)
    assert found
    return set(re.findall(r'"(\w+)"', found[1]))


def test_the_version() -> None:
    assert PACKAGE["version"] == errdex.__version__


def test_the_types_are_those_of_python() -> None:
    answer = re.search(r"export interface Answer \{(.*?)\n\}", TYPES, re.DOTALL)
    assert answer
    assert re.findall(r"readonly (\w+):", answer[1]) == [*errdex.classify("").to_dict()]
    assert union("Category") == set(errdex.Category)
    assert union("Basis") == set(errdex.Basis)


def test_the_types_are_right() -> None:
    """TypeScript's own compiler reads them, and a program that uses them."""
    compiler = twin.CHECKOUT / "node_modules" / ".bin" / "tsc"
    if not compiler.exists():
        pytest.skip("no TypeScript: npm install in src/errdex-js")
    done = subprocess.run([compiler], cwd=twin.CHECKOUT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "")


def test_its_own_tests() -> None:
    done = subprocess.run([node(), "--test"], cwd=twin.CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
