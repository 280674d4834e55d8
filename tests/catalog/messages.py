"""Every message of the catalog by itself, with what it needs beside it to be its entry's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from errdex.authoring.schema import Entry, Match
from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts, parse, to_regex
from errdex.classifier.catalog import Catalog
from errdex.lint import example_checks
from errdex.read.formats.embedded import find_bodies
from errdex.rules.normal_form import fold, normalise

_CLOSING = r"[ .,;:!?'。，、；：！？]*"
_LABELS = regex.compile(r": | - |(?<!\d)[45]\d\d |^", regex.MULTILINE)
_VALUES = {
    "int": "2,401",
    "number": "0.5",
    "word": "embed-v3",
    "name": "'command-x'",
    "url": "https://api.test/v1",
    "duration": "20s",
    "list": "'a', 'b'",
    "text": "as it was sent",
    "secret": "sk-abcdefgh12345678",
}


class Message(NamedTuple):
    """A message as an API sends it, of the entry whose template it fills."""

    entry: Entry
    text: str
    hints: dict[str, Any]
    """With these it is its entry's: what the example gives, and the provider or status if a short wording needs them."""
    beside: str
    """What the entry asks for beside the message and the text therefore holds: an `exception`, a `body`, or nothing."""


ANOTHERS_WORDS = {
    "anthropic/sdk-no-credentials", "azure_openai/sdk-missing-credentials", "bedrock/resource-not-found",
    "google/no-free-quota", "google/quota-metric-exceeded", "google/sdk-legacy-blocked",
    "groq/property-unsupported", "http/messages-empty", "llamacpp/template-refused", "lmstudio/template-failed",
    "moonshot/engine-overloaded", "moonshot/invalid-authentication", "ollama/architecture-unknown",
    "openai/missing-parameter", "qwen/content-value", "vllm/engine-dead", "vllm/media-url-not-fetched",
    "watsonx/model-not-supported",
}  # fmt: skip
"""Entries whose wording others have too, or within one of their own: in some wrapper, or in a log, it is theirs."""
GAPS = {
    "anthropic/version-header-not-valid", "bedrock/account-not-allowed", "cloudflare/model-name-invalid",
    "cloudflare/request-timeout", "cloudflare/request-too-large", "cohere/other-wrong-type", "fireworks/invalid-api-key",
    "google/credentials-file-invalid", "groq/streaming-not-supported", "huggingface/endpoint-paused",
    "llamacpp/schema-conversion-failed", "mistral/invalid-model", "nvidia/request-body-unreadable",
    "ollama/disk-full", "ollama/registry-access-denied", "openai/image-limit-reached", "openai/input-invalid",
    "qwen/parameter-range", "sglang/internal-error", "vllm/cache-salt-invalid", "volcengine/body-json",
    "volcengine/function-calling", "watsonx/tool-choice-not-supported", "watsonx/unexpected-keyword",
    "zhipu/input-empty", "zhipu/parameters-wrong",
}  # fmt: skip
"""Entries one of whose messages is not found in every rendering or wrapper: a body with typographic quotes is no body, an
unbalanced quote or bracket ends a quotation, a colour code or a line break stands within the words."""
EXCEPTED = ANOTHERS_WORDS | GAPS


def messages(source: Source, catalog: Catalog) -> tuple[list[Message], list[str]]:
    """Return the messages of all entries, each text of an entry once, and the templates of which there is none."""
    found: dict[tuple[str, str], Message] = {}
    without = []
    for entry in source.entries.values():
        for item in entry.items:
            if item.message is None:
                continue
            texts = list(_shown(entry, item)) or list(_made_up(item))
            beside = "exception" if item.exception else "body" if item.field or item.detail else ""
            taken = [
                Message(entry, text, hints, beside)
                for text, given in texts
                for hints in _supporting(entry, text, given, catalog)
            ]
            found.update({(entry.id, message.text): message for message in taken})
            if not taken:
                without.append(f"{entry.id}: {item.message}")
    return list(found.values()), without


def _shown(entry: Entry, item: Match) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the texts in an entry's examples that fill an item's template, with the hints of the examples."""
    template = str(item.message)
    literal = next(part for part in compile_parts(template) if isinstance(part, str)).strip()
    pattern = None
    for example in entry.examples:
        shown = example_checks.raw(example)
        if literal not in fold(normalise(shown)):
            continue
        given = example_checks.hints(example) | ({"code": item.code} if item.code else {})
        if item.exception or item.field or item.detail or shown.startswith("<"):
            yield shown, given  # the message alone is not the entry's, or it is a page
            continue
        pattern = pattern or regex.compile(to_regex(template) + _CLOSING, regex.IGNORECASE)
        for text in _parts(shown):
            if pattern.fullmatch(normalise(text).strip()):
                yield text, given
                break


def _made_up(item: Match) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield a template that no example shows, filled with typical values."""
    if item.field or item.detail:
        return  # what the body must hold beside the message only an example can show
    text = "".join(part if isinstance(part, str) else _VALUES[part.kind] for part in parse(str(item.message)))
    yield f"{item.exception}: {text}" if item.exception else text, {"code": item.code} if item.code else {}


def _parts(text: str) -> Iterator[str]:
    """Yield a text, the strings of the bodies in it, and what stands behind labels in its lines."""
    yield text
    for body in find_bodies(text):
        yield from _strings(body.value)
    for label in _LABELS.finditer(text):
        rest = text[label.end() :]
        yield rest
        yield rest.partition("\n")[0]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _parts(value) if "{" in value else [value]
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _supporting(entry: Entry, text: str, given: dict[str, Any], catalog: Catalog) -> Iterator[dict[str, Any]]:
    """Yield the fewest hints with which a text is its entry's, if there are any."""
    provider = {} if entry.provider == "http" else {"provider": entry.provider}
    status = {"status": entry.statuses[0]} if entry.statuses else {}
    for more in ({}, provider, status, provider | status):
        if catalog.classify(text, **(given | more)).entry == entry.id:
            yield given | more
            return
