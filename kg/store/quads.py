"""Facts to quads: what a sentence states goes into the graph of that sentence."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from hashlib import sha256
from itertools import permutations
from types import MappingProxyType
from typing import Any

from rdflib import RDF, RDFS, SKOS, XSD, Literal, URIRef

from kg import vocab
from kg.indicators import canonical_indicator
from kg.model import Basis, Cooperation, Disclosure, Entity, Event, Facts, FundingGrant, Honour, Milestone, Observation, Span
from kg.resolve import Resolver, attributes, figures_beside, granting_place, status_concept
from kg.store.evidence import Home, Origin, Reading, context_quads, document_quads, proposal_quads
from kg.store.replace import Quad
from kg.units import base_amount, base_value
from kg.vocab import concept, ino, thing

_EVENT_CLASS = {"Recognition": "RecognitionGrant"}


@dataclass(frozen=True, slots=True)
class Writer:
    """What all quads of a document share: its facts, its names, where its passages begin."""

    facts: Facts
    resolver: Resolver
    entities: dict[str, Entity]
    starts: tuple[int, ...]
    figures: dict[Span, list[Observation]]
    rows: dict[Span, str]
    named: dict[Span, set[str]]
    """Names (canonical) of what a passage names."""
    suffix: str = ""

    def passage(self, span: Span) -> Span:
        """The sentence or row in which a span begins."""
        return self.facts.passages[max(0, bisect_right(self.starts, span.start) - 1)]

    def graph(self, span: Span, basis: Basis = "stated") -> URIRef:
        """The named graph of the sentence or row in which a span begins, or that of what is read there from the context."""
        place = self.passage(span)
        document = self.facts.document
        suffix = self.suffix if basis == "stated" else f"{self.suffix}&context={basis}"
        if place in self.rows:
            return vocab.row(document.name, self.rows[place] + suffix)
        return URIRef(f"{vocab.passage(document.name, place.start, place.end)}{suffix}")

    def used(self, quads: Iterable[Quad]) -> dict[URIRef, Span]:
        """Graphs that quads stand in, with the passage of each."""
        passages = {self.graph(place): place for place in self.facts.passages}
        return {graph: passages[graph] for *_, graph in quads if graph in passages}

    def iri(self, name: str) -> URIRef:
        """IRI of a named thing of the document."""
        return thing(self.key(name))

    def key(self, name: str) -> str:
        """The name of which that is made."""
        entity = self.entities.get(name)
        return self.resolver.resolve(name, entity.type if entity else "")

    def home(self) -> Home:
        """Whose report it is, as things."""
        home = self.facts.document.home
        name, type_ = (home.park, "Park") if home.park else (home.place, "Place")
        around = dict.fromkeys(one for one in (home.place, *home.within) if one and one != name)
        return Home(
            thing(self.resolver.resolve(name, type_)) if name else None,
            self.resolver.meant(name, type_).label,
            tuple(thing(self.resolver.resolve(one, "Place")) for one in around),
            thing(self.resolver.resolve(self.facts.document.issuer, "GovernmentBody")),
        )


def quads_of(facts: Facts, resolver: Resolver, version: str, location: str = "") -> list[Quad]:
    """All that a document states, and the description of the document and its passages.

    Args:
        facts: what was extracted.
        resolver: decisions on names.
        version: of the software, kept with the run.
        location: where the file lay when it was read.

    Returns:
        Quads; a statement that several sentences make occurs once for each of their graphs.
    """
    document = facts.document
    resolver = resolver.of(document, (entity.name for entity in facts.entities if entity.type == "Park"))
    origin = Origin(document.name, document.source, document.media_type, document.sha256, version, location)
    writer = _writer(facts, facts, resolver, "")
    quads = _stated(writer) + list(document_quads(facts, origin, writer.graph, writer.home()))
    quads += context_quads(facts, origin, _readings(writer))
    for number, proposed in enumerate(facts.proposed, 1):
        told = replace(proposed, document=document, passages=facts.passages)
        writer = _writer(told, facts, resolver, f"&proposal={number}")
        said = _stated(writer)
        run = URIRef(f"{origin.run}&proposal={number}")
        quads += said + list(proposal_quads(told, origin, run, writer.used(said)))
    return list(dict.fromkeys(quads))


def _writer(facts: Facts, all_facts: Facts, resolver: Resolver, suffix: str) -> Writer:
    """A writer of some of a document's facts, that knows the names of all of them."""
    told = (all_facts, *all_facts.proposed)
    entities = {name: e for one in reversed(told) for e in one.entities for name in (*e.aliases, e.name)}
    rows = {row.span: row.fragment for row in facts.document.rows}
    starts = tuple(span.start for span in facts.passages)
    writer = Writer(facts, resolver, entities, starts, defaultdict(list), rows, defaultdict(set), suffix)
    for seen in facts.observations:
        writer.figures[writer.passage(seen.span)].append(seen)
    for name in {entity.name for entity in entities.values()}:
        for span in entities[name].spans:
            if span in (place := writer.passage(span)):
                writer.named[place].add(name)
    return writer


