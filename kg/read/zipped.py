"""Files that are zip archives within (`.docx`, `.xlsx`): refused where they unpack beyond the limit."""

import io
import struct
import zipfile
import zlib

from kg.errors import ReadError
from kg.read.clean import Raw

MAX_UNPACKED = 400 * 1024 * 1024
MAX_PARTS = 50_000
MAX_RATIO, _SMALL = 200, 50 * 1024 * 1024
"""How many times its size an archive may unpack to; below so many bytes any ratio will do, for empty sheets shrink well."""
UNPACKING = (KeyError, RuntimeError, NotImplementedError, zipfile.BadZipFile, EOFError, OSError, ValueError, zlib.error, struct.error)
"""What zipfile raises where a part is missing, broken, encrypted or packed in a way that it does not know."""
ZIP = b"PK\x03\x04"
ENCRYPTED = 0x1
"""Flag of a part that a password closes (APPNOTE 4.4.4)."""


def check_archive(raw: Raw, what: str) -> None:
    """Refuse an archive that is broken or too large.

    Raises:
        ReadError: with `what` it should have been (`Word document`) and the program to save it with.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            parts = archive.infolist()
    except UNPACKING as error:
        raise ReadError(f"{raw.path} is a broken {what} ({brief(error)}). Open it and save it again.") from error
    size = sum(part.file_size for part in parts)
    if any(part.flag_bits & ENCRYPTED for part in parts):
        raise ReadError(f"{raw.path} is protected by a password. Save it without one.")
    if len(parts) > MAX_PARTS:
        raise ReadError(f"{raw.path} holds {len(parts):,} parts; at most {MAX_PARTS:,} are read. Split it.")
    if size > max(MAX_RATIO * len(raw.data), _SMALL):
        raise ReadError(f"{raw.path} unpacks to {size:,} bytes, more than {MAX_RATIO} times its size: no {what} that a program wrote.")
    if size > MAX_UNPACKED:
        raise ReadError(f"{raw.path} unpacks to {size:,} bytes; at most {MAX_UNPACKED:,} are read. Split it.")


def brief(error: BaseException) -> str:
    """First line of what an error says, or its name."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
