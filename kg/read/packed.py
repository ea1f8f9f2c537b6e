"""Archives of reports (`.zip`): each file in one is a document of its own, at a path such as `reports.zip/区县/总结.docx`.

Nothing is unpacked to disk. What an archive may unpack to is bounded, an archive in an archive counts with the outer one.
"""

import io
import os
import re
import stat
import zipfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath

from kg.errors import ReadError
from kg.files import MAX_BYTES, opened
from kg.read.zipped import ENCRYPTED, MAX_UNPACKED, UNPACKING, brief

ENDING = ".zip"
MAX_DEPTH = 3
"""Archives within one another, the outermost counted."""
MAX_FILES = 2000
_MAX_ENTRIES = 4 * MAX_FILES
"""Entries of an archive: its folders, and what programs leave in it, are entries too."""
_RATIO, _RATIO_FROM = 200, 10 * 1024 * 1024
"""How many times its packed size a file may hold, where it holds more than this many bytes."""
_MAX_DIRECTORY = 4 * 1024 * 1024
"""Bytes of the list of files in an archive."""
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA))
"""Kinds of packing that the standard library undoes in small steps (it does not so with bzip2)."""
_STEP = 64 * 1024
"""Bytes that are unpacked at once: a header that lies about a size makes nothing swell."""
_OFFICE = frozenset(("[Content_Types].xml", "OFD.xml", "META-INF/manifest.xml"))
"""Files that make an archive a document of an office program."""
_UTF8 = 0x800
_UNICODE_PATH = 0x7075


class TooMuchError(ReadError):
    """An archive holds more than is read of one."""


@dataclass(slots=True)
class _Room:
    """What an archive, with those in it, may still hold."""

    files: int = MAX_FILES
    unpacked: int = MAX_UNPACKED

    def take(self, archive: Path, entry: zipfile.ZipInfo) -> None:
        self.files -= 1
        self.unpacked -= entry.file_size
        if self.files < 0:
            raise _too_many(archive)
        if self.unpacked < 0:
            raise TooMuchError(f"{archive} unpacks to more than {MAX_UNPACKED:,} bytes, which is the most that is read. Split it.")


def _too_many(archive: Path) -> TooMuchError:
    return TooMuchError(f"{archive} holds more than {MAX_FILES:,} files, which is the most that is read. Split it.")


