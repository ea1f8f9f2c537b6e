"""How cells are worded, and which characters an Office file can hold."""

import re

from kg.report.content import Cell, Share

_NOT_PRINTED = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Text without the characters that XML 1.0, and so no Office file, can hold."""
    return _NOT_PRINTED.sub("", text)


def shown(cell: Cell, digits: int = 0) -> str:
    """A cell as a page shows it."""
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{round(cell.value * 100, 2):{'+' if cell.signed else ''}g}%"
    if isinstance(cell, float):
        return f"{cell:,.{digits}f}"
    return f"{cell:,}" if isinstance(cell, int) else clean(str(cell))
