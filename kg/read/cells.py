"""Tables of texts and slides: one that lists things becomes a sheet, one that lays out a page becomes lines."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.read.table import MAX_COLUMNS, Sheet, header_at

Block = str | Sheet
MAX_CELLS = 1_000_000
_LONG, _SHORT = 200, 15
"""Characters of a cell that is prose; a shorter one is where it ends a sentence and is not too short."""
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
    def text(self) -> str:
        """Its words in one line."""
        return " ".join(" ".join(block.split()) for block in self.blocks if isinstance(block, str))

    @property
    def prose(self) -> bool:
        """Whether it holds sentences."""
        return len(self.text) > _LONG or (len(self.text) >= _SHORT and self.text.endswith(("。", "！", "？", "；")))


def arranged(rows: list[list[Cell]], number: int) -> Iterator[Block]:
    """A table's rows as a sheet, with the prose that runs across it as lines before or after; or all of it as lines.

    Args:
        rows: cells of each row, without those that others cover.
        number: the table's number in its document.
    """
    width = max((cell.left + cell.across for row in rows for cell in row), default=0)
    within = any(isinstance(block, Sheet) for row in rows for cell in row for block in cell.blocks)
    across = [_runs_across(row, width) for row in rows]
    listed = [[] if alone else row for row, alone in zip(rows, across, strict=True)]
    if within or not 2 <= width <= MAX_COLUMNS or len(rows) < 2 or _lays_out(listed):
        yield from _lines(rows)
        return
    sheet = _sheet(listed, width, number)
    top = header_at(sheet)
    if _tells_little(sheet.cells, top):
        yield from _lines(rows)
        return
    yield from (block for row, alone in zip(rows[:top], across, strict=False) if alone for cell in row for block in cell.blocks)
    yield sheet
    yield from (block for row, alone in zip(rows[top:], across[top:], strict=True) if alone for cell in row for block in cell.blocks)


def _runs_across(row: list[Cell], width: int) -> bool:
    """Whether a row is one line of words: the table's title, a note, the name of a group. A sheet's rows state nothing of it."""
    told = [cell for cell in row if cell.text]
    return len(told) == 1 and (told[0].across >= width or told[0].prose or (width > 2 and told[0].left == 0))


def _lays_out(rows: list[list[Cell]]) -> bool:
    """Whether prose stands in the first row, or beside a label in many."""
    held = [row for row in rows if row]
    if not held or any(cell.prose for cell in held[0]):
        return True
    return sum(any(cell.prose for cell in row) and len(row) <= 2 for row in held) * _FORM >= len(held)


def _tells_little(cells: list[list[str]], top: int) -> bool:
    """Whether so few cells stand under a header that its own words are what the table says."""
    named = [column for column, words in enumerate(cells[top]) if words]
    filled = sum(bool(row[column]) for row in cells[top + 1 :] for column in named)
    return filled * 2 < len(named)


def _sheet(rows: list[list[Cell]], width: int, number: int) -> Sheet:
    texts = [[""] * width for _ in rows]
    merged = []
    for index, row in enumerate(rows):
        for cell in row:
            texts[index][cell.left] = cell.text
            if cell.down > 1 or cell.across > 1:
                merged.append((index, cell.left, min(index + cell.down, len(rows)) - 1, min(cell.left + cell.across, width) - 1))
    return Sheet(texts, number, merged, "table")


def _lines(rows: list[list[Cell]]) -> Iterator[Block]:
    """Rows as lines: short cells beside each other, a cell with prose or a table by itself."""
    for row in rows:
        beside: list[str] = []
        for cell in row:
            if cell.prose or any(isinstance(block, Sheet) for block in cell.blocks):
                yield from ["\t".join(beside)] if beside else []
                beside = []
                yield from cell.blocks
            elif cell.text:
                beside.append(cell.text)
        yield from ["\t".join(beside)] if beside else []
