"""The tightest interval of a quantity by two linear programs (HiGHS), proved in fractions; contradictions cut down to their core.

A program in floating point only says which inequalities are tight. Their multipliers are then solved for exactly, and by weak
duality any multipliers that fit prove a bound: what is given never cuts off a value that satisfies the premises.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

import highspy
import numpy as np

from kg.reason.bounds.exact import multipliers
from kg.reason.bounds.linear import Premise, Quantity, Row

_NOISE = (1e-9, 1e-7, 1e-5)
"""Multipliers, of rows brought to size 1, below which a row is not tight; a proof is tried with each."""
_SLACK = 1e-6
"""By how much rows of size 1 are let out where premises just touch, and the solver takes them to contradict each other."""
_OPTIONS = (
    ("output_flag", False), ("presolve", "off"), ("solver", "simplex"), ("threads", 1), ("small_matrix_value", 1e-12),
    ("primal_feasibility_tolerance", 1e-9), ("dual_feasibility_tolerance", 1e-9),
)  # fmt: skip
_CORE = int(highspy.IisStrategy.kIisStrategyFromLp) + int(highspy.IisStrategy.kIisStrategyIrreducible)


@dataclass(frozen=True, slots=True)
class Bound:
    """A value that a quantity does not pass, and the premises that prove it."""

    value: Fraction
    rests_on: tuple[Premise, ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which values a quantity lies, in its base unit; None where nothing bounds it on that side."""

    lower: Bound | None = None
    upper: Bound | None = None

    @property
    def rests_on(self) -> tuple[Premise, ...]:
        """The premises of both sides, each once."""
        both = [premise for side in (self.lower, self.upper) if side for premise in side.rests_on]
        return tuple({id(premise): premise for premise in both}.values())

    def of_whole_numbers(self) -> "Bounds":
        """The same of something that is counted: ends are whole."""
        lower = self.lower and Bound(Fraction(ceil(self.lower.value)), self.lower.rests_on)
        upper = self.upper and Bound(Fraction(floor(self.upper.value)), self.upper.rests_on)
        return Bounds(lower, upper)


class _Quiet(highspy.Highs):
    """A solver that prints nothing, from the start."""

    def enableCallbacks(self) -> None:  # noqa: N802  # what the solver's constructor calls before it prints
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


class System:
    """Premises as one linear program. Columns and rows are scaled to size 1, as money in yuan and counts are far apart."""

    def __init__(self, premises: Sequence[Premise], let_out: bool = False) -> None:
        self._rows: list[tuple[Premise, Row]] = [(premise, row) for premise in premises for row in premise.rows]
        self._columns = {q: n for n, q in enumerate(dict.fromkeys(q for _, row in self._rows for q in row.terms))}
        self._scales = _scales([row for _, row in self._rows], self._columns)
        self._solver: Any = _Quiet()  # type: ignore[no-untyped-call]  # its stubs leave half of it out
        for option, value in _OPTIONS:
            self._solver.setOptionValue(option, value)
        self._solver.passModel(self._program(_SLACK if let_out else 0.0))

    def _program(self, slack: float) -> Any:
        factors, sizes = [], []
        for _, row in self._rows:
            scaled = {self._columns[q]: factor * self._scales[q] for q, factor in row.terms.items()}
            size = max(map(abs, scaled.values()))
            factors.append({column: float(factor / size) for column, factor in scaled.items()})
            sizes.append(size)
        program, columns, rows = highspy.HighsLp(), len(self._columns), len(self._rows)
        program.num_col_, program.num_row_ = columns, rows
        program.col_cost_ = np.zeros(columns)
        program.col_lower_, program.col_upper_ = np.full(columns, -highspy.kHighsInf), np.full(columns, highspy.kHighsInf)
        program.row_lower_ = np.full(rows, -highspy.kHighsInf)
        program.row_upper_ = np.array([float(row.most / size) + slack for (_, row), size in zip(self._rows, sizes, strict=True)])
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_ = np.cumsum([0, *map(len, factors)])
        program.a_matrix_.index_ = np.array([column for row in factors for column in row])
        program.a_matrix_.value_ = np.array([factor for row in factors for factor in row.values()])
        return program

    def contradiction(self) -> tuple[Premise, ...]:
        """Premises that cannot all be true, proved so; empty where the solver finds values for all or no proof holds."""
        if not self._rows:
            return ()
        self._solver.run()
        if not self.refused:
            return ()
        _, there, ray = self._solver.getDualRay()
        proved = there and self._proved(np.asarray(ray), {}, refuting=True)
        return proved.rests_on if proved else ()

    @property
    def refused(self) -> bool:
        """Whether the solver, run last without an aim, took the premises to contradict each other, rightly or by its tolerance."""
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kInfeasible)

    def core(self) -> tuple[Premise, ...]:
        """Premises of the irreducible infeasible set of rows that HiGHS names; all that are here where it names none."""
        self._solver.setOptionValue("iis_strategy", _CORE)
        _, named = self._solver.getIis()
        numbers = list(named.row_index_) if named.valid_ else []
        return _once(self._rows[number][0] for number in (numbers or range(len(self._rows))))

    def most(self, quantity: Quantity, sign: int) -> Bound | None:
        """The most that `sign` × a quantity can be; None where there is no end, or none that can be proved."""
        column, program = self._columns[quantity], self._solver
        program.changeColCost(column, -float(sign))
        program.run()
        ended = program.getModelStatus() == highspy.HighsModelStatus.kOptimal
        weights = np.array(program.getSolution().row_dual)
        program.changeColCost(column, 0.0)  # which forgets the solution
        return self._proved(weights, {quantity: Fraction(sign)}) if ended else None

    def _proved(self, weights: "np.ndarray[Any, Any]", wanted: dict[Quantity, Fraction], refuting: bool = False) -> Bound | None:
        """The bound of what is wanted by the rows whose weights are not 0; with `refuting`, that 0 ≤ -1 follows from them."""
        largest = float(np.abs(weights).max(initial=0.0))
        for noise in _NOISE:
            tight = [self._rows[n] for n in np.flatnonzero(np.abs(weights) > noise * max(largest, 1e-300))]
            terms: list[dict[Any, Fraction]] = [dict(row.terms) for _, row in tight]  # with the key None for what a row is bounded by
            aim: dict[Any, Fraction] = dict(wanted)
            if refuting:
                aim[None] = Fraction(-1)
                for row, (_, told) in zip(terms, tight, strict=True):
                    row[None] = told.most
            found = multipliers(terms, aim)
            if found is not None:
                used = [(premise, row, factor) for (premise, row), factor in zip(tight, found, strict=True) if factor]
                value = sum((row.most * factor for _, row, factor in used), Fraction(0))
                return Bound(value, _once(premise for premise, _, _ in used))
        return None


