"""Each check of lint finds its mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.lint.checks import lint
from tests.own_catalog import own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def as_built_in(folder: Path) -> None:
    """Make it a catalog like ours, which says what `http` is."""
    (folder / "http").mkdir()
    (folder / "http" / "provider.yaml").write_text("provider: http\nname: Any API\ndocs: https://example.com/\n")


def test_lint_of_a_clean_catalog(folder: Path) -> None:
    """A good catalog has no findings."""
    report = lint(folder)
    assert report.issues == []
    assert (report.entries, report.examples) == (3, 3)


def test_only_the_built_in_catalog_needs_all_defaults(folder: Path) -> None:
    """A user's entries fall back on `http/`; a provider of the built-in catalog says what each of its statuses means."""
    (folder / "acme" / "statuses.yaml").unlink()
    assert lint(folder).issues == []
    as_built_in(folder)
    codes = {issue.code for issue in lint(folder).issues}
    assert codes == {"default", "no-origin", "param-name"}  # its sources are at example.com


LINT = {
    "open-start": (
        "widget {name:name} is jammed at step {step:int}, call the operator",
        "{x:text} is jammed at the step",
    ),
    "no-key-literal": ("widget {name:name} is jammed at step {step:int}, call the operator", "w {x:int} j"),
    "support": (
        "widget {name:name} is jammed at step {step:int}, call the operator",
        "widget {name:name} jammed {step:int}",
    ),
    "fix-hole": ("Free widget {name} at step {step}.", "Free widget {name} at step {nothing}."),
    "param-type": ("widget {name:name} is", "widget {limit:name} is"),
    "example": ("at step 7, call", "at leap 7, call"),
    "dangling-id": ("  verified: 2026-11-21\n", "  verified: 2026-11-21\n  related: [acme/nothing]\n"),
    "contradiction": ("status: 409\n  category: conflict\n  messages", "status: 402\n  category: conflict\n  messages"),
    "common-code": ("  meaning: The", "  match: [{code: failed}]\n  meaning: The"),
    "shadowed-message": (
        'call the operator"]',
        'call the operator", "widget {name:name} is jammed at step {step:int}, call the operator"]',
    ),
}


@pytest.mark.parametrize("code", LINT)
def test_each_check_finds_its_mistake(code: str, folder: Path) -> None:
    """Each check notices what it is for, and the place is in the file."""
    old, new = LINT[code]
    path = folder / "acme" / "widgets.yaml"
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new, 1))
    report = lint(folder)
    assert not report.broken, report.issues
    found = [issue for issue in report.issues if issue.code == code]
    assert found, report.issues
    assert all(issue.location.path == str(path) for issue in found)


def test_only_the_built_in_catalog_is_held_to_the_names_of_params(folder: Path) -> None:
    """A user's entries may have values of their own; the built-in ones share one vocabulary."""
    as_built_in(folder)
    said = [str(issue) for issue in lint(folder).issues if issue.code == "param-name"]
    assert len(said) == 2
    assert "param 'step' is not in the vocabulary" in said[1]
