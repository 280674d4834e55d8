"""What only lint says: findings, with their reasons in an author's words, and warnings about style."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from errdex.authoring.overlay import read_over
from errdex.authoring.source import Source
from errdex.authoring.values import MAX_FIX, MAX_TITLE
from errdex.classifier.catalog import Catalog
from errdex.cli import CLEAN, FINDINGS, main
from errdex.lint.checks import lint, missing_origin, missing_provider
from errdex.lint.cut_values import cut_value
from errdex.lint.unmatchable import PLAUSIBLE, unmatchable, unmatchable_head
from errdex.model.errors import Issue
from errdex.rules.holes import KINDS, OPEN
from tests.acme_catalog import ENTRY, PROVIDER, changed, write

MESSAGE = "all {count:int} slots are busy, next one free in {retry_after:duration}"
EXAMPLE = '"all 4 slots are busy, next one free in 20 seconds"'


def found(folder: Path, code: str) -> list[Issue]:
    report = lint(folder)
    assert not report.broken, report.issues
    return [issue for issue in report.issues if issue.code == code]


def said_by(check: Callable[[Source], Iterator[Issue]], folder: Path) -> list[Issue]:
    """Run one check, which is quicker."""
    source, mistakes = read_over(folder)
    assert mistakes == []
    return list(check(source))


# Exit status.

WARNINGS = {
    "redundant-retryable": ENTRY + "  retryable: true\n",
    "redundant-scope": ENTRY + "  scope: account\n",
    "redundant-action": ENTRY + "  action: wait\n",
    "long-title": changed("title: All", f"title: {'A' * MAX_TITLE}ll"),
    "long-fix": changed("fix: Send", f"fix: {'S' * MAX_FIX}end"),
    "short-meaning": changed("Every slot of the team works on another request.", "Busy."),
    "bare-seconds": changed("after the time that the message names", "in {retry_after}"),
    "contradiction": ENTRY + "  status: 404\n",
    "long-file": ENTRY + "\n" * 420,
}


@pytest.mark.parametrize("code", WARNINGS)
def test_warnings_count_only_when_strict(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, entry=WARNINGS[code])
    assert [(issue.code, issue.severity) for issue in lint(folder).issues] == [(code, "warning")]
    assert main(["lint", str(folder)]) == CLEAN
    assert main(["lint", "--strict", str(folder)]) == FINDINGS
    printed = capsys.readouterr()
    assert re.search(rf"limits\.yaml:\d+:\d+: warning: .* \[{code}\]", printed.out)
    assert printed.err.count("no findings, 1 warning") == 2


def test_severity_in_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, entry=ENTRY.replace("all 4", "all four") + "  retryable: true\n")
    assert main(["lint", "--json", str(folder)]) == FINDINGS
    printed = capsys.readouterr()
    issues = [json.loads(line) for line in printed.out.splitlines()]
    assert {issue["code"]: issue["severity"] for issue in issues} == {
        "example": "error",
        "redundant-retryable": "warning",
    }
    assert "1 finding, 1 warning" in printed.err


def test_an_action_that_the_verdict_rules_out(tmp_path: Path) -> None:
    issues = lint(write(tmp_path, entry=ENTRY + "  retryable: false\n  action: retry\n")).issues
    assert [issue.code for issue in issues] == ["contradiction"]


def test_a_scope_and_an_action_of_its_own(tmp_path: Path) -> None:
    """What differs from the category is no finding, and is the answer's; a word outside the sets is named."""
    text = "all 4 slots are busy, next one free in 20 seconds"
    folder = write(tmp_path, entry=ENTRY + "  scope: model\n  action: switch_model\n")
    assert lint(folder).issues == []
    answer = Catalog.load(folder).classify(text)
    assert (answer.scope, answer.action, answer.retryable) == ("model", "switch_model", True)
    (issue,) = lint(write(tmp_path, entry=ENTRY + "  scope: modle\n")).issues
    assert issue.message == "`scope` cannot be 'modle'; did you mean `model`?"


def test_a_redundant_verdict_still_holds(tmp_path: Path) -> None:
    """A category whose default changes must not stop a program."""
    catalog = Catalog.load(write(tmp_path, entry=ENTRY + "  retryable: true\n"))
    assert catalog.classify("all 4 slots are busy, next one free in 20 seconds").retryable


# Texts that a comment cuts short.

