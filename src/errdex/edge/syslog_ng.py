"""For syslog-ng's `python()` parser: `class("errdex.edge.syslog_ng.Parser")` sets `${.errdex.category}` and so on."""

from __future__ import annotations

from typing import Any

from errdex.edge.fields import catalog_in, fields_of


class Parser:
    """Sets the fields of the answer on each message that reports an API error; every message passes."""

    def init(self, options: dict[str, str]) -> bool:
        """Load the catalog, that in the folder of the option `catalog` if there is one."""
        self._catalog = catalog_in(options.get("catalog"))
        return True

    def parse(self, message: Any) -> bool:
        """Set the fields on a message."""
        for name, value in fields_of(self._catalog.detect(message["MESSAGE"])).items():
            message[f".errdex.{name}"] = str(value).lower() if isinstance(value, bool) else str(value)
        return True
