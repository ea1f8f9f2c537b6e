"""How cells are worded."""

from kg.printed import xml_text
from kg.report.content import Cell, Share


def shown(cell: Cell, digits: int = 0) -> str:
    """A cell as a page shows it."""
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{round(cell.value * 100, 2):{'+' if cell.signed else ''}g}%"
    if isinstance(cell, float):
        return f"{cell:,.{digits}f}"
    return f"{cell:,}" if isinstance(cell, int) else xml_text(str(cell))
