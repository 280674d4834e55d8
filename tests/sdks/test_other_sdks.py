"""Older versions of Cohere's SDK, and wrappers around it, which cannot be installed beside the newest one.

Each is installed into a folder of its own and runs in a process of its own (`other_sdks.py`). `ERRDEX_OLD_SDKS` names the folders,
separated like `PATH`:

    for package in "cohere<5" "cohere==5.0.2" "cohere<6" "cohere<7" langchain-cohere litellm; do
      pip install --target "/tmp/old/$package" "$package"
      ERRDEX_OLD_SDKS="$ERRDEX_OLD_SDKS:/tmp/old/$package"
    done
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import ROOT

_FOLDERS = [Path(folder) for folder in os.environ.get("ERRDEX_OLD_SDKS", "").split(os.pathsep) if folder]


def installed(folder: Path) -> tuple[str, str]:
    """Return what a folder holds: the name in `other_sdks.py`, and the version."""
    names = {path.name.removesuffix(".dist-info") for path in folder.glob("*.dist-info")}
    versions = dict(name.partition("-")[::2] for name in names)
    for wrapper in ("litellm", "langchain_cohere"):
        if wrapper in versions:
            return wrapper, versions[wrapper]
    if "cohere" not in versions:
        pytest.fail(f"ERRDEX_OLD_SDKS: neither cohere, litellm nor langchain-cohere is installed in {folder}")
    return ("cohere_4" if versions["cohere"].startswith("4.") else "cohere_5"), versions["cohere"]


def _python_path(*folders: Path) -> str:
    return os.pathsep.join(map(str, filter(None, [*folders, ROOT, os.environ.get("PYTHONPATH")])))


@pytest.fixture(scope="module")
def started() -> Iterator[dict[Path, subprocess.Popen]]:
    """Start all at once; each takes some seconds."""
    processes = {
        folder: subprocess.Popen(
            [sys.executable, "-m", "tests.sdks.other_sdks", installed(folder)[0]],
            env={
                **os.environ,
                "PYTHONPATH": _python_path(folder),
                "NO_PROXY": "127.0.0.1",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for folder in _FOLDERS
    }
    yield processes
    for process in processes.values():
        process.kill()
        process.communicate()


_NONE = pytest.mark.skip(
    "ERRDEX_OLD_SDKS names no folder of an older SDK; see the top of tests/sdks/test_other_sdks.py"
)


@pytest.mark.parametrize(
    "folder", [pytest.param(folder, id=folder.name) for folder in _FOLDERS] or [pytest.param(None, marks=_NONE)]
)
def test_other_sdk(folder: Path, started: dict[Path, subprocess.Popen]) -> None:
    """Every answer of the API through one way of calling, a spread through the others, and no answer at all."""
    output, errors = started[folder].communicate(timeout=110)
    assert started[folder].returncode == 0, errors[-3000:]
    results = json.loads(output)
    assert len(results) > 300
    wrong = [result for result in results if result[2] != result[3]]
    assert not wrong, f"{installed(folder)}: {len(wrong)} of {len(results)}\n" + "\n".join(map(str, wrong[:40]))


def test_the_script_itself() -> None:
    """The script reads the same answers, so that it cannot rot while nobody has the older SDKs."""
    run = [sys.executable, "-c", "from tests.sdks import other_sdks; print(len(other_sdks.ANSWERS) > 300)"]
    environment = {**os.environ, "PYTHONPATH": _python_path()}
    done = subprocess.run(run, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
