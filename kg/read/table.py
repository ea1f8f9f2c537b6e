"""Tables to documents: the text holds a line for each row and each line around it, a row keeps its place."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from kg.errors import ReadError
from kg.model import Document, Row, Span
from kg.read.clean import Raw, decode, document
from kg.read.grid import MAX_CELLS, Merge, Sheet
from kg.read.headers import line_kind
from kg.read.table_detection import Line, Part, Table, View, bottom_of, header_at, heads, parts

__all__ = ["Merge", "Sheet", "compose", "header_at", "read_csv", "table"]

MAX_COLUMNS = 500
_NEAR = 2
"""Lines of prose before a table that may tell of it."""
_CAPTION = 80
"""Characters of such a line, at most."""
_PROSE = re.compile("[。！？；]|.{40}")
"""What a sheet that holds no list holds where it is a text."""
_DELIMITERS = ",\t;|，"
_SAMPLE = 50


def read_csv(raw: Raw) -> Document:
    """Read `.csv` and `.tsv`: the text is `column: cell` for each cell, a line for each row, rows numbered as RFC 7111 does.

    Raises:
        ReadError: no header, no rows, a row with more cells than the header, or more cells than the limit.
    """
    text = decode(raw).lstrip("\n")
    limit = csv.field_size_limit(len(text) + 1)  # no cell is longer than the file
    try:
        cells = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text)))
    except csv.Error as error:
        raise ReadError(f"{raw.path} is no readable table ({error}). Save it again as CSV.") from error
    finally:
        csv.field_size_limit(limit)
    if not cells:
        raise ReadError(f"{raw.path} is empty. Nothing was read; save the table again.")
    if sum(map(len, cells)) > MAX_CELLS:
        raise ReadError(f"{raw.path} holds more than {MAX_CELLS:,} cells. Split it.")
    sheet = Sheet(cells)
    _check_width(raw, sheet)
    return table(raw, "text/csv", [sheet])


def _check_width(raw: Raw, sheet: Sheet) -> None:
    """Refuse rows with cells beyond the last column that has a name: a comma within a cell shifted what stands behind it."""
    view = View(sheet)
    tops = [top for _, top in heads(view)]
    for top, end in zip(tops, [*tops[1:], len(sheet.cells)], strict=True):
        bottom = bottom_of(view, top)
        width = max((column + 1 for row in range(top, bottom + 1) for column, _ in view.said(row)), default=0)
        for row in range(bottom + 1, end):
            if any(cell.strip() for cell in sheet.cells[row][width:]):
                filled = len(sheet.cells[row])
                raise ReadError(f"{raw.path}, row {row + 1}: {filled} cells under {width} columns. Quote cells with commas.")


def _delimiter(text: str) -> str:
    """The mark that parts the cells: the one that stands, outside of quotes, in most of the first lines and equally often in each."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text.split("\n", _SAMPLE)[:_SAMPLE] if line.strip()]

    def weight(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        often = max(set(counts), key=counts.count, default=0)
        return (counts.count(often) if often else 0, often)

    best = max(_DELIMITERS, key=lambda mark: (weight(mark), -_DELIMITERS.index(mark)))
    return best if weight(best)[0] and weight(best)[0] > weight(",")[0] else ","


def table(raw: Raw, media_type: str, sheets: Sequence[Sheet]) -> Document:
    """A document whose passages are the rows of its sheets; its title is the line above a header, where there is one.

    Raises:
        ReadError: no sheet has a row under its header, nor a sentence, or one has too many columns.
    """
    text, rows = compose(raw, sheets)
    if not rows and not _PROSE.search(text):
        raise ReadError(f"{raw.path} has a header and no rows. Add rows, or pass another file.")
    return replace(document(raw, media_type, text, title=next(filter(None, map(_title, sheets)), "")), rows=rows)


@dataclass(slots=True)
class _Page:
    """Text being put together: its pieces, its length, the rows with their places in it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    rows: list[Row] = field(default_factory=list)

    def add(self, text: str) -> None:
        """Add a line."""
        self.pieces.append(f"{text}\n")
        self.length += len(text) + 1


def compose(raw: Raw, blocks: Iterable[str | Sheet]) -> tuple[str, tuple[Row, ...]]:
    """Text of lines and tables in the order in which they stand, and the rows of the tables with their places in it.

    Args:
        raw: the file, for messages.
        blocks: a line of prose, or a table; a table that is no list of things by columns becomes lines of prose.

    Raises:
        ReadError: a table has too many columns.
    """
    page = _Page()
    before: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            if block.strip():
                page.add(block)
                before.append(block.strip())
            continue
        made = parts(block)
        if any(isinstance(part, Table) for part in made):
            near = tuple(line for line in reversed(before[-_NEAR:]) if len(line) <= _CAPTION)
            for part in made:
                _add(raw, page, block, part, near)
            before = []
        elif block.number:
            for line in ("\t".join(dict.fromkeys(filter(None, row))) for row in block.cells):
                if line.strip():
                    page.add(line)
    return "".join(page.pieces), tuple(page.rows)


def _add(raw: Raw, page: _Page, sheet: Sheet, part: Part, near: tuple[str, ...]) -> None:
    if isinstance(part, Line):
        page.add("\t".join(" ".join(cell.split()) for cell in part.text.split("\t")))
        return
    width = max((len(cells) for _, cells in part.rows), default=0)
    if width > MAX_COLUMNS:
        raise ReadError(f"{raw.path} has {width} columns; at most {MAX_COLUMNS} are read.")
    about = (*part.about, *near)
    for index, cells in part.rows:
        group = part.groups.get(index, "")
        fragment = _fragment(sheet, index, part.columns)
        row, text = _row(fragment, sheet.row_number(index), page.length, cells, (group, *about) if group else about)
        page.rows.append(row)
        page.add(text)


def _fragment(sheet: Sheet, index: int, columns: tuple[int, int] | None) -> str:
    """`row=5`, `sheet=2&row=5`; of a table beside others, the cells of the row: `sheet=2&cell=5,1-5,3` (RFC 7111, 2.3)."""
    row = sheet.row_number(index)
    where = f"cell={row},{sheet.column_number(columns[0])}-{row},{sheet.column_number(columns[1])}" if columns else f"row={row}"
    return f"{sheet.kind}={sheet.number}&{where}" if sheet.number else where


def _title(sheet: Sheet) -> str:
    """The line above the first header that is no `附件1` and no note on units."""
    view = View(sheet)
    above = (cell for row in range(header_at(sheet)) for _, cell in view.said(row))
    return next((" ".join(cell.split()) for cell in above if not line_kind(cell)), "")


def _row(fragment: str, number: int, at: int, cells: list[tuple[str, str]], about: tuple[str, ...]) -> tuple[Row, str]:
    pieces: list[str] = []
    spans: dict[str, Span] = {}
    length = 0
    for column, value in cells:
        lead = f"{'; ' if pieces else ''}{column}: "
        start = at + length + len(lead)
        spans[column] = Span(start, start + len(value))
        pieces.append(f"{lead}{value}")
        length += len(lead) + len(value)
    return Row(number, Span(at, at + length), spans, fragment, about), "".join(pieces)
