"""What a figure says as an interval, by the rounding of what is printed, and of what kind of time it is."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from kg import lexicon
from kg.extract.text.segment import fold
from kg.extract.words.periods import periods, year_period
from kg.lexicon import word_pattern
from kg.model import Disclosure, Period
from kg.reason.records import Figure, Told
from kg.units import is_count


class TimeKind(StrEnum):
    """Whether a figure is of all since the year began, of a stretch within it, or of what there is on a day; names of concepts."""

    CUMULATIVE = "cumulative"
    SINGLE = "single-period"
    STOCK = "stock"


@dataclass(frozen=True, slots=True)
class Interval:
    """All that a figure as printed may stand for, both ends within; None is no end."""

    low: Decimal | None = None
    high: Decimal | None = None

    def meets(self, other: "Interval") -> bool:
        """Whether both may stand for one number."""
        return not (self.above(other) or other.above(self))

    def above(self, other: "Interval") -> bool:
        """Whether every number of this one is greater than every one of the other."""
        return self.low is not None and other.high is not None and self.low > other.high

    def grown_to(self, later: "Interval") -> "Interval | None":
        """The growth (0.123 for 12.3 %) from this to a later figure; None where this may be nothing, or has no end that tells one."""
        if self.low is None or self.low <= 0 or later.low is None:
            return None
        low = later.low / self.high - 1 if self.high is not None else None
        return Interval(low, later.high / self.low - 1 if later.high is not None else None)


_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)


def number_of(printed: str) -> str:
    """The number of a figure as printed, "" where there is none: 12.5 of `12.5亿元`."""
    found = _NUMBER.match(printed)
    return found[0] if found else ""


_ROUGH = Decimal("0.1")
"""A round value that words call rough (`约800`, `近百`) is taken to be within a tenth of the truth."""


def size_of(figure: Figure) -> Interval | None:
    """The interval of a figure in its base unit: half of the last digit printed to either side, a bare count exact; None where withheld."""
    if figure.disclosure is Disclosure.WITHHELD:
        return None
    if figure.disclosure is Disclosure.APPROXIMATE:
        return _rough(figure)
    if figure.value is None:
        return None
    half = _step(figure.value, figure.printed, figure.unit) / 2
    return Interval(figure.value - half, figure.value + half)


def _rough(figure: Figure) -> Interval | None:
    if figure.value is None:
        return None if figure.lower is None and figure.upper is None else Interval(figure.lower, figure.upper)
    within = abs(figure.value) * _ROUGH
    low = figure.lower if figure.lower is not None else figure.value - within
    return Interval(low, figure.upper if figure.upper is not None else figure.value + within)


def _step(value: Decimal, printed: str, unit: str) -> Decimal:
    """What the last printed digit counts, in the base unit; 0 of a count in whole numbers, and where nothing is printed."""
    number = Decimal(number_of(printed) or 0)
    if not number:
        return Decimal(0)
    factor = abs(value / number)
    places = Decimal(1).scaleb(_exponent(number))
    return Decimal(0) if factor == 1 and places == 1 and is_count(unit) else places * factor


def _exponent(number: Decimal) -> int:
    return min(0, int(number.as_tuple().exponent))


_RATE = re.compile(r"(\d+(?:\.\d+)?)\s*%", re.ASCII)


def growth_of(figure: Figure) -> Interval | None:
    """The interval of the growth told with a figure, by the digits of its rate; None where no sentence prints one."""
    if figure.growth is None:
        return None
    for told in figure.told:
        for printed in _RATE.findall(fold(told.sentence)):
            if Decimal(printed) == abs(figure.growth) * 100:
                half = Decimal(1).scaleb(_exponent(Decimal(printed)) - 2) / 2
                return Interval(figure.growth - half, figure.growth + half)
    return None


@cache
def _any(role: str) -> re.Pattern[str]:
    return word_pattern("figure_kinds", role)


def words(role: str) -> tuple[str, ...]:
    """The words of a role of `data/lexicon/figure_kinds.csv`, the longest first."""
    return lexicon.words("figure_kinds", role)


def is_a(role: str, text: str) -> bool:
    """Whether a text holds a word of a role."""
    return _any(role).search(text) is not None


def kind_of(figure: Figure, period: Period) -> TimeKind:
    """The kind of time of a figure: by its indicator, by the words before it in its sentence, else by where its period begins."""
    by_period = TimeKind.CUMULATIVE if (period.start.month, period.start.day) == (1, 1) else TimeKind.SINGLE
    if is_a("stock", figure.indicator + figure.words) and not is_a("flow", figure.words):
        return TimeKind.STOCK
    if not is_count(figure.unit):
        return by_period
    before = _before(figure)
    if _so_far(before):
        return TimeKind.STOCK
    return TimeKind.STOCK if is_a("as_of", before) and not is_a("flow", figure.words) else by_period


_CLAUSES = re.compile("[;。]")
_SOME_YEAR = 2000
"""Of which a time without a year is read where only its place counts."""


def _before(figure: Figure) -> str:
    """What stands before a figure in its sentence up to the last semicolon, all of it where the figure is not printed in digits."""
    if not figure.told:
        return ""
    text, number = fold(figure.told[0].sentence), number_of(figure.printed)
    at = text.find(number) if number else -1
    return _CLAUSES.split(text if at < 0 else text[:at])[-1]


def _so_far(before: str) -> bool:
    """Whether a count is of all since a beginning: not where its word follows a stretch of time (`1-6月,累计…`), nor leads what is new."""
    found = list(_any("so_far").finditer(before))
    if not found or _any("flow").match(before, found[-1].end()):
        return False
    lead = before[: found[-1].start()].rstrip(",")
    return not any(end == len(lead) and not is_a("as_of", lead[start:end]) for start, end, _ in periods(lead, year_period(_SOME_YEAR)))


def tells(told: Iterable[Told], period: Period, own: Period | None) -> bool:
    """Whether a sentence itself tells a period, or its report is of that time or of the last part of it.

    A time that only goes on from a sentence before (`2022年度评奖中,…`) may be another's.
    """
    if own and period.end == own.end and period.start <= own.start and period.start.year == own.end.year:
        return True
    return any(period in _named(one.sentence, own) for one in told)


@lru_cache(maxsize=4096)
def _named(sentence: str, own: Period | None) -> frozenset[Period]:
    """The periods that a sentence names."""
    return frozenset(period for _, _, period in periods(fold(sentence), own))
