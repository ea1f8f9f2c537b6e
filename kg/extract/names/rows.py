"""Rows of names: `甲、乙和丙` before a word that closes them."""

import re
from itertools import pairwise

from kg.extract.names.boundaries import Boundaries
from kg.extract.text.particles import ALSO, AND, AS_WELL, WITH

_ITEM = re.compile(f"、|(?<!、)[{AND}{WITH}{ALSO}]|(?<!、){AS_WELL}")


_WINDOW = 240
"""Characters that a row has at most."""


def items_before(text: str, end: int, cuts: Boundaries) -> list[tuple[int, int]]:
    """Items of a row that ends at `end`: split at 、 and 和, back to the clause's start or the verb before them."""
    clause = max(max(text.rfind(mark, 0, end) for mark in ",;。:“(》") + 1, end - _WINDOW)
    pieces, at = [], clause
    for separator in _ITEM.finditer(text, clause, end):
        pieces.append((at, separator.start()))
        at = separator.end()
    pieces.append((at, end))
    pieces = pieces[_joined_before(text, pieces) :]
    first = max(
        (i for i, (s, e) in enumerate(pieces) if cuts.before(max(s, e - 1)) > s and i < len(pieces) - 1),
        default=0,
    )
    pieces = pieces[first:]
    pieces[0] = (max(pieces[0][0], cuts.before(max(pieces[0][0], pieces[0][1] - 1))), pieces[0][1])
    return [(s, e) for s, e in pieces if e > s]


def _joined_before(text: str, pieces: list[tuple[int, int]]) -> int:
    """How many pieces stand before the row: in `丁还与甲、乙等` 与 joins somebody else with a row of 、."""
    signs = [text[a[1] : b[0]] for a, b in pairwise(pieces)]
    commas = [i for i, sign in enumerate(signs) if sign == "、"]
    return max((i + 1 for i, sign in enumerate(signs) if sign != "、" and commas and i < commas[0]), default=0)
