"""Tables of Word as rows of cells (ISO/IEC 29500-1, 17.4)."""

from collections.abc import Callable, Iterator

from kg.read.markup import Element, child, value, whole
from kg.read.remarks import Tally
from kg.read.text_tables import Block, Cell, arranged
from kg.read.word.accepted import accepted, row_stands

_COLUMNS = 63
"""Columns that Word allows a table; a wider span is broken."""


def read_table(table: Element, number: int, read_cell: Callable[[Element], Iterator[Block]], tally: Tally) -> list[Block]:
    """A table as a sheet and lines, or as lines alone.

    Args:
        table: `w:tbl`.
        number: how many tables begin before it, and one.
        read_cell: gives the lines and tables within a cell.
        tally: where hidden rows and covered text are noted.
    """
    return arranged(_rows(table, read_cell, tally), number)


def _rows(table: Element, read_cell: Callable[[Element], Iterator[Block]], tally: Tally) -> list[list[Cell]]:
    """Rows that stand, each with its cells; a cell that goes on from the row above has none of its own (17.4.84)."""
    rows: list[list[Cell]] = []
    above: dict[int, Cell] = {}
    for row in accepted(table, {"w:tr"}):
        if not row_stands(row, tally):
            continue
        at = _span(value(child(row, "w:trPr", "w:gridBefore")), least=0)
        cells, going_on = [], {}
        for element in accepted(row, {"w:tc"}):
            properties = child(element, "w:tcPr")
            if child(properties, "w:cellDel") is not None:
                continue
            cell = Cell(at, _span(value(child(properties, "w:gridSpan")), least=1), blocks=list(read_cell(element)))
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
