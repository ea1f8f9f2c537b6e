"""The tables of a sheet: stacked or side by side, each under a title and a header of one to four rows, with notes around them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kg import lexicon
from kg.lexicon import pattern
from kg.read.grid import Merge, Sheet
from kg.read.headers import is_column_numbers, is_known_header, is_number, is_total, line_kind, role

_TOP = 15
"""Rows at the top of a sheet among which a header of words that the lexicon does not know is looked for."""
_TOP_KNOWN = 60
_DEEP = 4
"""Rows of a header, at most."""
_MOST_SPREAD = 2_000_000
"""Cells that merged cells of a sheet cover, at most; more of them overlap."""


Cells = tuple[int, list[tuple[str, str]]]
"""A row's index in its sheet, and its cells by the names of their columns."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line beside the tables: a title, a note."""

    row: int
    column: int
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: rows of (column name, cell) with their index in the sheet; `columns` are its first and last where others stand beside it.

    `about` holds what stands around it and may tell of its rows: lines above (the nearest first), below, the sheet's name;
    `groups` the line within the table under which each row stands.
    """

    rows: list[Cells]
    about: tuple[str, ...]
    groups: dict[int, str]
    columns: tuple[int, int] | None = None


Part = Line | Table


class View:
    """A stretch of a sheet's rows and columns, with what its merged cells cover."""

    def __init__(self, sheet: Sheet, left: int = 0, right: int | None = None) -> None:
        self.sheet, self.left = sheet, left
        self.right = max((len(row) for row in sheet.cells), default=0) - 1 if right is None else right
        self.down: dict[int, dict[int, str]] = {}
        self.across: dict[int, list[Merge]] = {}
        spread = 0
        for merge in sheet.merged:
            first, start, last, end = merge
            spread += last - first + 1
            if spread > _MOST_SPREAD or first >= len(sheet.cells):
                break
            for row in range(first, min(last, len(sheet.cells) - 1) + 1):
                if end > start:
                    self.across.setdefault(row, []).append(merge)
                if row > first and start < len(sheet.cells[first]):
                    self.down.setdefault(row, {})[start] = sheet.cells[first][start]

    def own(self, row: int) -> list[str]:
        """Cells of a row as they stand, as many as the stretch is wide."""
        cells = self.sheet.cells[row][self.left : self.right + 1]
        return cells + [""] * (self.right + 1 - self.left - len(cells))

    def body(self, row: int) -> list[str]:
        """Cells of a row, those of a cell merged over rows in each of them."""
        cells = self.own(row)
        for column, text in self.down.get(row, {}).items():
            if self.left <= column <= self.right:
                cells[column - self.left] = cells[column - self.left] or text
        return cells

    def head(self, row: int) -> list[str]:
        """Cells of a row of a header: one merged across stands in each of its columns."""
        cells = self.own(row)
        for first, start, _, end in self.across.get(row, ()):
            text = self.sheet.cells[first][start] if start < len(self.sheet.cells[first]) else ""
            for column in range(max(start, self.left), min(end, self.right) + 1):
                cells[column - self.left] = cells[column - self.left] or text
        return cells

    def said(self, row: int) -> list[tuple[int, str]]:
        """Cells of a row that hold something, with their columns in the sheet."""
        return [(self.left + place, cell) for place, cell in enumerate(self.own(row)) if cell.strip()]


def parts(sheet: Sheet) -> list[Part]:
    """Lines and tables of a sheet, from top to bottom."""
    if not any(map(any, sheet.cells)):
        return []
    view = View(sheet)
    tops = list(heads(view))
    found: list[Part] = []
    edges = [start for start, _ in tops[1:]] + [len(sheet.cells)]
    start = 0
    for (_, top), end in zip(tops, edges, strict=True):
        found += _band(view, start, top, end)
        start = end
    return found


def heads(view: View) -> Iterator[tuple[int, int]]:
    """For each table its first line and its header, from top to bottom."""
    top = first_header(view)
    yield 0, top
    current = view.head(top)
    row, lines = bottom_of(view, top) + 1, 0
    while row < len(view.sheet.cells):
        said = view.said(row)
        if len(said) < 2 and view.right > view.left:
            lines += len(said)
        elif _begins(view, row, lines, current):
            start = _first_line(view, row)
            if view.head(row) != current or any(len(view.said(i)) and not line_kind(view.said(i)[0][1]) for i in range(start, row)):
                yield start, row
                current = view.head(row)
            row, lines = bottom_of(view, row), 0
        else:
            lines = 0
        row += 1


