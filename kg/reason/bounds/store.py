"""Estimates in `graph/estimated`: a node of its own for each withheld figure, never in the default graph."""

from collections.abc import Iterator
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal

from rdflib import RDF, XSD, Literal, URIRef

from kg import vocab
from kg.reason.bounds.outcomes import Estimate, Findings
from kg.reason.bounds.solve import Bound
from kg.store import Store
from kg.store.replace import Quad
from kg.vocab import ino, term

_DIGITS = 15
"""Of an end of an interval; the last is rounded away from the middle."""


def ends_of(estimate: Estimate) -> tuple[Decimal | None, Decimal | None]:
    """Lower and upper end in the base unit, rounded outward to 15 digits."""
    return _rounded(estimate.interval.lower, ROUND_FLOOR), _rounded(estimate.interval.upper, ROUND_CEILING)


def _rounded(bound: Bound | None, towards: str) -> Decimal | None:
    if bound is None:
        return None
    found = Context(prec=_DIGITS, rounding=towards).divide(Decimal(bound.value.numerator), Decimal(bound.value.denominator))
    return Decimal(f"{found:f}")


def keep(store: Store, found: Findings) -> None:
    """Replace `graph/estimated` by estimates of the withheld figures, each with the passages that it is derived from.

    Raises:
        StoreError: the store cannot be written; it is as before.
    """
    graph = vocab.graph("estimated")
    store.replace([graph], (quad for estimate in found.bounded for quad in _quads(estimate, graph)))


def _quads(estimate: Estimate, graph: URIRef) -> Iterator[Quad]:
    passages = dict.fromkeys(told.passage for premise in estimate.interval.rests_on for told in premise.told)
    for figure in estimate.figures:
        me = URIRef(f"{figure.iri}#estimate")
        yield me, RDF.type, ino("Estimate"), graph
        yield me, ino("estimateOf"), URIRef(figure.iri), graph
        for name, end in zip(("lower", "upper"), ends_of(estimate), strict=True):
            if end is not None:
                yield me, ino(name), Literal(f"{end:f}", datatype=XSD.decimal), graph
        if figure.unit:
            yield me, ino("unit"), vocab.unit(figure.unit), graph
        for passage in passages:
            yield me, term("prov:wasDerivedFrom"), URIRef(passage), graph
