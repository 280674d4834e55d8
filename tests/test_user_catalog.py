"""A user's own catalog: over ours, or refused with every mistake in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.authoring.lint import lint
from errdex.catalog.source import load, read
from errdex.classifier import Catalog
from errdex.errors import CatalogError
from test_cli import run

ENTRY = """\
- id: acme/widget-jammed
  title: The widget is jammed
  status: 409
  category: conflict
  messages: ["widget {name:name} is jammed at step {step:int}, call the operator"]
  meaning: The widget cannot move.
  fix: Free widget {name} at step {step}.
  examples:
    - {raw: "widget 'w 1' is jammed at step 7, call the operator", params: {name: w 1, step: 7}}
  provenance: observed
  sources: [https://example.com/widgets]
  verified: 2026-11-21
- id: acme/conflict
  title: A conflict
  kind: default
  status: 409
  category: conflict
  match: [{status: 409}]
  meaning: Something is in the way of the request.
  fix: Look at the state of the widget.
  examples: ["Client error '409 Conflict' for url 'https://api.acme.example/widgets'"]
  provenance: observed
  sources: [https://example.com/widgets]
  verified: 2026-11-21
"""
PROVIDER = "provider: acme\nname: Acme\ndocs: https://example.com/\nnames: [acme]\nhosts: [api.acme.example]\n"

BROKEN = """\
- id: acme/widget-jammed
  title: The widget is jammed
  category: conflicts
  mesages: ["widget {name} is jammed"]
  messages: ["widget {name} is jammed"]
  meaning: short
  fix: Free it.
  fix: Free it again.
  examples: []
  provenance: observed
  sources: [example.com]
  verified: yesterday
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "provider.yaml").write_text(PROVIDER)
    (tmp_path / "acme" / "widgets.yaml").write_text(ENTRY)
    return tmp_path


def test_own_entries_and_ours(folder: Path) -> None:
    """Own entries answer beside ours."""
    catalog = Catalog.load(folder)
    answer = catalog.classify("acme: widget 'w 1' is jammed at step 7, call the operator")
    assert (answer.entry, answer.provider, answer.fix) == ("acme/widget-jammed", "acme", "Free widget w 1 at step 7.")
    assert catalog.classify("invalid api token").entry == "cohere/invalid-api-key"
    assert catalog.classify("Client error '409 Conflict' for url 'https://api.acme.example/w'").entry == "acme/conflict"
    assert "acme/widget-jammed" in catalog.pages["entries"]


def test_override_and_disable(folder: Path) -> None:
    """The same id replaces ours; a disabled id never answers."""
    (folder / "acme" / "widgets.yaml").unlink()
    (folder / "cohere").mkdir()
    ours = ENTRY.split("- id: acme/conflict")[0].replace("acme/widget-jammed", "cohere/invalid-api-key")
    (folder / "cohere" / "auth.yaml").write_text(ours)
    (folder / "errdex.yaml").write_text("disable: [cohere/no-api-key]\n")
    catalog = Catalog.load(folder)
    assert catalog.classify("widget w is jammed at step 1, call the operator").entry == "cohere/invalid-api-key"
    assert catalog.classify("invalid api token").entry != "cohere/invalid-api-key"
    assert catalog.classify("no api key supplied").entry != "cohere/no-api-key"


def test_lint_of_a_clean_catalog(folder: Path) -> None:
    """A good catalog has no findings."""
    report = lint(folder)
    assert report.issues == []
    assert (report.entries, report.examples) == (2, 2)


def test_every_mistake_has_its_place(tmp_path: Path) -> None:
    """All mistakes of all files are reported in one run, and nothing is loaded."""
    (tmp_path / "acme").mkdir()
    path = tmp_path / "acme" / "widgets.yaml"
    path.write_text(BROKEN)
    (tmp_path / "acme" / "other.yaml").write_text("- [not, closed\n")
    (tmp_path / "acme" / "alias.yaml").write_text("- &a {id: x}\n- *a\n")
    with pytest.raises(CatalogError) as caught:
        load(tmp_path)
    said = [str(issue) for issue in caught.value.issues]
    for place, words in (
        (f"{path}:3:13", "category"),
        (f"{path}:4:12", "mesages"),
        (f"{path}:5:14", "{name}"),
        (f"{path}:6:12", "meaning"),
        (f"{path}:8:3", "given twice"),
        (f"{path}:11:13", "sources"),
        (f"{path}:12:13", "verified"),
    ):
        assert any(line.startswith(place) and words in line for line in said), (place, said)
    assert any("other.yaml" in line and "not valid YAML" in line for line in said)
    assert any("alias.yaml:2" in line for line in said)


def test_broken_catalog_on_the_command_line(tmp_path: Path) -> None:
    """The same on the command line: every mistake, exit status 2, no answer."""
    (tmp_path / "widgets.yaml").write_text(BROKEN)
    done = run("classify", "--catalog", str(tmp_path), "invalid api token")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "widgets.yaml:3:13" in done.stderr
    assert "nothing of it was loaded" in done.stderr
    assert run("lint", str(tmp_path)).returncode == 2


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
    "example": ("at step 7, call", "at leap 7, call"),
    "dangling-id": ("  verified: 2026-11-21\n- id", "  verified: 2026-11-21\n  related: [acme/nothing]\n- id"),
    "default": ("kind: default", "kind: error"),
    "contradiction": ("status: 409\n  category: conflict\n  messages", "status: 402\n  category: conflict\n  messages"),
    "common-code": ("match: [{status: 409}]", "match: [{status: 409}, {code: failed}]"),
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


def test_sizes_are_limited(tmp_path: Path) -> None:
    """A file that is too large is refused, not read."""
    (tmp_path / "big.yaml").write_text("#" * 2_000_001)
    _, issues = read(tmp_path)
    assert [issue.code for issue in issues] == ["file-size"]


def test_conditions_beside_a_status(folder: Path) -> None:
    """An item that asks for a status and a header matches only with both; paths of the body are the provider's."""
    (folder / "acme" / "provider.yaml").write_text(PROVIDER + "body: {messages: [oops.text]}\n")
    more = ENTRY.split("- id: acme/conflict")[1].replace("A conflict", "Frozen").replace("kind: default", "kind: error")
    more = "- id: acme/frozen" + more.replace(
        "[{status: 409}]",
        "[{status: 409, header: {x-frozen: present}}, {status: 409, detail: {cell: '{_:word}PerDay{_:word}'}}]",
    )
    (folder / "acme" / "frozen.yaml").write_text(more)
    catalog = Catalog.load(folder)
    assert catalog.classify("x", status=409, provider="acme").entry == "acme/conflict"
    assert catalog.classify("x", status=409, provider="acme", headers={"X-Frozen": "1"}).entry == "acme/frozen"
    assert catalog.classify({"cell": "WidgetsPerDayPerCell"}, status=409, provider="acme").entry == "acme/frozen"
    body = {"oops": {"text": "widget 'w 1' is jammed at step 7, call the operator"}}
    assert catalog.classify(body).entry == "acme/widget-jammed"


def test_own_entries_have_no_page_of_ours(folder: Path) -> None:
    """An address that is not there is worse than none."""
    catalog = Catalog.load(folder)
    assert catalog.classify("widget w is jammed at step 1, call the operator").docs_url is None
    assert catalog.classify("invalid api token").docs_url is not None


def test_disable_names_entries(folder: Path) -> None:
    """A typo in `disable` is said, with what was meant."""
    (folder / "errdex.yaml").write_text("disable: [cohere/no-api-keys]\n")
    with pytest.raises(CatalogError, match=r"errdex\.yaml.*cohere/no-api-key"):
        Catalog.load(folder)