def _begins(view: View, row: int, lines: int, current: list[str]) -> bool:
    """Whether a further table's header stands in a row."""
    cells = view.head(row)
    if cells == current or is_known_header(cells):
        return True
    if not lines or row + 1 >= len(view.sheet.cells) or (row and not _blank_before(view, row)):
        return False
    words, below = [cell for cell in cells if cell.strip()], view.own(row + 1)
    differs = any(cell.strip() and is_number(under) and under.strip() for cell, under in zip(cells, below, strict=True))
    return len(words) > 1 and len(set(words)) == len(words) and not any(map(is_number, words)) and differs


def _blank_before(view: View, row: int) -> bool:
    """Whether a blank row stands before the lines that stand before a row."""
    row -= 1
    while row >= 0 and len(view.said(row)) == 1:
        row -= 1
    return row < 0 or not view.said(row)


def _first_line(view: View, header: int) -> int:
    """The first of the lines that stand before a header and belong to it: behind a blank row, or no note of the table above."""
    start = header
    for row in range(header - 1, -1, -1):
        said = view.said(row)
        if len(said) > 1 or (said and line_kind(said[0][1]) in ("note", "signed")):
            break
        if not said and start < header:
            break
        start = row if said else start
    return start


def header_at(sheet: Sheet) -> int:
    """Index of the first header of a sheet; 0 where it holds nothing."""
    return first_header(View(sheet)) if any(map(any, sheet.cells)) else 0


def first_header(view: View) -> int:
    """Index of the first header: a row of headers that the lexicon knows, else the first that fills half of the table with words."""
    rows = view.sheet.cells
    if view.right == view.left:
        return next((i for i in range(min(_TOP_KNOWN, len(rows))) if role(view.own(i)[0]) in ("name", "indicator")), _first_told(view))
    guess = _filled(view)
    known = next((i for i in range(min(_TOP_KNOWN, len(rows))) if is_known_header(view.head(i))), None)
    if known is None:
        single = (["name"], ["indicator"])
        alone = next((i for i in range(min(_TOP, len(rows))) if [role(cell) for _, cell in view.said(i)] in single), None)
        guess = guess if alone is None else alone
        return _first_told(view) if guess is None else guess
    return guess if guess == known - 1 and _joins(view, known - 1) else known


def _first_told(view: View) -> int:
    told = [i for i in range(len(view.sheet.cells)) if view.said(i)]
    return next((i for i in told[:_TOP] if len(view.said(i)) > 1), told[0] if told else 0)


def _filled(view: View) -> int | None:
    rows = view.sheet.cells
    width = max((len(view.said(i)) for i in range(min(_TOP_KNOWN, len(rows)))), default=0)
    for index in range(min(_TOP, len(rows))):
        words = [cell for cell in view.head(index) if cell.strip()]
        filled = len(words) >= min(2, width) and len(words) * 2 >= width and len(set(words)) * 2 > len(words)
        if filled and sum(map(is_number, words)) * 2 <= len(words) and not any(map(line_kind, words)):
            return index
    return None


def _joins(view: View, row: int) -> bool:
    """Whether a row is the upper one of a header: words alone, those that lie over several columns among them."""
    words = [cell for _, cell in view.said(row)]
    return len(words) > 1 and not any(is_number(cell) for cell in words) and bottom_of(view, row) > row


def bottom_of(view: View, top: int) -> int:
    """The last row of a header that begins in `top`."""
    bottom = top
    while bottom + 1 < min(top + _DEEP, len(view.sheet.cells)):
        reach = max((last for first, _, last, _ in view.sheet.merged if first == top), default=bottom) if bottom == top else bottom
        if reach > bottom and reach - top < _DEEP:
            bottom = reach
        elif _continues(view, bottom):
            bottom += 1
        else:
            break
    return bottom


