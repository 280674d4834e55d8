"""Reports: what is counted, what comes first, and how it is shown."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter.incident import Incident
from errdex.logfilter.redaction import masked
from errdex.logfilter.report_markdown import markdown
from errdex.logfilter.report_page import page
from tests.logfilter.annotated import noted

QUOTA = "Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'code': 'insufficient_quota'}}"
SLOW = "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached for requests', 'code': 'rate_limit_exceeded'}}"
LONG = "cohere.errors.ApiError: status_code: 400, body: {'message': 'too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt, or enabling prompt truncating. See https://docs.cohere.com for more details.'}"
LOG = [
    *(f"2026-11-21 10:{minute:02}:00 ERROR a {SLOW}" for minute in range(30)),
    "2026-11-21 10:01:00 INFO fine",
    f"2026-11-21 10:07:00 ERROR a key=sk-proj-Ab3dEf6hIj9kLm2nOp5q by jo@example.com {QUOTA}",
    f"2026-11-21 09:59:00 ERROR a {LONG}",
    f"2026-11-22 09:59:00 ERROR a {LONG}",
]


def incident_of(catalog: Catalog, lines: list[str]) -> Incident:
    incident = Incident()
    noted(catalog, "".join(f"{line}\n" for line in lines).encode(), seen=incident.add)
    return incident


def test_counts_times_and_order(catalog: Catalog) -> None:
    """The most frequent first in the list; first to do is what no retry cures and what hits more than one request."""
    incident = incident_of(catalog, LOG)
    assert incident.total == 33
    assert [(group.entry, group.errors) for group in incident.groups] == [
        ("openai/rate-limit-exceeded", 30),
        ("cohere/prompt-too-long", 2),
        ("openai/insufficient-quota", 1),
    ]
    long = incident.groups[1]
    assert (long.first, long.last) == ("2026-11-21 09:59", "2026-11-22 09:59")
    assert [group.entry for group in incident.first_steps] == [
        "openai/insufficient-quota",
        "cohere/prompt-too-long",
        "openai/rate-limit-exceeded",
    ]
    bars, step = incident.bars
    assert sum(sum(bar.categories.values()) for bar in bars) == 33
    assert len(bars) <= 49
    assert step.total_seconds() == 3600
    assert not incident_of(catalog, ["fine"]).groups


def test_counts_of_several_processes_add_up(catalog: Catalog) -> None:
    """In whatever order they come, as JSON."""
    whole, parts = incident_of(catalog, LOG), [incident_of(catalog, LOG[:20]), incident_of(catalog, LOG[20:])]
    for order in (parts, parts[::-1]):
        total = Incident()
        for part in order:
            total.add_counts(json.loads(json.dumps(part.counts())))
        expected, found = whole.to_dict(), total.to_dict()
        for said in (expected, found):
            for entry in said["entries"]:
                del entry["sample"], entry["fix"]  # those of the first that was added
        assert found == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("key=sk-proj-Ab3dEf6hIj9kLm2nOp5q", "key=[secret]"),
        ("postgres://bob:hunter22@db/x", "postgres://[secret]@db/x"),
        ("mail jo.doe+x@example.co.uk now", "mail [e-mail] now"),
        ("req=7 status_code: 429 tokens: 8192", "req=7 status_code: 429 tokens: 8192"),
    ],
)
def test_secrets_and_addresses_are_masked(text: str, shown: str) -> None:
    assert masked(text) == shown


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> `code` | *x* \x1b[31m ‮ \" ' & ]]> --> "


def test_a_page_holds_nothing_but_itself(catalog: Catalog) -> None:
    """No script, nothing to load, and what a log says is text; with the names of files, too."""
    incident = incident_of(catalog, [*LOG, f"2026-11-21 10:00:00 ERROR {HOSTILE} openai: {QUOTA}"])
    incident.add(HOSTILE.encode(), (0, 9), (0, 9), catalog.classify(f"{HOSTILE} model '{HOSTILE}' not found"))
    text = page(incident, [HOSTILE])
    found = _Tags(text)
    assert {"script", "img", "link", "iframe"}.isdisjoint(found.tags)
    assert all(link.startswith("https://") for link in found.links)
    assert "url(" not in text
    assert "default-src 'none'" in text
    assert "sk-proj" not in text
    assert "jo@example" not in text
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f‮]", text)
    assert "No API error was found" in page(Incident(), ["x"])


def test_markdown_and_json_say_the_same(catalog: Catalog) -> None:
    incident = incident_of(catalog, LOG)
    text, said = markdown(incident, ["app.log"]), json.loads(json.dumps(incident.to_dict()))
    for entry in said["entries"]:
        assert f"| {entry['errors']:,} | [{entry['entry']}](" in text
        assert entry["sample"] in text
        assert entry["sample"] in page(incident, ["app.log"]).replace("&#x27;", "'").replace("&quot;", '"')
    assert said["first_steps"][0] == "openai/insufficient-quota"
    assert "1. **The credit" in text
    assert "sk-proj" not in text + json.dumps(said)
