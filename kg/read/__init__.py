"""Files to documents: `read(path)` picks the reader by the file's ending."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import ReadError
from kg.files import contents
from kg.model import Document
from kg.read.clean import Raw
from kg.read.compound import is_protected
from kg.read.kind import NAMES, proven
from kg.read.packed import is_archive, members, split, unpacked

__all__ = ["documents_in", "is_archive", "is_tabular", "read", "read_bytes", "readable"]
_TABLES = "kg.table_readers"


def read(path: str | Path, media_format: str | None = None) -> Document:
    """Read a report or a table.

    Args:
        path: the file; in an archive `reports.zip/总结.docx`, or the archive itself where it holds one only.
        media_format: ending that decides the reader (`docx`, `pdf`, `txt`, `csv`), where neither the file's own nor its content tells it.

    Returns:
        The cleaned text with the map back to the text as read.

    Raises:
        ReadError: no such file, an unknown ending, an empty or a broken file.
    """
    path = Path(path)
    if is_archive(path) and not media_format:
        path = _only_document(path)
    raw = Raw(path, read_bytes(path))
    if is_protected(raw.data):
        raise ReadError(f"{path} is protected by a password. Save it without one.")
    if media_format:
        return _reader(path, f".{media_format.lstrip('.')}".lower())(raw)
    if path.name.startswith("~$"):
        raise ReadError(f"{path} is what Word keeps beside a document that is open. Name the document itself.")
    ending, remarks = _ending(raw)
    made = _reader(path, ending)(raw)
    return replace(made, remarks=(*remarks, *made.remarks))


def _ending(raw: Raw) -> tuple[str, tuple[str, ...]]:
    """Ending whose reader takes a file, and a remark where its content proves another than its name has."""
    named = raw.path.suffix.lower()
    readers = _readers()
    kind = proven(raw, named)
    if kind is None or kind not in readers or (named in readers and readers[named].value == readers[kind].value):
        return named, ()
    told = NAMES.get(kind, f"a {kind} file")  # of another package's reader
    return kind, (f"{raw.path.name}: is {told} by its content, and was read as that.",)


def read_bytes(path: Path) -> bytes:
    """What a file holds, on disk or in an archive.

    Raises:
        ReadError: no such file, an empty one, one that may not be read or is too large.
    """
    data = unpacked(path) if split(path) else contents(path)
    if not data[:_HEAD].strip() and not data.strip():
        raise ReadError(f"{path} is empty. Nothing was read; save the report again.")
    return data


_REFUSED = {
    ".caj": "Open it in its reader and print it to .pdf.",
    ".rar": "Unpack it and pass the folder.",
}
"""Formats that offices keep and no reader takes, with what to do."""


_HEAD = 4096
"""Bytes at a file's beginning that show that it is not empty, without a copy of all of it."""


def documents_in(archive: Path) -> list[Path]:
    """Files of an archive; those that no reader takes too, since each is to be said.

    Raises:
        ReadError: no archive, a broken one, one that holds too much or nothing.
    """
    inside = members(archive)
    if not inside:
        raise ReadError(f"{archive} holds no file. Pack the reports again.")
    return inside


def _only_document(archive: Path) -> Path:
    inside = [path for path in documents_in(archive) if readable(path)]
    if len(inside) == 1:
        return inside[0]
    if not inside:
        raise ReadError(f"{archive} holds no file that can be read. Unpack it and look into it.")
    raise ReadError(f"{archive} holds {len(inside):,} documents. Name one, such as {inside[0]}, or pass it to kg ingest.")


@cache
def _readers() -> dict[str, EntryPoint]:
    """Readers by the ending of a file, those of other packages among them; what holds tables is in a group of its own."""
    return {entry.name: entry for group in ("kg.readers", _TABLES) for entry in entry_points(group=group)}


def _reader(path: Path, suffix: str) -> Callable[[Raw], Document]:
    if suffix not in _readers():
        if advice := _REFUSED.get(suffix):
            raise ReadError(f"{path} ends in '{suffix}'. {advice}")
        known = " ".join(sorted(_readers()))
        raise ReadError(f"{path} ends in '{suffix}', which no reader knows. Known: {known}; or pass --format.")
    reader: Callable[[Raw], Document] = _readers()[suffix].load()
    return reader


def is_tabular(path: Path) -> bool:
    """Whether a file holds tables, by the reader of its ending."""
    return (reader := _readers().get(path.suffix.lower())) is not None and reader.group == _TABLES


def readable(path: Path) -> bool:
    """Whether some reader is registered for the ending of `path`."""
    return path.suffix.lower() in _readers()
