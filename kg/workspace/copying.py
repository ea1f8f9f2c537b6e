"""Files copied so that what was read is known by its checksum, and what was written is on the disk."""

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class CopiedFile:
    """A file as it was written: its size in bytes, its SHA-256."""

    size: int
    sha256: str


class Readable(Protocol):
    """A file that is open for reading."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, or fewer; none at the end."""


def copy_file(source: Path, target: Path) -> CopiedFile:
    """Copy a file to where none is."""
    with source.open("rb") as file:
        return write_from(file, target)


def write_from(file: Readable, target: Path) -> CopiedFile:
    """Write what a file holds to where none is."""
    with target.open("xb") as out:
        return seen(file, out.write)


def seen(file: Readable, use: Callable[[bytes], object] = len) -> CopiedFile:
    """Read a file to its end, and use each piece of it."""
    summed, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        use(piece)
        summed.update(piece)
        size += len(piece)
    return CopiedFile(size, summed.hexdigest())


def keep(folder: Path) -> None:
    """See that a folder is on the disk, with all that is in it.

    Raises:
        OSError: it cannot be kept, for want of room or since the disk fails.
    """
    for one in folder.rglob("*"):
        if one.is_file():
            with one.open("r+b") as file:
                os.fsync(file.fileno())
        else:
            keep_names(one)
    keep_names(folder)


def keep_names(folder: Path) -> None:
    """See that the names in a folder are on the disk; Windows has no way to ask for it."""
    with suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)


def remove(path: Path) -> None:
    """Take away a file, a link, or a folder with all that is in it; or nothing."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
