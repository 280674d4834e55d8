"""The command line, as a user runs it: in a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."
ROOT = Path(__file__).parent.parent


def run(*arguments: str, stdin: str | bytes = "", **environment: str) -> subprocess.CompletedProcess[str]:
    data = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [sys.executable, "-m", "errdex", *arguments],
        input=data,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error", "COLUMNS": "100", **environment},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_classify_prints_a_card() -> None:
    """Id, category, verdict, fix with the value filled in, and where to read on."""
    done = run("classify", MODEL)
    assert done.returncode == 0
    assert done.stderr == ""
    for part in ("cohere/model-not-found", "not_found", "HTTP 404", "no: ", "`xyz`".strip("`"), "errdex explain"):
        assert part in done.stdout
    assert "\x1b" not in done.stdout


def test_classify_json() -> None:
    """One object a line, with a schema number."""
    done = run("classify", "--json", MODEL)
    answer = json.loads(done.stdout)
    assert (answer["schema"], answer["entry"], answer["params"]) == (1, "cohere/model-not-found", {"model": "xyz"})


@pytest.mark.parametrize("arguments", [("classify",), ("classify", "-")])
def test_classify_reads_standard_input(arguments: tuple[str, ...]) -> None:
    """A pipe is the usual way in."""
    assert (
        "cohere/model-not-found" in run(*arguments, stdin=f"status_code: 404, body: { ({'message': MODEL}) }\n").stdout
    )


def test_classify_binary_input() -> None:
    """Bytes that are no text do no harm."""
    done = run("classify", stdin=b"\xff\xfe\x00 CohereAPIError: invalid api token \x80")
    assert done.stderr == ""
    assert done.returncode in (0, 1)


def test_nothing_found() -> None:
    """A text that is no error is exit status 1, and says so."""
    done = run("classify", "all is well")
    assert done.returncode == 1
    assert "no API error" in done.stdout
    assert json.loads(run("classify", "--json", "all is well").stdout)["entry"] is None


def test_why_shows_evidence_and_runners_up() -> None:
    """Every verdict can be explained."""
    done = run("classify", "--why", f"status_code: 404, body: { ({'message': MODEL}) }")
    for part in ("evidence", "candidates", "cohere/model-not-found", "http/404", "status"):
        assert part in done.stdout


def test_why_keeps_square_brackets() -> None:
    """What looks like markup is text."""
    assert (
        "key [texts] not found" in run("classify", "--why", "Error code: 400 - Malformed: key [texts] not found").stdout
    )


def test_all_answers() -> None:
    """Several errors in one text give several answers, each once."""
    text = "CohereAPIError: invalid api token\nCohereAPIError: no api key supplied"
    lines = [json.loads(line) for line in run("classify", "--all", "--json", text).stdout.splitlines()]
    ids = [line["entry"] for line in lines]
    assert {"cohere/invalid-api-key", "cohere/no-api-key"} <= set(ids)
    assert len(ids) == len(set(ids))


def test_hints() -> None:
    """What the caller knows is taken."""
    done = run(
        "classify", "--json", "--status", "429", "--provider", "cohere", "--header", "Retry-After: 7", "slow down"
    )
    answer = json.loads(done.stdout)
    assert (answer["entry"], answer["retry_after"]) == ("cohere/429", 7.0)


def test_control_characters_stay_out_of_the_terminal() -> None:
    """A hostile message cannot write to the terminal."""
    done = run(
        "classify",
        "--why",
        "model '\x1b]0;evil\x07' not found, make sure the correct model ID was used and that you have access to the model.",
    )
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"),
    [
        ({}, (), False),
        ({}, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, (), True),
        ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
    ],
)
def test_colour(environment: dict[str, str], arguments: tuple[str, ...], coloured: bool) -> None:
    """Colour when asked for, never in a pipe by itself."""
    done = run("classify", *arguments, MODEL, TERM="xterm-256color", **environment)
    assert ("\x1b[3" in done.stdout or "\x1b[1;3" in done.stdout) is coloured


def test_explain() -> None:
    """An entry's page in the terminal."""
    done = run("explain", "cohere/model-not-found")
    for part in ("Message", "What it means", "Fix", "Sources", "https://docs.cohere.com/reference/errors"):
        assert part in done.stdout
    assert json.loads(run("explain", "--json", "cohere/model-not-found").stdout)["id"] == "cohere/model-not-found"


