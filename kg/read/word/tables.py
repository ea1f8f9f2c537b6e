"""Tables of Word: those that list things become sheets, those that lay out a page become lines (17.4)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kg.read.table import MAX_COLUMNS, Merge, Sheet, header_at
from kg.read.word.accepted import accepted, row_stands
from kg.read.word.markup import Element, child, value, whole
from kg.read.word.remarks import Tally

Block = str | Sheet
_COLUMNS = 63
"""Columns that Word allows a table; a wider span is broken."""
_LONG = 200
"""Characters of a cell that is prose; a shorter one is where it ends a sentence and has `_SHORT` characters, or ends several."""
_SHORT = 15
_ENDS = tuple("。！？；!?;")
_NARROW = 2
"""Columns of a list whose row with one cell still states something of it."""
_FORM = 4
"""One row in so many that lays out prose beside a label makes the table a form."""


@dataclass(slots=True)
class _Cell:
    """A cell: its columns in the grid, what it holds, how many rows it covers."""

    left: int
    right: int
    blocks: list[Block] = field(default_factory=list)
    down: int = 1

    @property
    def text(self) -> str:
        return " ".join(" ".join(block.split()) for block in self.blocks if isinstance(block, str))

    @property
    def paragraphs(self) -> int:
        """Paragraphs that end a sentence."""
        return sum(isinstance(block, str) and block.endswith(_ENDS) for block in self.blocks)

    @property
    def prose(self) -> bool:
        lines = [block for block in self.blocks if isinstance(block, str)]
        return len(self.text) > _LONG or self.paragraphs > 1 or any(len(line) >= _SHORT and line.endswith(_ENDS) for line in lines)


def read_table(table: Element, number: int, read_cell: Callable[[Element], Iterator[Block]], tally: Tally) -> list[Block]:
    """A table as a sheet and lines, or as lines alone.

    Args:
        table: `w:tbl`.
        number: how many tables begin before it, and one.
        read_cell: gives the lines and tables within a cell.
        tally: where hidden rows and covered text are noted.
    """
    rows = _rows(table, read_cell, tally)
    edges = sorted({cell.left for row in rows for cell in row})
    if len(rows) < 2 or not 2 <= len(edges) <= MAX_COLUMNS or any(_holds_table(cell) for row in rows for cell in row):
        return list(_lines(rows))
    sheet = _sheet(rows, edges, number)
    top = header_at(sheet)
    if _lays_out(rows, top):
        return list(_lines(rows))
    told = [(index, _told_across(index, row, sheet, top)) for index, row in enumerate(rows) if index != top]
    before, after = ([block for index, blocks in told if (index < top) is above for block in blocks] for above in (True, False))
    return [*before, sheet, *after]


def _rows(table: Element, read_cell: Callable[[Element], Iterator[Block]], tally: Tally) -> list[list[_Cell]]:
    """Rows that stand, each with its cells; a cell that goes on from the row above has none of its own (17.4.84)."""
    rows: list[list[_Cell]] = []
    above: dict[int, _Cell] = {}
    for row in accepted(table, {"w:tr"}):
        if not row_stands(row, tally):
            continue
        at = _span(value(child(row, "w:trPr", "w:gridBefore")), least=0)
        cells, going_on = [], {}
        for element in accepted(row, {"w:tc"}):
            properties = child(element, "w:tcPr")
            if child(properties, "w:cellDel") is not None:
                continue
            cell = _Cell(at, at + _span(value(child(properties, "w:gridSpan")), least=1), list(read_cell(element)))
            at = cell.right
            merge = _merge(properties)
            origin = above.get(cell.left) if merge == "continue" else None
            if origin is not None and origin.right == cell.right:
                origin.down += 1
                going_on[cell.left] = origin
                if cell.text:
                    tally.add("hidden", cell.text)
                continue
            cells.append(cell)
            if merge:
                going_on[cell.left] = cell
        rows.append(cells)
        above = going_on
    return rows


def _merge(properties: Element | None) -> str:
    """`restart` where cells merged downwards begin, `continue` where they go on, a tracked merge counting as made."""
    merged, tracked = child(properties, "w:vMerge"), child(properties, "w:cellMerge")
    if merged is not None:
        return value(merged, default="continue")
    return {"rest": "restart", "cont": "continue"}.get(value(tracked, "w:vMerge"), "")


def _span(text: str, least: int) -> int:
    return min(max(whole(text, _COLUMNS if text.isdigit() else least), least), _COLUMNS)


def _holds_table(cell: _Cell) -> bool:
    return any(isinstance(block, Sheet) for block in cell.blocks)


def _sheet(rows: Sequence[Sequence[_Cell]], edges: Sequence[int], number: int) -> Sheet:
    """Cells by the columns at which some cell begins: what no row divides is one column."""
    columns = {edge: index for index, edge in enumerate(edges)}
    starts = list(accumulate((edge in columns for edge in range(edges[-1] + _COLUMNS + 1)), initial=0))  # columns that begin before an edge
    texts = [[""] * len(edges) for _ in rows]
    merged: list[Merge] = []
    for index, row in enumerate(rows):
        for cell in row:
            left, right = columns[cell.left], starts[cell.right] - 1
            texts[index][left] = cell.text
            if right > left or cell.down > 1:
                merged.append((index, left, index + cell.down - 1, right))
    return Sheet(texts, number, merged, "table")


def _lays_out(rows: Sequence[Sequence[_Cell]], top: int) -> bool:
    """Whether a table is a form or a page: prose stands in its header, or beside a label over several columns or paragraphs."""
    if any(cell.prose for cell in rows[top]):
        return True
    body = rows[top + 1 :]
    broad = len(rows[top])
    wide = sum(len(row) > 1 and any(cell.prose and (len(row) * 2 <= broad or cell.paragraphs > 1) for cell in row) for row in body)
    return wide * _FORM >= max(len(body), 1)


def _told_across(index: int, row: Sequence[_Cell], sheet: Sheet, top: int) -> list[Block]:
    """A title above the header, prose or a label across the whole of a list: taken out of its sheet, to stand as lines beside it."""
    above = index < top and all(cell.down == 1 for cell in row)
    broad = len(sheet.cells[index])
    across = len(row) == 1 and (row[0].prose or (broad > _NARROW and (index, 0, index, broad - 1) in sheet.merged))
    if not above and not across:
        return []
    sheet.cells[index] = [""] * len(sheet.cells[index])
    return list(_lines([row]))


def _lines(rows: Sequence[Sequence[_Cell]]) -> Iterator[Block]:
    """A table as lines: short cells of a row beside each other, a cell with prose or a table by itself."""
    for row in rows:
        beside: list[str] = []
        for cell in filter(lambda cell: cell.blocks, row):
            if cell.prose or _holds_table(cell) or len(row) == 1:
                yield from ["\t".join(beside)] if beside else []
                beside = []
                yield from cell.blocks
            else:
                beside.append(cell.text)
        yield from ["\t".join(beside)] if beside else []