def _continues(view: View, bottom: int) -> bool:
    """Whether the row under a header names columns of its groups: words alone, under what lies over several columns or under nothing."""
    upper, under = view.head(bottom), view.own(bottom + 1)
    words = [cell for cell in under if cell.strip()]
    if not words or any(map(is_number, words)) or is_total(under, numbered=False) or line_kind(words[0]):
        return False
    grouped = {c for first, left, last, right in view.across.get(bottom, ()) if last == bottom for c in range(left, right + 1)}
    below_groups = all(view.left + place in grouped for place, cell in enumerate(under) if cell.strip())
    if grouped and below_groups and len(words) > 1:
        return True
    first = next((cell for cell in upper if cell.strip()), "")
    place = upper.index(first) if first else 0
    gaps = [i for i, cell in enumerate(upper) if not cell.strip()]
    return bool(len(words) > 1 and not under[place].strip() and ((gaps and any(under[i].strip() for i in gaps)) or _is_units(words)))


def _is_units(words: Sequence[str]) -> bool:
    return all(pattern("unit_cell").fullmatch(cell.strip()) for cell in words)


def _names(view: View, top: int, bottom: int) -> list[str]:
    """Names of the columns; a group's name stands before those of the columns under it: `2023年/营业收入`."""
    levels = [view.head(row) for row in range(top, bottom + 1)]
    for upper, under in pairwise(levels):
        for place in range(1, len(upper)):  # a group that is written in its first column and not merged
            if not upper[place].strip() and under[place].strip() and under[place - 1].strip():
                upper[place] = upper[place - 1]
    told = [[re.sub(r"\s+", " ", level[place]).strip() for level in levels] for place in range(len(levels[0]))]
    return ["/".join(dict.fromkeys(filter(None, words))) for words in told]


def _band(view: View, start: int, top: int, end: int) -> Iterator[Part]:
    """The lines and the tables between two edges, of which the first header is at `top`."""
    bottom = bottom_of(view, top)
    lines = [Line(row, column, text) for row in range(start, top) for column, text in view.said(row)]
    yield from lines
    names = _names(view, top, bottom)
    panels = _panels(view, names, top, end)
    if len(panels) == 1:
        yield from _table(view, lines, (top, bottom, end), names)
        return
    for left, right in panels:
        part = View(view.sheet, view.left + left, view.left + right)
        own = first_header(_Rows(part, top, end))
        head, foot = top + own, bottom_of(part, top + own)
        near = [line for line in lines if part.left <= line.column <= part.right or sum(o.row == line.row for o in lines) == 1]
        near += [Line(row, column, text) for row in range(top, head) for column, text in part.said(row)]
        yield from _table(part, near, (head, foot, end), _names(part, head, foot), beside=True)


class _Rows(View):
    """A view of some rows, counted from the first of them."""

    def __init__(self, view: View, start: int, end: int) -> None:
        merged = [(f - start, left, last - start, right) for f, left, last, right in view.sheet.merged if start <= f < end]
        super().__init__(Sheet(view.sheet.cells[start:end], merged=merged), view.left, view.right)


def _panels(view: View, names: Sequence[str], top: int, end: int) -> list[tuple[int, int]]:
    """First and last columns of the tables that stand side by side."""
    told = [place for place, name in enumerate(names) if name]
    if not told:
        return [(0, len(names) - 1)]
    first = names[told[0]]
    again = [place for place in told if names[place] == first]
    second = names[told[0] + 1] if again[1:] and again[1] > told[0] + 1 else first
    alike = all(names[place + 1 : place + 2] in ([second], []) or second == first for place in again)
    if len(again) > 1 and role(first) in ("name", "ordinal", "indicator") and alike:
        return list(zip([0, *again[1:]], [*(place - 1 for place in again[1:]), len(names) - 1], strict=True))
    filled = {column - view.left for row in range(top, end) for column, _ in view.said(row)}
    empty = [place for place in range(1, len(names) - 1) if place not in filled]
    starts = [0] + [place + 1 for place in empty if _begins_table(view, place + 1, top, end)]
    return list(zip(starts, [*(start - 2 for start in starts[1:]), len(names) - 1], strict=True))


