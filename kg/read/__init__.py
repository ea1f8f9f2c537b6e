"""Files to documents: `read(path)` picks the reader by the file's ending."""

from collections.abc import Callable
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw

MAX_BYTES = 200 * 1024 * 1024


def read(path: str | Path, media_format: str | None = None) -> Document:
    """Read a report or a table.

    Args:
        path: the file.
        media_format: ending that decides the reader (`docx`, `pdf`, `txt`, `html`, `xlsx`, `csv`, `png`), where the file's own is wrong.

    Returns:
        The cleaned text with the map back to the text as read.

    Raises:
        ReadError: no such file, an unknown ending, an empty or a broken file.
    """
    path = Path(path)
    data = read_bytes(path)
    suffix = f".{media_format.lstrip('.')}" if media_format else path.suffix
    return _reader(path, suffix.lower())(Raw(path, data))


def read_bytes(path: Path) -> bytes:
    """What a file holds.

    Raises:
        ReadError: no such file, an empty one, one that may not be read or is too large.
    """
    if not path.exists():
        raise ReadError(f"{path} does not exist. Check the path.")
    if path.is_dir():
        raise ReadError(f"{path} is a folder, not a file. Name a file in it, or pass the folder to kg ingest.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
    if len(data) > MAX_BYTES:
        raise ReadError(f"{path} holds {len(data):,} bytes; at most {MAX_BYTES:,} are read. Split the file.")
    if not data.strip():
        raise ReadError(f"{path} is empty. Nothing was read; save the report again.")
    return data


_REFUSED = {
    ".doc": "Open it in Word or WPS and save it as .docx.",
    ".wps": "Open it in WPS and save it as .docx.",
    ".et": "Open it in WPS and save it as .xlsx.",
    ".ofd": "Open it in its reader and save it as .pdf.",
    ".rtf": "Open it in Word or WPS and save it as .docx.",
    ".ppt": "Open it in PowerPoint or WPS and save it as .pdf.",
    ".pptx": "Open it in PowerPoint or WPS and save it as .pdf.",
    ".dps": "Open it in WPS and save it as .pdf.",
    ".caj": "Open it in its reader and print it to .pdf.",
    ".zip": "Unpack it and pass the folder.",
    ".rar": "Unpack it and pass the folder.",
}
"""Formats that offices keep and no reader takes, with what to do."""


@cache
def _readers() -> dict[str, EntryPoint]:
    """Readers by the ending of a file, those of other packages among them."""
    return {entry.name: entry for entry in entry_points(group="kg.readers")}


def _reader(path: Path, suffix: str) -> Callable[[Raw], Document]:
    if advice := _REFUSED.get(suffix):
        raise ReadError(f"{path} ends in '{suffix}'. {advice}")
    if suffix not in _readers():
        known = " ".join(sorted(_readers()))
        raise ReadError(f"{path} ends in '{suffix}', which no reader knows. Known: {known}; or pass --format.")
    reader: Callable[[Raw], Document] = _readers()[suffix].load()
    return reader


def readable(path: Path) -> bool:
    """Whether some reader is registered for the ending of `path`."""
    return path.suffix.lower() in _readers()
