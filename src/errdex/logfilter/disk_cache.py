"""A disk cache for compiled keys, as Python has one for bytecode: in the user's cache folder.

It has a few slots, one file each; a new value overwrites the old one in its slot. Deleting the files only makes the
next start slower.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import Final
from zlib import crc32

_SLOTS: Final = 8
_SIZE: Final = 8  # bytes of the length prefix


def read(asked: bytes) -> bytes | None:
    """Return what `write` stored for this key, or None if it is not there."""
    with suppress(OSError), open(_path(asked), "rb") as file:
        if hasattr(os, "geteuid") and os.fstat(file.fileno()).st_uid != os.geteuid():
            return None  # with sudo, `~` may belong to another user, and the content of the file is trusted
        head = len(asked).to_bytes(_SIZE, "big") + asked
        if file.read(len(head)) == head:
            return file.read()
    return None


def write(asked: bytes, made: bytes) -> None:
    """Store a value for a key, if the disk allows it; a reader sees all of the value or nothing."""
    path = _path(asked)
    new = f"{path}.{os.getpid()}"
    if not os.path.isdir(os.path.dirname(_folder())):
        return  # do not create a home directory for a user who has none
    with suppress(OSError):
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        try:
            with open(new, "wb") as file:
                file.write(len(asked).to_bytes(_SIZE, "big") + asked + made)
            os.replace(new, path)
        except OSError:
            os.unlink(new)


def _path(asked: bytes) -> str:
    """Return this key's cache slot."""
    return os.path.join(_folder(), "errdex", f"keys-{crc32(asked) % _SLOTS}")


def _folder() -> str:
    """Return the system's folder for the current user's caches."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.environ.get("LOCALAPPDATA") or home
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Caches")
    return os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
