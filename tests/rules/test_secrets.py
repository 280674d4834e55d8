"""Keys, tokens and passwords appear in no output, whatever field they stood in; ids, hashes and names stay readable."""

from __future__ import annotations

import json
import os
import random
import re
import string
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Final

import pytest

import errdex
from errdex.classifier.catalog import Catalog
from errdex.rules import secrets
from errdex.rules.holes import KINDS, OPEN
from errdex.rules.secrets import _ID_NAME, MASK, SWITCH, masked, masked_value
from tests import vendor_secrets as vendors
from tests.node import node, package

CONTEXTS: Final[tuple[Callable[[str], str], ...]] = (
    lambda s: f"Incorrect API key provided: {s}. You can find your API key at https://platform.openai.com/account/api-keys.",
    lambda s: f"invalid x-api-key: {s}",
    lambda s: f"invalid api token: {s}",
    lambda s: f"API key not valid. Please pass a valid API key. key={s}",
    lambda s: f"HTTP 401 Unauthorized: Authorization: Bearer {s}",
    lambda s: f"status_code: 401, body: {{'message': 'invalid api token {s}'}}",
    lambda s: f"401 Client Error: Unauthorized for url: https://api.cohere.com/v1/chat?api_key={s}",
    lambda s: f"401 Client Error: Unauthorized for url: https://user:{s}@api.cohere.com/v1/chat",
    lambda s: f"Error code: 401 - {{'error': {{'message': 'Incorrect API key provided: {s}', 'param': None, 'code': '{s}'}}}}",
    lambda s: f"Error code: 401 - {{'error': {{'message': 'x', 'type': '{s}', 'api_key': '{s}'}}}}",
    lambda s: f"litellm.AuthenticationError: AuthenticationError: OpenAIException - Incorrect API key provided: {s}",
    lambda s: f"HTTPSConnectionPool(host='api.cohere.com', port=443): Max retries exceeded with url: /v1/chat?key={s} (Caused by NewConnectionError('<x>: Failed to establish a new connection: [Errno 111] Connection refused'))",
    lambda s: f"Illegal header value b'Bearer {s}\\n'",
    lambda s: f"ProxyError: Cannot connect to proxy http://user:{s}@proxy:8080",
    lambda s: f"'{s}' is not a valid key",
    lambda s: json.dumps({"error": {"message": "x", "token": s, "status": 401}}),
    lambda s: json.dumps({"client_secret": s, "message": "invalid api token"}),
    lambda s: json.dumps({"error_type": "x", "message": f"invalid api token, password={s}"}),
    lambda s: f"The security token included in the request is invalid. AccessKey {s}",
    lambda s: f"Request had invalid authentication credentials. secret: '{s}' 401",
)  # fmt: skip
assert len(CONTEXTS) == 20


class Failed(Exception):
    """An SDK's exception."""

    def __init__(self, message: str, **body: object) -> None:
        super().__init__(message)
        self.status_code = 401
        self.body = {"message": message, **body}


def _core(secret: str) -> str:
    """Return the part of a secret that must not be seen."""
    return secret.removeprefix("Bearer ")[4:24]


def _outputs(catalog: Catalog, raw: object, **hints: str) -> Iterator[tuple[str, str]]:
    answers = [catalog.classify(raw, **hints), *catalog.classify_all(raw, **hints)]
    for answer in answers:
        yield "answer", json.dumps(answer.to_dict(), default=str)
        yield "repr", repr(answer)
    yield "why", json.dumps(catalog.why(raw, **hints))


