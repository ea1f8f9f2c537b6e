"""Tables as offices keep them: a title above the header, a header of two rows, merged cells, totals, notes."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kg.errors import ReadError
from kg.model import Document, Row, Span
from kg.read.clean import Raw, decode, document

MAX_COLUMNS = 500
_HEADER_AMONG = 15
"""Rows at the top of a sheet among which its header is looked for."""
_NUMBER = re.compile(r"[\d.,%\-/:\s]*")
_TOTAL = re.compile(r"\s*(?:合\s*计|总\s*计|小\s*计|total)\s*[:：]?\s*", re.IGNORECASE)

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's cells as text; `number` is 0 where the file holds one only (CSV), else counts its sheets or tables from 1."""

    cells: list[list[str]]
    number: int = 0
    merged: Sequence[Merge] = ()
    kind: Literal["sheet", "table"] = "sheet"


def read_csv(raw: Raw) -> Document:
    """Read `.csv`: the text is `column: cell` for each cell, a line for each row, rows numbered as RFC 7111 does.

    Raises:
        ReadError: no header, no rows, a row with more cells than the header, or a cell beyond the reader's limit.
    """
    try:
        cells = list(csv.reader(io.StringIO(decode(raw).lstrip("\n"))))
    except csv.Error as error:
        raise ReadError(f"{raw.path} is no readable table ({error}). Save it again as CSV.") from error
    if not cells:
        raise ReadError(f"{raw.path} is empty. Nothing was read; save the table again.")
    sheet = Sheet(cells)
    width = len(cells[header_at(sheet)])
    for number, row in enumerate(cells[header_at(sheet) + 1 :], start=header_at(sheet) + 2):
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            raise ReadError(f"{raw.path}, row {number}: {len(row)} cells under {width} columns. Quote cells with commas.")
    return table(raw, "text/csv", [sheet])


def table(raw: Raw, media_type: str, sheets: Sequence[Sheet]) -> Document:
    """A document whose passages are the rows of its sheets; its title is the line above a header, where there is one.

    Raises:
        ReadError: no sheet has a row under its header, or one has too many columns.
    """
    text, rows = compose(raw, sheets)
    if not rows:
        raise ReadError(f"{raw.path} has a header and no rows. Add rows, or pass another file.")
    return replace(document(raw, media_type, text, title=next(filter(None, map(_title, sheets)), "")), rows=rows)


def compose(raw: Raw, blocks: Iterable[str | Sheet]) -> tuple[str, tuple[Row, ...]]:
    """Text of lines and tables in the order in which they stand, and the rows of the tables with their places in it.

    Args:
        raw: the file, for messages.
        blocks: a line of prose, or a table; a table that is no list of things by columns becomes lines of prose.

    Raises:
        ReadError: a table has too many columns.
    """
    rows: list[Row] = []
    pieces: list[str] = []
    at = 0
    for block in blocks:
        made = [] if isinstance(block, str) else list(_body(raw, block))
        if isinstance(block, str) or (not made and block.number):
            plain = [block] if isinstance(block, str) else ["\t".join(dict.fromkeys(filter(None, row))) for row in block.cells]
            pieces += [f"{line}\n" for line in plain if line.strip()]
            at += sum(len(line) + 1 for line in plain if line.strip())
            continue
        for number, cells in made:
            row, text = _row(f"{block.kind}={block.number}&row={number}" if block.number else f"row={number}", number, at, cells)
            rows.append(row)
            pieces.append(text)
            at += len(text)
    return "".join(pieces), tuple(rows)


def _title(sheet: Sheet) -> str:
    """The line above the header that is no `附件1` and no note on units."""
    above = (cell.strip() for row in sheet.cells[: header_at(sheet)] for cell in row if cell.strip())
    return next((" ".join(cell.split()) for cell in above if not re.match("附[件表]|单位[:：]|填报|制表|日期", cell)), "")


