"""The optional yardstick: LiteLLM's mapping of the same errors, and its import.

LiteLLM runs in an interpreter of its own (`--litellm PYTHON`; a virtual environment with `pip install litellm`), so
that neither tool's modules affect the other. That interpreter runs this file, which imports nothing from errdex.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

_IMPORTS = 5


class Yardstick:
    """LiteLLM in a child process, which answers each request for a pass with the microseconds it took.

    Args:
        python: An interpreter with LiteLLM.
        errors: Status and message of each error.
    """

    def __init__(self, python: str, errors: Sequence[tuple[int, str]]) -> None:
        self._python = python
        # A copy of the environment without this interpreter's variables, and with network look-ups turned off.
        self._environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        self._environment["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
        self._child = subprocess.Popen(
            [python, str(Path(__file__).resolve())],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.version = str(self._ask(errors))

    def __enter__(self) -> Yardstick:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._child.communicate()

    def mapping_us(self) -> float:
        """Map every error once; return the microseconds per error, without creating the exceptions."""
        return float(str(self._ask("pass")))

    def import_ms(self) -> float:
        """Return the median time of a few starts with `import litellm`, including the interpreter's own start-up."""
        times = []
        for _ in range(_IMPORTS):
            start = time.perf_counter_ns()
            subprocess.run([self._python, "-c", "import litellm"], env=self._environment, check=True)
            times.append((time.perf_counter_ns() - start) / 1e6)
        return statistics.median(times)

    def _ask(self, question: object) -> object:
        if self._child.stdin is None or self._child.stdout is None:
            raise RuntimeError("the child has no pipes")
        self._child.stdin.write(json.dumps(question) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"{self._python} cannot run LiteLLM's mapping; see its output above")
        return json.loads(line)


def serve() -> None:
    """Read the errors, then run one pass for each line of standard input and write the microseconds it took."""
    out, sys.stdout = sys.stdout, sys.stderr  # LiteLLM prints hints

    def answer(value: object) -> None:
        out.write(json.dumps(value) + "\n")
        out.flush()

    from importlib.metadata import version

    import litellm  # type: ignore[import-not-found]
    from litellm.litellm_core_utils.exception_mapping_utils import exception_type  # type: ignore[import-not-found]
    from litellm.llms.cohere.common_utils import CohereError  # type: ignore[import-not-found]

    litellm.suppress_debug_info = True
    errors = json.loads(sys.stdin.readline())
    answer(version("litellm"))
    for _ in sys.stdin:
        raised = [CohereError(status_code=status, message=message) for status, message in errors]
        start = time.perf_counter_ns()
        for error in raised:
            with suppress(Exception):  # it returns its answer by raising
                exception_type(model="command-r", original_exception=error, custom_llm_provider="cohere")
        answer((time.perf_counter_ns() - start) / len(raised) / 1e3)


if __name__ == "__main__":
    serve()
