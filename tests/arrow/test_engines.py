"""The same rows through every engine: the digest of all answers is that of `detect`, asked row by row."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

import errdex
from tests import acme_catalog
from tests.arrow.rows import digest, plain, row_of, texts

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning")

BUSY = "all 4 slots are busy, next one free in 20 seconds"


def digest_of(batches: Iterable[Any], column: str = "error") -> str:
    """Return the digest of record batches or tables with the columns `number` and `error`."""
    found: list[tuple[int, Any]] = []
    for batch in batches:
        rows = map(plain, batch.column(column).to_pylist(maps_as_pydicts="strict"))
        found += zip(batch.column("number").to_pylist(), rows, strict=True)
    return digest(found)


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a catalog of the user's own."""
    return acme_catalog.write(tmp_path_factory.mktemp("acme"))


# DuckDB, Polars and pandas run in this process.


@pytest.fixture
def connection() -> Any:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from errdex.arrow.duckdb import register

    connection = duckdb.connect()
    register(connection)
    yield connection
    connection.close()


def test_duckdb(connection: Any, parquet: Path, wanted: str) -> None:
    found = connection.sql(f"select number, errdex_detect(message) as error from '{parquet}/*.parquet'")
    assert digest_of([found.to_arrow_table()]) == wanted


def test_duckdb_classifies_with_a_status_each(connection: Any) -> None:
    """The status may be NULL, and an integer of any width."""
    found = connection.sql(
        "select errdex_classify(text, status).entry from (values ('x', 429::smallint), ('x', 503), (NULL, 429)) as t(text, status)"
    ).fetchall()
    assert found == [("http/429",), ("http/503",), (None,)]
    text = "Cohere: invalid api token"
    assert connection.sql("select errdex_classify(?, NULL).fix", params=[text]).fetchall() == [
        (errdex.classify(text).fix,)
    ]


def test_duckdb_reads_json(connection: Any, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"message": "Cohere: invalid api token"}\n{"message": null}\n{"message": "fine"}\n'
    )
    found = connection.sql(
        f"select error.entry from (select errdex_detect(message) as error from '{tmp_path}/*.jsonl') where error is not null"
    )
    assert found.fetchall() == [("cohere/invalid-api-key",)]


