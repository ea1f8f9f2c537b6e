"""The same indicator of the same subject over time: lines in base units, each of one kind of time."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from kg import lexicon
from kg.indicators import canonical_indicator
from kg.model import Disclosure, Period
from kg.reason.intervals import Interval, TimeKind, growth_of, kind_of, size_of, words
from kg.reason.records import Figure, figures, one_of
from kg.store import Store

_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """What the points of a series have in common; figures of two lines are never held against each other.

    `subject` is the IRI of a thing, `group` a part of it without a name of its own (`规模以上服务业企业`), "" where the figure is of
    all of it; `parts` are words of the indicator as printed that its standard name does not have (`规上`); `months` is how long a
    single period is, 0 otherwise.
    """

    subject: str
    group: str
    indicator: str
    parts: tuple[str, ...]
    unit: str
    kind: TimeKind
    months: int = 0


@dataclass(frozen=True, slots=True)
class Point:
    """A figure in a series: its size and its growth as intervals, None where it tells none (withheld, a rate alone)."""

    figure: Figure
    period: Period
    size: Interval | None
    growth: Interval | None

    @property
    def withheld(self) -> bool:
        """Whether the figure is kept back."""
        return self.figure.disclosure is Disclosure.WITHHELD

    @property
    def value(self) -> float | None:
        """What is drawn of it: the figure as printed, in its base unit; None where it is withheld, or told by its growth alone."""
        return float(self.figure.value) if self.size and self.figure.value is not None else None


@dataclass(frozen=True)
class Series:
    """The points of a line by the end of their periods."""

    line: Line
    name: str
    points: tuple[Point, ...]

    @cached_property
    def done(self) -> Mapping[Period, list[Point]]:
        """Points that were reached and are given, by period."""
        found: defaultdict[Period, list[Point]] = defaultdict(list)
        for point in self.points:
            if point.size is not None and not point.figure.planned:
                found[point.period].append(point)
        return found

    def year_before(self, point: Point) -> list[Point]:
        """The points of the same stretch, or day, of the year before; several where reports differ."""
        return self.done.get(a_year_before(point.period), [])


def series(store: Store, subject: str = "") -> list[Series]:
    """All series of a store, or those of a subject (its IRI), by subject, group and indicator."""
    return series_of((f for f in figures(store, subject) if not subject or f.subject == subject), names(store, subject))


def series_of(told: Iterable[Figure], aka: Mapping[str, frozenset[str]]) -> list[Series]:
    """Figures as series; those without a subject or a period are in none.

    Args:
        told: figures.
        aka: all names of each thing.
    """
    found: defaultdict[Line, list[Point]] = defaultdict(list)
    for figure in told:
        if made := placed(figure, aka):
            found[made[0]].append(made[1])
    _give_units(found)
    return [
        Series(line, points[0].figure.name, tuple(sorted(points, key=lambda p: (p.period.end, p.period.start, p.figure.planned))))
        for line, points in sorted(found.items())
    ]


def _give_units(found: defaultdict[Line, list[Point]]) -> None:
    """Put what is told without a unit (a masked figure, a rate of growth) into the one line of its kind that has one."""
    with_unit: defaultdict[Line, list[Line]] = defaultdict(list)
    for line in found:
        if line.unit:
            with_unit[_without_unit(line)].append(line)
    for line in [line for line in found if not line.unit and len(with_unit[line]) == 1]:
        found[with_unit[line][0]] += found.pop(line)


def _without_unit(line: Line) -> Line:
    return Line(line.subject, line.group, line.indicator, line.parts, "", line.kind, line.months)


def placed(figure: Figure, aka: Mapping[str, frozenset[str]]) -> tuple[Line, Point] | None:
    """The line of a figure and itself as a point of it."""
    period = figure.period
    if period is None or not figure.subject:
        return None
    growth_word = lexicon.word("derived", kind="growth")
    rate = figure.growth is not None and figure.unit == "1" and figure.indicator.endswith(growth_word)
    name = canonical_indicator(figure.indicator.removesuffix(growth_word)) if rate else figure.indicator
    kind = kind_of(figure, period)
    line = Line(
        figure.subject, group_of(figure, aka.get(figure.subject, frozenset())), name, _parts(figure, name), "" if rate else figure.unit,
        kind, _length(period) if kind is TimeKind.SINGLE else 0,
    )  # fmt: skip
    return line, Point(figure, period, None if rate else size_of(figure), growth_of(figure))


def group_of(figure: Figure, own: frozenset[str]) -> str:
    """The group within its subject that a figure is of: its words without the subject's name, "" for all of the subject."""
    about = figure.about
    if about in own or about in lexicon.words("wholes"):
        return ""
    lead = next((name for name in sorted(own, key=len, reverse=True) if about.startswith(name)), "")
    return about.removeprefix(lead)


def _parts(figure: Figure, name: str) -> tuple[str, ...]:
    told = [word for word in words("restricting") if word in figure.words]
    alike = lexicon.mapping("figure_kinds", "alike")
    return tuple(sorted({word for word in (alike.get(one, one) for one in told) if word not in name}))


def _length(period: Period) -> int:
    """How many months a period touches."""
    return (period.end.year - period.start.year) * _MONTHS + period.end.month - period.start.month + 1


def a_year_before(period: Period) -> Period:
    """The same stretch of the year before."""
    return Period(_a_year_before(period.start), _a_year_before(period.end))


def _a_year_before(day: date) -> date:
    """The same day of the year before, the last of a month for the last."""
    year = max(1, day.year - 1)
    (_, last), (_, most) = monthrange(day.year, day.month), monthrange(year, day.month)
    return day.replace(year=year, day=most if day.day == last else day.day)


def names(store: Store, one: str = "") -> dict[str, frozenset[str]]:
    """All names of each thing of a store, or of one, its other names among them."""
    [rows] = store.texts(
        f"SELECT ?thing ?name {{ {one_of('thing', one)} ?thing rdfs:label|skos:altLabel ?name FILTER (STRSTARTS(STR(?thing), STR(id:))) }}"
    )
    found: defaultdict[str, set[str]] = defaultdict(set)
    for thing, name in rows:
        found[thing].add(name)
    return {thing: frozenset(all_names) for thing, all_names in found.items()}