def _stated(writer: Writer) -> list[Quad]:
    """What sentences state, each in the graph of its sentence."""
    facts = writer.facts
    quads = [quad for entity in facts.entities for quad in _entity(writer, entity)]
    quads += [quad for seen in facts.observations for quad in _observation(writer, seen)]
    for relation in facts.relations:
        ends = (writer.iri(relation.subject), writer.iri(relation.object))
        graph = writer.graph(relation.span, relation.basis)
        quads.append((ends[0], ino(relation.predicate), ends[1], graph))
        if vocab.symmetric(relation.predicate):
            quads.append((ends[1], ino(relation.predicate), ends[0], graph))
    quads += [quad for event in facts.events for quad in _event(writer, event)]
    return quads


def _readings(writer: Writer) -> list[Reading]:
    """The graphs of what is read from the context, each with the passages that give it: the sentence's own first."""
    found: dict[tuple[URIRef, Basis, Span], dict[URIRef, None]] = defaultdict(dict)
    for edge in writer.facts.relations:
        if edge.basis != "stated":
            key = (writer.graph(edge.span, edge.basis), edge.basis, writer.passage(edge.span))
            found[key].update({writer.graph(span): None for span in (edge.span, *edge.given)})
    return [Reading(graph, place, basis, tuple(given)) for (graph, basis, place), given in found.items()]


def _entity(writer: Writer, entity: Entity) -> Iterator[Quad]:
    subject, meant = writer.iri(entity.name), writer.resolver.meant(entity.name, entity.type)
    for span in entity.spans:
        graph = writer.graph(span)
        yield subject, RDF.type, ino(entity.type), graph
        yield subject, RDFS.label, Literal(meant.label, lang="zh"), graph
        printed = writer.facts.document.quote(span)
        for alias in (*entity.aliases, *([entity.name] if entity.name != meant.label else ())):
            if alias in printed:
                yield subject, SKOS.altLabel, Literal(alias, lang="zh"), graph
        for said, value, is_concept in attributes(entity):
            yield subject, ino(said), concept(value) if is_concept else Literal(value), graph
        if place := granting_place(entity):
            giver = thing(writer.resolver.resolve(place, "Place"))
            yield subject, ino("grantedBy"), giver, graph
            yield from _place(giver, place, graph)
    if writer.resolver.decided(meant.key, entity.type) != meant.key:
        graph = vocab.metadata_graph(writer.facts.document.name)
        yield thing(meant.key), vocab.term("dct:isReplacedBy"), subject, graph


def _place(node: URIRef, label: str, graph: URIRef, kind: str = "Place") -> Iterator[Quad]:
    yield node, RDF.type, ino(kind), graph
    yield node, RDFS.label, Literal(label, lang="zh"), graph