CUT = [
    ("fix: Send", "fix: Ask FinOps in #finops to send", "fix", "#finops to send the same request again after the time that the message names."),
    ("title: All", "title: \\#1 is busy # All", "title", "# All slots of the team are busy"),
    ("meaning: Every slot", "meaning: Every\n    slot #", "meaning", "# of the team works on another request."),
    (f"messages: [{MESSAGE!r}]".replace("'", '"'), f"messages:\n    - {MESSAGE.replace('next', '#1')}", "messages", "#1 one free in {retry_after:duration}"),
    (f"[{EXAMPLE}]", "\n    - all 4 slots are busy, next one free in 20 seconds #4", "examples", "#4"),
    (f"[{EXAMPLE}]", "\n    - raw: all 4 slots are busy, next one free in 20 seconds #4", "raw", "#4"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "key", "rest"), CUT)
def test_a_comment_cuts_a_text(old: str, new: str, key: str, rest: str, tmp_path: Path) -> None:
    folder = write(tmp_path, entry=changed(old, new))
    (issue,) = said_by(cut_value, folder)
    assert issue.message.startswith(f"`{key}` ends before {rest!r}: everything after ` #` is a YAML comment; put the")
    line = Path(issue.location.path).read_text().splitlines()[issue.location.line - 1]
    assert line[issue.location.column - 1 :] == rest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("category: rate_limit", "category: rate_limit # as documented"),
        ("next one free", "next #1 free"),
        ("title: All slots of the team are busy", "title: All slots of the team are busy  # as on the page"),
        ("title: All slots of the team are busy", "# before it\n  title: >\n    All slots # are busy"),
        ("fix: Send", "fix: Send#it. Send"),
    ],
)
def test_other_comments_cut_nothing(old: str, new: str, tmp_path: Path) -> None:
    assert said_by(cut_value, write(tmp_path, entry=changed(old, new))) == []


# Templates and heads that nothing matches.


@pytest.mark.parametrize(
    ("message", "hole", "advice"),
    [
        ("slot {slot:word}-busy is taken by another", "{slot:word} also takes the '-busy' after it", "{slot:text}, or {slot:int} for a number"),
        ("slot {slot:name}_busy is taken by another", None, None),
        ("slot {slot:url}/busy is taken by another", "{slot:url} also takes the '/busy' after it", "{slot:text}, or {slot:int} for a number"),
        ("slot {slot:int},000 is taken by another", "{slot:int} also takes the ',000' after it", "{slot:text}"),
        ("slot {slot:number}.5 is taken by another", None, None),
        ("slot [{slot:word}] is taken by another", None, None),
        ("slot {slot:word}. It is taken by another", None, None),
    ],
)  # fmt: skip
def test_a_hole_that_takes_too_much(message: str, hole: str | None, advice: str | None, tmp_path: Path) -> None:
    folder = write(tmp_path, entry=changed(MESSAGE, message))
    said = [issue.message for issue in said_by(unmatchable, folder)]
    assert said == ([] if hole is None else [f"no text matches {message!r}: {hole}; use {advice}"])
    if hole is None:
        return
    mended = re.sub(r"\{slot:\w+\}", "{slot:text}", message)
    assert said_by(unmatchable, write(tmp_path, entry=changed(MESSAGE, mended))) == []


@pytest.mark.parametrize(
    ("head", "reason"),
    [
        ("OrbitError[{code:word}] {status:int}: ", None),
        ("{code:word} - Orbit: ", None),
        ("Orbit {code:word}:v1 ", "{code:word} also takes the ':v1' after it; use {code:text}, or {code:int} for a number"),
        ("{code:word}:v1 ", "{code:word} also takes the ':v1' after it; use {code:int} for a number"),
        ("({code:word}) ", "it begins with punctuation, which is skipped before a head; begin with a word"),
    ],
)  # fmt: skip
def test_heads_that_nothing_begins_with(head: str, reason: str | None, tmp_path: Path) -> None:
    folder = write(tmp_path, provider=PROVIDER + f"heads:\n  - {head!r}\n")
    said = [str(issue) for issue in said_by(unmatchable_head, folder)]
    place = f"{folder}/acme/provider.yaml:5:5"
    assert said == (
        [] if reason is None else [f"{place}: no text begins with the head {head!r}: {reason} [unmatchable]"]
    )


def test_a_head_of_brackets_is_read(tmp_path: Path) -> None:
    catalog = Catalog.load(write(tmp_path, provider=PROVIDER + 'heads: ["OrbitError[{code:word}] {status:int}: "]\n'))
    answer = catalog.classify("OrbitError[E17] 503: all 4 slots are busy, next one free in 20 seconds")
    assert (answer.entry, answer.status, answer.code) == ("acme/slots-busy", 503, "E17")


