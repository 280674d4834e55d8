"""A log to try an engine on: `python -m errdex.arrow.sample_log FOLDER` writes it as Parquet, in a folder an hour.

The lines are made up. One in a hundred reports an error of the catalog, and no line is there twice.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from errdex.classifier.default import default_catalog

_START: Final = int(datetime(2026, 11, 21, tzinfo=UTC).timestamp())
_HOURS: Final = 24
_ROWS: Final = 1 << 16  # made at once
_ERRORS: Final = 100  # one line in so many
_KINDS: Final = 2_000  # of innocent lines, and of errors
_LEVELS: Final = ("INFO app.", "DEBUG app.", "INFO access ")
_NAMES: Final = ("chat", "search", "billing", "storage", "worker")
_VERBS: Final = ("loaded", "indexed", "sent", "received", "queued", "checked")
_NOUNS: Final = ("documents", "rows", "messages", "files", "sessions")
_RAISED: Final = (
    "ERROR app.chat Error code: {status} - {{'message': '{message}'}}",
    "ERROR app.chat {provider}: {message}",
    "WARNING app.search request failed: {message}",
)


def write(folder: Path, rows: int, seed: int = 7) -> None:
    """Write the log: `FOLDER/hour=00/part-0.parquet` and so on, with the columns `time` and `message`.

    Args:
        folder: Where to; it may exist already.
        rows: How many lines, spread over the hours of a day.
        seed: Of another one, another log.
    """
    pick = random.Random(seed)  # noqa: S311
    innocent, errors = pa.array(_innocent(pick)), pa.array(_errors(pick))
    done = 0
    for hour in range(_HOURS):
        target = folder / f"hour={hour:02}"
        target.mkdir(parents=True, exist_ok=True)
        upto = rows * (hour + 1) // _HOURS
        with pq.ParquetWriter(target / "part-0.parquet", _SCHEMA) as writer:
            for start in range(done, upto, _ROWS):
                count = min(_ROWS, upto - start)
                writer.write_table(_lines(pick, innocent, errors, start, count, hour, rows))
        done = upto


_SCHEMA: Final = pa.schema([("time", pa.timestamp("s", tz="UTC")), ("message", pa.string())])


def _lines(pick: random.Random, innocent: Any, errors: Any, first: int, count: int, hour: int, rows: int) -> Any:
    """Return some lines of one hour."""
    each = _HOURS * 3600 / max(1, rows)  # seconds
    seconds = [min(_START + int(number * each), _START + hour * 3600 + 3599) for number in range(first, first + count)]
    times = pa.array(seconds, pa.int64()).cast(_SCHEMA.field("time").type)
    said = pa.concat_arrays([innocent, errors])
    kinds = [
        len(innocent) + pick.randrange(len(errors)) if pick.random() * _ERRORS < 1 else pick.randrange(len(innocent))
        for _ in range(count)
    ]
    stamps = pc.strftime(times, "%Y-%m-%dT%H:%M:%S")
    numbers = pa.array(range(first, first + count)).cast(pa.string())
    messages = pc.binary_join_element_wise(
        stamps, said.take(pa.array(kinds)), pc.binary_join_element_wise("request", numbers, "="), " "
    )
    return pa.table([times, messages], schema=_SCHEMA)


def _innocent(pick: random.Random) -> list[str]:
    said = "{}{} {} {} {} in {} ms, job {:016x}, zone {}, host {}-{}"
    choice, number = pick.choice, pick.randrange
    return [
        said.format(
            *(choice(_LEVELS), choice(_NAMES), choice(_VERBS), number(9_000), choice(_NOUNS), number(900)),
            *(pick.getrandbits(64), choice("abc"), choice(_NAMES), number(40)),
        )
        for _ in range(_KINDS)
    ]


def _errors(pick: random.Random) -> list[str]:
    return [
        pick.choice(_RAISED).format(provider=provider, message=message, status=status)
        for provider, message, status in _examples(pick)
    ]


def _examples(pick: random.Random) -> Iterator[tuple[str, str, int]]:
    """Yield providers, messages and statuses of the catalog's errors."""
    entries = [*default_catalog().pages["entries"].values()]
    pick.shuffle(entries)
    found = 0
    for entry in entries:
        texts = [
            text
            for text in entry.get("examples", ())
            if isinstance(text, str) and text.isprintable() and "'" not in text
        ]
        if found < _KINDS and texts and len(texts[0]) < 300:
            status = entry.get("status") or 500
            found += 1
            yield entry["id"].partition("/")[0], texts[0], status[0] if isinstance(status, list) else status


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the log that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m errdex.arrow.sample_log", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="where to write the log")
    parser.add_argument("--rows", type=int, default=100_000, metavar="N", help="how many lines (default: 100000)")
    options = parser.parse_args(arguments)
    write(options.folder, options.rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
