"""Tables: CSV with a header row."""

import csv
import io

from kg.errors import ReadError
from kg.model import Document, Row, Span
from kg.read.clean import Raw, decode, document

MAX_COLUMNS = 500


def read_csv(raw: Raw) -> Document:
    """Read `.csv`: the text is `column:cell` for each cell, a line for each row, rows numbered as RFC 7111 does.

    Raises:
        ReadError: no header, no rows, a row with more cells than the header, or a cell beyond the reader's limit.
    """
    try:
        lines = list(csv.reader(io.StringIO(decode(raw).lstrip("\n"))))
    except csv.Error as error:
        raise ReadError(f"{raw.path} is no readable table ({error}). Save it again as CSV.") from error
    if not lines:
        raise ReadError(f"{raw.path} is empty. Nothing was read; save the table again.")
    header, body = [name.strip() for name in lines[0]], lines[1:]
    if not body:
        raise ReadError(f"{raw.path} has a header and no rows. Add rows, or pass another file.")
    if len(header) > MAX_COLUMNS:
        raise ReadError(f"{raw.path} has {len(header)} columns; at most {MAX_COLUMNS} are read.")
    rows, pieces, at = [], [], 0
    for number, cells in enumerate(body, start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            raise ReadError(f"{raw.path}, row {number}: {len(cells)} cells under {len(header)} columns. Quote cells with commas.")
        row, text = _row(number, at, header, cells)
        rows.append(row)
        pieces.append(text)
        at += len(text)
    return document(raw, "text/csv", "".join(pieces), rows=tuple(rows))


def _row(number: int, at: int, header: list[str], cells: list[str]) -> tuple[Row, str]:
    text, spans = "", {}
    for column, cell in zip(header, cells, strict=False):
        value = " ".join(cell.split())
        if not value:
            continue
        text += f"{'; ' if text else ''}{column}: "
        spans[column] = Span(at + len(text), at + len(text) + len(value))
        text += value
    return Row(number, Span(at, at + len(text)), spans), text + "\n"
