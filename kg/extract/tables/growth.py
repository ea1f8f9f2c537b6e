"""Which figure a growth column tells of: the one of the same name, or the one to its left, where the row has it."""

import re
from collections.abc import Callable, Collection, Sequence

from kg.extract.tables.columns import Column
from kg.model import Row

_PLACE = re.compile(r"(?:row|cell)=[\d,-]+$")

Table = tuple[str, tuple[str, ...]]
Meaning = Callable[[str], Column | None]


class Neighbours:
    """The order of the columns of each table, from rows that leave out their blank cells."""

    def __init__(self, rows: Sequence[Row], meaning: Meaning) -> None:
        self._meaning = meaning
        self._order: dict[Table, list[str]] = {}
        self._figures: dict[tuple[Table, str], str] = {}
        seen = set()
        for row in rows:
            shape = (_table(row), tuple(row.cells))
            if shape not in seen:
                seen.add(shape)
                self._merge(self._order.setdefault(shape[0], []), shape[1])

    @staticmethod
    def _merge(order: list[str], headers: Sequence[str]) -> None:
        at = 0
        for header in headers:
            if header in order:
                at = max(at, order.index(header) + 1)
            else:
                order.insert(at, header)
                at += 1

    def tells(self, row: Row, header: str, cells: Collection[str]) -> bool:
        """Whether a cell states something of its row: a growth does not where the figure that it is of is not among `cells`."""
        column = self._meaning(header)
        if column is None or column.role != "growth":
            return True
        of = (_table(row), header)
        if of not in self._figures:
            self._figures[of] = self._figure_of(*of, column.predicate)
        return not self._figures[of] or self._figures[of] in cells

    def _figure_of(self, table: Table, header: str, wanted: str) -> str:
        order = self._order[table]
        before = reversed(order[: order.index(header)])
        figures = ((other, column) for other in before if (column := self._meaning(other)) and column.role == "figure")
        return next((other for other, column in figures if not wanted or column.predicate == wanted), "")


def _table(row: Row) -> Table:
    return _PLACE.sub("", row.fragment), row.about
