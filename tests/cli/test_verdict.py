"""`errdex classify`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.acme_catalog import write
from tests.cli.command import MODEL, run


def test_classify_prints_a_card() -> None:
    """Id, category, verdict, fix with the value filled in, and where to read on."""
    done = run("classify", MODEL)
    assert done.returncode == 0
    assert done.stderr == ""
    for part in ("cohere/model-not-found", "not_found", "HTTP 404", "no: ", "`xyz`".strip("`"), "errdex explain"):
        assert part in done.stdout
    assert "\x1b" not in done.stdout


def test_the_card_says_what_else_fails_and_what_to_do_next() -> None:
    """And when the limit opens, if a retry does not come first."""
    card = run("classify", MODEL).stdout
    assert "\nfails   model: Every request to this model" in card
    assert "\nnext    switch_model: Use another model." in card
    spent = "You've hit your usage limit. Upgrade to Pro (https://openai.com/chatgpt/pricing) or try again in 5 days 22 hours."
    assert "The limit opens in 5 d 22 h." in run("classify", spent).stdout
    assert "\nretry   no: not before the limit opens\n" in run("classify", spent).stdout
    assert (
        "The limit opens" not in run("classify", "Please wait and try again later", "--header", "retry-after: 7").stdout
    )
    assert "\nnext " not in run("classify", '{"error":{"code":"response_already_completed"}}').stdout
    answer = json.loads(run("classify", "--json", spent).stdout)
    assert (answer["scope"], answer["action"], answer["resets_in"]) == ("account", "wait", 511_200)
    assert answer["is_outage"] is False


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


@pytest.mark.parametrize("text", ["sqlite3.OperationalError: no such table: users", "zzz"])
def test_nothing_found(text: str) -> None:
    """Another program's error, and a text without a known word, are exit status 1, and the card says so."""
    done = run("classify", text)
    assert done.returncode == 1
    assert "no error of an LLM API" in done.stdout
    assert json.loads(run("classify", "--json", text).stdout)["entry"] is None


def test_an_error_that_no_entry_lists() -> None:
    """Its category is told by its wording, how sure that is, and what it is like."""
    text = "Your wallet holds no more credits, please top up your balance"
    card = run("classify", text).stdout
    for part in ("billing", "its wording", "% of such cases", "like "):
        assert part in card
    answer = json.loads(run("classify", "--json", text).stdout)
    assert (answer["entry"], answer["category"], answer["basis"]) == (None, "billing", "wording")
    assert 0.5 < answer["confidence"] <= 1
    assert "\nwording" in run("classify", "--why", text).stdout


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


def test_a_hint_may_be_all_there_is() -> None:
    """A status or code without a text; several words without quotes are one text."""
    for done in (run("classify", "--status", "429"), run("classify", "", "--status", "429")):
        assert (done.returncode, done.stdout.splitlines()[0]) == (0, "http/429")
    assert run("classify", *MODEL.split()).stdout == run("classify", MODEL).stdout


def test_nothing_to_read() -> None:
    """An empty pipe is trouble, not an answer."""
    done = run("classify", stdin="\n")
    assert done.returncode == 2
    assert "nothing to read" in done.stderr


def test_other_errors_are_mentioned() -> None:
    """A text with two errors says that there is more than the card shows."""
    done = run("classify", "CohereAPIError: invalid api token\nCohereAPIError: request cancelled by user")
    assert "--all" in done.stdout


def test_more_of_an_own_entry_names_its_catalog(tmp_path: Path) -> None:
    folder = str(write(tmp_path))
    done = run("classify", "--catalog", folder, "all 4 slots are busy, next one free in 20 seconds")
    more = next(line for line in done.stdout.splitlines() if line.startswith("more"))
    assert more.split(maxsplit=1)[1] == f"errdex explain acme/slots-busy --catalog {folder}"
