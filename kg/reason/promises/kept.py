"""Each promise with what came of it by a day, both with their sentences.

A promise is kept where a report that speaks of a later time tells it of the same thing: a stage of building or of a policy
that is the promised one or comes after it, of the same part; a figure that meets the aim, for the same period; the same deed
in words that say it was done. What is not sure is told beside, and counts as nothing kept.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from kg.model import Scope
from kg.reason.promises.aims import Aim, Figures, Given, aims
from kg.reason.promises.deeds import Mention, deeds_of, likeness, mentions, tells_done, tells_undone
from kg.reason.promises.stages import Since, called, covers, kept_by, progress, since, unreached
from kg.reason.promises.telling import Reports, Telling
from kg.reason.records import Figure, Report, Step, Told, figures, reports, steps
from kg.store import Store


class State(StrEnum):
    """What came of a promise; the names of concepts."""

    FULFILLED = "fulfilled"
    LATE = "late"
    PARTLY = "partly"
    OVERDUE = "overdue"
    TOLD_SINCE = "told-since"
    NO_WORD_SINCE = "no-word-since"
    NOT_YET_DUE = "not-yet-due"


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised of a thing: its kind, a part, the words or the figure aimed at, the day it is due, where it was told first.

    `stated` is False where the day is but the end of the time that the report's plans are of; `growth` where an aim is its growth.
    """

    kind: str
    thing: str
    name: str
    part: str
    words: str
    due: dt.date | None
    stated: bool
    told: Told
    made: dt.date | None = None
    aim: Figure | None = None
    growth: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise, its state, and what was told later: its words or its figure, where, and up to which day that report speaks."""

    promise: Promise
    state: State
    words: str = ""
    told: Told | None = None
    day: dt.date | None = None
    figure: Figure | None = None


@dataclass(slots=True)
class _Memory:
    """What reports tell until a day, ready to be held against promises."""

    reports: Reports
    steps: defaultdict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    called: defaultdict[str, list[Step]] = field(default_factory=lambda: defaultdict(list))
    figures: Figures = field(default_factory=lambda: Figures(()))
    mentions: dict[str, list[Mention]] = field(default_factory=dict)

    def remember(self, steps: Iterable[Step]) -> None:
        """Keep what is told of things."""
        for step in steps:
            self.steps[step.thing].append(step)
            self.called[called(step)].append(step)

    def alike(self, wanted: Step) -> list[Step]:
        """What is told of the same thing, or of one that is called so with its part."""
        same = self.steps[wanted.thing]
        others = self.called[called(wanted)]
        return [*same, *(one for one in others if one.name != wanted.name and min(len(one.name), len(wanted.name)) >= _A_NAME)]

    def is_due(self, promise: Promise) -> bool:
        """Whether the day has come; a promise without one is due once another report follows."""
        if promise.due:
            return promise.due <= self.reports.as_of
        made = promise.made
        days = (self.reports.day(name) for name in self.reports.known if self.reports.counts(name))
        return made is not None and any(day and day > made for day in days)


_A_NAME = 4
"""Characters of a name that is one without the part behind it: `园区` of two reports may be two things."""


def last_day(store: Store) -> dt.date | None:
    """The last day of which any report tells, None where no report names one."""
    days = [day for one in reports(store).values() for day in (one.issued, one.period and one.period.end) if day]
    return max(days, default=None)


def promises(store: Store, as_of: dt.date, scope: Scope | None = None) -> list[Kept]:
    """What reports promised, and what came of it.

    Args:
        store: the graph.
        as_of: only reports issued, or of a time, until this day count.
        scope: only promises of reports of this place and time; later reports count whatever theirs are.

    Returns:
        Promises by state, the earliest due first, each with the sentence that tells it and, where one does, that of what came of it.
    """
    known = reports(store)
    memory = _Memory(Reports(known, as_of), figures=Figures(seen := figures(store)), mentions=dict(mentions(store)))
    events = steps(store, "Milestone", "Commitment", "PolicyAction")
    memory.remember(events)
    made = [*_of_aims(seen, memory), *_of_steps(events, seen, memory)]
    kept = [one for one in made if scope is None or _is_in(known[one.promise.told.document], scope)]
    order = list(State)
    return sorted(kept, key=lambda one: (order.index(one.state), one.promise.due or dt.date.max, *_names(one.promise)))


def _names(promise: Promise) -> tuple[str, ...]:
    return promise.name, promise.part, promise.words, promise.kind, promise.thing, promise.told.passage


def _is_in(report: Report, scope: Scope) -> bool:
    """Whether a report is of a place (its IRI or name) and of a time."""
    if scope.place and scope.place not in (report.home, report.home_name):
        return False
    time = report.period
    return scope.period is None or (time is not None and time.start <= scope.period.end and scope.period.start <= time.end)


def _of_steps(events: Iterable[Step], seen: Iterable[Figure], memory: _Memory) -> Iterator[Kept]:
    """Stages, actions and words that are promised; words that a stage or a figure of their sentence repeats are left to these."""
    better = defaultdict(list)
    for step in events:
        if step.planned and step.kind != "Commitment":
            for told in step.told:
                better[step.thing, told.passage].append(step.words)
    for figure in seen:
        if figure.planned and figure.printed:
            for told in figure.told:
                better[figure.subject, told.passage].append(figure.printed)
    for step in events:
        tellings = memory.reports.tellings(step.told) if step.planned else []
        first = tellings[0].told if tellings else None
        if first is None or (step.kind == "Commitment" and any(one in step.words for one in better[step.thing, first.passage])):
            continue
        plan = memory.reports.plan(first.document)
        due = step.due or (plan.end if plan else None)
        made = tellings[0].day
        promise = Promise(step.kind, step.thing, step.name, step.part, step.words, due, step.due is not None, first, made)
        yield _of_words(promise, memory) if step.kind == "Commitment" else _of_stage(promise, step, memory)


def _of_stage(promise: Promise, wanted: Step, memory: _Memory) -> Kept:
    alike = [one for one in memory.alike(wanted) if one.kind == wanted.kind and one.iri != wanted.iri]
    later = list(since(alike, memory.reports, promise.made))
    reached = kept_by(wanted, later)
    if reached:
        slow = any(one.telling.day and promise.due and one.telling.day >= promise.due for one in _before(later, reached))
        late = slow or memory.reports.is_late(reached.telling, reached.step.words, promise.due)
        return _told(promise, State.LATE if late else State.FULFILLED, reached)
    known = [one for one in alike if not one.planned and _was_known(one, promise, memory)]
    further = progress(wanted, known, later)
    if further:
        return _told(promise, State.PARTLY if memory.is_due(promise) else State.NOT_YET_DUE, further)
    if undone := _unreached(promise, wanted, memory):
        return undone
    spoken = [one for one in later if covers(one.step, wanted) or one.step.part == ""]
    if spoken and promise.due and memory.is_due(promise) and (day := spoken[-1].telling.day) and day >= promise.due:
        return _told(promise, State.OVERDUE, spoken[-1])
    if later:
        return _told(promise, State.TOLD_SINCE if memory.is_due(promise) else State.NOT_YET_DUE, later[-1])
    return _of_mentions(promise, memory)


def _unreached(promise: Promise, wanted: Step, memory: _Memory) -> Kept | None:
    """The last word that the promised stage has not come about, of a day by which it was due."""
    for mention, telling in reversed(list(_spoken(promise, memory))):
        if _is_past(promise, telling, memory) and (words := unreached(mention, wanted)):
            return Kept(promise, State.OVERDUE, words, telling.told, telling.day)
    return None


def _is_past(promise: Promise, telling: Telling, memory: _Memory) -> bool:
    return bool(promise.due and telling.day and telling.day >= promise.due and memory.is_due(promise))


def _before(later: Iterable[Since], reached: Since) -> Iterator[Since]:
    """What was told of the promised part before it was reached, in reports of an earlier time."""
    day = reached.telling.day
    return (one for one in later if one.telling.day and day and one.telling.day < day and covers(one.step, reached.step))


def _was_known(step: Step, promise: Promise, memory: _Memory) -> bool:
    return any(one.day and promise.made and one.day <= promise.made for one in memory.reports.tellings(step.told))


def _told(promise: Promise, state: State, later: Since) -> Kept:
    return Kept(promise, state, later.step.words, later.telling.told, later.telling.day)


def _of_words(promise: Promise, memory: _Memory) -> Kept:
    """A promise in words: kept where a later sentence says that the same was done."""
    if deeds_of(promise.words, (promise.name,)):
        for mention, telling in _spoken(promise, memory):
            if done := tells_done(mention, promise.words):
                late = memory.reports.is_late(telling, done, promise.due)
                return Kept(promise, State.LATE if late else State.FULFILLED, done, telling.told, telling.day)
        for mention, telling in reversed(list(_spoken(promise, memory))):
            if _is_past(promise, telling, memory) and tells_undone(mention, promise.words):
                return Kept(promise, State.OVERDUE, "", telling.told, telling.day)
    return _of_mentions(promise, memory)


def _of_mentions(promise: Promise, memory: _Memory) -> Kept:
    """What is left to say: the later sentence that has most in common with the promise, or that none speaks of its thing."""
    told = list(_spoken(promise, memory))
    best = max(told, key=lambda one: (likeness(one[0], promise.words), one[1].day or dt.date.min))[1] if told else None
    due = memory.is_due(promise)
    state = State.NOT_YET_DUE if not due else State.TOLD_SINCE if best else State.NO_WORD_SINCE
    return Kept(promise, state, told=best.told if best else None, day=best.day if best else None)


def _spoken(promise: Promise, memory: _Memory) -> Iterator[tuple[Mention, Telling]]:
    """Later sentences that speak of the thing, in the order of time."""
    found = [
        (mention, telling)
        for mention in memory.mentions.get(promise.thing, ())
        for telling in memory.reports.after((mention.told,), promise.made)
    ]
    return iter(sorted(found, key=lambda one: (one[1].day or dt.date.max, one[1].told.passage)))


def _of_aims(seen: Iterable[Figure], memory: _Memory) -> Iterator[Kept]:
    for aim in aims(seen):
        tellings = [one for one in memory.reports.tellings(aim.figure.told) if one.day is None or one.day < aim.period.end]
        if tellings:
            figure = aim.figure
            promise = Promise(
                "Observation", figure.subject, figure.name, "", figure.indicator, aim.period.end, True,
                tellings[0].told, tellings[0].day, figure, aim.growth,
            )  # fmt: skip
            yield _of_figure(promise, aim, memory)


def _of_figure(promise: Promise, aim: Aim, memory: _Memory) -> Kept:
    given = memory.figures.given(aim, memory.reports, promise.made)
    met = next((one for one in given if one.meets), None)
    if met:
        return _given(promise, State.FULFILLED, met)
    if not given:
        return Kept(promise, State.NO_WORD_SINCE if memory.is_due(promise) else State.NOT_YET_DUE)
    last = given[0]
    if not memory.is_due(promise):
        return _given(promise, State.NOT_YET_DUE, last)
    return _given(promise, State.PARTLY if last.meets is False and last.whole else State.TOLD_SINCE, last)


def _given(promise: Promise, state: State, given: Given) -> Kept:
    return replace(Kept(promise, state, given.figure.indicator, given.telling.told, given.telling.day), figure=given.figure)