def header_at(sheet: Sheet) -> int:
    """Index of the header: the first row that fills half of the table's width, at least two cells, with words."""
    width = max((sum(bool(c.strip()) for c in row) for row in sheet.cells[: _HEADER_AMONG * 4]), default=0)
    for index, row in enumerate(sheet.cells[:_HEADER_AMONG]):
        if len(row) == 1 and row[0].strip():  # a line of CSV without a comma has nothing beside it
            return index
        words = [c for c in _across(sheet, index, row) if c.strip()]
        filled = len(words) >= min(2, width) and len(words) * 2 >= width and len(set(words)) * 2 > len(words)
        if filled and sum(_NUMBER.fullmatch(c) is not None for c in words) * 2 <= len(words):
            return index
    return 0


def _body(raw: Raw, sheet: Sheet) -> Iterator[tuple[int, list[tuple[str, str]]]]:
    """Rows under the header that state something, as (number from 1, (column, cell) pairs)."""
    if not sheet.cells:
        return
    top = header_at(sheet)
    depth = max((last - first for first, _, last, _ in sheet.merged if first == top), default=0)
    header = _header(sheet, top, top + depth)
    if len(header) > MAX_COLUMNS:
        raise ReadError(f"{raw.path} has {len(header)} columns; at most {MAX_COLUMNS} are read.")
    above = _filled_from(sheet, top + depth)
    for index in range(top + depth + 1, len(sheet.cells)):
        own = sheet.cells[index]
        if not any(c.strip() for c in own) or _states_nothing(own, len(header)):
            continue
        cells = [above.get((index, column), value) for column, value in enumerate(own)]
        yield index + 1, [(name, " ".join(c.split())) for name, c in zip(header, cells, strict=False) if name and c.strip()]


def _states_nothing(cells: list[str], width: int) -> bool:
    """A row of totals, or a note that runs across the table (`注:…`)."""
    told = [c for c in cells if c.strip()]
    return any(_TOTAL.fullmatch(c) for c in told[:2]) or (width > 2 and len(told) == 1 and len(cells[0].strip()) > 1)


def _header(sheet: Sheet, top: int, bottom: int) -> list[str]:
    """Names of the columns; a group's name stands before those of the columns under it: `2023年/营业收入`."""
    levels = [_across(sheet, index, sheet.cells[index]) for index in range(top, bottom + 1) if index < len(sheet.cells)]
    names = []
    for column in range(max(map(len, levels), default=0)):
        told = [re.sub(r"\s+", " ", level[column]).strip() for level in levels if column < len(level)]
        names.append("/".join(dict.fromkeys(filter(None, told))))
    return names


def _across(sheet: Sheet, index: int, row: list[str]) -> list[str]:
    """A row in which cells merged across repeat their text."""
    filled = list(row)
    for first, left, last, right in sheet.merged:
        if first <= index <= last and left < len(filled):
            for column in range(left, min(right + 1, len(filled))):
                filled[column] = filled[column] or (sheet.cells[first][left] if left < right else "")
    return filled


def _filled_from(sheet: Sheet, header: int) -> dict[tuple[int, int], str]:
    """(row, column) → text, for the cells of the body that a merge covers: each row states what the merged cell says."""
    return {
        (index, column): sheet.cells[first][left]
        for first, left, last, right in sheet.merged
        if first > header and first < len(sheet.cells) and left < len(sheet.cells[first])
        for index in range(first, last + 1)
        for column in range(left, right + 1)
        if right == left
    }


def _row(fragment: str, number: int, at: int, cells: list[tuple[str, str]]) -> tuple[Row, str]:
    text, spans = "", {}
    for column, value in cells:
        text += f"{'; ' if text else ''}{column}: "
        spans[column] = Span(at + len(text), at + len(text) + len(value))
        text += value
    return Row(number, Span(at, at + len(text)), spans, fragment), text + "\n"