def test_there_is_a_value_for_each_kind() -> None:
    """And each is one of its kind."""
    assert PLAUSIBLE.keys() == KINDS.keys() | OPEN
    assert [
        (kind, value)
        for kind, values in PLAUSIBLE.items()
        for value in values
        if kind not in OPEN and not re.fullmatch(KINDS[kind], value)
    ] == []


# A provider that nothing describes.


def test_a_missing_provider_is_said_with_what_to_paste(tmp_path: Path) -> None:
    folder = write(tmp_path)
    path = folder / "acme" / "provider.yaml"
    path.unlink()
    (issue,) = lint(folder).issues
    assert issue.code == "no-provider"
    said = re.fullmatch(r"nothing describes the provider `acme`; write (\S+): (\{.*\})", issue.message)
    assert said
    assert Path(said[1]) == path
    path.write_text(said[2] + "\n")
    assert lint(folder).issues == []


def test_a_misspelt_provider(tmp_path: Path) -> None:
    (tmp_path / "coheer").mkdir()
    (tmp_path / "coheer" / "limits.yaml").write_text(ENTRY.replace("acme/", "coheer/"))
    (issue,) = said_by(missing_provider, tmp_path)
    assert issue.message.endswith("; or did you mean the provider `cohere`?")
    (tmp_path / "coheer").rename(tmp_path / "cohere")
    (tmp_path / "cohere" / "limits.yaml").write_text(ENTRY.replace("acme/", "cohere/"))
    assert lint(tmp_path).issues == []


# Why an example is not classified as its entry.

MISSED = [
    ("all 4 slots are busy, next one free in a while", "the message has {retry_after:duration} where the text has 'a while'"),
    ("all four slots are busy, next one free in 5 s", "the message has {count:int} where the text has 'four slots are busy, next one free in 5 …'"),
    ("all 4 slots are taken, next one free in 5 s", "the message has 'busy, next one free in ' where the text has 'taken, next one free in 5 s'"),
    ("all 4 slots are", "the message has ' busy, next one free in ' where the text has the end of the text"),
    ("all 4 slots are busy, next one free in 5 s or not", "the message ends before ' or not'"),
    ("yesterday all 4 slots are busy, next one free in 5 s", "'yesterday ' is not known to precede a message; add it to `heads` in acme/provider.yaml"),
    ('{"message": "all 4 slots are busy, next one free in a while"}', "the message has {retry_after:duration} where the text has 'a while'"),
    ("no room", f"no part of it matches {MESSAGE!r}"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "reason"), MISSED)
def test_why_an_example_lands_nowhere(text: str, reason: str, tmp_path: Path) -> None:
    folder = write(tmp_path, entry=changed(EXAMPLE, repr(text)))
    (issue,) = found(folder, "example")
    assert issue.message == f"not recognised: {reason}: {text!r}"


def test_why_without_a_provider(tmp_path: Path) -> None:
    folder = write(tmp_path, entry=changed(EXAMPLE, '"yesterday all 4 slots are busy, next one free in 5 s"'))
    (folder / "acme" / "provider.yaml").unlink()
    (issue,) = found(folder, "example")
    assert "there is no acme/provider.yaml with `heads` to add it to" in issue.message


ITEMS = [
    ("{code: acme_busy}", "'{\"message\": \"busy\", \"code\": \"acme_bsy\"}'", "it requires the code 'acme_busy'; codes read from the text: 'acme_bsy'"),
    ("{field: {state: BUSY}}", "'{\"state\": \"BSY\"}'", "it requires the field state: BUSY; fields read from the text: state: BSY"),
    ("{exception: AcmeBusy}", "busy", "it requires the class AcmeBusy; classes read from the text: none"),
    ("{status: 429, header: {x-busy: present}}", "{raw: HTTP/1.1 429 busy, provider: acme}", "it requires the header x-busy (present); give the example `headers`"),
    ("{status: 429, header: {x-busy: present}}", "{raw: busy, headers: {x-busy: '1'}, provider: acme}", "it requires the status 429, which the text itself must show: `HTTP/1.1 429`"),
    ("{detail: {busyId: '{_:word}Busy'}}", "'{\"message\": \"busy\"}'", "it requires the keys busyId, which the body does not have"),
    ("{message: all slots of the team are in use, code: acme_busy}", "all slots of the team are in use", "it requires the code 'acme_busy'; codes read from the text: none"),
]  # fmt: skip


