"""Importing costs nothing, and needs no package."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("pyarrow", "duckdb", "pandas", "polars", "ray", "pyspark", "numpy")


def test_modules_import_no_package() -> None:
    """Neither pyarrow nor an engine, until something is asked for."""
    modules = ["errdex.arrow", *(f"errdex.arrow.{name}" for name in ("duckdb", "pandas", "polars", "ray", "spark"))]
    code = f"import sys, {', '.join(modules)}; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_is_missing_is_named() -> None:
    """And how to install it."""
    code = "import sys; sys.modules['pyarrow'] = None\nfrom errdex.arrow import classify_array"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "errdex.arrow needs pyarrow; install it with `pip install 'errdex[arrow]'`" in done.stderr
