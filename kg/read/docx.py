"""Word documents (Office Open XML)."""

import io
import zipfile
from collections.abc import Iterator

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, document

MAX_UNPACKED = 400 * 1024 * 1024


def read_docx(raw: Raw) -> Document:
    """Read `.docx`: paragraphs and table rows in the order in which they stand, a line each.

    Raises:
        ReadError: not a Word document, a broken one, or one that unpacks beyond the limit.
    """
    import docx  # noqa: PLC0415  # lxml and python-docx load only for Word files

    _check_archive(raw)
    try:
        word = docx.Document(io.BytesIO(raw.data))
        text = "\n".join(_lines(word))
        title = (word.core_properties.title or "").strip()
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through
        raise ReadError(f"{raw.path} is a broken Word document ({_brief(error)}). Save it again in Word.") from error
    return document(raw, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", text, title=title)


def _lines(word) -> Iterator[str]:  # type: ignore[no-untyped-def]  # docx.document.Document
    for block in word.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = [cell.text.strip().replace("\n", " ") for cell in row.cells]
                yield "\t".join(dict.fromkeys(cells))  # a merged cell shows once for each column it spans
        elif block.text.strip():
            yield block.text.strip()


def _check_archive(raw: Raw) -> None:
    if not raw.data.startswith(b"PK\x03\x04"):
        head = raw.data[:4]
        kind = {b"%PDF": ".pdf", b"\xd0\xcf\x11\xe0": ".doc"}.get(head, "its own ending")
        raise ReadError(f"{raw.path} is not a Word document (it begins with {head!r}). Rename it to {kind}.")
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise ReadError(f"{raw.path} is a broken Word document ({_brief(error)}). Save it again in Word.") from error
    if size > MAX_UNPACKED:
        raise ReadError(f"{raw.path} unpacks to {size:,} bytes; at most {MAX_UNPACKED:,} are read. Split it.")


def _brief(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