def test_explain_a_status_or_a_code() -> None:
    """A status lists what it can be; a code leads to its entry."""
    assert "cohere/model-not-found" in run("explain", "404").stdout
    assert run("explain", "insufficient_quota").returncode == 0


def test_explain_names_near_misses() -> None:
    """A wrong id is answered with the right ones."""
    done = run("explain", "cohere/model-not-fuond")
    assert done.returncode == 2
    assert "cohere/model-not-found" in done.stderr


def test_list() -> None:
    """The filters narrow the list."""
    done = run("list", "--provider", "cohere", "--category", "rate_limit", "--retryable", "yes", "--json")
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert pages
    assert all(page["id"].startswith("cohere/") and page["category"] == "rate_limit" for page in pages)
    assert run("list", "--category", "billing", "--status", "500").returncode == 1
    assert "known are" in run("list", "--provider", "nobody").stderr


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"]], ids=["table", "json"])
def test_closed_output(arguments: list[str]) -> None:
    """`| head` ends quietly with 141."""
    with subprocess.Popen(
        [sys.executable, "-m", "errdex", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait() == 141


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("classify", "--header", "nonsense", "x"), "NAME: VALUE"),
        (("list", "--category", "nonsense"), "invalid choice"),
        (("classify", "--catalog", "/nowhere", "x"), "no such folder"),
    ],
)
def test_trouble(arguments: tuple[str, ...], said: str) -> None:
    """Trouble is exit status 2 and says what to do."""
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help() -> None:
    """Help teaches with examples."""
    assert run("--version").stdout.startswith("errdex ")
    assert "examples:" in run("--help").stdout
    for command in ("classify", "explain", "list", "lint", "build", "schema"):
        assert run(command, "--help").returncode == 0


def test_schema_is_current() -> None:
    """The schema that editors use is what the models say."""
    assert run("schema", "--out", "catalog/schema.json", "--check").returncode == 0


def test_lint_and_build(tmp_path: Path) -> None:
    """The shipped catalog is clean, and builds to the same bytes twice."""
    assert run("lint", "catalog", "--strict").returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "a")).returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "a"), "--check").returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "b")).returncode == 0
    for name in ("rules.json", "pages.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    (tmp_path / "a" / "rules.json").write_text("{}")
    done = run("build", "catalog", "--out", str(tmp_path / "a"), "--check")
    assert done.returncode == 1
    assert "errdex build" in done.stderr


def test_build_does_not_overwrite_the_package(tmp_path: Path) -> None:
    """A catalog of somebody's own is not built into the installed package."""
    done = run("build", str(tmp_path))
    assert done.returncode == 2
    assert "--out" in done.stderr


def test_missing_paths() -> None:
    """A path that is not there is said, not searched around."""
    done = run("lint", "no-such-folder")
    assert done.returncode == 2
    assert "no such file or folder" in done.stderr


def test_nothing_to_read() -> None:
    """An empty pipe is trouble, not an answer."""
    done = run("classify", stdin="\n")
    assert done.returncode == 2
    assert "nothing to read" in done.stderr


def test_explain_takes_categories_and_any_case() -> None:
    """What a person types leads somewhere."""
    assert "cohere/requests-per-minute" in run("explain", "rate_limit").stdout
    assert run("explain", "INSUFFICIENT_QUOTA").returncode == 0
    assert "http/4xx" in run("explain", "4xx").stdout


def test_explain_does_not_wrap_what_is_copied() -> None:
    """Code and messages stand on their lines as they are."""
    done = run("explain", "cohere/model-not-found")
    line = next(line for line in done.stdout.splitlines() if "curl" in line and "http" in line)
    assert "Authorization" in line
    assert line == line.rstrip()


def test_narrow_terminal() -> None:
    """Ids are never cut."""
    done = run("list", "--provider", "cohere", "--status", "401", "--color", "always", COLUMNS="40")
    assert "cohere/invalid-api-key" in done.stdout


def test_other_errors_are_mentioned() -> None:
    """A text with two errors says that there is more than the card shows."""
    done = run("classify", "CohereAPIError: invalid api token\nCohereAPIError: request cancelled by user")
    assert "--all" in done.stdout
