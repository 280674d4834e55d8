"""The scripts of `errdex export` in DuckDB and ClickHouse: what they create is the catalog, and its filters find errors."""

from __future__ import annotations

from typing import Any

import pytest

import errdex
from errdex.export.rows import keys, messages
from errdex.export.serialisers import clickhouse, duckdb

TEXTS = [
    ("ERROR Cohere: invalid api token", True),
    ("openai.RateLimitError: Error code: 429 - {'error': {'message': 'x'}}", True),
    ("HTTP/1.1 503 Service Unavailable", True),
    ("all is well", False),
]
ENTRY = "cohere/invalid-api-key"


def test_texts() -> None:
    assert all(bool(errdex.detect(text)) is is_error for text, is_error in TEXTS)


def test_duckdb() -> None:
    package = pytest.importorskip("duckdb", reason="duckdb is not installed")
    catalog = errdex.default_catalog()
    with package.connect() as connection:
        for table in (messages(catalog), keys(catalog)):
            script = "".join(duckdb(table))
            connection.execute(script)
            connection.execute(script)  # again, in its place
            assert connection.execute(f"select * from {table.name}").fetchall() == table.rows
        found = connection.execute(
            "select exists(select 1 from errdex_keys where regexp_matches(lower(text), filter)) from (select unnest(?) as text)",
            [[text for text, _ in TEXTS]],
        ).fetchall()
        assert found == [(is_error,) for _, is_error in TEXTS]
        (entry,) = connection.execute(
            "select distinct entry from errdex_messages where contains(lower(?), literal) and provider = 'cohere'",
            [TEXTS[0][0]],
        ).fetchall()
        assert entry == (ENTRY,)


def test_clickhouse() -> None:
    chdb = pytest.importorskip("chdb.session", reason="chdb is not installed")
    catalog = errdex.default_catalog()
    session: Any = chdb.Session()
    for table in (messages(catalog), keys(catalog)):
        for statement in "".join(clickhouse(table)).split(";\n"):
            if statement:
                session.query(statement)
        assert int(str(session.query(f"select count() from {table.name}"))) == len(table.rows)
    assert str(session.query(f"select any(title) from errdex_messages where entry = '{ENTRY}'")).strip() == (
        f'"{catalog.entry(ENTRY).title}"'
    )
    filters = "(select groupArray(assumeNotNull(filter)) from errdex_keys where filter is not null)"
    texts = ", ".join("'" + text.replace("'", "\\'") + "'" for text, _ in TEXTS)
    found = session.query(
        f"select arrayExists(one -> match(lower(text), one), {filters}) from (select arrayJoin([{texts}]) as text)"
    )
    assert str(found).split() == [str(int(is_error)) for _, is_error in TEXTS]
    session.close()