class _Stepwise(io.BufferedReader):
    """A file that `zipfile` reads in steps: a list of files that is longer than the bound is not taken in."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > _MAX_DIRECTORY:
            raise zipfile.BadZipFile("its list of files is too long")
        return super().read(size)


def is_archive(path: Path) -> bool:
    """Whether a path names an archive, in another one or not."""
    return path.suffix.lower() == ENDING


def split(path: Path) -> tuple[Path, str] | None:
    """The archive on disk and the path within it, where a path leads into an archive."""
    for parent in path.parents:
        if is_archive(parent) and os.path.isfile(parent):  # Path.is_file raises where a folder on the way is closed
            return parent, path.relative_to(parent).as_posix()
    return None


def members(archive: Path) -> list[Path]:
    """Paths of the files in an archive and in the archives in it, without what programs leave there for themselves.

    An archive within that cannot be read is given by its own path.

    Raises:
        ReadError: no archive, or one that is broken.
        TooMuchError: more than is read of one.
    """
    found = split(archive)
    return list(_members(archive, MAX_DEPTH - (found[1].lower().count(f"{ENDING}/") + 1 if found else 0), _Room()))


def _members(archive: Path, depth: int, room: _Room) -> Iterator[Path]:
    if depth <= 0:
        raise ReadError(f"{archive}: archives lie in one another more than {MAX_DEPTH} deep. Unpack it and pass the folder.")
    with _opened(archive) as packed:
        named = _named(archive, packed)
    if not _OFFICE.isdisjoint(named):
        raise ReadError(f"{archive} is no archive of reports but one document. Rename it to .docx, .xlsx, .pptx, .odt or .ofd.")
    for name, entry in named.items():
        room.take(archive, entry)
        path = archive / name
        if not is_archive(path):
            yield path
            continue
        try:
            inner = list(_members(path, depth - 1, room))
        except TooMuchError:
            raise
        except ReadError:
            inner = []
        yield from inner or [path]


def unpacked(path: Path) -> bytes:
    """What a file in an archive holds.

    Raises:
        ReadError: no such file in it, one that is encrypted, broken, a link, or too large.
    """
    archive, name = _parent(path)
    with _opened(archive) as packed:
        entry = _named(archive, packed).get(name)
        if entry is None:
            raise ReadError(f"{archive} holds no '{name}'. Check the path.")
        _require_readable(path, entry)
        try:
            with packed.open(entry) as file:
                return b"".join(iter(lambda: file.read(_STEP), b""))
        except UNPACKING as error:
            raise ReadError(f"{path} is broken ({brief(error)}). Pack it again.") from error


def _parent(path: Path) -> tuple[Path, str]:
    """The innermost archive of a path that leads into one, and the name within it."""
    archive = next(parent for parent in path.parents if is_archive(parent) and (os.path.isfile(parent) or _within(parent)))
    return archive, path.relative_to(archive).as_posix()


def _within(path: Path) -> bool:
    """Whether an archive holds a file of this path."""
    if not split(path):
        return False
    archive, name = _parent(path)
    with _opened(archive) as packed:
        return name in _named(archive, packed)


def _require_readable(path: Path, entry: zipfile.ZipInfo) -> None:
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise ReadError(f"{path} is a link, which holds no text. Pack the file itself.")
    if entry.flag_bits & ENCRYPTED:
        raise ReadError(f"{path} is encrypted. Unpack it with its password and pass the folder.")
    if entry.compress_type not in _METHODS:
        raise ReadError(f"{path} is packed in a way that is not read (method {entry.compress_type}). Pack it again as plain zip.")
    if entry.file_size > MAX_BYTES:
        raise ReadError(f"{path} unpacks to {entry.file_size:,} bytes; at most {MAX_BYTES:,} are read. Split it.")
    if entry.file_size > _RATIO_FROM and entry.file_size > _RATIO * entry.compress_size:
        raise ReadError(f"{path} unpacks to more than {_RATIO} times its size, as no report does. Unpack it and look into it.")


@contextmanager
def _opened(archive: Path) -> Iterator[zipfile.ZipFile]:
    """An archive on disk, or one within another."""
    found = split(archive)
    file = _Stepwise(io.BytesIO(_inner(archive, found[0].stat().st_mtime_ns))) if found else _Stepwise(opened(archive))
    with file:
        try:
            packed = zipfile.ZipFile(file)
        except UNPACKING as error:
            raise ReadError(f"{archive} is no readable archive ({brief(error)}). Pack it again.") from error
        with packed:
            yield packed


@lru_cache(maxsize=MAX_DEPTH - 1)
def _inner(archive: Path, _when: int) -> bytes:
    """An archive within another, kept while its files are read one after the other."""
    return unpacked(archive)


def _named(archive: Path, packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """Files of an archive by their names, made such that each stands in it once and below it."""
    if len(packed.infolist()) > _MAX_ENTRIES:
        raise _too_many(archive)
    named: dict[str, zipfile.ZipInfo] = {}
    times: Counter[str] = Counter()
    for entry in packed.infolist():
        name = _below(_name(entry))
        if entry.is_dir() or not name or _left_by_programs(name.split("/")):
            continue
        times[name] += 1
        path = PurePosixPath(name)
        while name in named:
            name = str(path.with_name(f"{path.stem} ({times[str(path)]}){path.suffix}"))
            times[str(path)] += 1
        named[name] = entry
    return named


def _below(name: str) -> str:
    """A name that leads nowhere but into its archive: `总结.docx` of `C:\\报告\\..\\总结.docx`."""
    parts = [re.sub(r"[\x00-\x1f\x7f]", "_", part) for part in re.split(r"[/\\]", re.sub("^[A-Za-z]:", "", name))]
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _left_by_programs(parts: list[str]) -> bool:
    return any(part.startswith((".", "~$")) or part == "__MACOSX" for part in parts) or parts[-1].lower() in ("thumbs.db", "desktop.ini")


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as its writer meant it: without the mark of UTF-8 it is in the code page of a Chinese Windows, or UTF-8 all the same."""
    if entry.flag_bits & _UTF8 or entry.orig_filename.isascii():
        return entry.filename
    if stated := _unicode_path(entry.extra):
        return stated
    plain = entry.orig_filename.partition("\0")[0].encode("cp437")
    for encoding in ("utf-8", "gb18030"):
        try:
            return plain.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _unicode_path(extra: bytes) -> str:
    """The name in the Info-ZIP Unicode Path field (APPNOTE 4.6.9), or ""."""
    while len(extra) >= 4:
        kind, size = int.from_bytes(extra[:2], "little"), int.from_bytes(extra[2:4], "little")
        if kind == _UNICODE_PATH:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return ""
