"""Real SDKs against the wall: what they return of its plain answers, and what they raise of its failures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
from errdex.model.category import Basis, Category
from errdex.model.classification import Classification
from errdex.rules.tables import Entry
from errdex.wall import Wall
from errdex.wall.apis.call import TEXT, VECTOR
from tests.wall.sdks import CHAT, SDKS, Call, openai

NO_EVENTS = {"openai/mcp-http-error", "openai/previous-response-not-found", "openai/websocket-limit"}
"""Entries of streams that no SDK raises from an event: an item of an answer, and errors of the websocket."""
UNREACHED = {
    "mistral/observability-database",
    "mistral/observability-database-timeout",
    "mistral/observability-validation",
    "bedrock/resource-not-found",
}
"""Entries that only other calls of their API raise: by a class of their own, or by the operation's name."""


def _answered(provider: str) -> Iterator[Entry]:
    """Yield the entries of a provider that have a status."""
    catalog = default_catalog()
    for entry in catalog.entries:
        page = catalog.pages["entries"][entry.id]
        if entry.provider == provider and page.get("status") and entry.id not in UNREACHED:
            yield entry


def _spread(provider: str) -> list[Entry]:
    """Return two entries of each pair of category and first status; all of them with `--thorough`."""
    seen: Counter[tuple[str, object]] = Counter()
    found = []
    for entry in _answered(provider):
        pair = entry.category, str(default_catalog().pages["entries"][entry.id]["status"])
        seen[pair] += 1
        if seen[pair] <= 2:
            found.append(entry)
    return found


@pytest.fixture(scope="module")
def wall() -> Iterator[Wall]:
    with Wall() as wall:
        yield wall


@pytest.fixture(scope="module")
def calls(wall: Wall) -> Iterator[Callable[[str], Call]]:
    """Return the call of an SDK by its name; each client is made when it is first used."""
    with ExitStack() as stack:
        yield cache(lambda name: SDKS[name](wall, stack))


def _raised(call: Call, model: str, *, stream: bool) -> Exception:
    try:
        result = call(model, stream=stream)
    except Exception as error:
        return error
    pytest.fail(f"nothing was raised: {result!r}")


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("sdk", SDKS)
def test_plain_answers(sdk: str, stream: bool, wall: Wall, calls) -> None:
    """The SDK accepts them, and the text or vector is in what it makes of them."""
    if sdk == "openai embeddings":
        answer = calls(sdk)("m")
        assert [tuple(item.embedding) for item in answer.data] == [VECTOR, VECTOR]
        return
    said = repr(calls(sdk)("m", stream=stream))
    for part in TEXT if not (sdk == "bedrock invoke" and stream) else ["outputText"]:
        assert part.strip() in said
    assert wall.requests[-1].stream is stream


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
@pytest.mark.parametrize("provider", CHAT)
def test_entries(provider: str, stream: bool, calls, request: pytest.FixtureRequest) -> None:
    """The SDK raises, and errdex finds entry, category and verdict.

    A message that names a wait of more than ten minutes is not worth a retry, whatever the entry says.
    """
    call = calls(CHAT[provider])
    entries = [*_answered(provider)] if request.config.getoption("thorough") else _spread(provider)
    assert len({entry.category for entry in entries}) >= 8
    wrong = []
    for entry in entries:
        answer = default_catalog().classify(_raised(call, f"errdex:{entry.id}", stream=stream))
        retryable = entry.retryable and not (answer.resets_in or 0) > 600
        found = (answer.entry, answer.category, answer.retryable) == (entry.id, entry.category, retryable)
        if not (found or _is_named(entry, answer)):
            wrong.append((entry.id, answer))
    assert wrong == []


def _is_named(entry: Entry, answer: Classification) -> bool:
    """Tell whether botocore gave a bare status the name of an exception, which says more: its entry is the answer."""
    is_bare = default_catalog().pages["entries"][entry.id].get("kind") == "default"
    same = (answer.provider, answer.category, answer.retryable) == (entry.provider, entry.category, entry.retryable)
    return entry.provider == "bedrock" and is_bare and answer.basis is not Basis.STATUS and same


@pytest.mark.parametrize(
    ("sdk", "entry"),
    [
        ("openai", "openai/server-error"),
        ("openai", "openai/credit-balance-exhausted"),
        ("openai responses", "openai/credit-balance-exhausted"),
        ("anthropic", "anthropic/overloaded-error"),
        ("anthropic", "anthropic/rate-limit-error"),
        ("google", "google/model-overloaded"),
        ("groq", "groq/requested-tool-missing"),
        ("bedrock", "bedrock/throttled"),
        ("bedrock invoke", "bedrock/throttled"),
    ],
)
def test_failures_in_the_middle_of_a_stream(sdk: str, entry: str, wall: Wall, calls, catalog: Catalog) -> None:
    """The stream begins with status 200, and the SDK raises while it is read."""
    answer = catalog.classify(_raised(calls(sdk), f"errdex:{entry}; after=2", stream=True))
    assert (answer.entry, answer.retryable) == (entry, catalog.entry(entry).retryable)
    assert wall.requests[-1].status == 200


def test_every_entry_of_streams(calls, catalog: Catalog) -> None:
    """Entries that have no status because they only occur in streams."""
    wrong = []
    for entry in catalog.entries:
        page = catalog.pages["entries"][entry.id]
        if page.get("surface") == "stream" and not page.get("status") and entry.provider in ("openai", "anthropic"):
            answer = catalog.classify(_raised(calls(CHAT[entry.provider]), f"errdex:{entry.id}", stream=True))
            if (answer.entry, answer.category) != (entry.id, entry.category):
                wrong.append(entry.id)
    assert set(wrong) == NO_EVENTS


ENDS = [
    pytest.param(sdk, stream, order, id=f"{sdk}-{'stream' if stream else 'whole'}-{order[:5]}")
    for sdk in CHAT.values()
    for stream in (False, True)
    for order in ("reset", "cut; after=1")
    if (sdk, stream, order[:3]) != ("bedrock", False, "cut")  # botocore takes half a body for an empty one
]


@pytest.mark.parametrize(("sdk", "stream", "order"), ENDS)
def test_connections_that_end(sdk: str, stream: bool, order: str, calls, catalog: Catalog) -> None:
    """A matter of the connection for every SDK, and worth a retry."""
    answer = catalog.classify(_raised(calls(sdk), f"errdex:{order}", stream=stream))
    assert (answer.category, answer.retryable) == (Category.CONNECTION, True)


def test_an_sdk_of_another_host(wall: Wall, catalog: Catalog) -> None:
    """At the wall's own address, OpenAI's SDK may have called anybody: category and verdict are the same."""
    with ExitStack() as stack:
        call = openai(wall, stack, own_host=False)
        for entry in _spread("openai"):
            answer = catalog.classify(_raised(call, f"errdex:{entry.id}", stream=False))
            assert (answer.category, answer.retryable) == (entry.category, entry.retryable), entry.id


def test_retries_of_an_sdk_are_counted(wall: Wall) -> None:
    """OpenAI's SDK repeats a 429 twice by itself, and a 401 never."""
    openai = pytest.importorskip("openai", reason="openai is not installed: pip install 'errdex[sdks]'")
    wall.clear()
    with openai.OpenAI(api_key="a-key", base_url=wall.url_of("openai")) as client:
        for model, count in (("errdex:openai/401", 1), ("errdex:openai/500", 3)):
            wall.clear()
            with pytest.raises(openai.APIStatusError):
                client.chat.completions.create(model=model, messages=[])
            assert [request.retry for request in wall.requests] == [*range(count)]
