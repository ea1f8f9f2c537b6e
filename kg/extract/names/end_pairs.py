"""Which pairs of a left and a right end are worth a look, of all the sentences of a document at once: most are hopeless by their ends."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg.extract.names.candidates import BARE, LONGEST, Grid
from kg.extract.names.weight_sums import Scores

_HOPELESS, _HOPELESS_RULE, _BEST = -0.25, -2.5, 3
"""Score of both ends below which a candidate is none whatever it holds, and one that a rule proposes; how many of one end are weighed."""
Numbers = npt.NDArray[np.intp]


class Kept(NamedTuple):
    """The candidates of a sentence that are worth a look, by start and end, with the rows of their ends among those of all sentences."""

    spans: list[tuple[int, int]]
    lefts: list[int]
    rights: list[int]


class Pairs:
    """The ends of candidates of some sentences.

    Attributes:
        starts: where they begin, a list a sentence.
        stops: where they end.
    """

    def __init__(self, grids: Sequence[Grid]) -> None:
        self._grids = grids
        self.starts: list[list[int]] = []
        self.stops: list[list[int]] = []
        self._opens: list[bool] = []
        self._ends: list[tuple[int, int, int, int]] = []  # the row of an end, of the first and last left end, how long it may be
        self._bare: list[bool] = []
        self._apart: list[tuple[int, int]] = []
        self._ruled: list[tuple[int, int]] = []
        left = right = 0
        for grid in grids:
            starts, stops = self._of(grid, left, right)
            left, right = left + len(starts), right + len(stops)
            self.starts.append(starts)
            self.stops.append(stops)

    def _of(self, grid: Grid, left: int, right: int) -> tuple[list[int], list[int]]:
        """The left and right ends of a sentence, numbered from `left` and `right` on."""
        starts, stops = [*grid.begins], [end[0] for end in grid.ends]
        self._opens += grid.opens
        self._ends += [
            (right + row, left + first, left + last, BARE if bare else LONGEST) for row, (_, first, last, bare) in enumerate(grid.ends)
        ]
        self._bare += [end[3] for end in grid.ends]
        if not grid.apart:
            return starts, stops
        at = {start: left + row for row, start in enumerate(starts)}
        to = {stop: right + row for row, stop in enumerate(stops)}
        for span in grid.apart:
            start, stop = span
            if start not in at:
                at[start] = left + len(starts)
                starts.append(start)
                self._opens.append(False)
            if stop not in to:
                to[stop] = right + len(stops)
                stops.append(stop)
            self._apart.append((at[start], to[stop]))
            if span in grid.rules:
                self._ruled.append((at[start], to[stop]))
        return starts, stops

    def hopeful(self, lefts: Scores, rights: Scores) -> list[Kept]:
        """The candidates that are worth a look, by the scores of their ends, a row each."""
        starts = np.array([at for some in self.starts for at in some], np.intp)
        stops = np.array([at for some in self.stops for at in some], np.intp)
        some, others = self._all(starts, stops, lefts, rights)
        some, others, values = _above(_HOPELESS, some, others, lefts, rights)
        order = np.lexsort((starts[some], -values, others))
        ruled = _above(_HOPELESS_RULE, *_columns(self._ruled), lefts, rights)
        pairs = {*zip(ruled[0].tolist(), ruled[1].tolist(), strict=True)}
        return self._kept(some[order].tolist(), others[order].tolist(), pairs, starts.tolist(), stops.tolist())

    def _all(self, starts: Numbers, stops: Numbers, lefts: Scores, rights: Scores) -> tuple[Numbers, Numbers]:
        """All pairs whose length and ends allow a candidate, as rows of left and right ends."""
        right, first, last, longest = np.array(self._ends, np.intp).reshape(-1, 4).T
        count = last - first
        which = np.repeat(np.arange(len(right)), count)
        some = np.arange(len(which)) + np.repeat(first - (np.cumsum(count) - count), count)
        others = right[which]
        best = lefts.max(axis=1, initial=-np.inf)[some] + rights.max(axis=1, initial=-np.inf)[others]
        length = stops[others] - starts[some]
        may = (best > _HOPELESS) & (length >= 2) & (length <= longest[which])
        may &= np.array(self._opens, bool)[some] | ~np.array(self._bare, bool)[which]
        apart = _columns(self._apart)
        return np.concatenate((some[may], apart[0])), np.concatenate((others[may], apart[1]))

    def _kept(self, some: list[int], others: list[int], ruled: set[tuple[int, int]], starts: list[int], stops: list[int]) -> list[Kept]:
        """Of the pairs of each right end, the best first, as many as are weighed, with those that rules propose."""
        of = [grid for grid, stop in zip(self._grids, self.stops, strict=True) for _ in stop]
        found = {pair for pair in ruled if of[pair[1]].may_be(starts[pair[0]], stops[pair[1]])}
        end, number, last = -1, 0, -1
        for left, right in zip(some, others, strict=True):
            if right != end:
                end, number, last = right, 0, -1
            if number < _BEST and left != last and of[right].may_be(starts[left], stops[right]):
                found.add((left, right))
                number += 1
            last = left
        rows = sorted((right, left) for left, right in found)
        return self._by_sentence(rows, starts, stops)

    def _by_sentence(self, rows: list[tuple[int, int]], starts: list[int], stops: list[int]) -> list[Kept]:
        """Rows of right and left ends, told for each sentence."""
        kept: list[Kept] = []
        at = upto = 0
        for some in self.stops:
            upto += len(some)
            here: list[tuple[int, int, int, int]] = []
            while at < len(rows) and rows[at][0] < upto:
                right, left = rows[at]
                here.append((starts[left], stops[right], left, right))
                at += 1
            here.sort()
            kept.append(Kept([one[:2] for one in here], [one[2] for one in here], [one[3] for one in here]))
        return kept


def _columns(pairs: list[tuple[int, int]]) -> tuple[Numbers, Numbers]:
    some, others = np.array(pairs, np.intp).reshape(-1, 2).T
    return some, others


def _above(least: float, some: Numbers, others: Numbers, lefts: Scores, rights: Scores) -> tuple[Numbers, Numbers, Scores]:
    """The pairs whose best score is above one, with it."""
    values = (lefts[some] + rights[others]).max(axis=1, initial=-np.inf)
    high = values > least
    return some[high], others[high], values[high]