def _begins_table(view: View, left: int, top: int, end: int) -> bool:
    """Whether a table of its own begins in a column behind an empty one: near its top stands a header of things or of row numbers."""
    return any(role(view.own(row)[left]) in ("name", "ordinal", "indicator") for row in range(top, min(top + _DEEP, end)))


def _table(view: View, lines: list[Line], place: tuple[int, int, int], names: list[str], beside: bool = False) -> Iterator[Part]:
    """The table under a header, and the lines within and below it."""
    top, bottom, end = place
    named = _unique(names, view)
    numbered = any(role(name) == "ordinal" for name in names)
    tells = any(role(name) == "indicator" for name in names)
    rows: list[Cells] = []
    groups: dict[int, str] = {}
    within: list[Line] = []
    aside: list[Line] = []
    for row in range(bottom + 1, end):
        said = view.said(row)
        if not said or (row == bottom + 1 and is_column_numbers([cell for _, cell in said])) or view.head(row) == view.head(top):
            continue
        if _is_line(view, row, said, names):
            within.append(Line(row, *said[0]))
            continue
        if bottom > top and view.own(row) == view.own(bottom):
            continue
        if is_total(view.own(row), numbered and not tells) or line_kind(said[0][1]) in ("note", "signed"):
            aside.append(Line(row, said[0][0], "\t".join(text for _, text in said)))
            continue
        if within:
            groups[row] = within[-1].text if not line_kind(within[-1].text) else ""
        rows.append((row, [(name, " ".join(c.split())) for name, c in zip(named, view.body(row), strict=True) if c.strip()]))
    last = rows[-1][0] if rows else bottom
    about = [line.text for line in reversed(lines)] + [line.text for line in within + aside if line.row > last]
    columns = (view.left, view.right) if beside else None
    told = Table([], tuple(" ".join(text.split()) for text in (*about, view.sheet.name) if text.strip()), {}, columns)
    yield from _unused(bottom, names, named, rows)
    yield from _in_order(told, rows, within + aside, groups)


def _unused(row: int, names: Sequence[str], named: Sequence[str], rows: Sequence[Cells]) -> Iterator[Line]:
    """The words of a header that no cell stands under, where they may say something: `首席专家 | 联系地址`, but no `备注`."""
    filled = {name for _, cells in rows for name, _ in cells}
    words = [name for name, told in zip(names, named, strict=True) if name and told not in filled and not (rows and role(name))]
    if words:
        yield Line(row, 0, "\t".join(dict.fromkeys(words)))


def _in_order(table: Table, rows: list[Cells], lines: list[Line], groups: dict[int, str]) -> Iterator[Part]:
    """The rows of a table with the lines that stand between them."""
    pieces: list[Line | Cells] = sorted([*lines, *rows], key=lambda piece: piece.row if isinstance(piece, Line) else piece[0])
    for is_line, run in groupby(pieces, key=lambda piece: isinstance(piece, Line)):
        held = list(run)
        if is_line:
            yield from (piece for piece in held if isinstance(piece, Line))
        else:
            yield Table([piece for piece in held if not isinstance(piece, Line)], table.about, groups, table.columns)


def _is_line(view: View, row: int, said: Sequence[tuple[int, str]], names: Sequence[str]) -> bool:
    """Whether a row of one cell is a line across the table: a heading of a group, a note; and no thing whose other cells are blank."""
    if len(said) != 1 or sum(bool(name) for name in names) < 2:
        return False
    column, text = said[0]
    if line_kind(text):
        return True
    merged = any(left <= column < right and right - left >= (len(names) - 1) // 2 for _, left, _, right in view.across.get(row, ()))
    return (
        merged
        or (role(names[column - view.left]) != "name" and column == view.left and not is_number(text))
        or bool(pattern("group_line").match(text))
    )


def _unique(names: Sequence[str], view: View) -> list[str]:
    """Names of columns, each once: a second `金额` is `金额(2)`, one without a name is called by its number."""
    seen: dict[str, int] = {}
    made, unnamed = [], lexicon.word("table_lines", "column")
    for place, name in enumerate(names):
        told = name or unnamed.format(view.sheet.column_number(view.left + place))
        seen[told] = seen.get(told, 0) + 1
        made.append(told if seen[told] == 1 else f"{told}({seen[told]})")
    return made
