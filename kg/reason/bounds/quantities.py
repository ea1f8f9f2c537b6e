"""Which figures are of one quantity: the same indicator of the same subject in the same period.

The seam to a fuller notion of a series: `Naming.series_of` alone says to which series a figure belongs.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kg import lexicon
from kg.model import Period
from kg.reason.bounds.linear import Quantity, SeriesKey
from kg.reason.records import Figure, Report, Told
from kg.units import dimension_of

_SIZES = ("money", "area", "people", "count")


@dataclass(frozen=True)
class Naming:
    """How the things of a graph are called, and its documents.

    Args:
        names: IRI of a thing → all its names.
        printed: IRI of a figure → its indicator as printed.
        inside: IRIs of things, of which the first lies in the second or is part of it.
        kinds: IRI of a thing → its classes.
    """

    documents: Mapping[str, Report]
    names: Mapping[str, frozenset[str]]
    printed: Mapping[str, str]
    inside: frozenset[tuple[str, str]] = frozenset()
    kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def counts(self, figure: Figure) -> bool:
        """Whether a figure can be reckoned with: it is of a time, no plan, and a document that counts tells it."""
        in_reach = figure.period is not None and figure.period.start.year > 1 and figure.period.end < dt.date.max
        return in_reach and not figure.planned and bool(self.told(figure))

    def told(self, figure: Figure) -> tuple[Told, ...]:
        """Where documents that count tell a figure."""
        return tuple(one for one in figure.told if one.document not in self._replaced)

    @cached_property
    def _replaced(self) -> frozenset[str]:
        return frozenset(name for name, one in self.documents.items() if one.replaced_by)

    def series_of(self, figure: Figure) -> SeriesKey:
        """The series that a figure is of; its subject is its document where it is of no thing."""
        subject, name, about = figure.subject, figure.name, figure.about
        if about in self._known_as and about not in self.names.get(subject, frozenset()):
            subject, name = self._known_as[about], about
        names = sorted(self.names.get(subject, frozenset()) | {name}, key=lambda one: (-len(one), one))
        opening = next((one for one in names if one and about.startswith(one)), "")
        subject = subject or next((one.document for one in self.told(figure)), "")
        group = about.removeprefix(opening).replace(lexicon.word("bounding", "sized"), lexicon.word("bounding", "sized_full"))
        return SeriesKey(subject, group + self._scope(figure), figure.indicator, figure.unit, name)

    @cached_property
    def _known_as(self) -> dict[str, str]:
        """A name that one thing alone bears → the thing."""
        bearers: defaultdict[str, list[str]] = defaultdict(list)
        for thing, names in self.names.items():
            for name in names:
                bearers[name].append(thing)
        return {name: things[0] for name, things in bearers.items() if len(things) == 1}

    def _scope(self, figure: Figure) -> str:
        """What the indicator as printed says beyond its standard name: 规模以上工业 of 规模以上工业营业收入."""
        printed = self.printed.get(figure.iri, "")
        return printed.removesuffix(figure.indicator) if printed.endswith(figure.indicator) else ""

    def is_itself(self, figure: Figure) -> bool:
        """Whether a figure bears its subject's name in place of an indicator: `其中东园XX亿元`."""
        return figure.indicator in self.names.get(figure.subject, frozenset()) | {figure.name, figure.about}

    def apart(self, subjects: Iterable[str]) -> bool:
        """Whether things are several, and none is known to lie in another, by an edge or by a name within a name."""
        given = list(subjects)
        called = {one: self.names.get(one, frozenset()) for one in given}
        return len(set(given)) == len(given) and not any(
            (a, b) in self.inside or any(other in name for name in called[a] for other in called[b]) for a in given for b in given if a != b
        )


def quantities(figures: Iterable[Figure], naming: Naming, indicators: Mapping[str, str]) -> dict[str, Quantity]:
    """IRI of a figure → its quantity, for those that can be reckoned with.

    Args:
        figures: all figures.
        naming: how things are called.
        indicators: IRI of a figure → the indicator that its sentence gives it, where that is not its own.
    """
    found = {}
    for figure in figures:
        if naming.counts(figure) and figure.period:
            meant = replace(figure, indicator=indicators.get(figure.iri, figure.indicator))
            found[figure.iri] = Quantity(naming.series_of(meant), figure.period.start, figure.period.end)
    return found


def year_before(quantity: Quantity) -> Quantity:
    """The same in the same period of the year before."""
    return replace(quantity, start=_back(quantity.start), end=_back(quantity.end))


def _back(day: dt.date) -> dt.date:
    """The same day a year before; the last of February stays the last."""
    if (day.month, day.day) == (2, 28) and (day + dt.timedelta(days=1)).day == 1 and (day.year - 1) % 4 == 0:
        return dt.date(day.year - 1, 2, 29)
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def never_negative(series: SeriesKey) -> bool:
    """Whether a series is of a size that cannot be below nothing: no profit, no balance, no rate."""
    return dimension_of(series.unit) in _SIZES and not any(word in series.indicator for word in lexicon.words("bounding", "signed"))


def is_sum(series: SeriesKey) -> bool:
    """Whether a series sums over time what is never negative, so that a longer period holds no less: output, tax, investment."""
    return never_negative(series) and series.indicator.endswith(lexicon.words("bounding", "summed"))


def grows_as_told(series: SeriesKey) -> bool:
    """Whether a growth of a series is of its values as published: no rate, and nothing told at constant prices."""
    return dimension_of(series.unit) in _SIZES and not any(word in series.indicator for word in lexicon.words("bounding", "real"))


def by_series(found: Iterable[Quantity]) -> dict[SeriesKey, list[Quantity]]:
    """Quantities by their series, in order of time."""
    groups: defaultdict[SeriesKey, list[Quantity]] = defaultdict(list)
    for quantity in sorted(set(found)):
        groups[quantity.series].append(quantity)
    return groups


def within(inner: Period, outer: Period) -> bool:
    """Whether a period lies in a longer one."""
    return inner != outer and outer.start <= inner.start and inner.end <= outer.end
