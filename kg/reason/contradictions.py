"""What reports tell that cannot all be true: each finding with the sentences on both sides and what may explain it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations

from kg import lexicon
from kg.indicators import dimension
from kg.model import Disclosure, Period
from kg.reason.intervals import Interval, is_a, tells, words
from kg.reason.records import Figure, Report, Told, figures, reports
from kg.reason.series import Line, Point, Series, names, series_of
from kg.reason.totals import beyond_total, beyond_year
from kg.store import Store
from kg.units import is_count


class Kind(StrEnum):
    """What does not go together; names of concepts."""

    FIGURES = "figures-differ"
    RATES = "rates-differ"
    MISFIT = "growth-misfits"
    PART = "part-exceeds-total"


class Explanation(StrEnum):
    """What may explain it; names of concepts."""

    RESTATED = "restated-later"
    COMPARABLE = "comparable-basis"
    ROUGH = "rough-value"
    SLIP = "slip-in-report"
    REVISED = "base-revised"


@dataclass(frozen=True, slots=True)
class Side:
    """A figure on one side of a contradiction; `says` is the interval that it stands for, of its growth in RATES."""

    figure: Figure
    says: Interval
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Figures that cannot all be true.

    `expected` is the interval that the last side had to meet, from the sides before it; `apart` how far off it is as a fraction.
    """

    kind: Kind
    line: Line
    name: str
    period: Period
    sides: tuple[Side, ...]
    expected: Interval
    explanations: tuple[Explanation, ...]


def contradictions(store: Store) -> list[Contradiction]:
    """All contradictions that a store holds, by subject, indicator and period.

    Figures without a subject or a period are never compared, nor planned ones with what was reached, nor what a report tells that
    another one replaces.
    """
    return Checking(reports(store), names(store)).of(figures(store), _wholes(store))


def _wholes(store: Store) -> dict[str, set[str]]:
    """Thing → what it lies in or is part of."""
    [rows] = store.texts("SELECT DISTINCT ?part ?whole { ?part ino:partOf|ino:locatedIn ?whole FILTER (?part != ?whole) }")
    found: defaultdict[str, set[str]] = defaultdict(set)
    for part, whole in rows:
        found[part].add(whole)
    return found


@cache
def _known() -> frozenset[str]:
    """Indicators by standard names, without those that only a sentence tells of what they are."""
    return frozenset(lexicon.mapping("indicators", "canonical").values()) - set(words("loose"))


