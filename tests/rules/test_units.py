"""The unit matcher means what the regex of a template says, and stays linear."""

from __future__ import annotations

from functools import partial

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts
from errdex.lint.example_checks import raw
from errdex.lint.reference import regex_match, unit_match
from errdex.match.param_values import convert
from errdex.rules import units
from errdex.rules.normal_form import fold, normalise
from tests.conftest import Share
from tests.growth import MOST, growth
from tests.renderings import RENDERINGS


def plain(template: str) -> list:
    return [part if isinstance(part, str) else list(part) for part in compile_parts(template)]


def bare(value: str) -> str:
    """Return a value on one line, without closing punctuation."""
    return value.replace("\n", " ").strip().rstrip(" .,;:!?'…)]}>|*\\。，、；：！？）】」》")


@pytest.mark.once
def test_units_agree_with_the_regex_on_the_catalog(source: Source, pytestconfig: pytest.Config) -> None:
    """Both find a template in the same of all examples, renderings and counterexamples, with the same values.

    Every 24th template is tried, or with `--thorough` all.
    """
    texts = sorted(
        {raw(item) for entry in source.entries.values() for item in (*entry.examples, *entry.counterexamples)}, key=len
    )
    # what clients append behind a message is the matcher's business, not the template's
    appended = r"\([^()]*\)\s*$|Retrying in \d|\.\.\.['\")]*$"
    texts = [text for text in texts if len(text) < 400 and not regex.search(appended, text)]
    shown = [
        (text, fold(normalise(text).strip())) for text in dict.fromkeys(r(text) for text in texts for r in RENDERINGS)
    ]
    templates = {item.message for entry in source.entries.values() for item in entry.items if item.message}
    checked = 0
    for template in sorted(templates)[:: 1 if pytestconfig.getoption("thorough") else 24]:
        parts = compile_parts(template)
        start = next(part for part in parts if isinstance(part, str)).strip()[:12]
        at_start = isinstance(parts[0], str)
        for text in (text for text, low in shown if (low.startswith(start) if at_start else start in low)):
            got, wanted = unit_match(template, text), regex_match(template, text)
            assert (got is None) == (wanted is None), (template, text)
            if got is not None and wanted is not None:
                checked += 1
                # an open hole at the end leaves out closing punctuation, which the regex may leave to it
                assert {name: bare(value) for name, value in got.items()} == {n: bare(v) for n, v in wanted.items()}
    assert checked > 200


@given(
    before=st.text(alphabet="ab '", max_size=6),
    value=st.integers(-5_000, 5_000),
    name=st.text(alphabet="abc-/.: ", max_size=8),
    after=st.text(alphabet="ab .'", max_size=6),
)
def test_units_agree_with_the_regex_on_anything(before: str, value: int, name: str, after: str) -> None:
    """No text tells the two apart."""
    template = "limit of {n:int} for {name:name} is over: {_:text} again"
    text = f"{before}limit of {value} for '{name}' is over: {after} again {after}"
    assert (unit_match(template, text) is None) == (regex_match(template, text) is None)


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        ("limit {n:int} - received {m:int}", "Limit 2,401 - received 1_000.", {"n": 2401, "m": 1000}),
        ("between {a:number} and {b:number}.", "between -0.5 and 1e-3", {"a": -0.5, "b": 0.001}),
        ("model {m:name} not found", "model ‘my-org/x-ft:v2’ not found", {"m": "my-org/x-ft:v2"}),
        ("model {m:name} not found", 'model "a b" not found', {"m": "a b"}),
        ("connector {c:name} not found", "connector ” not found.", {"c": ""}),
        ("connector {c:name} not found", "connector '' not found", {"c": ""}),
        ("See {u:url} for more", "see https://x.y/z?a=1#b for more", {"u": "https://x.y/z?a=1#b"}),
        ("See {u:url}", "see <https://x.y/z>.", {"u": "https://x.y/z"}),
        ("try again in {w:duration}", "Try again in 1m30s.", {"w": 90.0}),
        ("try again in {w:duration}", "try again in 6ms", {"w": 0.006}),
        ("one of {l:list}.", "one of 'a', 'b', or 'c'.", {"l": ("a", "b", "c")}),
        ("one of {l:list}", "one of a, b and c", {"l": ("a", "b", "c")}),
        (
            "field {f:word}: {r:text}",
            "field messages[2].role: must be set",
            {"f": "messages[2].role", "r": "must be set"},
        ),
        ("key [{k:word}] is bad", "key [texts] is bad", {"k": "texts"}),
        ("too many tokens: {d:text}", "too many tokens:", {"d": ""}),
        ("use {{x}} in {n:int}", "use {x} in 3", {"n": 3}),
    ],
)
def test_holes(template: str, text: str, values: dict) -> None:
    """Each kind takes what it says and gives a value of its type."""
    normal = normalise(text).strip()
    found = units.match(plain(template), normal, fold(normal), 0, len(normal), closed=True)
    assert found is not None
    assert {name: convert(kind, value) for name, (kind, value) in found[1].items()} == values


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("request cancelled", "request cancelled by user"),
        ("no api key supplied", "there is no api key supplied in the docs"),
        ("limit {n:int} reached", "limit ten reached"),
        ("model {m:name} not found", "model not found"),
        ("api calls / minute", "api calls / month"),
    ],
)
def test_what_a_template_leaves_alone(template: str, text: str) -> None:
    """A message is matched from its start to its end."""
    assert unit_match(template, text) is None
    assert regex_match(template, text) is None


def hostile(parts: list, size: int) -> list[str]:
    """Texts that make a backtracking matcher slow: its own literals, over and over."""
    literals = [part for part in parts if isinstance(part, str)]
    first, last = literals[0], literals[-1]
    filler = "9" if any(not isinstance(part, str) and part[1] in ("int", "number") for part in parts) else "x"
    texts = [
        (first + filler) * (size // (len(first) + 1)),
        first + (last + filler) * (size // (len(last) + 1)),
        (first + filler + " ") + "".join(literals[1:-1]) * (size // max(sum(map(len, literals[1:-1])), 1)),
        first + filler * size,
        first + "'" * size,
    ]
    return [text[:size] for text in texts]


@pytest.mark.once
def test_hostile_texts_take_linear_time(source: Source, share: Share) -> None:
    """No template takes more than in proportion for a longer text, whatever it holds.

    Every third template is tried, or with `--thorough` all.
    """
    rules, _ = compile_source(source)
    slow = []
    for row in share(rules["templates"], 0, parts=3):
        for number in range(len(hostile(row[1], 1))):
            ratio = growth(
                lambda size, row=row, number=number: partial(match, row[1], hostile(row[1], size)[number]), (10_000,)
            )
            if ratio > MOST:
                slow.append((row[1], number, ratio))
    assert slow == []


def match(parts: list, text: str) -> None:
    low = fold(text)
    units.match(parts, text, low, 0, len(text), closed=True)
    units.match_cut(parts, text, low, 0, len(text), 0)
