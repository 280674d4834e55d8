"""The rows as a Parquet file, and the digest that every engine must come to."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.arrow.rows import digest, expected, texts


@pytest.fixture(scope="session")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the rows, in three files: their numbers as `number`, their texts as `message`."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path_factory.mktemp("rows")
    table = pa.table({"number": pa.array(range(len(texts())), pa.int64()), "message": pa.array(texts(), pa.string())})
    third = len(table) // 3 + 1
    for part in range(3):
        parquet.write_table(table.slice(part * third, third), folder / f"part-{part}.parquet")
    return folder


@pytest.fixture(scope="session")
def wanted() -> str:
    """The digest of the answers of `detect`, asked row by row."""
    rows = expected()
    assert len(rows) > 20_000
    assert 10_000 < sum(row is not None for row in rows) < len(rows) - 2_000
    return digest(enumerate(rows))
