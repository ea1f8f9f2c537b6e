"""Figures that a report aims at, held against those that later reports give for the same thing and time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg import lexicon
from kg.indicators import canonical_indicator
from kg.model import Disclosure, Period
from kg.reason.promises.telling import Reports, Telling
from kg.reason.records import Figure

_ROUGH = Decimal("0.1")
"""A round value (`约800`) is taken to be within a tenth of the truth."""
_RATE = "1"
"""The unit of shares and growth."""


@dataclass(frozen=True, slots=True)
class Aim:
    """A value to reach, or not to exceed (`down`), in a period; `rate` for growth, which no part of the period tells."""

    figure: Figure
    value: Decimal
    period: Period
    growth: bool = False
    down: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """A figure told later, and how it stands to an aim: True meets it, False falls short, None cannot be told."""

    figure: Figure
    telling: Telling
    meets: bool | None
    whole: bool


Key = tuple[str, str, str]


class Figures:
    """Figures that are told as done, by what they are of."""

    def __init__(self, figures: Iterable[Figure]) -> None:
        self._by_key: defaultdict[Key, list[Figure]] = defaultdict(list)
        for one in figures:
            if one.subject and one.period and not one.planned:
                for growth in (False, True):
                    self._by_key[_key(one, growth)].append(one)

    def given(self, aim: Aim, reports: Reports, made: dt.date | None) -> list[Given]:
        """What reports after a day give for an aim, that for its whole period first, then the latest."""
        found = [
            _held(aim, figure, telling)
            for figure in self._by_key[_key(aim.figure, aim.growth)]
            if _is_of(figure, _indicator(aim.figure)) and figure.period and aim.period.start <= figure.period.end <= aim.period.end
            for telling in reports.after(figure.told, made)
        ]
        told = [one for one in found if one is not None]
        return sorted(told, key=lambda one: (not one.whole, -(one.figure.period or aim.period).end.toordinal(), one.figure.iri))


def aims(figures: Iterable[Figure]) -> Iterator[Aim]:
    """What figures are aimed at: a value, a growth, or each of both; sizes of what is planned are none, nor are figures of no time."""
    no_aim = lexicon.words("promise_words", "no_aim")
    for one in figures:
        if not (one.planned and one.subject and one.period) or any(word in one.indicator for word in no_aim):
            continue
        if (growth := _growth(one)) is not None:
            yield Aim(one, growth, one.period, growth=True, down=_less(one))
        value = one.lower if one.lower is not None else one.value if one.value is not None else one.upper
        if value is not None and not _is_growth(one):
            only_upper = one.lower is None and one.value is None
            yield Aim(one, value, one.period, down=only_upper or _less(one))


def _less(one: Figure) -> bool:
    """Whether less of an indicator is better."""
    return any(word in one.indicator for word in lexicon.words("promise_words", "less"))


def _ending() -> str:
    return lexicon.mapping("derived", "word")["growth"]


def _is_growth(one: Figure) -> bool:
    return one.indicator.endswith(_ending())


def _growth(one: Figure) -> Decimal | None:
    """The growth that a figure tells: its own, or its value where its indicator is a growth."""
    return one.growth if one.growth is not None else one.value if _is_growth(one) else None


def _key(one: Figure, growth: bool) -> Key:
    """What a figure is of: thing, its words where they say more than its name, the unit of its size."""
    about = "" if one.about == one.name else one.about
    return one.subject, about, _RATE if growth else one.unit


def _indicator(one: Figure) -> str:
    return canonical_indicator(one.indicator.removesuffix(_ending()))


def _is_of(one: Figure, indicator: str) -> bool:
    """Whether a figure is of an indicator, or of the end of its name where the sentence tells the rest: `登记技术合同…,成交额…`."""
    own = _indicator(one)
    rest = indicator.removesuffix(own)
    return own == indicator or (rest != indicator and all(rest in told.sentence for told in one.told))


def _held(aim: Aim, figure: Figure, telling: Telling) -> Given | None:
    """A figure of the aim's time, or of its first part, held against the aim."""
    period = figure.period
    if period is None:
        return None
    whole = period == aim.period or _as_of_its_end(aim, figure, period)
    if aim.growth:
        growth = _growth(figure)
        if growth is None:
            return None
        certain = whole and (aim.value >= 0 or aim.down)
        return Given(figure, telling, _stands(aim, growth, growth) if certain else None, whole)
    if _is_growth(figure) or (figure.value is None and figure.lower is None and figure.upper is None and not _withheld(figure)):
        return None
    low, high = _bounds(figure)
    meets = _stands(aim, low, high)
    sums_up = period.start == aim.period.start and not aim.down and figure.unit != _RATE
    return Given(figure, telling, meets if whole else True if meets and sums_up else None, whole)


def _as_of_its_end(aim: Aim, figure: Figure, period: Period) -> bool:
    """Whether a share is told for a time that holds the aim's and ends with it: what a plan for the second half aims at is of the year."""
    share = figure.unit == _RATE and not aim.growth and not _is_growth(figure)
    return share and period.end == aim.period.end and period.start <= aim.period.start


def _withheld(figure: Figure) -> bool:
    return figure.disclosure is Disclosure.WITHHELD


def _bounds(figure: Figure) -> tuple[Decimal | None, Decimal | None]:
    if figure.value is None or figure.lower is not None or figure.upper is not None:
        return figure.lower, figure.upper
    if figure.disclosure is Disclosure.APPROXIMATE:
        about = abs(figure.value) * _ROUGH
        return figure.value - about, figure.value + about
    return figure.value, figure.value


def _stands(aim: Aim, low: Decimal | None, high: Decimal | None) -> bool | None:
    """True where any number within the bounds meets the aim, False where none does."""
    sure, never = (high, low) if aim.down else (low, high)
    better = -1 if aim.down else 1
    if sure is not None and better * sure >= better * aim.value:
        return True
    return False if never is not None and better * never < better * aim.value else None
