"""When something was told: which reports count on a day, of what time each speaks, and which of two is the later."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.extract.text.segment import bare_title, fold, tells_plans
from kg.extract.words.periods import due_date, periods, plan_period
from kg.model import Period
from kg.reason.records import Report, Told


@dataclass(frozen=True, slots=True)
class Telling:
    """Something told in a report, and the day up to which that report speaks, None where it names none."""

    told: Told
    day: dt.date | None


@dataclass(frozen=True, slots=True)
class Reports:
    """The reports that count: those that no newer one replaces, issued by a day or, where they do not say when, of a time until then."""

    known: Mapping[str, Report]
    as_of: dt.date

    def counts(self, name: str) -> bool:
        """Whether a report counts; one that names no day does, for what it promises."""
        report = self.known.get(name)
        if report is None or report.replaced_by:
            return False
        day = report.issued or self.day(name)
        return day is None or day <= self.as_of

    def day(self, name: str) -> dt.date | None:
        """The day up to which a report speaks: the end of its period, of a plan its beginning; else the day it was issued."""
        report = self.known[name]
        if report.period is None:
            return report.issued
        return report.period.start if _is_plan(report) else report.period.end

    def plan(self, name: str) -> Period | None:
        """The time that a report's plans are of."""
        report = self.known[name]
        return plan_period(report.title, report.period)

    def tellings(self, told: Iterable[Told]) -> list[Telling]:
        """Where something is told in reports that count, the earliest first, those of no day behind."""
        found = [Telling(one, self.day(one.document)) for one in told if self.counts(one.document)]
        return sorted(found, key=lambda one: (one.day or dt.date.max, one.told.document, one.told.passage))

    def after(self, told: Iterable[Told], made: dt.date | None) -> list[Telling]:
        """Where something is told after a day; nothing where that is unknown."""
        return [one for one in self.tellings(told) if made and one.day and one.day > made]

    def is_late(self, telling: Telling, words: str, due: dt.date | None) -> bool:
        """Whether what the words of a telling say came about after a day: by the time they name, else by that of the report."""
        if due is None:
            return False
        period = self.known[telling.told.document].period
        said = stretch_of(telling.told.sentence, words)
        named = [time for _, _, time in periods(said, period)]
        if named:
            return named[-1].start > due
        if day := due_date(said, period):
            return day > due
        return (period.start if period else telling.day or due) > due


def _is_plan(report: Report) -> bool:
    return tells_plans(bare_title(report.title))


def stretch_of(sentence: str, words: str) -> str:
    """The stretch of a sentence, between marks, that holds some words; all of it where none does."""
    text, sought = fold(sentence), fold(words)
    return next((one for one in stretches(text) if sought and sought in one), text)


def stretches(sentence: str) -> list[str]:
    """The stretches between the marks of a folded sentence."""
    return [one for one in sentence.translate(_MARKS).split(",") if one]


_MARKS = str.maketrans(dict.fromkeys(";。!?:\n", ","))