@pytest.mark.parametrize(("item", "example", "reason"), ITEMS)
def test_why_of_other_items(item: str, example: str, reason: str, tmp_path: Path) -> None:
    text = changed(f"messages: [{MESSAGE!r}]".replace("'", '"'), f"match: [{item}]").replace(EXAMPLE, example)
    (issue,) = found(write(tmp_path, entry=text), "example")
    assert f": {reason}: " in issue.message


def test_why_of_support(tmp_path: Path) -> None:
    text = changed(MESSAGE, "no slots are free").replace(EXAMPLE, '"10:15 there are no slots are free"')
    (issue,) = found(write(tmp_path, entry=text + "  support: required\n"), "example")
    assert "`support: required`: it counts only alone, in a message field, or beside a status" in issue.message


def test_why_of_a_hint(tmp_path: Path) -> None:
    text = changed(EXAMPLE, f"{{raw: {EXAMPLE}, provider: cohere}}")
    (issue,) = found(write(tmp_path, entry=text), "example")
    assert "`provider: cohere` admits only entries of cohere, of `http` and of gateways" in issue.message


def test_why_another_entry_wins(tmp_path: Path) -> None:
    text = changed(EXAMPLE, '\'{"message": "invalid api token", "code": "acme_busy"}\'')
    folder = write(tmp_path, entry=text.replace("  meaning:", "  match: [{code: acme_busy}]\n  meaning:"))
    (issue,) = found(folder, "example")
    assert issue.message.startswith(
        "classified as cohere/invalid-api-key by message: a whole message outranks a specific code or field, which is how"
    )


# A user's own entries need less than ours.


def test_only_the_built_in_catalog_shows_its_sources(tmp_path: Path) -> None:
    folder = write(tmp_path)
    assert lint(folder).issues == []
    (folder / "http").mkdir()
    (folder / "http" / "provider.yaml").write_text("provider: http\nname: Any API\ndocs: https://example.com/\n")
    said = [issue.message.split(":")[0] for issue in said_by(missing_origin, folder)]
    assert said == ["`provenance` is missing", "`sources` is missing", "`verified` is missing"] * 2
    write(tmp_path, entry=ENTRY + "  sources: [https://docs.example.com/errors]\n")
    assert "docs.example.com is a name for documentation" in str(said_by(missing_origin, folder))


@pytest.mark.parametrize("unit", [" seconds", " s"])
def test_seconds_with_their_unit(unit: str, tmp_path: Path) -> None:
    entry = changed("after the time that the message names", f"in {{retry_after}}{unit}")
    assert lint(write(tmp_path, entry=entry)).issues == []


def test_an_http_entry_of_ones_own_is_no_built_in_catalog(tmp_path: Path) -> None:
    """A user may replace one of `http/`."""
    folder = write(tmp_path)
    (folder / "http").mkdir()
    (folder / "http" / "statuses.yaml").write_text((folder / "acme" / "statuses.yaml").read_text())
    assert lint(folder).issues == []
    assert Catalog.load(folder).classify("HTTP/1.1 429 Too Many Requests").title == "Too many requests"


def test_an_entry_without_sources_has_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path)
    answer = Catalog.load(folder).classify("all 4 slots are busy, next one free in 20 seconds")
    assert (answer.entry, answer.source_url) == ("acme/slots-busy", None)
    assert main(["explain", "acme/slots-busy", "--catalog", str(folder)]) == CLEAN
    assert main(["docs", "--catalog", str(folder), "--out", str(folder / "site")]) == CLEAN
    page = (folder / "site" / "errors" / "acme" / "slots-busy.md").read_text()
    assert "checked on" not in page
    assert "Sources" not in page + capsys.readouterr().out


# Messages without Latin words.


def test_a_chinese_message_weighs_more_than_its_characters(tmp_path: Path) -> None:
    """Nine characters say as much as 24 letters; fewer need support, and punctuation alone is no key."""
    messages = {
        "当前部件请求次数已超限": [],
        "部件余额不足": ["support"],
        "（……）——「……」": ["no-key-literal", "support"],
    }
    for number, (message, codes) in enumerate(messages.items()):
        folder = tmp_path / str(number)
        folder.mkdir()
        entry = ENTRY.replace(MESSAGE, message).replace(EXAMPLE, f'"{message}"')
        seen = {issue.code for issue in lint(write(folder, entry=entry)).issues}
        assert sorted(seen & {"no-key-literal", "support"}) == codes


def test_a_name_without_letters_is_a_finding(tmp_path: Path) -> None:
    """Texts are searched for names by their words and letters."""
    report = lint(write(tmp_path, provider=PROVIDER + "names: [—!]\n"))
    assert report.broken
    assert "'—!' needs a letter or a digit, or no text can be searched for it" in str(report.issues)
