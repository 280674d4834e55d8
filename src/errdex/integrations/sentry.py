"""Sentry: tags, a context and a fingerprint for events that are API errors. sentry_sdk itself is not imported."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import errdex
from errdex.integrations._record_fields import error_of, first_of, of_exception

__all__ = ["before_send"]

Event = MutableMapping[str, Any]


def before_send(event: Any, hint: Mapping[str, Any], *, catalog: errdex.Catalog | None = None) -> Any:
    """Add errdex's answer to an event that is an API error, and return the event; for `sentry_sdk.init(before_send=…)`.

    Such an event gets

    - the tags `errdex.category`, `errdex.retryable`, `errdex.scope` and `errdex.action`, and if known `errdex.entry`
      and `errdex.provider`, all with few distinct values;
    - the context `errdex`, with title, fix and, if known, the docs link and `resets_in` (seconds);
    - a fingerprint, so that the same error is one issue wherever in the program it was raised. It is left alone where
      the program has set one, and where errdex does not know more than a category.

    Nothing that is there already is changed, no event is dropped, and nothing is raised. A `before_send` of your own
    can call this one first.

    Args:
        event: Sentry's event.
        hint: Sentry's hint, with `exc_info` or `log_record`.
        catalog: The catalog to use, passed with `functools.partial(before_send, catalog=…)`; None for the current one,
            see `errdex.use`.

    >>> event = before_send({}, {"exc_info": (RuntimeError, RuntimeError("Cohere: invalid api token"), None)})
    >>> event["tags"]["errdex.entry"], event["fingerprint"]
    ('cohere/invalid-api-key', ['errdex', 'cohere/invalid-api-key'])
    """
    answer = first_of(_answers(hint, catalog))
    if answer and isinstance(event, MutableMapping):
        _add(event, answer)
    return event


def _answers(hint: Mapping[str, Any], catalog: errdex.Catalog | None) -> Iterator[errdex.Classification]:
    catalog = catalog or errdex.default_catalog()
    yield from of_exception(catalog, error_of(hint.get("exc_info")))
    record = hint.get("log_record")
    if isinstance(record, logging.LogRecord):
        yield catalog.detect(record.getMessage())


def _add(event: Event, answer: errdex.Classification) -> None:
    tags = {
        "errdex.entry": answer.entry,
        "errdex.provider": answer.provider,
        "errdex.category": str(answer.category),
        "errdex.retryable": "true" if answer.retryable else "false",
        "errdex.scope": str(answer.scope),
        "errdex.action": str(answer.action),
    }
    there = event.get("tags")
    if there is None:
        there = event["tags"] = {}
    if isinstance(there, MutableMapping):
        for name, value in tags.items():
            if value is not None:
                there.setdefault(name, value)
    said = {"title": answer.title, "fix": answer.fix, "docs": answer.docs_url, "resets_in": answer.resets_in}
    contexts = event.setdefault("contexts", {})
    if isinstance(contexts, MutableMapping):
        contexts.setdefault("errdex", {name: value for name, value in said.items() if value is not None})
    if answer.entry:
        event.setdefault("fingerprint", ["errdex", answer.entry])
