"""The logs that a command was given: files, folders and standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from errdex.cli import streams
from errdex.logfilter.compressed import UnreadableError
from errdex.logfilter.stream import WriteError
from errdex.model.printable import printable


def each_log(names: Iterable[str], recursive: bool, read: Callable[[str], None]) -> bool:
    """Read logs one after another; report those that cannot be read, and continue with the next.

    Args:
        names: Files, folders, and `-` for standard input.
        recursive: Read the files in folders.
        read: Reads one log, given by its name.

    Returns:
        Whether all could be read completely.
    """
    complete = True
    for name in names:
        for path in _files_in(name) if recursive and os.path.isdir(name) else [name]:
            try:
                read(path)
            except UnreadableError as error:
                complete = _report(path, str(error))
            except (WriteError, BrokenPipeError):
                raise
            except IsADirectoryError as error:
                complete = _report(path, f"{error.strerror}; --recursive reads the files in it")
            except OSError as error:
                complete = _report(path, error.strerror or str(error))
    return complete


@contextmanager
def opened(name: str) -> Iterator[int]:
    """Open a log by its name; the file descriptor can be read from."""
    if name == "-":
        if streams.given().isatty():
            print("errdex: reading the log from standard input; press Ctrl-D to end it", file=sys.stderr)
        yield streams.given().fileno()
        return
    source = os.open(name, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        yield source
    finally:
        os.close(source)


def check_is_not(source: int, target: int) -> None:
    """Check that a log is not the file that the output goes to, behind which every line written would be read again.

    Raises:
        OSError: It is.
    """
    one, other = os.fstat(source), os.fstat(target)
    same = os.path.samestat(one, other) and stat.S_ISREG(one.st_mode)
    if same and os.lseek(source, 0, os.SEEK_CUR) < one.st_size:
        raise OSError(errno.EINVAL, "is the file that the output goes to; nothing of it was copied")


def _files_in(folder: str) -> Iterator[str]:
    """Yield the regular files in a folder and in its folders, by name; as with `grep -r`, links are not followed."""
    try:
        with os.scandir(folder) as found:
            items = sorted(found, key=lambda item: item.name)
    except OSError:
        yield folder  # opening it tells what is wrong with it
        return
    for item in items:
        if item.is_dir(follow_symlinks=False):
            yield from _files_in(item.path)
        elif item.is_file(follow_symlinks=False):
            yield item.path


def _report(name: str, problem: str) -> bool:
    shown = "standard input" if name == "-" else printable(name)
    print(f"errdex: {shown}: {problem}", file=sys.stderr)
    return False
