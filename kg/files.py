"""The one way in which a file that a user names is read and written.

It is read where it is a regular file, and no more of it than a limit. It is there whole or as it was before, whatever comes in between.
"""

import os
import re
import secrets
import stat
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import IO

from kg.errors import KgError, ReadError, UsageError, WriteError

MAX_BYTES = 200 * 1024 * 1024
"""Bytes of a report or a table that are read at most."""
MAX_TEXT = 16 * 1024 * 1024
"""Bytes of a mapping, a query or decisions that are read at most."""
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)
_QUIET = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
"""A pipe that comes into the file's place between the look and the opening blocks nothing."""


_UNDECODED = re.compile(r"(?<![^\s/\\])[^\s/\\\ud800-\udfff]*+[\ud800-\udfff][^\s/\\]*+")  # begun at a name's first character only


def as_text(path: Path | str) -> str:
    """A path, or a line that names one, as text that can be written anywhere.

    Names of files that are not UTF-8 are what archives of Chinese Windows leave behind: they are read as GB 18030, and where they are not
    that either, bytes become `\\udcXX`. The path itself, with which the file is opened, stays as the system gave it (PEP 383).
    """
    return _UNDECODED.sub(_decoded, str(path))


def _decoded(found: re.Match[str]) -> str:
    try:
        return found[0].encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return found[0].encode("utf-8", "backslashreplace").decode("utf-8")


def contents(path: Path, most: int = MAX_BYTES, error: type[KgError] = ReadError) -> bytes:
    """What a file holds.

    Args:
        path: the file.
        most: bytes that it may hold; counted while it is read, since a file may grow.
        error: which error is raised.

    Raises:
        KgError: as `error`: no such file, no regular file, one that may not be read or is too large.
    """
    with opened(path, most, error) as file:
        pieces = [b""]
        room = most + 1
        try:
            while room > 0 and (piece := file.read(min(room, max(1 << 20, os.fstat(file.fileno()).st_size + 1)))):
                pieces.append(piece)
                room -= len(piece)
        except OSError as failure:
            raise error(f"{path} cannot be read: {failure.strerror}. Copy it to another place, and try again.") from failure
        if not room:
            raise error(_too_large(path, most))
    return pieces[1] if len(pieces) == 2 else b"".join(pieces)


def opened(path: Path, most: int = MAX_BYTES, error: type[KgError] = ReadError) -> FileIO:
    """A regular file, open for reading.

    Raises:
        KgError: as `error`: as `contents` says.
    """
    try:
        _require_regular(path, os.stat(path), most, error)
        file = FileIO(os.open(path, _QUIET))
    except (OSError, ValueError) as failure:
        raise error(_unread(path, failure)) from failure
    try:
        _require_regular(path, os.fstat(file.fileno()), most, error)
    except KgError:
        file.close()
        raise
    return file


def text(path: Path, error: type[KgError], most: int = MAX_TEXT) -> str:
    """The text of a file in UTF-8, with or without its mark.

    Raises:
        KgError: as `error`: as `contents` says, or it is not UTF-8.
    """
    try:
        return contents(path, most, error).decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        raise error(f"{path} is not UTF-8. Save it as text in UTF-8.") from failure


def writable(path: Path) -> Path:
    """A file that can be made.

    Raises:
        UsageError: a folder stands there, or none to put it in.
    """
    if path.is_dir() or not path.parent.is_dir():
        raise UsageError(f"{path} cannot be written. Name a file in a folder that exists.")
    return path


def put(path: Path, data: bytes | str) -> None:
    """Write a file; text in UTF-8, its ends of line as they are.

    Raises:
        WriteError: as `write_whole` says.
    """
    content = data if isinstance(data, bytes) else data.encode()
    write_whole(path, lambda file: file.write(content))


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file beside its place, and move it there once it is whole and on the disk.

    A link stays one: what it names is written. The rights of the file that was there stay; a new one gets those that are usual (umask).
    A device or a pipe is written as it is. Where the system ends the process at once (SIGKILL), the file beside stays: `.kg-….part`.

    Args:
        path: the file.
        write: writes into the open file.

    Raises:
        WriteError: no room, no right, no such folder; what stood there is as before.
    """
    try:
        before = _held(path)
        if before and not stat.S_ISREG(before.st_mode):
            with path.open("wb") as file:
                write(file)
        else:
            _beside(Path(os.path.realpath(path)), write, before)
    except OSError as failure:
        raise WriteError(f"{path} cannot be written: {failure.strerror or failure}. What stood there is as before.") from failure


def _held(path: Path) -> os.stat_result | None:
    """What stands at a place and may be written, None for nothing."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    except ValueError as failure:  # a zero byte
        raise WriteError(f"{str(path)!r} cannot be the name of a file. Choose another.") from failure
    if not os.access(path, os.W_OK):
        raise PermissionError(None, "Permission denied")
    return found


def _beside(target: Path, write: Callable[[IO[bytes]], object], before: os.stat_result | None) -> None:
    part = target.with_name(f".kg-{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            if before:
                part.chmod(stat.S_IMODE(before.st_mode))
            write(file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        with suppress(OSError):  # it has been moved, or could not be made
            part.unlink(missing_ok=True)


def _require_regular(path: Path, found: os.stat_result, most: int, error: type[KgError]) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise error(f"{path} is a folder, not a file. Name a file in it.")
    if not stat.S_ISREG(found.st_mode):
        kind = next((words for is_kind, words in _KINDS if is_kind(found.st_mode)), "no regular file")
        raise error(f"{path} is {kind}, not a file. Save what it gives as a file, and name that.")
    if found.st_size > most:
        raise error(_too_large(path, most, found.st_size))


def _too_large(path: Path, most: int, size: int = 0) -> str:
    held = f"{size:,}" if size else f"more than {most:,}"
    return f"{path} holds {held} bytes; at most {most:,} are read. Make it smaller, or split it."


def _unread(path: Path, failure: OSError | ValueError) -> str:
    if isinstance(failure, ValueError):  # a zero byte in the name
        return f"{str(path)!r} cannot be the name of a file. Check the path."
    if not isinstance(failure, FileNotFoundError | NotADirectoryError):
        return f"{path} cannot be read: {failure.strerror}. Check its permissions."
    if os.path.islink(path):
        return f"{path} is a link to what does not exist. Name the file itself."
    return f"{path} does not exist. Check the path."
