"""A whole document to its facts: its tables, then its sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kg.confine.uncollected import uncollected
from kg.extract.clauses.batches import batches
from kg.extract.clauses.events import events
from kg.extract.clauses.frames import predicates
from kg.extract.clauses.joint_work import joint_work
from kg.extract.clauses.milestones import milestones
from kg.extract.clauses.parse import parse
from kg.extract.clauses.relations import relations
from kg.extract.document.aliases import given_names, with_given_names
from kg.extract.document.belonging import home_told
from kg.extract.document.by_name import by_name, names_within
from kg.extract.document.by_report import by_report, from_report
from kg.extract.document.context import Context, once
from kg.extract.document.coref import as_named, canonical_names, entities
from kg.extract.document.header import header, home_district, home_site
from kg.extract.document.home import Home, home_of, own_place
from kg.extract.figures.home_entity import with_subjects
from kg.extract.figures.observations import observations
from kg.extract.figures.too_long import too_long
from kg.extract.names.boundaries import Mention
from kg.extract.names.mentions import Read
from kg.extract.names.reading import readings
from kg.extract.tables.columns import Column
from kg.extract.tables.row_facts import table_facts
from kg.extract.text.repair import repairs
from kg.extract.text.segment import fold, sentences
from kg.model import Document, Entity, Event, Facts, Relation, Span


def facts_of(document: Document, gazetteer: bool, mapping: Mapping[str, Column] | None) -> Facts:
    """What a document states, as `kg.extract.extract` says it."""
    with uncollected():
        listed = table_facts(document, mapping)
        facts = together(_prose(document, gazetteer, listed.passages), listed)
    remarks = (*document.remarks, *too_long(document))
    return replace(facts, remarks=(*remarks, *facts.remarks)) if remarks else facts


def _prose(document: Document, gazetteer: bool, told: Sequence[Span]) -> Facts:
    """What the sentences of a document state, without the rows that are `told` already."""
    home, site = home_district(document), home_site(document)
    reads = readings(sentences(document, told), gazetteer, home, site)
    given = given_names(reads)
    reads = with_given_names(reads, given) if given else reads
    top = header(document, reads)
    named = [(read, mention) for read in reads for mention in read.mentions]
    extra = [(read, pair.inner) for read in reads for pair in names_within(read)]
    written = {read.text[mention.start : mention.end] for read, mention in named + extra if mention.type == "Place"}
    names = canonical_names((mention for _, mention in named + extra), top, written, {short: full.name for short, full in given.items()})
    top = replace(top, subject=as_named(top.subject, names), titled=as_named(top.titled, names))
    context = Context(top, tuple(reads), names, document.text)
    report = parse(context.reads, predicates())
    stages, projects = milestones(context, report)
    stages += batches(context, report, stages)
    known = _each_once(extra + projects)
    seen = tuple(observations(context))
    things = with_subjects(entities(list(reads), known, names), document, seen)
    joints = joint_work(context, report)
    found = [*events(context, report, joints), *stages]
    edges, place, own = _edges(context, things, found, relations(context, report, joints, found))
    return Facts(
        replace(document, title=top.title, issuer=top.issuer, date=top.date, period=top.period, home=home_told(document, context, own)),
        tuple(read.sentence.span for read in reads),
        (*things, *place),
        seen,
        tuple(edges),
        tuple(sorted(found, key=lambda event: event.span)),
        repairs=repairs(fold(document.text)),
    )


def _edges(
    context: Context, things: tuple[Entity, ...], found: list[Event], stated: list[Relation]
) -> tuple[list[Relation], tuple[Entity, ...], Home]:
    """What sentences state, then what names tell, then what follows from whose report it is.

    Beside them its place, where nothing else names it, and its home.
    """
    place = own_place(things, context.header, context.text)
    things = (*things, *place)
    named = {name: thing for thing in reversed(things) for name in (*thing.aliases, thing.name)}
    home = home_of(context, named)
    told = once([*from_report(stated, context, home, named), *by_name(context, things, home)])
    edges = [edge for edge in once([*told, *by_report(context, home, named, told, found)]) if {edge.subject, edge.object} <= named.keys()]
    ends = {end for edge in edges for end in (edge.subject, edge.object)}
    return edges, tuple(one for one in place if one.name in ends), home


def together(facts: Facts, more: Facts) -> Facts:
    """Facts of one document from two readings; a thing that both name is one, of the first one's class."""
    if not more.passages:
        return facts
    things = {entity.name: entity for entity in facts.entities}
    for entity in more.entities:
        known = things.get(entity.name)
        things[entity.name] = entity if known is None else _one(known, entity)
    return Facts(
        facts.document,
        tuple(sorted((*facts.passages, *more.passages))),
        tuple(things.values()),
        tuple(sorted((*facts.observations, *more.observations), key=lambda seen: seen.span)),
        (*facts.relations, *more.relations),
        tuple(sorted((*facts.events, *more.events), key=lambda event: event.span)),
        (*facts.remarks, *more.remarks),
        facts.repairs,
    )


def _one(known: Entity, again: Entity) -> Entity:
    """One thing of two readings."""
    return replace(
        known,
        spans=tuple(dict.fromkeys((*known.spans, *again.spans))),
        aliases=tuple(dict.fromkeys((*known.aliases, *again.aliases))),
        credit_code=known.credit_code or again.credit_code,
    )


def _each_once(extra: list[tuple[Read, Mention]]) -> list[tuple[Read, Mention]]:
    """Mentions beside those of the sentences, each once."""
    return list({(id(read), mention.start, mention.name): (read, mention) for read, mention in extra}.values())
