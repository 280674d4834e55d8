"""An input of the corpus: plain data, of which any engine's raw error is built."""

from __future__ import annotations

import builtins
from collections.abc import Mapping
from typing import Any, NamedTuple


class Input(NamedTuple):
    """A raw error, and the entry it was made from."""

    id: str
    """The entry and the rules that made it: `cohere/timeout m0 java+request_id+header`."""
    entry: str
    """Id of the entry; or a provider, `parted` or `innocent`."""
    kind: str
    """`text`, `mapping` or `exception`."""
    raw: Any
    """JSON-ready: the text, the mapping, or what `build` makes the exception of."""
    hints: Mapping[str, Any] = {}
    """Keyword arguments of `classify`."""

    def build(self) -> Any:
        """Return the raw error; exceptions are made anew each time."""
        return self.raw if self.kind == "text" else _built(self.raw)

    @property
    def is_line(self) -> bool:
        """Whether it may be a line of a log."""
        return self.kind == "text" and not self.hints and "\n" not in self.raw and not self.raw.endswith("\r")


def an_object(path: str, /, **attributes: Any) -> dict[str, Any]:
    """Describe an object of a class of somebody else's module."""
    return {"$class": path, "attributes": attributes}


def an_exception(path: str, *args: Any, base: str = "Exception", **attributes: Any) -> dict[str, Any]:
    """Describe an exception of a class of somebody else's module, or of a built-in one."""
    return {"$class": path, "base": base, "args": list(args), "attributes": attributes}


def _built(shown: Any) -> Any:
    if isinstance(shown, list):
        return [_built(item) for item in shown]
    if not isinstance(shown, dict):
        return shown
    if "$bytes" in shown:
        return shown["$bytes"].encode()
    if "$class" not in shown:
        return {key: _built(value) for key, value in shown.items()}
    args = [_built(item) for item in shown.get("args", ())]
    found = _class(shown["$class"], shown.get("base", "object"))(*args)
    for name, value in shown["attributes"].items():
        setattr(found, name, _built(value))
    for name in ("__cause__", "__context__"):
        if name in shown:
            setattr(found, name, _built(shown[name]))
    return found


def _class(path: str, base: str) -> type[Any]:
    """Return a built-in class, or make one on the spot that looks like a library's."""
    module, _, name = path.rpartition(".")
    if not module:
        found: type[Any] = getattr(builtins, name)
        return found
    return type(name, (getattr(builtins, base),), {"__module__": module, "__qualname__": name})
