"""`errdex export`: the same rows in every format."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

import errdex
from errdex.classifier.catalog import Catalog
from errdex.export.rows import TABLES, keys, messages
from errdex.export.serialisers import as_csv, jsonl
from errdex.rules.normal_form import fold, normalise
from tests import acme_catalog
from tests.catalog.messages import Message
from tests.cli.command import run


def test_every_message_has_a_row(catalog: Catalog) -> None:
    table = messages(catalog)
    found = {row[0] for row in table.rows}
    assert {name for name, entry in catalog.pages["entries"].items() if entry.get("messages")} <= found
    row = next(dict(zip(table.columns, row, strict=True)) for row in table.rows if row[0] == "cohere/invalid-api-key")
    entry = catalog.entry("cohere/invalid-api-key")
    assert (row["category"], row["retryable"], row["fix"]) == (entry.category, entry.retryable, entry.fix)
    assert row["page"] == errdex.classify("invalid api token").docs_url


def test_filters_find_their_messages(catalog: Catalog, every_message: list[Message]) -> None:
    """Each message of the catalog contains the literal of one of its entry's rows, and a key."""
    table = messages(catalog)
    filters: dict[str, list[str]] = {}
    for row in table.rows:
        one = dict(zip(table.columns, row, strict=True))
        filters.setdefault(one["entry"], []).append(one["filter"] or "")
    every = [re.compile(row[2]) for row in keys(catalog).rows if row[0] != "pattern" and row[2]]
    for number, message in enumerate(every_message):
        text = fold(normalise(message.text)).replace("\n", " ")
        own = filters.get(message.entry.id)  # none if its messages count with something else only
        assert own is None or any(re.search(one, text) for one in own), message
        if number % 20 == 0:
            assert any(one.search(text) for one in every), message


def test_formats_have_the_same_rows(catalog: Catalog) -> None:
    for name in TABLES:
        table = TABLES[name](catalog)
        objects = [json.loads(line) for line in jsonl(table)]
        assert [tuple(row.values()) for row in objects] == table.rows
        head, *lines = csv.reader(io.StringIO("".join(as_csv(table)), newline=""))
        assert tuple(head) == tuple(table.columns)
        assert len(lines) == len(table.rows)
        assert [line[-1] for line in lines] == [row[-1] or "" for row in table.rows]


def test_the_command(tmp_path: Path) -> None:
    """Prints or writes, with your own catalog on top."""
    acme = acme_catalog.write(tmp_path)
    done = run("export", "--format", "jsonl", "--catalog", str(acme))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    (mine,) = [row for row in rows if row["provider"] == "acme"]
    assert (mine["entry"], mine["retryable"], mine["page"]) == ("acme/slots-busy", True, None)
    assert mine["literal"] == "slots are busy, next one free in"
    out = tmp_path / "keys.csv"
    done = run("export", "--format", "csv", "--table", "keys", "--out", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert re.fullmatch(r"wrote \d+ rows to .*keys\.csv\n", done.stderr)
    assert out.read_text("utf-8").startswith("kind,key,filter")
    assert run("export").returncode == 2
    assert "examples:" in run("export", "--help").stdout


@pytest.mark.parametrize("format_", ["duckdb", "clickhouse"])
def test_scripts_quote_everything(format_: str) -> None:
    """A quotation mark or a backslash in a text ends no string."""
    from errdex.export.rows import Table
    from errdex.export.serialisers import FORMATS

    table = Table("t", {"a": "text", "b": "bool", "c": "float"}, [("it's \\ 'x'", True, None), ("", False, 1.5)])
    script = "".join(FORMATS[format_](table))
    quoted = {"duckdb": "('it''s \\ ''x''', true, NULL)", "clickhouse": "('it\\'s \\\\ \\'x\\'', true, NULL)"}
    assert quoted[format_] in script
    assert script.endswith("('', false, 1.5);\n")
