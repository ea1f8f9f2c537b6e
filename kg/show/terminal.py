"""A table as lines for a terminal, columns beside each other; a Chinese character takes two places (Unicode Standard Annex 11)."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

import wcwidth

_BETWEEN = "  "
_NARROWEST = 4
"""Places of a column that has no room; a table of many columns becomes wider than the terminal then."""


def lines(names: Sequence[str], rows: Sequence[Sequence[str]], places: int) -> Iterator[str]:
    """The lines of a table.

    Args:
        names: of the columns.
        rows: as many cells each; the lines of a cell stand below each other, those that do not fit are wrapped.
        places: that a line has.
    """
    table = [[cell.replace("\t", " ").split("\n") for cell in row] for row in (names, *rows)]
    widths = fitted([max(_width(row[column]) for row in table) for column in range(len(names))], places)
    for row in table:
        cells = [_wrapped(cell, width) for cell, width in zip(row, widths, strict=True)]
        for line in zip_longest(*cells, fillvalue=""):
            padded = (wcwidth.ljust(part, width) for part, width in zip(line, widths, strict=True))
            yield _BETWEEN.join(padded).rstrip()


def fitted(widths: Sequence[int], places: int) -> list[int]:
    """Widths that fit together into a line: the widest columns give way, to the width of the next, until all do.

    Args:
        widths: that columns would have.
        places: that a line has.
    """
    found, room = list(widths), places - len(_BETWEEN) * (len(widths) - 1)
    while sum(found) > room and max(found) > _NARROWEST:
        widest = max(found)
        wide = [column for column, width in enumerate(found) if width == widest]
        next_widest = max((width for width in found if width < widest), default=0)
        over = min(sum(found) - room, len(wide) * (widest - max(next_widest, _NARROWEST)))
        each, rest = divmod(over, len(wide))
        for place, column in enumerate(wide):
            found[column] -= each + (place >= len(wide) - rest)
    return found


def _width(cell: Sequence[str]) -> int:
    return max(map(wcwidth.width, cell))


def _wrapped(cell: Sequence[str], width: int) -> list[str]:
    if _width(cell) <= width:
        return list(cell)
    return [part for line in cell for part in wcwidth.wrap(line, width) or [""]]
