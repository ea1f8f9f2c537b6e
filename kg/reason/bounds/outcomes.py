"""What becomes of the withheld figures of a graph: bounded, without a bound, or resting on premises that contradict each other."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.reason.bounds.linear import Premise, Quantity
from kg.reason.bounds.premises import Known, known
from kg.reason.bounds.quantities import Naming
from kg.reason.bounds.solve import Bounds, solve
from kg.reason.records import Figure, figures, reports
from kg.store import Store
from kg.units import is_whole


@dataclass(frozen=True, slots=True)
class Estimate:
    """A withheld quantity, the figures that withhold it, and between which values it lies, in its base unit."""

    quantity: Quantity
    figures: tuple[Figure, ...]
    interval: Bounds


@dataclass(frozen=True, slots=True)
class Findings:
    """What is found of the withheld figures.

    `bounded` are those of which more is known than their sign, `unbounded` the others; each of `contradictions` is a smallest
    set of premises that cannot all be true.
    """

    bounded: tuple[Estimate, ...]
    unbounded: tuple[Figure, ...]
    contradictions: tuple[tuple[Premise, ...], ...]

    def of(self, subject: str) -> "Findings":
        """What of it is of a thing, by its IRI; contradictions that speak of it."""

        def speaks(premises: tuple[Premise, ...]) -> bool:
            return any(q.series.subject == subject for premise in premises for row in premise.rows for q in row.terms)

        return Findings(
            tuple(one for one in self.bounded if one.quantity.series.subject == subject),
            tuple(one for one in self.unbounded if one.subject == subject),
            tuple(premises for premises in self.contradictions if speaks(premises)),
        )


def bound_figures(store: Store) -> Findings:
    """Bound all withheld figures of a graph by what its other figures say."""
    return findings(known(figures(store), _naming(store)))


def findings(what: Known) -> Findings:
    """Bound withheld figures by premises."""
    solved = solve(what.premises, what.withheld)
    bounded, unbounded, contradictions = [], list(what.unplaced), list(solved.contradictions)
    for quantity, withheld in sorted(what.withheld.items()):
        interval = solved.intervals[quantity]
        if is_whole(quantity.series.unit):
            interval = interval.of_whole_numbers()
        if interval.lower and interval.upper and interval.lower.value > interval.upper.value:  # no whole number lies between
            contradictions.append(interval.rests_on)
        elif interval.upper or (interval.lower and (interval.lower.value > 0 or all(one.told for one in interval.rests_on))):
            bounded.append(Estimate(quantity, withheld, interval))
        else:
            unbounded += withheld
    return Findings(tuple(bounded), tuple(unbounded), tuple(contradictions))


def _naming(store: Store) -> Naming:
    names, printed, inside, kinds = store.texts(
        "SELECT ?thing ?name { ?thing rdfs:label|skos:altLabel ?name FILTER (STRSTARTS(STR(?thing), STR(id:))) }",
        "SELECT ?figure ?words { ?figure a ino:Observation ; ino:indicatorText ?words }",
        "SELECT ?inner ?outer { ?inner ino:locatedIn|ino:partOf ?outer }",
        "SELECT ?thing ?class { ?thing a ?class ; rdfs:label ?name FILTER (STRSTARTS(STR(?thing), STR(id:))) }",
    )
    words, pairs = dict(sorted(printed, reverse=True)), frozenset((inner, outer) for inner, outer in inside)
    return Naming(reports(store), _grouped(names), words, pairs, _grouped(kinds))


def _grouped(rows: Iterable[list[str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, value in rows:
        found[key].add(value)
    return {key: frozenset(values) for key, values in found.items()}
