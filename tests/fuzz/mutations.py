"""Texts of the corpus, mutated: mojibake, colours, escapes, case, cuts, odd blanks, typos, pieces of others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from random import Random

from errdex.rules.compiled import read_pages
from tests import ROOT

ODD = (
    *("\t", "  ", "\x0b", "\x0c", "\x1c", "\x1d", "\x85", "\xa0", "\u1680", "\u2003", "\u2028", "\u2029", "\u202f", "\u3000"),
    *("\r", "\\_", "\\*", "\\n", "\\", "<br>", "<html>", "</html>", "\0", "\u200b", "\ufeff", "\u202e", "ſ", "K", "İ"),
    *("’", "“", "\x1b[31m", "\x1b[0m", "\x1b]8;;x\x07", "â€™", "Â ", "`", "*", "\\u0041", "\\u00a0", "\\u0020", '\\"', "\x7f", "😀"),
)  # fmt: skip
HEADS = (
    *("", "", "2026-11-21 10:00:00 ERROR app: ", "[error] ", "failed: ", "error=", "cohere: ", "- ", "> ", "| ", "Error code: 429 - "),
    *('{"level":"error","message":"', "HTTP/1.1 503 ", "openai.RateLimitError: ", "status_code: 400, body: {'message': '", "raise X('"),
)  # fmt: skip
TAILS = ("", "", ".", "'}", '"}', '"}}', " (request id: abc)", " status 429", " retry-after: 5", "…", "}", "\r")


def seeds() -> list[str]:
    """Return what the mutations begin with: examples of every entry, and innocent lines."""
    found: list[str] = []
    for page in read_pages()["entries"].values():
        examples = [*page.get("examples", ()), *page.get("counterexamples", ())][:4]
        found += [example if isinstance(example, str) else example["raw"] for example in examples]
    return found + (ROOT / "tests" / "data" / "innocent_lines.txt").read_text("utf-8").splitlines()


def mutated(text: str, pick: Random, others: list[str]) -> str:
    """Return a text with up to three changes."""
    if pick.random() < 0.5:
        text = pick.choice(HEADS) + text + pick.choice(TAILS)
    for _ in range(pick.choice((0, 1, 1, 2, 3))):
        place = pick.randrange(len(text) + 1)
        kind = pick.random()
        if kind < 0.4:
            blanks = [index for index, char in enumerate(text) if char == " "]
            place = pick.choice(blanks) if blanks else place
            text = text[:place] + pick.choice(ODD) + text[place + 1 :]
        elif kind < 0.6:
            text = text[:place] + pick.choice(ODD) + text[place:]
        elif kind < 0.7:
            text = text[:place] + text[place + pick.randrange(1, 4) :]
        elif kind < 0.78:
            text = pick.choice((str.upper, str.lower, str.swapcase))(text)
        elif kind < 0.85:
            text = text[: max(24, place)]
        elif kind < 0.9:
            text = json.dumps(text)[1:-1]
        elif kind < 0.95:
            other = pick.choice(others)
            text = text[:place] + other[: pick.choice((8, 30, 200))] + text[place:]
        else:
            text = text[:place] + text[place : place + 3][::-1] + text[place + 3 :]
    return text


def lines(count: int, seed: int) -> Iterator[str]:
    """Yield mutated lines, as a log has them."""
    pick, others = Random(seed), seeds()
    for _ in range(count):
        line = mutated(pick.choice(others), pick, others).replace("\n", " ")[:20_000]
        yield line.encode("utf-8", "replace").decode().rstrip("\r")