def test_a_quick_look_misses_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is passed over at once holds nothing that the rules would mask."""
    pick = random.Random(5)
    spread = [
        "".join(pick.choice(f"{string.ascii_letters}{string.digits}+/++//") for _ in range(40)) for _ in range(300)
    ]
    known = [*vendors.SECRETS.values(), *spread]
    texts = [
        form.format(secret) for secret in known for form in ("{}", "the key {} is not valid", "use {}", "secret {}")
    ]
    quick = [masked(text) for text in texts]
    monkeypatch.setattr(secrets, "_MAYBE", "")
    monkeypatch.setattr(secrets, "_CLEAN", {})
    assert quick == [masked(text) for text in texts]


def test_what_was_no_secret_by_itself_is_one_beside_a_word_that_says_so() -> None:
    """Texts without secrets are remembered, but not for other surroundings."""
    key = vendors.SECRETS["Azure"]
    assert masked(key) == key
    assert masked(key, beside=True) == MASK


@pytest.mark.once
@pytest.mark.parametrize("name", vendors.SECRETS)
def test_no_output_has_a_secret(name: str, catalog: Catalog) -> None:
    secret = vendors.SECRETS[name]
    core = _core(secret)
    leaks = []
    for number, context in enumerate(CONTEXTS):
        text = context(secret)
        for raw, hints in ((text, {}), (Failed(text, code=secret, type=secret), {}), (text, {"code": secret})):
            leaks += [(number, what, said) for what, said in _outputs(catalog, raw, **hints) if core in said]
        if core in masked(text):
            leaks.append((number, "text", masked(text)))
    error = Failed(CONTEXTS[0](secret))
    errdex.add_note(error)
    leaks += [(0, "note", note) for note in getattr(error, "__notes__", ()) if core in note]
    assert leaks == []


_VALUES: Final = {"int": "4096", "number": "0.5", "duration": "20s", "url": "https://example.com/a", "name": "'m'"}


def test_no_hole_shows_a_secret(catalog: Catalog) -> None:
    """A key where a message has a model, a word, a URL or a text: one of each shape in every hole."""
    shapes = [secret for name, secret in vendors.SECRETS.items() if name not in vendors.NEEDS_A_WORD]
    leaks = []
    for number, template in enumerate(catalog._rules.templates.all()):
        for place, part in enumerate(template.parts):
            if type(part) is str or (part[1] in KINDS and part[1] not in ("word", "name", "url")):
                continue
            secret = shapes[(number + place) % len(shapes)]
            if secret.isalnum() and re.search(_ID_NAME, part[0]):
                continue  # letters and digits alone: as an organization's id may look
            value = f"https://example.com/?key={secret}" if part[1] == "url" else secret
            if part[1] in OPEN:
                value = f" {value} "  # not glued to a word
            text = "".join(
                item if type(item) is str else value if at == place else _VALUES.get(item[1], " some words " if item[1] in OPEN else "w")
                for at, item in enumerate(template.parts)
            )  # fmt: skip
            answer = catalog.classify(text)
            if _core(secret) in json.dumps(answer.to_dict(), default=str):
                leaks.append((answer.entry, part, secret))
    assert leaks == []


def test_ids_hashes_and_names_stay_readable() -> None:
    innocent = list(vendors.innocent(2_000))
    changed = [text for text in innocent if masked(text) != text]
    assert len(changed) <= 20, changed[:30]


def test_messages_of_the_catalog_stay_readable(catalog: Catalog) -> None:
    """Of nine thousand texts with ids, hashes and models, those with a real key or its hash are masked."""
    pages = catalog.pages["entries"].values()
    examples = [example for page in pages for example in (*page.get("messages", ()), *page.get("examples", ()))]
    texts = [example if isinstance(example, str) else example["raw"] for example in examples]
    changed = [text for text in texts if masked(text) != text]
    assert len(texts) > 5_000
    assert len(changed) <= 20


@pytest.mark.parametrize(("name", "value", "shown"), [
    ("error.code", "invalid_api_key", "invalid_api_key"),
    ("api_key", "abcdefghijkl", MASK),
    ("config.password", "hunter2", MASK),
    ("model", "command-r-plus-08-2024", "command-r-plus-08-2024"),
    ("param", 'x"y', 'x"y'),
])  # fmt: skip
def test_values_of_fields(name: str, value: str, shown: str) -> None:
    assert masked_value(name, value) == shown


@pytest.mark.parametrize(("text", "shown"), [
    ("https://bob:p/w1longpassword@host/x", f"https://{MASK}@host/x"),
    ("http://localhost:8080/v1/models@latest", "http://localhost:8080/v1/models@latest"),
    ("Cookie: session=abc; other=def\nnext", f"Cookie: {MASK}\nnext"),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nnext", f"{MASK}\nnext"),
    ("-----BEGIN PRIVATE KEY-----\nMIIE", MASK),
    ("password is required", "password is required"),
    ("password is hunter2hunter2", f"password is {MASK}"),
    ("Authorization: Bearer $TOKEN", "Authorization: Bearer $TOKEN"),
    ("use Bearer authentication", "use Bearer authentication"),
    ("Unexpected token: identifier", "Unexpected token: identifier"),
    ("invalid key: response_format", "invalid key: response_format"),
    ("unknown key gpt-4o-mini-2024-07-18", "unknown key gpt-4o-mini-2024-07-18"),
    ("API key for model claude-3-5-sonnet-20241022", "API key for model claude-3-5-sonnet-20241022"),
    ("invalid api key (request id: 20250423020142736330894dLoIRrS6)", "invalid api key (request id: 20250423020142736330894dLoIRrS6)"),
])  # fmt: skip
def test_both_sides(text: str, shown: str) -> None:
    assert masked(text) == shown


def test_the_twin_masks_the_same() -> None:
    texts = [context(secret) for context in CONTEXTS for secret in vendors.SECRETS.values()]
    texts += [*vendors.innocent(500)]
    script = (
        'const { masked } = require("./rules/secrets.js");'
        'const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));'
        "console.log(JSON.stringify(texts.map((text) => masked(text))));"
    )
    command = [node(), "-e", script]
    done = subprocess.run(command, cwd=package(), input=json.dumps(texts), capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [masked(text) for text in texts]


def test_masking_can_be_switched_off_by_name() -> None:
    code = "import errdex; print(errdex.classify(\"model 'sk-proj-AbCdEf0123456789AbCd' not found, make sure the correct model ID was used and that you have access to the model.\").params)"
    for value, seen in (("", False), ("1", True)):
        done = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, SWITCH: value}, capture_output=True, text=True, check=True
        )
        assert ("sk-proj-AbCdEf0123456789AbCd" in done.stdout) is seen


@pytest.mark.parametrize(
    "text",
    [
        "Cookie: sid=abcdef123456; x=y",
        'dapi0123456789abcdef0123456789abcdef01secret="abc123456"',
        "AKIAIOSFODNN7EXAMPLEclient_secret => 'zz9zz8zz7zz6'",
        "key 0123456789abcdef0123456789abcdef/token 0123456789abcdef0123456789abcdef",
    ],
)
def test_what_is_masked_stays_as_it_is(text: str) -> None:
    """Secrets that stick together are found as well, and masking again changes nothing."""
    once = masked(text)
    assert masked(once) == once
    assert not re.search("[0-9]{3}", once)
