"""The GitHub Action and the hooks, run here as a runner would; the release's workflow, read."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests import ROOT
from tests.acme_catalog import ENTRY, PROVIDER
from tests.logfilter.annotated import KNOWN

ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
RELEASE = (ROOT / ".github" / "workflows" / "release.yml").read_text("utf-8")
LASTING = f"ERROR: {KNOWN}\n"
PASSING = "ERROR: trial token rate limit exceeded, limit is 100000 tokens per minute\n"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
PIP = """#!/bin/sh
exit 0
"""


@pytest.mark.parametrize(
    ("log", "fail", "status", "errors"),
    [(LASTING * 3, "false", 0, 3), (LASTING, "true", 1, 1), (PASSING, "true", 0, 1), ("all is well\n", "true", 0, 0)],
)
def test_the_action(tmp_path: Path, log: str, fail: str, status: int, errors: int) -> None:
    """Its one step, with an errdex that is installed already in place of pip's."""
    (step,) = ACTION["runs"]["steps"]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "app.log").write_text(log)
    tools = tmp_path / "errdex" / "bin"
    tools.mkdir(parents=True)
    for name, text in (("pip", PIP), ("errdex", f'#!/bin/sh\nexec {sys.executable} -m errdex "$@"\n')):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    script = step["run"].replace('python3 -m venv "$RUNNER_TEMP/errdex"\n', "")
    assert script != step["run"]
    given = {"ERRDEX_PACKAGE": "errdex", "ERRDEX_LOGS": f"\n{tmp_path}/logs\n", "ERRDEX_FAIL": fail}
    files = {name: str(tmp_path / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    environment = {**os.environ, **given, **files, "RUNNER_TEMP": str(tmp_path)}
    assert given.keys() == step["env"].keys()
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, "")
    assert Path(files["GITHUB_OUTPUT"]).read_text() == f"errors={errors}\n"
    assert Path(files["GITHUB_STEP_SUMMARY"]).read_text("utf-8").startswith(f"# LLM API errors\n\n{errors} errors in")
    assert done.stdout.count("::") == 2 * bool(errors)


@pytest.mark.parametrize(
    ("hook", "files", "said"),
    [
        ("errdex-annotate", {"run.log": PASSING}, "id=cohere/trial-tokens-per-minute"),
        ("errdex-annotate", {"run.log": "all is well\n"}, "no API error"),
        ("errdex-lint", {"catalog/acme/limits.yaml": ENTRY, "catalog/acme/provider.yaml": PROVIDER}, "no findings"),
    ],
)
def test_the_hooks(hook: str, files: dict[str, str], said: str, tmp_path: Path) -> None:
    """As pre-commit calls them: the command, its arguments, then those of the files that the pattern admits."""
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
        assert re.search(HOOKS[hook]["files"], name)
    program, *command = HOOKS[hook]["entry"].split()
    assert program == "errdex"
    command = [sys.executable, "-m", program, *command, *HOOKS[hook].get("args", ()), *files]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout + done.stderr


def test_the_release_workflow() -> None:
    """It is YAML, needs no secret, and calls scripts that exist."""
    told = yaml.safe_load(RELEASE)
    assert told["permissions"] == {}
    assert {"build", "pypi", "npm", "page"} == told["jobs"].keys()
    assert "secrets." not in RELEASE
    assert "has not been run" in RELEASE
    for script in re.findall(r"run: (\.ci/[\w-]+)", RELEASE):
        assert os.access(ROOT / script, os.X_OK), script


def test_a_release_is_checked() -> None:
    """Before it is released, 0.1.0 lacks its line in the catalog's history and its section in the changelog."""
    script = (ROOT / ".ci" / "release-check").read_text("utf-8")
    (program,) = re.findall(r"<<'CHECK'\n(.*?)\nCHECK\n", script, re.DOTALL)
    done = subprocess.run([sys.executable, "-c", program, "9.9"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == "errdex is 0.1.0, not 9.9"
    assert "CHANGELOG.md has no section 9.9" in done.stderr
