"""Word documents (Office Open XML)."""

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from kg.errors import KgError, ReadError
from kg.model import Document
from kg.read.archive import ZIP, brief, check_archive
from kg.read.clean import Raw, document
from kg.read.numbering import Numbering
from kg.read.spacing import unspaced
from kg.read.table import Sheet, compose

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def read_docx(raw: Raw) -> Document:
    """Read `.docx`: paragraphs (with the numbers that Word counts for them) and table rows in their order, a line each.

    Raises:
        ReadError: not a Word document, a broken one, or one that unpacks beyond the limit.
    """
    import docx  # noqa: PLC0415  # lxml and python-docx load only for Word files

    _check_kind(raw)
    try:
        word = docx.Document(io.BytesIO(raw.data))
        text, rows = compose(raw, list(_blocks(word)))
        title = (word.core_properties.title or "").strip()
    except KgError:
        raise
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through
        raise ReadError(f"{raw.path} is a broken Word document ({brief(error)}). Save it again in Word.") from error
    return replace(document(raw, MEDIA_TYPE, text.rstrip("\n"), title=title), rows=rows)


def _blocks(word) -> Iterator[str | Sheet]:  # type: ignore[no-untyped-def]  # docx.document.Document
    numbers = Numbering(word)
    tables = 0
    for block in word.iter_inner_content():
        if hasattr(block, "rows"):
            tables += 1
            yield _sheet(block, tables)
        elif words := block.text.strip():
            yield from (line.strip() for line in unspaced(f"{numbers.label(block)}{words}").split("\n") if line.strip())


def _sheet(table, number: int) -> Sheet:  # type: ignore[no-untyped-def]  # docx.table.Table
    """A table's cells; python-docx gives a merged cell once for each row and column that it covers."""
    places: dict[object, list[tuple[int, int]]] = defaultdict(list)  # by element, which its keys keep alive
    cells: list[list[str]] = []
    for index, row in enumerate(table.rows):
        cells.append([])
        for column, cell in enumerate(row.cells):
            known = places[cell._tc]
            known.append((index, column))
            cells[-1].append(" ".join(cell.text.split()) if len(known) == 1 else "")
    merged = [(*min(at), *max(at)) for at in places.values() if len(at) > 1]
    return Sheet(cells, number, merged, "table")


def _check_kind(raw: Raw) -> None:
    if not raw.data.startswith(ZIP):
        head = raw.data[:4]
        kind = {b"%PDF": ".pdf", b"\xd0\xcf\x11\xe0": ".doc"}.get(head, "its own ending")
        raise ReadError(f"{raw.path} is not a Word document (it begins with {head!r}). Rename it to {kind}.")
    check_archive(raw, "Word document")
