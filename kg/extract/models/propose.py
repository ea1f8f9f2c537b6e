"""Readers beside the rules: what they propose is kept apart, marked with who said it, and never replaces a rule's fact.

A proposer is a function `(Facts) -> Facts` under the entry point `kg.extractors`; what it gives carries its name (`by`)
and how sure it is (`confidence`, below 1).
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from importlib.metadata import entry_points

from kg.errors import UsageError
from kg.model import Event, Facts, Observation

Proposer = Callable[[Facts], Facts]


def with_proposals(facts: Facts, names: Iterable[str]) -> Facts:
    """The same facts, with what other readers propose beside them.

    Args:
        facts: what the rules found.
        names: of proposers, in the order in which they are asked.

    Raises:
        UsageError: no such proposer, or one that is not set up.
        ExtraMissingError: the extra that it needs is not installed.
    """
    for name in names:
        found = _proposer(name)(facts)
        facts = replace(facts, proposed=(*facts.proposed, _new(found, facts)), remarks=(*facts.remarks, *found.remarks))
    return facts


def _proposer(name: str) -> Proposer:
    known = {entry.name: entry for entry in entry_points(group="kg.extractors")}
    if name not in known:
        raise UsageError(f"There is no extractor '{name}'. Known: {', '.join(sorted(known))}.")
    proposer: Proposer = known[name].load()
    return proposer


def _new(found: Facts, facts: Facts) -> Facts:
    """What is proposed and not said already: a thing by any of its names, a figure or an event where none of its kind stands."""
    told = [facts, *facts.proposed]
    names = {name for one in told for entity in one.entities for name in (entity.name, *entity.aliases)}
    edges = {(edge.subject, edge.predicate, edge.object) for one in told for edge in one.relations}
    return replace(
        found,
        entities=tuple(entity for entity in found.entities if not names & {entity.name, *entity.aliases}),
        observations=tuple(o for o in found.observations if not any(_same_figure(o, k) for one in told for k in one.observations)),
        relations=tuple(edge for edge in found.relations if (edge.subject, edge.predicate, edge.object) not in edges),
        events=tuple(e for e in found.events if not any(_same_event(e, k) for one in told for k in one.events)),
        remarks=(),
    )


def _overlap(one: Observation | Event, other: Observation | Event) -> bool:
    return one.span.start < other.span.end and other.span.start < one.span.end


def _same_figure(one: Observation, other: Observation) -> bool:
    """Figures of one place in the text with one value: the rule's stays."""
    return _overlap(one, other) and (one.value, one.disclosure) == (other.value, other.disclosure)


def _same_event(one: Event, other: Event) -> bool:
    return _overlap(one, other) and one.type == other.type
