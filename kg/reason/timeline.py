"""What a graph tells of a thing in order of time: figures by their own period, events by their day or year, edges by their reports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from rdflib import URIRef

from kg import cells, vocab
from kg.extract.words.periods import year_period
from kg.model import Period
from kg.reason.records import Figure, Report, Told, figures, names_of, reports
from kg.store import Store

When = Literal["figure", "due", "year", "report", ""]


@dataclass(frozen=True, slots=True)
class Entry:
    """Something told of a thing: `when` and what that is taken from (`by`: the figure's own time, the day due, the year, its reports').

    `kind` is the name of a class or property, `words` say it; `figure` is what it tells where it is one.
    """

    when: Period | None
    by: When
    kind: str
    words: str
    planned: bool
    told: tuple[Told, ...]
    figure: Figure | None = None


def timeline(store: Store, thing: str) -> list[Entry]:
    """Everything that a store tells of a thing (its IRI), the earliest first, what has no time last."""
    documents, names = reports(store), names_of(store)
    found = [
        *_figures(figures(store, thing), thing, documents),
        *_events(store, thing, names, documents),
        *_edges(store, thing, names, documents),
    ]
    return sorted(found, key=lambda one: (one.when is None, _ends(one.when), one.kind, one.words, one.planned))


def _ends(when: Period | None) -> tuple[str, str]:
    return (str(when.end), str(when.start)) if when else ("", "")


def _figures(told: Iterable[Figure], thing: str, documents: Mapping[str, Report]) -> Iterator[Entry]:
    for figure in told:
        if figure.subject == thing:
            when, by = (figure.period, "figure") if figure.period else _of_reports(figure.told, documents)
            yield Entry(when, by, "Observation", figure.words or figure.indicator, figure.planned, figure.told, figure)


def _of_reports(told: Iterable[Told], documents: Mapping[str, Report]) -> tuple[Period | None, When]:
    """The time of the first report that tells something: its period, else the day of its issue."""
    times = []
    for one in told:
        report = documents.get(one.document)
        if report and report.period:
            times.append(report.period)
        elif report and report.issued:
            times.append(Period(report.issued, report.issued))
    first = min(times, key=lambda period: (period.end, period.start), default=None)
    return first, "report" if first else ""


_SIDES = """
SELECT ?thing ?event ?class ?planned ?status ?due ?year ?amount ?unit ?part ?other ?passage ?sentence ?name {
  GRAPH ?passage { ?event ?side ?thing ; a ?class }
  ?passage nif:anchorOf ?sentence ; prov:wasDerivedFrom/dct:identifier ?name .
  FILTER (?side IN (ino:concerns, ino:participant, ino:recipient, ino:field, ino:part))
  OPTIONAL { ?event ino:planned ?planned } OPTIONAL { ?event ino:statusText ?status } OPTIONAL { ?event ino:due ?due }
  OPTIONAL { ?event ino:year ?year } OPTIONAL { ?event ino:amount ?amount ; ino:unit/skos:prefLabel ?unit }
  OPTIONAL { ?event ino:part/rdfs:label ?part }
  OPTIONAL { ?event ino:concerns|ino:participant ?other }
}"""


def _events(store: Store, thing: str, names: Mapping[str, str], documents: Mapping[str, Report]) -> Iterator[Entry]:
    by_event: dict[str, dict[int, dict[str, None]]] = {}
    told: dict[str, dict[Told, None]] = {}
    for row in sorted([["" if cell is None else str(cell) for cell in row] for row in store.rows(_SIDES, {"thing": URIRef(thing)})]):
        event, *sides = row[1], *row[2:11]
        for number, cell in enumerate(sides):
            by_event.setdefault(event, {}).setdefault(number, {}).setdefault(cell)
        told.setdefault(event, {}).setdefault(Told(*row[11:14]))
    for event, sides_of in by_event.items():
        kind, planned, status, due, year, amount, unit, part = (next(iter(sides_of[number])) for number in range(8))
        others = [names[other] for other in sides_of[8] if other != thing and other in names]
        when, by = _of_event(due, year)
        if when is None:
            when, by = _of_reports(told[event], documents)
        said = [part, status, "、".join(others), f"{amount} {unit}".strip()]
        yield Entry(when, by, kind.rsplit("#", 1)[-1], " ".join(filter(None, said)), planned == "true", tuple(told[event]))


def _of_event(due: str, year: str) -> tuple[Period | None, When]:
    if day := cells.day(due):
        return Period(day, day), "due"
    if year.isdecimal() and len(year) == len("2023") and int(year):
        return year_period(int(year)), "year"
    return None, ""


_JOINED = """
SELECT ?thing ?s ?p ?o ?passage ?sentence ?name {
  { GRAPH ?passage { ?thing ?p ?o } BIND (?thing AS ?s) } UNION { GRAPH ?passage { ?s ?p ?thing } BIND (?thing AS ?o) }
  ?passage nif:anchorOf ?sentence ; prov:wasDerivedFrom/dct:identifier ?name .
}"""


def _edges(store: Store, thing: str, names: Mapping[str, str], documents: Mapping[str, Report]) -> Iterator[Entry]:
    told: dict[tuple[str, str, str], dict[Told, None]] = {}
    for _, s, p, o, *place in sorted([[str(cell) for cell in row] for row in store.rows(_JOINED, {"thing": URIRef(thing)})]):
        name = p.removeprefix(vocab.PREFIXES["ino"])
        if name in vocab.edges() and s in names and o in names:
            ends = (thing, name, s if o == thing else o) if vocab.symmetric(name) else (s, name, o)
            told.setdefault(ends, {}).setdefault(Told(*place))
    for (s, name, o), places in told.items():
        when, by = _of_reports(places, documents)
        yield Entry(when, by, name, f"{names[s]} → {names[o]}", False, tuple(places))
