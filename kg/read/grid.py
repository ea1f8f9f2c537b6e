"""Sheets as they are shown: cells as text with their true rows and columns, without what is hidden, blank stretches cut to one."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from kg.errors import ReadError
from kg.read.clean import Raw

MAX_CELLS = 5_000_000
"""Cells of a workbook, blank ones between others among them."""

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells, counted from 0."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table's cells as text; `number` is 0 where the file holds one only (CSV), else counts its sheets or tables from 1.

    `rows` and `columns` are the numbers from 1 that the program shows beside `cells`; empty where they count on from 1.
    """

    cells: list[list[str]]
    number: int = 0
    merged: Sequence[Merge] = ()
    kind: Literal["sheet", "table"] = "sheet"
    name: str = ""
    rows: Sequence[int] = ()
    columns: Sequence[int] = ()

    def row_number(self, index: int) -> int:
        """Number of a row as the program shows it."""
        return self.rows[index] if self.rows else index + 1

    def column_number(self, index: int) -> int:
        """Number of a column, 1 for A."""
        return self.columns[index] if self.columns else index + 1


@dataclass(slots=True)
class Tab:
    """A sheet of a workbook as a reader finds it, sparse: row → column → text, both from 0; what it shows otherwise than as text."""

    name: str
    cells: dict[int, dict[int, str]] = field(default_factory=dict)
    merged: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uncounted: list[str] = field(default_factory=list)
    struck: list[str] = field(default_factory=list)
    unformatted: bool = False

    def put(self, row: int, column: int, text: str) -> None:
        """Keep the text of a cell, where it has one."""
        if text and not text.isspace():
            self.cells.setdefault(row, {})[column] = text


def place(row: int, column: int) -> str:
    """`B5` for row 4, column 1, both from 0."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def sheet_of(raw: Raw, tab: Tab, number: int) -> tuple[Sheet, list[str]]:
    """What a sheet shows, and a remark for each kind of thing that it leaves out.

    Raises:
        ReadError: more cells than the limit.
    """
    columns_hidden = _Stretches(tab.hidden_columns)
    rows_hidden = sorted(tab.hidden_rows)
    left_out = [row for row in tab.cells if row in tab.hidden_rows]
    covered = {column for cells in tab.cells.values() for column in cells if column in columns_hidden}
    _move_out_of_hidden(tab, columns_hidden)
    kept = {row: cells for row, cells in tab.cells.items() if row not in tab.hidden_rows}
    seen = {column for cells in kept.values() for column in cells if column not in columns_hidden}
    rows = list(_spaced(sorted(row for row, cells in kept.items() if not cells.keys() <= covered), lambda a, b: _shown(rows_hidden, a, b)))
    columns = list(_spaced(sorted(seen), columns_hidden.shown))
    if sum(_width(kept.get(row, {}), columns) for row in rows) > MAX_CELLS:
        raise ReadError(f"{raw.path} holds more than {MAX_CELLS:,} cells. Split it.")
    at = {column: index for index, column in enumerate(columns)}
    cells = [_row(kept.get(row, {}), at) for row in rows]
    merged = [shown for merge in tab.merged if (shown := _remapped(merge, rows, columns))]
    remarks = [f"{raw.path.name}: {said}" for said in _remarks(tab, left_out, sorted(covered))]
    return Sheet(cells, number, merged, "sheet", tab.name, [row + 1 for row in rows], [column + 1 for column in columns]), remarks


class _Stretches:
    """Numbers that lie in one of some stretches (first, last)."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self.stretches: list[tuple[int, int]] = []
        for first, last in sorted(stretches):
            if self.stretches and first <= self.stretches[-1][1] + 1:
                self.stretches[-1] = self.stretches[-1][0], max(last, self.stretches[-1][1])
            else:
                self.stretches.append((first, last))

    def __contains__(self, number: int) -> bool:
        before = bisect_right(self.stretches, (number, 1 << 30)) - 1
        return before >= 0 and number <= self.stretches[before][1]

    def shown(self, first: int, last: int) -> bool:
        """Whether a number from `first` to `last` lies in no stretch."""
        at = first
        for start, end in self.stretches:
            if start <= at <= end:
                at = end + 1
        return at <= last


