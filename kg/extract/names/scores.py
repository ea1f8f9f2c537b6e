"""The score of each candidate for each class, by weights that are data (`data/weights/names.npz`, learned by `training/learn.py`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from threading import Lock
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from kg import resources
from kg.extract.names.candidates import Candidate
from kg.extract.names.features import Group, Seen, before, behind, spelled, within

Scores = npt.NDArray[np.float32]
STEPS = 64
"""Weights are kept as whole numbers of this many to 1."""
_HOPELESS, _HOPELESS_RULE, _BEST = -0.25, -2.5, 3
"""Score of both ends below which a candidate is none whatever it holds, and one that a rule proposes; how many of one end are weighed."""


_REMEMBERED = 200_000
"""Groups of features of which the sums are remembered."""


class Model:
    """Weights: a row a feature, a column a class."""

    def __init__(self, classes: tuple[str, ...], rows: dict[str, int], weights: Scores) -> None:
        self.classes, self.rows, self.weights = classes, rows, weights
        self._sums: dict[Group, int] = {}
        self._table = np.zeros((1024, len(classes)), np.float32)
        self._remembering = Lock()

    def sums(self, some: Iterable[list[Group]]) -> Scores:
        """The sum of the weights of each list of groups, a row a list, a column a class."""
        with self._remembering:  # what is remembered is shared by the threads of a program
            return self._summed_up(some)

    def _summed_up(self, some: Iterable[list[Group]]) -> Scores:
        number = self._sums
        if len(number) > _REMEMBERED:
            number.clear()
        flat: list[int] = []
        begins: list[int] = []
        for groups in some:
            begins.append(len(flat))
            try:
                flat += [number[group] for group in groups]
            except KeyError:
                flat += [self._summed(group) for group in groups]
        if not begins:
            return np.zeros((0, len(self.classes)), np.float32)
        summed: Scores = np.add.reduceat(self._table[flat], begins)
        return summed

    def _summed(self, group: Group) -> int:
        """The row of the table that holds the sum of the weights of a group."""
        if group in self._sums:
            return self._sums[group]
        row = self._sums[group] = len(self._sums)
        if row == len(self._table):
            self._table = np.concatenate((self._table, np.zeros_like(self._table)))
        known = [number for name in spelled(group) if (number := self.rows.get(name)) is not None]
        self._table[row] = self.weights[known].sum(axis=0)
        return row


@cache
def model() -> Model:
    """The weights that come with the package."""
    with np.load(resources.data() / "weights" / "names.npz") as kept:
        rows = {name: row for row, name in enumerate(kept["features"].tolist())}
        return Model(tuple(kept["classes"].tolist()), rows, kept["weights"] / np.float32(STEPS))


Scored = tuple[list[Candidate], Scores]
"""Candidates that are worth a look, and their scores (a row each, a column a class): above 0 one is more likely such a name than none."""


def scored(model: Model, texts: Sequence[tuple[Seen, Sequence[Candidate]]]) -> list[Scored]:
    """The scores of the candidates of some sentences, all at once.

    Args:
        model: the weights.
        texts: sentences as features see them, with their candidates.
    """
    starts = [{at: row for row, at in enumerate(dict.fromkeys(one.start for one in found))} for _, found in texts]
    ends = [{at: row for row, at in enumerate(dict.fromkeys(one.end for one in found))} for _, found in texts]
    left = model.sums(before(seen, at) for (seen, _), places in zip(texts, starts, strict=True) for at in places)
    right = model.sums(behind(seen, at) for (seen, _), places in zip(texts, ends, strict=True) for at in places)
    kept: list[list[Candidate]] = []
    sums: list[Scores] = []
    first, last = 0, 0
    for (_, found), begins, stops in zip(texts, starts, ends, strict=True):
        both = left[[first + begins[one.start] for one in found]] + right[[last + stops[one.end] for one in found]]
        hopeful = _hopeful(found, both.max(axis=1).tolist()) if found else []
        kept.append([found[row] for row in hopeful])
        sums.append(both[hopeful])
        first, last = first + len(begins), last + len(stops)
    inside = model.sums(within(seen, one) for (seen, _), some in zip(texts, kept, strict=True) for one in some)
    bounds = np.cumsum([0, *map(len, kept)]).tolist()
    return [(some, both + inside[bounds[i] : bounds[i + 1]]) for i, (some, both) in enumerate(zip(kept, sums, strict=True))]


def reasons(model: Model, seen: Seen, one: Candidate, kind: str) -> list[tuple[str, float]]:
    """Why a candidate has its score for a class: its features that have weights, the heaviest first; their sum is the score."""
    column = model.classes.index(kind)
    groups = [*before(seen, one.start), *behind(seen, one.end), *within(seen, one)]
    names = [name for group in groups for name in spelled(group)]
    told = [(name, float(model.weights[row, column])) for name in names if (row := model.rows.get(name)) is not None]
    return sorted(told, key=lambda pair: -abs(pair[1]))


def _hopeful(found: Sequence[Candidate], both: list[float]) -> list[int]:
    """Numbers of the candidates that are worth a look, in order, by the scores of their ends."""
    rows = {row for row, one in enumerate(found) if one.rules and both[row] > _HOPELESS_RULE}
    of_end: dict[int, list[int]] = {}
    for row, one in enumerate(found):
        if both[row] > _HOPELESS:
            of_end.setdefault(one.end, []).append(row)
    for same in of_end.values():
        rows.update(same if len(same) <= _BEST else sorted(same, key=lambda row: -both[row])[:_BEST])
    return sorted(rows)


class Choice(NamedTuple):
    """A candidate of the best reading, the column of its class, its score."""

    one: Candidate
    kind: int
    score: float


_TOUCHING = 2.0
"""What it costs that two names touch, unless the first is a place: `[甲县][乙产业园]`, but `[甲大学经济学院]`."""


_ROW = 0.5
"""What it adds that two names of one class stand in a row: what stands beside a firm in `甲、乙等` is likely a firm too."""
_AND = frozenset("、和及与")


_NESTED, _NESTED_KNOWN = 0.5, 0.75
"""The part of the score of the best names within it that is a longer name's too: a reading holds all (`[[甲集团]第二总部项目]`); that of
names of the gazetteer, whose score says only that they are names."""


def _with_nested(found: Sequence[Candidate], values: list[float], order: list[int]) -> dict[int, float]:
    """What each candidate adds to a reading: its score, and that of the best names within it, where it has a head."""
    worth = {row: values[row] for row in order}
    shared = {row: values[row] * (_NESTED_KNOWN if "known:Enterprise" in found[row].rules else _NESTED) for row in order if values[row] > 0}
    for row in order:
        one = found[row]
        if one.head:
            inner = [other for other in shared if one.start <= found[other].start and found[other].end <= one.end and other != row]
            worth[row] += _apart(found, shared, inner)
    return worth


def _apart(found: Sequence[Candidate], values: Mapping[int, float], some: list[int]) -> float:
    """The highest sum of values of candidates that do not overlap."""
    sums: dict[int, float] = {}  # where a candidate ends → the highest sum up to there
    for row in sorted(some, key=lambda row: found[row].end):
        before = max((value for end, value in sums.items() if end <= found[row].start), default=0.0)
        sums[found[row].end] = max(before + values[row], *sums.values(), 0.0)
    return max(sums.values(), default=0.0)


def best(text: str, found: Sequence[Candidate], scored: Scores) -> list[Choice]:
    """The reading of a sentence with the highest sum of scores: candidates that do not overlap (Viterbi over stretches)."""
    if not found:
        return []
    kinds, values = scored.argmax(axis=1).tolist(), scored.max(axis=1).tolist()
    order = sorted((row for row, value in enumerate(values) if value > -_ROW), key=lambda row: found[row].end)
    worth = _with_nested(found, values, order)
    ends = [found[row].end for row in order]
    place = model().classes.index("Place")
    totals: list[float] = []  # of the best reading that ends in a candidate
    before: list[int] = []  # the candidate before it in that reading, or -1
    leading: list[int] = []  # of the candidates up to one, the one in which the best reading ends
    for number, row in enumerate(order):
        apart = bisect_left(ends, found[row].start, 0, number) - 1
        previous = leading[apart] if apart >= 0 else -1
        total = totals[previous] if previous >= 0 else 0.0
        start = found[row].start
        for near in range(bisect_left(ends, start - 1, 0, number), bisect_right(ends, start, 0, number)):
            kind = kinds[order[near]]
            if ends[near] == start:
                more = 0.0 if kind == place else -_TOUCHING
            else:
                more = _ROW if kind == kinds[row] and text[start - 1] in _AND else 0.0
            if totals[near] + more > total:
                previous, total = near, totals[near] + more
        totals.append(total + worth[row])
        before.append(previous)
        ahead = leading[-1] if leading else -1
        leading.append(number if totals[number] > (totals[ahead] if ahead >= 0 else 0.0) else ahead)
    reading, at = [], leading[-1] if leading else -1
    while at >= 0:
        reading.append(Choice(found[order[at]], kinds[order[at]], values[order[at]]))
        at = before[at]
    return reading[::-1]
