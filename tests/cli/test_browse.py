"""`errdex explain` and `errdex list`."""

from __future__ import annotations

import json
import re

from tests.cli.command import run


def test_explain() -> None:
    """An entry's page in the terminal."""
    done = run("explain", "cohere/model-not-found")
    for part in ("Message", "What it means", "Fix", "Sources", "https://docs.cohere.com/reference/errors"):
        assert part in done.stdout
    assert "fails  model: " in done.stdout
    assert "next   switch_model: " in done.stdout
    assert json.loads(run("explain", "--json", "cohere/model-not-found").stdout)["id"] == "cohere/model-not-found"


def test_explain_a_status_or_a_code() -> None:
    """A status lists what it can be; a code leads to its entry."""
    assert "cohere/model-not-found" in run("explain", "404").stdout
    assert run("explain", "insufficient_quota").returncode == 0


def test_explain_prints_regular_expressions() -> None:
    """Each matches the message it stands for; an entry without a message has none."""
    done = run("explain", "cohere/model-not-found", "--regex")
    (line,) = done.stdout.splitlines()
    text = "model 'x-1' not found, make sure the correct model ID was used and that you have access to the model"
    found = re.fullmatch(line, text, re.IGNORECASE)
    assert found
    assert found["model"] == "'x-1'"
    assert not re.search(line, "finetuned model x not found", re.IGNORECASE)
    none = run("explain", "cohere/429", "--regex")
    assert (none.returncode, none.stdout) == (1, "")
    assert "not by a message" in none.stderr
    assert run("explain", "cohere/nothing", "--regex").returncode == 2


def test_explain_names_near_misses() -> None:
    """A wrong id is answered with the right ones."""
    done = run("explain", "cohere/model-not-fuond")
    assert done.returncode == 2
    assert "cohere/model-not-found" in done.stderr


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


def test_list() -> None:
    """The filters narrow the list."""
    done = run("list", "--provider", "cohere", "--category", "rate_limit", "--retryable", "yes", "--json")
    pages = [json.loads(line) for line in done.stdout.splitlines()]
    assert pages
    assert all(page["id"].startswith("cohere/") and page["category"] == "rate_limit" for page in pages)
    assert run("list", "--category", "billing", "--status", "500").returncode == 1
    assert "known providers: " in run("list", "--provider", "nobody").stderr


def test_narrow_terminal() -> None:
    """Ids are never cut."""
    done = run("list", "--provider", "cohere", "--status", "401", "--color", "always", COLUMNS="40")
    assert "cohere/invalid-api-key" in done.stdout
