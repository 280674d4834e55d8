"""An entry's id → the answer that fails as its API would."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from errdex.classifier.catalog import Catalog
from errdex.model.errors import ErrdexError
from errdex.wall.bodies import SHAPES, TOP_LEVEL, headers_of
from errdex.wall.sample import Sample, at, samples

Json = Any
_ANSWERED: Final = 200


class CannotFailError(ErrdexError):
    """An entry is nothing that a server answers: it has no HTTP status, and occurs in no stream."""


@dataclass(frozen=True)
class Failure:
    """An answer that fails.

    Attributes:
        entry: Id of the entry.
        status: HTTP status; 200 if the error occurs only inside a stream.
        body: The body: an object, or a text that is sent as it is.
        headers: Headers, names in lower case.
        code: The machine code, if it stands in a header.
    """

    entry: str
    status: int
    body: Json
    headers: Mapping[str, str]
    code: str | None = None

    @property
    def in_stream(self) -> bool:
        """Whether the error can only occur inside a stream."""
        return self.status == _ANSWERED

    @property
    def content(self) -> bytes:
        """The bytes of the body."""
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False).encode()

    @property
    def media_type(self) -> str:
        """The type of the body's content."""
        if isinstance(self.body, str):
            return "text/html" if self.body.lstrip().startswith("<") else "text/plain"
        return "application/json"

    @property
    def message(self) -> str:
        """The message in the body."""
        for path in ("error.message", "message", "detail"):
            if isinstance(said := at(self.body, path), str):
                return said
        return self.body if isinstance(self.body, str) else ""


class Failures:
    """Makes the failures of a catalog, each once."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.of = lru_cache(maxsize=4096)(self._of)

    def check(self, entry: str) -> None:
        """See whether an entry can be answered with.

        Raises:
            UnknownEntryError: No entry has this id.
            CannotFailError: The entry has no HTTP status and occurs in no stream.
        """
        self.catalog.entry(entry)
        page = self.catalog.pages["entries"][entry]
        surface = page.get("surface", "http")
        if page.get("status") is None and surface != "stream":
            where = (
                "a client raises it itself" if surface == "client" else f"it occurs in a {surface.replace('_', ' ')}"
            )
            raise CannotFailError(f"{entry} has no HTTP status: {where}, so no server answers with it")

    def _of(self, entry: str, api: str, status: int | None = None) -> Failure:
        """Return the failure of an entry.

        The first sample counts that errdex takes for the entry, with its verdict, when an SDK raises it.

        Args:
            entry: Its id.
            api: The API that was called; it gives the shape where the entry's provider has no API of its own.
            status: HTTP status, one of the entry's unless given.

        Raises:
            UnknownEntryError: No entry has this id.
            CannotFailError: The entry has no HTTP status and occurs in no stream.
        """
        self.check(entry)
        page = self.catalog.pages["entries"][entry]
        owner = entry.partition("/")[0]
        provider = self.catalog.pages["providers"].get(owner, {})
        shape = owner if owner in SHAPES else api
        row = self.catalog.entry(entry)
        first = None
        for failure in _candidates(page, provider, shape, status):
            first = first or failure
            raised = _as_raised(failure, provider, shape)
            answer = self.catalog.classify(raised, provider=None if owner == "http" else owner, code=failure.code)
            if (answer.entry, answer.retryable) == (entry, row.retryable):
                return failure
        assert first is not None
        return first


def _candidates(
    page: Mapping[str, Json], provider: Mapping[str, Json], shape: str, wanted: int | None
) -> Iterator[Failure]:
    said = page.get("status") or _ANSWERED
    statuses: list[int] = [said] if isinstance(said, int) else said
    make = SHAPES[shape]
    found = list(samples(page, provider))
    if page.get("kind") == "default":
        found = [Sample(), Sample(message=page["title"]), *found, Sample(body={})]  # at last, a bare status
    for sample in [*found, Sample(), Sample(message=page["title"])]:
        status = wanted or next((each for each in statuses if each == sample.status), statuses[0])
        # In a stream the body is made as for the status that the error would have had.
        plain = status if status != _ANSWERED else sample.status or 500
        for body in _bodies(sample, make(plain, sample.message, sample.code), shape):
            code = sample.code or at(body, "__type")
            headers = {**headers_of(shape, plain, code), **{name.lower(): v for name, v in sample.headers.items()}}
            yield Failure(page["id"], status, body, headers, code if shape == "bedrock" else None)


def _bodies(sample: Sample, body: Json, shape: str) -> Iterator[Json]:
    """Yield the forms of a sample's body: as seen, or made, with the fields asked for where they may belong."""
    if sample.body is not None:
        if shape in TOP_LEVEL or "error" in sample.body or "detail" in sample.body:
            yield sample.body
        else:
            yield {"error": sample.body}
            yield sample.body
        return
    if not sample.fields:
        yield body
        return
    for inside in ((), ("error",)):
        made = json.loads(json.dumps(body))
        for path, value in sample.fields.items():
            keys = path.split(".")
            _put(made, keys if keys[0] in inside else [*inside, *keys], value)
        yield made


def _put(body: dict[str, Json], path: list[str], value: Json) -> None:
    for key in path[:-1]:
        if not isinstance(body.get(key), dict):
            body[key] = {}
        body = body[key]
    body[path[-1]] = value


def _as_raised(failure: Failure, provider: Mapping[str, Json], shape: str) -> BaseException:
    """Return an exception with the class, status, headers and body that an SDK would raise for a failure."""
    classes = provider.get("exceptions", {})
    names = [name for name, status in classes.items() if status == failure.status]
    name = next(iter(names or [name for name, status in classes.items() if status is None]), "APIStatusError")
    module, _, last = name.rpartition(".")
    module = module or next(iter(provider.get("modules", ())), shape)
    error: Exception = type(last, (Exception,), {"__module__": module})(
        f"Error code: {failure.status} - {failure.body}"
    )
    status = None if failure.in_stream else failure.status
    error.__dict__.update(status_code=status, body=failure.body, headers=dict(failure.headers))
    return error