def _shown(hidden: Sequence[int], first: int, last: int) -> bool:
    """Whether a row from `first` to `last` is not hidden."""
    return bisect_right(hidden, last) - bisect_left(hidden, first) < last - first + 1


def _spaced(numbers: Sequence[int], blank: Callable[[int, int], bool]) -> Iterator[int]:
    """Ascending numbers, with one between two that lie apart where something blank is shown between them."""
    for before, number in pairwise([-1, *numbers]):
        if before >= 0 and number - before > 1 and blank(before + 1, number - 1):
            yield before + 1
        yield number


def _width(cells: Collection[int], columns: Sequence[int]) -> int:
    return bisect_right(columns, max(cells)) if cells else 0


def _row(cells: dict[int, str], at: dict[int, int]) -> list[str]:
    shown = [(at[column], text) for column, text in cells.items() if column in at]
    row = [""] * (max((index for index, _ in shown), default=-1) + 1)
    for index, text in shown:
        row[index] = text
    return row


def _move_out_of_hidden(tab: Tab, columns: _Stretches) -> None:
    """A merged cell whose first row or column is hidden shows its text in the first one that is not."""
    for first, left, last, right in tab.merged:
        text = tab.cells.get(first, {}).get(left)
        if text is None or (first not in tab.hidden_rows and left not in columns):
            continue
        row = first
        while row in tab.hidden_rows and row < last:
            row += 1
        column = next((c for c in range(left, min(right, left + 1000) + 1) if c not in columns), left)
        if row not in tab.hidden_rows and column not in columns:
            tab.put(row, column, text)


def _remapped(merge: Merge, rows: Sequence[int], columns: Sequence[int]) -> Merge | None:
    """The part of merged cells that is shown, counted as `Sheet.cells` is."""
    first, left, last, right = merge
    shown = bisect_left(rows, first), bisect_left(columns, left), bisect_right(rows, last) - 1, bisect_right(columns, right) - 1
    return shown if shown[2] >= shown[0] and shown[3] >= shown[1] and shown[2] - shown[0] + shown[3] - shown[1] else None


_NAMED = 3
"""Cells that a remark names."""


def _remarks(tab: Tab, rows: Collection[int], columns: Sequence[int]) -> Iterator[str]:
    where = f"of sheet '{tab.name}'"
    if rows:
        yield f"{_count(len(rows), 'hidden or filtered row')} {where} {_were(len(rows))} left out."
    if columns:
        named = _some([place(0, column)[:-1] for column in columns])
        yield f"{_count(len(columns), 'hidden column')} ({named}) {where} {_were(len(columns))} left out."
    if tab.errors:
        said = "shows an error and was" if len(tab.errors) == 1 else "show an error and were"
        yield f"{_count(len(tab.errors), 'cell')} {where} {said} left out ({_some(tab.errors)})."
    if tab.uncounted:
        said = "has no result" if len(tab.uncounted) == 1 else "have no results"
        yield (
            f"{_count(len(tab.uncounted), 'formula')} {where} {said} in the file ({_some(tab.uncounted)}). "
            "Open it in Excel or WPS, let it calculate, and save it."
        )
    if tab.struck:
        yield f"struck-through words in {_count(len(tab.struck), 'cell')} {where} ({_some(tab.struck)}) were left out."
    if tab.unformatted:
        yield f"numbers {where} are read as stored, not as shown: a date or a per cent may be a bare number. Save the file as .xlsx."


def _some(places: Sequence[str]) -> str:
    return ", ".join(places[:_NAMED]) + (", …" if len(places) > _NAMED else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _were(number: int) -> str:
    return "was" if number == 1 else "were"
