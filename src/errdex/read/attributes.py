"""Reads plain data from foreign objects, from the instance and its class. No property is run."""

from __future__ import annotations

import types
from collections.abc import Collection, Mapping

from errdex.model.type_names import Any, Final, TypeGuard, TypeVar

_SLOTS: Final = (types.MemberDescriptorType, types.GetSetDescriptorType)
_PLAIN: Final = (str, int, float, bytes)
_LISTS: Final = (list, tuple)
_DICT: Final = vars(BaseException)["__dict__"]
_MODULE: Final = vars(type)["__module__"]
_NAME: Final = vars(type)["__name__"]
_QUALNAME: Final = vars(type)["__qualname__"]
_Kind = TypeVar("_Kind")
_NO_VALUES: Final = types.MappingProxyType[str, Any]({})
_MAX_DEPTH: Final = 8
_MAX_OBJECTS: Final = 500


def is_a(value: object, kind: type[_Kind]) -> TypeGuard[_Kind]:
    """Do what `isinstance` does, but without asking the object's own `__class__`, which may be a property."""
    return issubclass(type(value), kind)


def values_of(value: object) -> Mapping[str, Any]:
    """Return an instance's own attributes; empty for modules, classes and objects without `__dict__`."""
    kind = type(value)
    slot = _DICT if issubclass(kind, BaseException) else _slot_of_values(kind)
    if slot is None or issubclass(kind, types.ModuleType):
        return _NO_VALUES
    own = slot.__get__(value)
    return own if type(own) is dict else _NO_VALUES


def _slot_of_values(kind: type[Any]) -> Any:
    """Return the slot in which instances keep their attributes, however a class hides it; None if there is none."""
    for base in _bases(kind):
        slot = vars(base).get("__dict__")
        if type(slot) is types.GetSetDescriptorType:
            return slot
    return None


def attributes(value: object, names: Collection[str]) -> dict[str, Any]:
    """Return an object's attributes with these names, in that order; from classes only slots and plain data."""
    own = values_of(value)
    found = {name: own[name] for name in names if name in own}
    kind = type(value)
    for base in _bases(kind):
        if module_of(base) == "builtins":
            continue  # built-in classes have none of the attributes asked for
        there = vars(base)
        for name in names:
            if name in there and name not in found:
                item = there[name]
                if issubclass(type(item), _SLOTS):
                    try:
                        item = item.__get__(value, kind)
                    except AttributeError:
                        item = None
                elif not issubclass(type(item), _PLAIN):
                    item = None
                found[name] = item
    return {name: found[name] for name in names if found.get(name) is not None}


def paths_of(kind: type[Any]) -> list[str]:
    """Return the dotted paths of a class and its bases, the class first; `object` is left out."""
    return [path_of(base) for base in _bases(kind)[:-1]]


def module_of(kind: type[Any]) -> str:
    """Return the name of a class's module, empty if it has none; a metaclass and the class may hide or replace it."""
    try:
        found = _MODULE.__get__(kind)
    except AttributeError:
        return ""
    return found if type(found) is str else ""


def path_of(kind: type[Any]) -> str:
    """Return the dotted path of a class, read from `type` itself."""
    return f"{module_of(kind)}.{_QUALNAME.__get__(kind)}"


def name_of(kind: type[Any]) -> str:
    """Return the name of a class, read from `type` itself."""
    name: str = _NAME.__get__(kind)
    return name


def as_mapping(value: object) -> dict[str, Any] | None:
    """Return an SDK's object (a pydantic model, a dataclass) as the mapping it was parsed from; None if it is empty.

    Nested objects become mappings too, enum members their values; private attributes are left out.
    """
    found = _plain(value, _MAX_DEPTH, [_MAX_OBJECTS])
    return found if found and isinstance(found, dict) else None


def _plain(value: Any, depth: int, left: list[int]) -> Any:
    kind = type(value)
    if value is None or issubclass(kind, (*_PLAIN, Mapping)):
        return value
    left[0] -= 1
    if depth == 0 or left[0] < 0:
        return None
    if issubclass(kind, _LISTS):
        return [_plain(item, depth - 1, left) for item in value[: left[0] + 1]]
    own = values_of(value)
    if "_value_" in own:  # an enum member
        return own["_value_"]
    extra = attributes(value, ["__pydantic_extra__"]).get("__pydantic_extra__")  # undeclared fields
    fields = {**own, **extra} if type(extra) is dict else own
    return {name: _plain(item, depth - 1, left) for name, item in fields.items() if name[:1] != "_"}


def _bases(kind: type[Any]) -> tuple[type[Any], ...]:
    """Return a class and its bases, read from `type` itself: a metaclass may hide them behind a property."""
    bases: tuple[type[Any], ...] = vars(type)["__mro__"].__get__(kind)
    return bases