def test_duckdb_with_your_own_catalog(acme: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed")
    from errdex.arrow.duckdb import register

    with duckdb.connect() as connection:
        register(connection, errdex.Catalog.load(acme))
        assert connection.sql(f"select errdex_classify('{BUSY}', NULL).entry").fetchall() == [("acme/slots-busy",)]


@pytest.mark.parametrize("engine", ["in-memory", "streaming"])
def test_polars(engine: Any, parquet: Path, wanted: str) -> None:
    pl = pytest.importorskip("polars", reason="polars is not installed")
    from errdex.arrow.polars import detect

    found = pl.scan_parquet(parquet / "*.parquet").with_columns(error=detect("message")).collect(engine=engine)
    rows = zip(found["number"].to_list(), map(plain, found["error"].to_list()), strict=True)
    assert digest(rows) == wanted


def test_polars_classifies() -> None:
    """With a status for all rows, in a column, or in an expression."""
    pl = pytest.importorskip("polars", reason="polars is not installed")
    from errdex.arrow.polars import classify, detect

    frame = pl.DataFrame({"text": ["x", "x", None], "status": [429, 503, 429]})
    found = frame.select(
        one=classify("text", status=401, provider="cohere").struct.field("entry"),
        each=classify(pl.col("text"), status="status").struct.field("entry"),
        more=classify("text", status=pl.col("status") + 1).struct.field("status"),
        nothing=detect("text").struct.field("entry"),
    )
    assert found.to_dict(as_series=False) == {
        "one": ["cohere/401", "cohere/401", None],
        "each": ["http/429", "http/503", None],
        "more": [430, 504, None],
        "nothing": [None, None, None],
    }
    assert frame.lazy().select(detect("text")).collect_schema() == frame.select(detect("text")).schema


def test_pandas(parquet: Path, wanted: str) -> None:
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    from errdex.arrow.pandas import answers

    frame = pd.read_parquet(parquet)
    found = answers(frame["message"])
    assert (found.index == frame.index).all()
    table = pa.Table.from_pandas(found, preserve_index=False)
    rows = [plain(row) for row in table.to_pylist(maps_as_pydicts="strict")]
    assert digest(zip(frame["number"].tolist(), rows, strict=True)) == wanted


def test_pandas_classifies() -> None:
    """The index is kept, and a missing status stays missing."""
    pd = pytest.importorskip("pandas", reason="pandas is not installed")
    from errdex.arrow.pandas import answers

    texts = pd.Series(["x", "x", None], index=["b", "a", "c"])
    found = answers(texts, "classify", status=pd.Series([429, None, 429], index=texts.index))
    assert found["entry"].dropna().to_dict() == {"b": "http/429"}
    assert str(found["status"].dtype) == "int32[pyarrow]"
    assert texts.to_frame("text").join(found)["category"].value_counts().to_dict() == {"rate_limit": 1}


# Spark and Ray run in processes of their own.


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if not shutil.which("java"):
        pytest.skip("Java is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYSPARK_PYTHON", sys.executable)
        builder = sql.SparkSession.builder.master("local[2,3]")  # a task may fail twice
        session = builder.config("spark.ui.enabled", False).config("spark.driver.host", "127.0.0.1").getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
        session.stop()


@pytest.mark.xdist_group("spark")
def test_spark(spark: Any, parquet: Path, wanted: str) -> None:
    from errdex.arrow.spark import annotate

    found = annotate(spark.read.parquet(str(parquet)), "message")
    assert found.columns == ["number", "message", "error"]
    assert digest_of([found.toArrow()]) == wanted


@pytest.mark.xdist_group("spark")
def test_spark_udf(spark: Any, parquet: Path, wanted: str) -> None:
    """As a column, and in SQL."""
    from errdex.arrow.spark import udf

    detect = udf()
    rows = spark.read.parquet(str(parquet))
    assert digest_of([rows.select("number", detect("message").alias("error")).toArrow()]) == wanted
    spark.udf.register("errdex_detect", detect)
    found = spark.sql("select errdex_detect('Cohere: invalid api token').entry as entry").collect()
    assert [row.entry for row in found] == ["cohere/invalid-api-key"]


@pytest.mark.xdist_group("spark")
def test_spark_classifies(spark: Any, acme: Path) -> None:
    """With the status in a column, and with a catalog of the user's own."""
    from errdex.arrow.spark import annotate

    frame = spark.createDataFrame([("x", 429), ("x", 503), (None, 429), (BUSY, None)], "text string, status int")
    found = annotate(frame, "text", mode="classify", status="status", catalog=str(acme)).select("error.entry").collect()
    assert [row.entry for row in found] == ["http/429", "http/503", None, "acme/slots-busy"]


@pytest.mark.xdist_group("spark")
def test_spark_loses_no_row_with_a_worker(spark: Any, parquet: Path, wanted: str, tmp_path: Path) -> None:
    """A worker that is killed in the middle: its rows are judged by another one, once."""
    from errdex.arrow import spark as adapter

    died = tmp_path / "died"

    def dies(batches: Iterator[Any]) -> Iterator[Any]:
        for number, batch in enumerate(batches):
            yield batch
            if number == 2 and not died.exists():
                died.touch()
                os.kill(os.getpid(), 9)

    spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 1_000)
    try:
        found = adapter.annotate(spark.read.parquet(str(parquet)), "message")
        assert digest_of([found.mapInArrow(dies, found.schema).toArrow()]) == wanted
    finally:
        spark.conf.unset("spark.sql.execution.arrow.maxRecordsPerBatch")
    assert died.exists()


@pytest.fixture(scope="module")
def ray() -> Iterator[Any]:
    ray = pytest.importorskip("ray", reason="ray is not installed")
    pytest.importorskip("ray.data", reason="ray.data is not installed")
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    yield ray
    ray.shutdown()


@pytest.mark.xdist_group("ray")  # two at once would be given the same processors
@pytest.mark.filterwarnings("ignore")  # Ray's own
def test_ray(ray: Any, parquet: Path, wanted: str) -> None:
    from errdex.arrow.ray import annotate

    found = annotate(ray.data.read_parquet(str(parquet)), "message", actors=2, rows=5_000)
    assert digest_of(found.iter_batches(batch_format="pyarrow")) == wanted


def test_the_rows_are_enough() -> None:
    """They have each kind of text that an engine may trip over, and errors with params, waits and no provider."""
    found = texts()
    assert len(found) > 20_000
    assert sum(text is None for text in found) > 1_000
    assert max(len(text) for text in found if text) > 100_000
    assert sum("\n" in text for text in found if text) > 1_000
    answers = [row for row in map(row_of, map(errdex.detect, filter(None, found[::10]))) if row]
    assert all(any(row[key] for row in answers) for key in answers[0])
    assert any(row["provider"] is None for row in answers)
