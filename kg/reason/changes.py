"""What came, went and changed from the reports of one period to those of another: things, edges, figures, stages."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from kg import vocab
from kg.errors import QueryError
from kg.model import Period
from kg.reason.intervals import Interval
from kg.reason.periods import overlap
from kg.reason.records import Figure, Report, Step, Told, figures, names_of, reports, steps
from kg.reason.series import Line, Point, names, placed
from kg.store import Store

Kind = Literal["came", "went", "changed"]
What = Literal["thing", "edge", "figure", "stage"]
Key = TypeVar("Key", bound=Hashable)
Fact = TypeVar("Fact")


@dataclass(frozen=True, slots=True)
class Side:
    """What the reports of one period tell: words, the figure where it is one, its sentences."""

    words: str
    told: tuple[Told, ...]
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What came, went or changed: the name of a thing, a class, property or indicator, and what is told before and after.

    `grown` is the growth of a figure where both are of like time, 0.123 for 12.3 %.
    """

    kind: Kind
    what: What
    name: str
    of: str
    before: Side | None
    after: Side | None
    grown: Interval | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """The reports of two periods, and what differs between them; `undated` are the documents of no time."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    undated: tuple[str, ...]
    found: tuple[Change, ...]


def changes(store: Store, first: Period, second: Period) -> Changes:
    """What came, went and changed from the reports of a first period to those of a second.

    A report is of the period in which its own ends: a report on a year is one of the year's second half. One that another replaces
    does not count.

    Raises:
        QueryError: no report is of one of the periods.
    """
    known = {name: report for name, report in reports(store).items() if not report.replaced_by}
    before, after = (frozenset(name for name, report in known.items() if _is_of(report, period)) for period in (first, second))
    for period, there in ((first, before), (second, after)):
        if not there:
            raise QueryError(f"No report is of {period.start} to {period.end}. `kg documents` lists the periods of all.")
    sides = (before, after)
    found = [
        *_plain("thing", _named(store), sides),
        *_plain("edge", _joined(store), sides),
        *_figures(figures(store), names(store), sides),
        *_stages(steps(store), sides),
    ]
    undated = tuple(sorted(name for name, report in known.items() if not (report.period or report.issued)))
    order = {"changed": 0, "came": 1, "went": 2}
    found.sort(key=lambda one: (one.what, order[one.kind], one.name, one.of, one.after.words if one.after else ""))
    return Changes(tuple(sorted(before)), tuple(sorted(after)), undated, tuple(found))


def _is_of(report: Report, period: Period) -> bool:
    day = report.period.end if report.period else report.issued
    return day is not None and overlap(Period(day, day), period)


Sides = tuple[frozenset[str], frozenset[str]]


def _by_side(told: Iterable[tuple[Key, Fact, Told]], sides: Sides) -> Iterator[tuple[Key, tuple[dict[Fact, list[Told]], ...]]]:
    """What is told before and after: by key, the facts with their sentences."""
    found: dict[Key, tuple[dict[Fact, list[Told]], ...]] = {}
    for key, fact, one in told:
        for number, documents in enumerate(sides):
            if one.document in documents:
                found.setdefault(key, ({}, {}))[number].setdefault(fact, []).append(one)
    yield from found.items()


def _plain(what: What, told: Iterable[tuple[tuple[str, str], str, Told]], sides: Sides) -> Iterator[Change]:
    """What is told on one side only; `told` are names and classes (or properties), words, sentences."""
    for (name, of), (before, after) in _by_side(told, sides):
        if bool(before) != bool(after):
            there = before or after
            places = next(iter(there.values()))
            side = Side("", tuple(places))
            yield Change("went" if before else "came", what, name, of, side if before else None, side if after else None)


Named = Iterable[tuple[tuple[str, str], str, Told]]


def _named(store: Store) -> Named:
    """Things as (name, class), their words, where they are named."""
    known, classes = names_of(store), {vocab.PREFIXES["ino"] + name: name for name in vocab.things()}
    [rows] = store.texts(
        "SELECT DISTINCT ?thing ?class ?g ?words ?name { GRAPH ?g { ?thing a ?class ; rdfs:label ?label } ?g nif:anchorOf ?words ; "
        "prov:wasDerivedFrom/dct:identifier ?name }"
    )
    return [((known[t], classes[kind]), known[t], Told(*place)) for t, kind, *place in sorted(rows) if t in known and kind in classes]


def _joined(store: Store) -> Named:
    """Edges as (both names, property), their words, where they are stated; one that holds both ways once."""
    known, ours = names_of(store), {vocab.PREFIXES["ino"] + name: name for name in vocab.edges()}
    [rows] = store.texts(
        "SELECT DISTINCT ?s ?p ?o ?g ?words ?name { GRAPH ?g { ?s ?p ?o FILTER (isIRI(?o) && STRSTARTS(STR(?o), STR(id:))) } "
        "?g nif:anchorOf ?words ; prov:wasDerivedFrom/dct:identifier ?name }"
    )
    for s, p, o, *place in sorted(rows):
        if p in ours and s in known and o in known and not (vocab.symmetric(ours[p]) and o < s):
            words = f"{known[s]} → {known[o]}"
            yield (words, ours[p]), words, Told(*place)


def _figures(told: Iterable[Figure], aka: Mapping[str, frozenset[str]], sides: Sides) -> Iterator[Change]:
    """Figures by their line; of several on one side the latest counts."""
    found: defaultdict[tuple[Line, bool], tuple[list[Point], list[Point]]] = defaultdict(lambda: ([], []))
    for figure in told:
        if made := placed(figure, aka):
            for number, documents in enumerate(sides):
                if any(one.document in documents for one in figure.told):
                    found[made[0], figure.planned][number].append(made[1])
    for (line, _), (before, after) in found.items():
        change = _change_of(line, _latest(before), _latest(after))
        if change:
            yield change


def _latest(points: list[Point]) -> Point | None:
    return max(points, key=lambda one: (one.period.end, one.period.start, one.figure.iri), default=None)


def _change_of(line: Line, before: Point | None, after: Point | None) -> Change | None:
    either = after or before
    if either is None:
        return None
    kind: Kind = "changed" if before and after else "came" if after else "went"
    if before and after and before.figure.iri == after.figure.iri:
        return None
    alike = before and after and (line.kind == "stock" or _months(before.period) == _months(after.period))
    grown = before.size.grown_to(after.size) if alike and before and after and before.size and after.size else None
    of = f"{line.group} {line.indicator}".strip()
    return Change(kind, "figure", either.figure.name, of, _side(before), _side(after), grown)


def _side(point: Point | None) -> Side | None:
    return Side(point.figure.printed, point.figure.told, point.figure) if point else None


def _months(period: Period) -> tuple[int, int]:
    return period.start.month, period.end.month


def _stages(told: Iterable[Step], sides: Sides) -> Iterator[Change]:
    """The furthest stage that each project, or part of one, has reached in the reports of each period."""
    reached = [step for step in told if step.kind == "Milestone" and not step.planned]
    rows = [((step.name, step.part), (step.order, step.words), one) for step in reached for one in step.told]
    for (name, part), (before, after) in _by_side(rows, sides):
        first, last = (max(side.items(), key=lambda one: one[0], default=None) for side in (before, after))
        kind: Kind = "changed" if first and last else "came" if last else "went"
        if not (first and last and first[0] == last[0]):
            yield Change(kind, "stage", name, part, _stage(first), _stage(last))


def _stage(one: tuple[tuple[str, str], list[Told]] | None) -> Side | None:
    return Side(one[0][1], tuple(one[1])) if one else None
