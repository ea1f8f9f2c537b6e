"""The score of each candidate for each class, by weights that are data (`data/weights/names.npz`, learned by `training/learn.py`)."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np

from kg import resources
from kg.extract.names.candidates import Candidate, Grid
from kg.extract.names.end_pairs import Pairs
from kg.extract.names.features import within
from kg.extract.names.sentence_view import Seen
from kg.extract.names.weight_sums import Scores, Sums
from kg.extract.text.particles import IN_ROW

STEPS = 64
"""Weights are kept as whole numbers of this many to 1."""


class Model:
    """Weights: a row a feature, a column a class; `sums` remembers what goes together."""

    def __init__(self, classes: tuple[str, ...], rows: dict[str, int], weights: Scores) -> None:
        self.classes, self.rows, self.weights = classes, rows, weights
        self.sums = Sums(rows, weights)


@cache
def model() -> Model:
    """The weights that come with the package."""
    with np.load(resources.data() / "weights" / "names.npz") as kept:
        names = kept["features"].tobytes().decode().split("\n")
        rows = dict(zip(names, range(len(names)), strict=True))
        return Model(tuple(kept["classes"].tolist()), rows, kept["weights"] / np.float32(STEPS))


Scored = tuple[list[Candidate], Scores]
"""Candidates that are worth a look, and their scores (a row each, a column a class): above 0 one is more likely such a name than none."""


def scored(model: Model, texts: Sequence[tuple[Seen, Grid]]) -> list[Scored]:
    """The scores of the candidates of some sentences, all at once.

    Args:
        model: the weights.
        texts: sentences as features see them, with their candidates.
    """
    pairs = Pairs([grid for _, grid in texts])
    lefts, rights = model.sums.ends([seen for seen, _ in texts], pairs.starts, pairs.stops)
    kept = pairs.hopeful(lefts, rights)
    found = [[grid.candidate(*span) for span in some.spans] for (_, grid), some in zip(texts, kept, strict=True)]
    inside = model.sums.insides([within(seen, one) for (seen, _), some in zip(texts, found, strict=True) for one in some])
    inside += lefts[[row for some in kept for row in some.lefts]] + rights[[row for some in kept for row in some.rights]]
    bounds = np.cumsum([0, *map(len, found)]).tolist()
    return [(some, inside[bounds[i] : bounds[i + 1]]) for i, some in enumerate(found)]


def likeliest(scores: Scores) -> tuple[list[int], list[float]]:
    """The best class of each candidate, by the number of its column, and its score for it."""
    return scores.argmax(axis=1).tolist(), scores.max(axis=1).tolist()


class Choice(NamedTuple):
    """A candidate of the best reading, the column of its class, its score."""

    one: Candidate
    kind: int
    score: float


_TOUCHING = 2.0
"""What it costs that two names touch, unless the first is a place: `[甲县][乙产业园]`, but `[甲大学经济学院]`."""


_ROW = 0.5
"""What it adds that two names of one class stand in a row: what stands beside a firm in `甲、乙等` is likely a firm too."""


_NESTED, _NESTED_KNOWN = 0.5, 0.75
"""The part of the score of the best names within it that is a longer name's too: a reading holds all (`[[甲集团]第二总部项目]`); that of
names of the gazetteer, whose score says only that they are names."""


def _with_nested(found: Sequence[Candidate], values: Sequence[float], order: list[int]) -> dict[int, float]:
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


def best(text: str, found: Sequence[Candidate], kinds: Sequence[int], values: Sequence[float]) -> list[Choice]:
    """The reading of a sentence with the highest sum of scores: candidates that do not overlap (Viterbi over stretches).

    Args:
        text: the sentence.
        found: its candidates.
        kinds: the best class of each, by the number of its column.
        values: its score for that class.
    """
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
                more = _ROW if kind == kinds[row] and text[start - 1] in IN_ROW else 0.0
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