def _scales(rows: Sequence[Row], columns: Iterable[Quantity]) -> dict[Quantity, Fraction]:
    """How large each quantity is: by what is said of it alone, else by the one beside it in a row, else as the largest of all."""
    sizes: dict[Quantity, Fraction] = {}
    beside: defaultdict[Quantity, list[Row]] = defaultdict(list)
    for row in rows:
        for quantity, factor in row.terms.items():
            beside[quantity].append(row)
            if len(row.terms) == 1 and row.most:
                sizes[quantity] = max(sizes.get(quantity, Fraction(0)), abs(row.most / factor))
    waiting = deque(sizes)
    while waiting:
        known = waiting.popleft()
        for row in beside[known]:
            for other, factor in row.terms.items():
                if other not in sizes:
                    sizes[other] = abs(sizes[known] * row.terms[known] / factor)
                    waiting.append(other)
    usual = max(sizes.values(), default=Fraction(1))
    return {quantity: sizes.get(quantity, usual) for quantity in columns}


def _once(premises: Iterable[Premise]) -> tuple[Premise, ...]:
    return tuple({id(premise): premise for premise in premises}.values())


def smallest_contradiction(premises: Sequence[Premise], system: System | None = None) -> tuple[Premise, ...]:
    """Premises that contradict each other, none of which can be left out; empty where all can be true.

    HiGHS names an irreducible infeasible set of rows; each premise of it is then left out in turn (deletion filter), as a
    premise may have several rows, and what is left is proved to be contradictory in fractions.
    """
    system = system or System(premises)
    proved = system.contradiction()
    if not proved:
        return ()
    named = System(system.core()).contradiction()
    left = list(named if named and len(named) <= len(proved) else proved)
    for premise in tuple(left):
        without = [one for one in left if one is not premise]
        if System(without).contradiction():
            left = without
    return tuple(left)


def interval(system: System, quantity: Quantity) -> Bounds:
    """The tightest interval of a quantity."""
    low, high = system.most(quantity, -1), system.most(quantity, 1)
    return Bounds(low and Bound(-low.value, low.rests_on), high)


def components(premises: Sequence[Premise]) -> Iterator[list[Premise]]:
    """Premises in groups that share no quantity."""
    parent: dict[Quantity, Quantity] = {}

    def root(quantity: Quantity) -> Quantity:
        parent.setdefault(quantity, quantity)
        while parent[quantity] != quantity:
            parent[quantity] = parent[parent[quantity]]
            quantity = parent[quantity]
        return quantity

    quantities = [[quantity for row in premise.rows for quantity in row.terms] for premise in premises]
    for first, *others in filter(None, quantities):
        for other in others:
            parent[root(other)] = root(first)
    groups: dict[Quantity, list[Premise]] = {}
    for premise, of in zip(premises, quantities, strict=True):
        if of:
            groups.setdefault(root(of[0]), []).append(premise)
    yield from groups.values()


@dataclass(frozen=True, slots=True)
class Solved:
    """The intervals of some quantities, and the sets of premises that contradict each other."""

    intervals: dict[Quantity, Bounds]
    contradictions: tuple[tuple[Premise, ...], ...]


def solve(premises: Sequence[Premise], wanted: Iterable[Quantity]) -> Solved:
    """Bound quantities by what is known.

    Premises that contradict each other are named and, where a sentence tells them, no longer used; the others still bound.

    Args:
        premises: what is known.
        wanted: quantities to bound; one that no premise speaks of has no bound.
    """
    asked, intervals, found = dict.fromkeys(wanted), {}, []
    for group in components(premises):
        here = {quantity for premise in group for row in premise.rows for quantity in row.terms} & asked.keys()
        if not here:
            continue
        kept, system = group, System(group)
        while contradicted := smallest_contradiction(kept, system):
            found.append(contradicted)
            doubted = {id(premise) for premise in contradicted if premise.told} or set(map(id, contradicted))
            kept = [premise for premise in kept if id(premise) not in doubted]
            system = System(kept)
        if system.refused:  # they just touch: multipliers found with rows let out prove bounds of the rows as they are
            system = System(kept, let_out=True)
        spoken = {quantity for premise in kept for row in premise.rows for quantity in row.terms}
        intervals.update({quantity: interval(system, quantity) for quantity in sorted(here & spoken)})
    return Solved({quantity: intervals.get(quantity, Bounds()) for quantity in asked}, tuple(found))
