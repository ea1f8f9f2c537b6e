"""Tables of texts and slides: one that lists things becomes a sheet, one that lays out a page becomes lines."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kg.read.table import MAX_COLUMNS, Merge, Sheet, header_at

Block = str | Sheet
_LONG, _SHORT = 200, 15
"""Characters of a cell that is prose; a shorter one is where it ends a sentence and is not too short, or ends several."""
_ENDS = tuple("。！？；!?;")
_NARROW = 2
"""Columns of a list whose row with one cell still states something of it."""
_FORM = 4
"""A table is a form where one row in so many holds prose beside a label."""


@dataclass(slots=True)
class Cell:
    """A cell: its first column, how many columns and rows it covers, what it holds."""

    left: int
    across: int = 1
    down: int = 1
    blocks: list[Block] = field(default_factory=list)

    @property
    def right(self) -> int:
        """The first column behind it."""
        return self.left + self.across

    @property
    def text(self) -> str:
        """Its words in one line."""
        return " ".join(" ".join(block.split()) for block in self.blocks if isinstance(block, str))

    @property
    def paragraphs(self) -> int:
        """Paragraphs that end a sentence."""
        return sum(isinstance(block, str) and block.endswith(_ENDS) for block in self.blocks)

    @property
    def prose(self) -> bool:
        """Whether it holds sentences."""
        lines = [block for block in self.blocks if isinstance(block, str)]
        return len(self.text) > _LONG or self.paragraphs > 1 or any(len(line) >= _SHORT and line.endswith(_ENDS) for line in lines)

    @property
    def holds_table(self) -> bool:
        """Whether a table stands within it."""
        return any(isinstance(block, Sheet) for block in self.blocks)


def arranged(rows: Sequence[Sequence[Cell]], number: int) -> list[Block]:
    """A table's rows as a sheet, with what runs across it as lines before or after; or all of it as lines.

    Args:
        rows: cells of each row, without those that others cover.
        number: the table's number in its document.
    """
    edges = sorted({cell.left for row in rows for cell in row})
    if len(rows) < 2 or not 2 <= len(edges) <= MAX_COLUMNS or any(cell.holds_table for row in rows for cell in row):
        return list(_lines(rows))
    sheet = _sheet(rows, edges, number)
    top = header_at(sheet)
    if _lays_out(rows, top) or _tells_little(sheet.cells, top):
        return list(_lines(rows))
    told = [(index, _told_across(index, row, sheet, top)) for index, row in enumerate(rows) if index != top]
    before, after = ([block for index, blocks in told if (index < top) is above for block in blocks] for above in (True, False))
    return [*before, sheet, *after]


def _sheet(rows: Sequence[Sequence[Cell]], edges: Sequence[int], number: int) -> Sheet:
    """Cells by the columns at which some cell begins: what no row divides is one column."""
    columns = {edge: index for index, edge in enumerate(edges)}
    width = max((cell.right for row in rows for cell in row), default=0)
    starts = list(accumulate((edge in columns for edge in range(width)), initial=0))  # columns that begin before an edge
    texts = [[""] * len(edges) for _ in rows]
    merged: list[Merge] = []
    for index, row in enumerate(rows):
        for cell in row:
            left, right = columns[cell.left], starts[cell.right] - 1
            texts[index][left] = cell.text
            if right > left or cell.down > 1:
                merged.append((index, left, min(index + cell.down, len(rows)) - 1, right))
    return Sheet(texts, number, merged, "table")


def _lays_out(rows: Sequence[Sequence[Cell]], top: int) -> bool:
    """Whether a table is a form or a page: prose stands in its header, or beside a label over several columns or paragraphs."""
    if any(cell.prose for cell in rows[top]):
        return True
    body = rows[top + 1 :]
    broad = len(rows[top])
    wide = sum(len(row) > 1 and any(cell.prose and (len(row) * 2 <= broad or cell.paragraphs > 1) for cell in row) for row in body)
    return wide * _FORM >= max(len(body), 1)


def _tells_little(cells: list[list[str]], top: int) -> bool:
    """Whether so few cells stand under a header that its own words are what the table says."""
    named = [column for column, words in enumerate(cells[top]) if words]
    filled = sum(bool(row[column]) for row in cells[top + 1 :] for column in named)
    return filled * 2 < len(named)


def _told_across(index: int, row: Sequence[Cell], sheet: Sheet, top: int) -> list[Block]:
    """A title above the header, prose or a label across the whole of a list: taken out of its sheet, to stand as lines beside it."""
    above = index < top and all(cell.down == 1 for cell in row)
    broad = len(sheet.cells[index])
    across = len(row) == 1 and (row[0].prose or (broad > _NARROW and (index, 0, index, broad - 1) in sheet.merged))
    if not above and not across:
        return []
    sheet.cells[index] = [""] * len(sheet.cells[index])
    return list(_lines([row]))


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[Block]:
    """A table as lines: short cells of a row beside each other, a cell with prose or a table by itself."""
    for row in rows:
        beside: list[str] = []
        for cell in (cell for cell in row if cell.blocks):
            if cell.prose or cell.holds_table or len(row) == 1:
                yield from ["\t".join(beside)] if beside else []
                beside = []
                yield from cell.blocks
            else:
                beside.append(cell.text)
        yield from ["\t".join(beside)] if beside else []
