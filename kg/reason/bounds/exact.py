"""Systems of linear equations in fractions: what a solver in floating point finds is proved with them, or given up."""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def multipliers(rows: Sequence[Mapping[Key, Fraction]], wanted: Mapping[Key, Fraction]) -> list[Fraction] | None:
    """Numbers, none below nothing, by which the rows add up to what is wanted, exactly; None where elimination finds none.

    Where several answers exist the free numbers are 0, so that fewer rows count.
    """
    equations: dict[Key, dict[int, Fraction]] = {key: {} for key in wanted}
    for number, row in enumerate(rows):
        for key, factor in row.items():
            if factor:
                equations.setdefault(key, {})[number] = factor
    solved = _eliminated([(terms, wanted.get(key, Fraction(0))) for key, terms in equations.items()])
    if solved is None:
        return None
    found = [Fraction(0)] * len(rows)
    for number, (terms, value) in reversed(solved):
        found[number] = value - sum((factor * found[other] for other, factor in terms.items()), Fraction(0))
    return found if all(one >= 0 for one in found) else None


_Equation = tuple[dict[int, Fraction], Fraction]


def _eliminated(equations: list[_Equation]) -> list[tuple[int, _Equation]] | None:
    """Unknown → what it equals by those solved after it; None where the equations contradict each other."""
    waiting = sorted(equations, key=lambda one: len(one[0]))
    solved: list[tuple[int, _Equation]] = []
    while waiting:
        terms, value = waiting.pop(0)
        if not terms:
            if value:
                return None
            continue
        pivot = min(terms)
        factor = terms[pivot]
        rest = {other: one / factor for other, one in terms.items() if other != pivot}
        solved.append((pivot, (rest, value / factor)))
        waiting = sorted((_without(pivot, rest, value / factor, one) for one in waiting), key=lambda one: len(one[0]))
    return solved


def _without(pivot: int, rest: Mapping[int, Fraction], value: Fraction, equation: _Equation) -> _Equation:
    """An equation after an unknown has been put in by what it equals."""
    terms, right = equation
    if pivot not in terms:
        return equation
    factor = terms[pivot]
    new = {other: one for other, one in terms.items() if other != pivot}
    for other, one in rest.items():
        new[other] = new.get(other, Fraction(0)) - factor * one
    return {other: one for other, one in new.items() if one}, right - factor * value
