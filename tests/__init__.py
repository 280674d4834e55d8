"""The tests, in the folders of `src/errdex/`; what several of them share lies here."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
DATA = ROOT / "tests" / "data"
