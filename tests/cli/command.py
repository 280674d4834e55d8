"""The command line, as a user runs it: in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from tests import ROOT

MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."


def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "errdex", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error", "COLUMNS": "100", **environment},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