@dataclass(frozen=True, slots=True)
class Checking:
    """Reports by name, and all names of each thing."""

    documents: Mapping[str, Report]
    aka: Mapping[str, frozenset[str]]

    def of(self, told: Iterable[Figure], wholes: Mapping[str, set[str]]) -> list[Contradiction]:
        """The contradictions between figures, things by what they lie in or are part of."""
        counting = [figure for figure in told if self._counts(figure)]
        lines = {one.line: one for one in series_of((f for f in counting if self._dated(f)), self.aka)}
        found = [one for series in lines.values() for one in (*self._differing(series), *self._misfits(series))]
        found += [one for series in lines.values() for one in self._larger_parts(series, lines, wholes)]
        found += [self._part(*pair) for pair in beyond_total(counting)]
        found += [one for series in lines.values() for one in self._fallen(series)]
        return sorted(found, key=lambda one: (one.name, one.line, one.period.end, one.period.start, one.kind, one.sides[-1].figure.iri))

    def _counts(self, figure: Figure) -> bool:
        """Whether a figure of a named subject is told by a report that no other one replaces."""
        standing = [one for one in figure.told if not self._replaced(one.document)]
        return bool(figure.subject and figure.period and standing and not figure.planned)

    def _replaced(self, document: str) -> bool:
        return document in self.documents and bool(self.documents[document].replaced_by)

    def _dated(self, figure: Figure) -> bool:
        """Whether a sentence, or its report, is of the figure's time for sure."""
        return figure.period is not None and any(tells((one,), figure.period, self._own(one.document)) for one in figure.told)

    def _own(self, document: str) -> Period | None:
        return self.documents[document].period if document in self.documents else None

    def _differing(self, series: Series) -> Iterator[Contradiction]:
        """Two figures, or two rates, of one line and one time."""
        by_time: defaultdict[tuple[object, ...], list[Point]] = defaultdict(list)
        for point in series.points:
            by_time[point.period.end, None if series.line.kind == "stock" else point.period.start].append(point)
        for points in by_time.values():
            for one, other in combinations(sorted(points, key=self._order), 2):
                if self._comparable(series.line, one, other):
                    yield from self._pair(series, one, other)

    def _pair(self, series: Series, one: Point, other: Point) -> Iterator[Contradiction]:
        for kind, here, there in ((Kind.FIGURES, one.size, other.size), (Kind.RATES, one.growth, other.growth)):
            if here and there and not here.meets(there):
                sides = (_side(one, here), _side(other, there))
                yield Contradiction(kind, series.line, series.name, other.period, sides, here, self._why(one, other))
                return  # where figures differ, so do their rates

    def _order(self, point: Point) -> tuple[str, str]:
        """Points by when their reports were."""
        ends = [str(own.end) for told in point.figure.told if (own := self._own(told.document))]
        return min(ends, default="9999"), point.figure.iri

    def _comparable(self, line: Line, one: Point, other: Point) -> bool:
        """Whether two points of a line are surely of the same: where one sentence gives both, it tells of two things."""
        here, there = ({told.passage for told in point.figure.told} for point in (one, other))
        if here & there or (one.figure.rank_scope != other.figure.rank_scope and one.size is None):
            return False
        together = {told.document for told in one.figure.told} & {told.document for told in other.figure.told}
        return _is_sure(line) if together else _is_sure(line) or self._both_regular(line, one, other)

    def _both_regular(self, line: Line, one: Point, other: Point) -> bool:
        """Whether both reports are of just the figures' time, and call what they count the same: `认定高新技术企业`."""
        own = [self._own(told.document) for point in (one, other) for told in point.figure.told[:1]]
        alike = one.figure.words == other.figure.words and len(line.indicator) >= _NAMED and line.indicator not in words("loose")
        return alike and all(period is not None and period.end == one.period.end for period in own)

    def _misfits(self, series: Series) -> Iterator[Contradiction]:
        """A rate of growth that does not fit its figure and that of the same time of the year before."""
        if series.line.indicator in words("constant_prices") or not _is_sure(series.line):
            return
        for point in series.points:
            sizes = (
                [point] if point.size else [one for one in series.done.get(point.period, ()) if self._comparable(series.line, one, point)]
            )
            for size, before in ((s, b) for s in sizes for b in series.year_before(point) if point.growth):
                grown = before.size.grown_to(size.size) if before.size and size.size else None
                if grown and point.growth and not grown.meets(point.growth):
                    sides = [
                        _side(before, before.size),
                        *([_side(size, size.size)] if size is not point else []),
                        _side(point, point.growth),
                    ]
                    why = (Explanation.COMPARABLE,) if _is_comparable(point.figure, series.line) else ()
                    yield Contradiction(
                        Kind.MISFIT, series.line, series.name, point.period, tuple(sides), grown, (*why, Explanation.REVISED)
                    )

    def _larger_parts(self, series: Series, lines: Mapping[Line, Series], wholes: Mapping[str, set[str]]) -> Iterator[Contradiction]:
        """What a thing has that is more than what the place or thing has in which it is."""
        line = series.line
        if line.group or not _is_sure(line) or dimension(line.indicator) not in ("money", "count"):
            return
        for whole in sorted(wholes.get(line.subject, ())):
            other = lines.get(Line(whole, "", line.indicator, line.parts, line.unit, line.kind, line.months))
            for point in series.points if other else ():
                for total in other.done.get(point.period, ()) if other else ():
                    if point.size and total.size and point.size.above(total.size):
                        yield self._part(total.figure, total.size, point.figure, point.size, line, series.name, point.period)

    def _fallen(self, series: Series) -> Iterator[Contradiction]:
        """What was counted since a year began that is less at a later day of it."""
        for total, part in beyond_year(series):
            if self._comparable(series.line, total, part) and total.size and part.size:
                yield self._part(total.figure, total.size, part.figure, part.size, series.line, series.name, part.period)

    def _part(  # noqa: PLR0913, PLR0917  # both sides and what they are of
        self, total: Figure, whole: Interval, part: Figure, size: Interval, line: Line, name: str, period: Period
    ) -> Contradiction:
        sides = (Side(total, whole, total.told), Side(part, size, part.told))
        return Contradiction(Kind.PART, line, name, period, sides, Interval(None, whole.high), ())

    def _why(self, one: Point, other: Point) -> tuple[Explanation, ...]:
        first, second = ({told.document for told in point.figure.told} for point in (one, other))
        found = [Explanation.SLIP] if first & second else []
        later = [own.end for name in second - first if (own := self._own(name))]
        if later and min(later) > one.period.end:
            found.append(Explanation.RESTATED)
        if Disclosure.APPROXIMATE in (one.figure.disclosure, other.figure.disclosure):
            found.append(Explanation.ROUGH)
        return tuple(found)


_NAMED = 4
"""Characters of an indicator without a standard name that names something."""


def _is_sure(line: Line) -> bool:
    """Whether an indicator has a standard name, and its unit is one of what it measures."""
    measured = dimension(line.indicator)
    counted = measured in ("count", "people")
    return line.indicator in _known() and (not measured or not line.unit or counted == is_count(line.unit))


def _is_comparable(figure: Figure, line: Line) -> bool:
    """Whether a rate is of those that report in both years: `规上`."""
    return is_a("comparable", "".join((figure.about, figure.words, line.indicator, line.group)))


def _side(point: Point, says: Interval | None) -> Side:
    return Side(point.figure, says or Interval(), point.figure.told)
