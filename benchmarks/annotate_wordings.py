"""Generated wordings in the style of API errors, values for their holes, and texts that nearly match one."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from errdex.authoring.template import Hole, Part

Wording = list[Part]

_NOUNS: Final = (
    *("document", "message", "tool", "schema", "prompt", "token", "embedding", "dataset", "connector", "citation"),
    *("response", "stream", "batch", "image", "audio", "transcript", "vector", "index", "query", "rerank", "model"),
    *("adapter", "checkpoint", "deployment", "region", "tenant", "project", "budget", "quota", "session", "cache"),
    *("function", "argument", "parameter", "header", "signature", "webhook", "callback", "attachment", "label", "seed"),
)
_ADJECTIVES: Final = (
    *("requested", "referenced", "nested", "encrypted", "temporary", "archived", "duplicate", "final", "previous"),
    *("second", "fine-tuned", "shared", "streamed", "uploaded", "inline", "default", "combined", "compressed"),
    *("multimodal", "structured", "cached", "signed", "legacy", "regional", "partial", "scheduled", "unverified"),
)
_LEADS: Final = ("invalid request: ",) * 4 + ("", "", "validation failed: ", "could not process input: ", "", "")
_SUBJECTS: Final = (
    "the {adjective} {noun} of `{field}`",
    "`{field}`",
    "{field} of the {adjective} {noun}",
    "the {adjective} {noun}",
    "each {noun} in {field}",
)
_CLAIMS: Final = (
    "must not exceed {{limit:int}} {noun}s - received {{requested:int}}",
    "is not supported by model {{model:name}}",
    "must be one of the {adjective} {noun}s, got {{value:word}}",
    "cannot be combined with the {adjective} {noun} setting",
    "was not found in the {adjective} {noun} {{place:word}}",
    "has expired {{age:duration}} after its {noun} was created",
    "must have at least {{least:int}} {adjective} {noun}s",
    "could not be read as {adjective} {noun}: {{reason:text}}",
    "is still in use by {noun} {{user:word}}, remove the {adjective} {noun} before",
    "needs a {noun} between {{low:number}} and {{high:number}}",
)
_ENDS: Final = (
    *("", "", "", ". See {url:url} for the allowed values.", ". Please contact the owner of the project.", "."),
    *(". Try again with fewer items.", ", request {request:word} was not billed"),
)


def made_up(seed: int = 7) -> Iterator[str]:
    """Yield templates endlessly, none twice, always in the same order."""
    pick = random.Random(seed)
    seen = set()
    while True:
        subject, claim = pick.choice(_SUBJECTS), pick.choice(_CLAIMS)
        end = "" if claim.endswith(":text}}") else pick.choice(_ENDS)
        text = pick.choice(_LEADS) + _named(subject, pick) + " " + _named(claim, pick) + end
        if text not in seen:
            seen.add(text)
            yield text


def _named(phrase: str, pick: random.Random) -> str:
    return phrase.format(
        field="_".join(pick.sample(_NOUNS, 2)), adjective=pick.choice(_ADJECTIVES), noun=pick.choice(_NOUNS)
    )


def _word(pick: random.Random) -> str:
    return f"{pick.choice(_NOUNS)}-{pick.getrandbits(24):06x}"


_VALUES: Final[dict[str, Callable[[random.Random], str]]] = {
    "int": lambda pick: str(pick.randint(2, 99_999)),
    "number": lambda pick: f"{pick.uniform(0, 9):.3f}",
    "word": _word,
    "name": lambda pick: f"'{_word(pick)}'",
    "url": lambda pick: f"https://docs.example.com/{pick.choice(_NOUNS)}/{pick.getrandbits(24):06x}",
    "duration": lambda pick: f"{pick.randint(2, 90)}s",
    "list": lambda pick: f"'{_word(pick)}', '{_word(pick)}'",
    "text": lambda pick: f"{pick.choice(_ADJECTIVES)} {_word(pick)}",
    "secret": lambda pick: f"{pick.getrandbits(16):04x}****{pick.getrandbits(16):04x}",
}


def fill(parts: Sequence[Part], pick: random.Random) -> str:
    """Return a message: the template with values in its holes."""
    return "".join(_VALUES[part.kind](pick) if isinstance(part, Hole) else part for part in parts)


def nearly(catalog: Sequence[Wording], seed: int = 7) -> Iterator[str]:
    """Yield log lines endlessly that contain the words of a wording, in another order or among other words."""
    pick = random.Random(seed)
    while True:
        words = re.findall(r"\w+", fill(pick.choice(catalog), pick).lower())
        if len(words) < 5:
            continue
        if pick.random() < 0.5:
            pick.shuffle(words)
        else:
            for _ in range(2):
                words[pick.randrange(len(words))] = pick.choice(_NOUNS)
        stamp = f"2026-11-{pick.randint(1, 28):02}T09:30:{pick.randint(0, 59):02}"
        yield f"{stamp} INFO  [job {pick.getrandbits(64):016x}] done: {' '.join(words)}"
