"""What the schema of an entry refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.lint.checks import lint
from tests.own_catalog import CODES, own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def test_generic_stands_beside_a_code(folder: Path) -> None:
    (folder / "acme" / "codes.yaml").write_text(CODES.replace("code: acme_failure, ", "exception: AcmeError, "))
    assert any("`generic` needs a `code` or a `message`" in str(issue) for issue in lint(folder).issues)
