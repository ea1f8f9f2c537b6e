"""Quantities and what is known of them: premises, each as linear inequalities with the passages that it rests on."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from kg.model import Period
from kg.reason.records import Told


@dataclass(frozen=True, slots=True, order=True)
class SeriesKey:
    """What is measured of whom, at any time: an indicator of a thing, or of a group of it (`about`), in a base unit.

    `subject` is the IRI of the thing; where a figure is of none, the name of its document. `name` is there to be read only.
    """

    subject: str
    about: str
    indicator: str
    unit: str
    name: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """A series in a period: the unknown of the inequalities, in the base unit."""

    series: SeriesKey
    start: dt.date
    end: dt.date

    @property
    def period(self) -> Period:
        """Its period."""
        return Period(self.start, self.end)

    def __str__(self) -> str:
        one = self.series
        return " ".join(part for part in (one.name, one.about, one.indicator, iso_period(self.period)) if part)


def iso_period(period: Period) -> str:
    """A period as briefly as it can be told: 2023, 2023-01..2023-06, or with its days (ISO 8601, ends inclusive)."""
    start, end = period.start, period.end
    ends_month = end == dt.date.max or (end + dt.timedelta(days=1)).day == 1
    if start.day != 1 or not ends_month:
        return f"{start.isoformat()}..{end.isoformat()}"
    if (start.month, end.month, start.year) == (1, 12, end.year):
        return str(start.year)
    return f"{start:%Y-%m}" if (start.year, start.month) == (end.year, end.month) else f"{start:%Y-%m}..{end:%Y-%m}"


@dataclass(frozen=True, slots=True)
class Row:
    """Σ factor × quantity ≤ `most`."""

    terms: Mapping[Quantity, Fraction]
    most: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Premise:
    """Something taken as true: its kind (a concept `premise-…` of the ontology), what it says, its rows, where it is told.

    What no sentence tells, such as that sales are never below nothing, has an empty `told`.
    """

    kind: str
    says: str
    rows: tuple[Row, ...]
    told: tuple[Told, ...] = ()


def at_least(quantity: Quantity, low: Fraction) -> Row:
    """A quantity is `low` or more."""
    return Row({quantity: Fraction(-1)}, -low)


def at_most(quantity: Quantity, high: Fraction) -> Row:
    """A quantity is `high` or less."""
    return Row({quantity: Fraction(1)}, high)


def no_more(less: Mapping[Quantity, Fraction], more: Mapping[Quantity, Fraction]) -> Row:
    """One weighted sum of quantities is no more than another."""
    terms = dict(less)
    for quantity, factor in more.items():
        terms[quantity] = terms.get(quantity, Fraction(0)) - factor
    return Row({quantity: factor for quantity, factor in terms.items() if factor})
