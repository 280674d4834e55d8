"""The names of `typing` that the run half uses, without importing it: that would take a tenth of the start-up time.

Type checkers see the real ones; at run time, where annotations are not evaluated, anything will do.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any as Any
    from typing import Final as Final
    from typing import Generic as Generic
    from typing import Protocol as Protocol
    from typing import TypeGuard as TypeGuard
    from typing import TypeVar as TypeVar
    from typing import overload as overload
else:

    class _Name:
        """Stands for a name of `typing`, also with arguments, and as a base class."""

        def __class_getitem__(cls, arguments):
            return cls

    Any = Final = Generic = Protocol = TypeGuard = _Name

    def TypeVar(name, **arguments):  # noqa: D103, N802
        return name

    def overload(function):  # noqa: D103
        return function
