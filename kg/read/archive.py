"""Files that are zip archives within (`.docx`, `.xlsx`): refused where they unpack beyond the limit."""

import io
import zipfile

from kg.errors import ReadError
from kg.read.clean import Raw

MAX_UNPACKED = 400 * 1024 * 1024
ZIP = b"PK\x03\x04"


def check_archive(raw: Raw, what: str) -> None:
    """Refuse an archive that is broken or too large.

    Raises:
        ReadError: with `what` it should have been (`Word document`) and the program to save it with.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError) as error:
        raise ReadError(f"{raw.path} is a broken {what} ({brief(error)}). Open it and save it again.") from error
    if size > MAX_UNPACKED:
        raise ReadError(f"{raw.path} unpacks to {size:,} bytes; at most {MAX_UNPACKED:,} are read. Split it.")


def brief(error: BaseException) -> str:
    """First line of what an error says, or its name."""
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