def _node(kind: str, label: str, *content: Any) -> URIRef:
    """IRI of a fact from its content, so that the same fact is one node wherever it is stated."""
    digest = sha256("\x1f".join(map(str, content)).encode()).hexdigest()[:12]
    return URIRef(f"{thing(f'{kind}-{label}')}-{digest}")


def _observation(writer: Writer, seen: Observation) -> Iterator[Quad]:
    node, graph = _observation_iri(writer, seen), writer.graph(seen.span)
    name = canonical_indicator(seen.indicator)
    about = _about(writer, seen)
    yield node, RDF.type, ino("Observation"), graph
    yield node, ino("indicator"), vocab.indicator(name), graph
    yield vocab.indicator(name), RDF.type, SKOS.Concept, graph
    yield vocab.indicator(name), SKOS.prefLabel, Literal(name, lang="zh"), graph
    yield node, ino("indicatorText"), Literal(seen.indicator), graph
    yield node, ino("disclosure"), concept(seen.disclosure.value), graph
    yield node, ino("planned"), Literal(seen.planned), graph
    if about:
        yield node, ino("about"), about, graph
        if not _named(writer, seen) and (whole := writer.resolver.place(seen.about)):
            yield from _place(about, whole.label, graph, "Park" if whole.key == writer.facts.document.home.park else "Place")
    if seen.about:
        yield node, ino("aboutText"), Literal(seen.about), graph
    if seen.period:
        yield node, ino("periodStart"), Literal(seen.period.start), graph
        yield node, ino("periodEnd"), Literal(seen.period.end), graph
    for key, value in (("growth", seen.growth), ("rank", seen.rank), ("rankScope", seen.rank_scope)):
        if value is not None:
            yield node, ino(key), Literal(value), graph
    yield from _sizes(node, seen, graph)


def _sizes(node: URIRef, seen: Observation, graph: URIRef) -> Iterator[Quad]:
    """Value or bounds in the base unit, and the figure as printed."""
    base = seen.unit or ""
    for key, printed in (("value", seen.value), ("lower", seen.lower), ("upper", seen.upper)):
        if printed is not None:
            value, base = base_value(printed, seen.unit or "")
            yield node, ino(key), _decimal(value), graph
    if seen.disclosure is Disclosure.WITHHELD:
        base = base_value(Decimal(1), seen.unit or "")[1]
    if seen.value is not None:
        yield node, ino("valuePrinted"), Literal(f"{seen.value}{seen.unit or ''}"), graph
    if base:
        yield node, ino("unit"), vocab.unit(base), graph
        yield vocab.unit(base), RDF.type, SKOS.Concept, graph
        yield vocab.unit(base), SKOS.prefLabel, Literal(base), graph


def _decimal(value: Decimal) -> Literal:
    plain = f"{value:f}"
    return Literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, datatype=XSD.decimal)


def _observation_iri(writer: Writer, seen: Observation) -> URIRef:
    content = (_about(writer, seen) or writer.facts.document.name, seen.about, seen.indicator, seen.period, seen.value, seen.unit,
               seen.growth, seen.rank, seen.disclosure, seen.lower, seen.upper, seen.planned)  # fmt: skip
    return _node("数据", f"{seen.about[:20]}-{seen.indicator[:20]}", *content)


def _about(writer: Writer, seen: Observation) -> URIRef | None:
    """The thing that a figure is of: the one that extraction gives with it, else the one that its words name, or stand for (`全区`)."""
    if name := _named(writer, seen):
        return writer.iri(name)
    whole = writer.resolver.place(seen.about)
    return thing(writer.resolver.decided(whole.key, "Place")) if whole else None


def _named(writer: Writer, seen: Observation) -> str:
    return next((writer.entities[name].name for name in (seen.of, seen.about) if name in writer.entities), "")


