"""The standard library's `logging`: a filter that adds attributes to records."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

import errdex
from errdex.integrations._record_fields import NO_FIELDS, error_of, fields_of, first_of, of_call, of_exception

__all__ = ["ErrdexFilter"]


class ErrdexFilter(logging.Filter):
    """Lets every record pass, and adds errdex's answer to it as attributes.

    Attach it to a **handler**: a logger applies its filters only to its own records, not to those that its children
    pass up, so that a filter on the root logger sees next to nothing. With a `QueueHandler`, attach it to that handler,
    not to the handlers behind the queue: the exception does not travel through the queue.

    The attributes are `error_entry`, `error_provider`, `error_category`, `error_retryable`, `error_retry_after`
    (seconds), `error_scope`, `error_action`, `error_resets_in` (seconds), `error_fix` and `error_docs`. Every record
    gets them; they are None if it is not an API error, so that a format such as `%(error_category)s` never fails.
    Attributes that the program has set through `extra` are kept. The message and its arguments are never changed.

    These are read in turn, until one is an API error: the exception in `exc_info`, with its causes; exceptions among
    the arguments; `error`, `exc` or `exception` in `extra`; the formatted message.

    >>> record = logging.makeLogRecord({"msg": "Cohere: invalid api token", "levelno": logging.ERROR})
    >>> ErrdexFilter().filter(record), record.error_category, record.error_retryable
    (True, 'authentication', False)
    """

    def __init__(self, min_level: int | str = logging.WARNING, *, catalog: errdex.Catalog | None = None) -> None:
        """Make a filter.

        Args:
            min_level: The lowest level, or its name, at which records are read; for those below, all attributes are
                None.
            catalog: The catalog to use; None for the current one, see `errdex.use`.

        Raises:
            ValueError: There is no level with this name.
            TypeError: `catalog` is not a Catalog.
        """
        super().__init__()
        if isinstance(min_level, str):
            levels = logging.getLevelNamesMapping()
            if min_level not in levels:
                raise ValueError(f"no logging level {min_level!r}; use one of {', '.join(levels)}")
            min_level = levels[min_level]
        self.min_level = min_level
        if catalog is not None:  # else nothing of errdex is loaded before there is something to read
            from errdex.classifier.default import checked

            checked(catalog, "ErrdexFilter(catalog=…)")
        self._catalog = catalog

    def filter(self, record: logging.LogRecord) -> bool:
        """Add the attributes that a record does not have yet, and return True."""
        own = record.__dict__
        if NO_FIELDS.keys() <= own.keys():  # another handler's filter has set them
            return True
        found = fields_of(first_of(self._answers(record))) if record.levelno >= self.min_level else NO_FIELDS
        for name, value in found.items():
            own.setdefault(name, value)
        return True

    def _answers(self, record: logging.LogRecord) -> Iterator[errdex.Classification]:
        catalog = self._catalog or errdex.default_catalog()
        args = record.args or ()
        for error in (error_of(record.exc_info), *(args.values() if isinstance(args, Mapping) else args), record.msg):
            yield from of_exception(catalog, error)
        yield from of_call(catalog, record.__dict__, record.getMessage())