def _event(writer: Writer, event: Event) -> Iterator[Quad]:
    told = {**event.sides(), "planned": event.planned}
    about, takers = told.get("object"), told.get("participants", ())
    label = about or "-".join(takers)
    content = (event.type, about and writer.iri(about), *sorted(map(writer.iri, takers)), *map(told.get, _TOLD_APART))
    kind = vocab.label(_EVENT_CLASS.get(event.type, event.type), "zh")
    node = _node(kind, label[:30], *content)
    for span in (event.span, *event.evidence):
        graph = writer.graph(span)
        yield node, RDF.type, ino(_EVENT_CLASS.get(event.type, event.type)), graph
        yield node, RDFS.label, Literal(f"{kind}:{label}", lang="zh"), graph
        yield node, ino("planned"), Literal(event.planned), graph
        for name in takers:
            yield node, ino("participant"), writer.iri(name), graph
        if isinstance(event, Cooperation):
            yield from _cooperation(writer, node, event, span)
        for role, seen in figures_beside(event, writer.figures.get(writer.passage(span), ())):
            yield node, ino(role), _observation_iri(writer, seen), graph
    yield from _sides(writer, node, event, writer.graph(event.span))


_TOLD_APART = ("part", "status", "planned", "due", "year", "recipients", "amount", "unit", "projects")
"""Sides of which any two tell events of one thing and the same participants apart; the order is part of their IRIs."""


def _cooperation(writer: Writer, node: URIRef, event: Cooperation, span: Span) -> Iterator[Quad]:
    """Edges and fields of a cooperation, each in the graph of the sentence that names it."""
    place, graph = writer.passage(span), writer.graph(span)
    named = writer.named.get(place, set())
    here = [n for n in event.participants if n in writer.entities and writer.entities[n].name in named]
    for one, other in permutations(here, 2):
        yield writer.iri(one), ino("cooperatesWith"), writer.iri(other), graph
    for field in event.fields:
        if writer.entities[field].name in named:
            yield node, ino("field"), writer.iri(field), graph


def _sides(writer: Writer, node: URIRef, event: Event, graph: URIRef) -> Iterator[Quad]:
    """What an event has beside its participants."""
    told = event.sides()
    if about := told.get("object"):
        yield node, ino("concerns"), writer.iri(about), graph
    for side, value in told.items():
        if side in _LITERALS:
            key, literal = _LITERALS[side]
            yield node, ino(key), literal(value), graph
    if status := status_concept(event):
        yield node, ino("status"), concept(status), graph
    match event:
        case Milestone(part=str()):
            part = thing(f"{writer.key(event.object)}-{event.part}")
            yield part, RDF.type, ino("ProjectPart"), graph
            yield part, RDFS.label, Literal(event.part, lang="zh"), graph
            yield part, ino("partOf"), writer.iri(event.object), graph
            yield node, ino("part"), part, graph
        case FundingGrant(amount=Decimal() as amount):
            value, base = base_amount(amount, event.unit)
            yield node, ino("amount"), _decimal(value), graph
            yield node, ino("unit"), vocab.unit(base), graph
        case Honour(recipients=int()):
            yield from _group(node, event, graph)


_LITERALS: Mapping[str, tuple[str, Callable[[Any], Literal]]] = MappingProxyType(
    {
        "status": ("statusText", Literal),
        "due": ("due", Literal),
        "year": ("year", lambda year: Literal(str(year), datatype=XSD.gYear)),
        "projects": ("projectCount", Literal),
    }
)
"""Sides of an event that are told as literals: property, and how a value is written."""


def _group(node: URIRef, event: Honour, graph: URIRef) -> Iterator[Quad]:
    """The takers that a text counts and does not name: a group of that size, never invented names."""
    group = URIRef(f"{node}-recipients")
    yield node, ino("recipient"), group, graph
    yield group, RDF.type, ino("UnnamedGroup"), graph
    yield group, ino("memberCount"), Literal(event.recipients), graph
    if event.recipient_type in vocab.things():
        yield group, ino("memberClass"), ino(event.recipient_type), graph
