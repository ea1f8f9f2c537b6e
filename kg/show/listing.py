"""Facts as lines for a terminal, each with the words that state it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from kg.model import Disclosure, Event, Facts, FundingGrant, Observation, Span

_WORDS = 60


def lines(facts: Facts) -> list[str]:
    """Lines of all facts by kind, in reading order."""
    return list(_lines(facts))


def _lines(facts: Facts) -> Iterator[str]:
    document = facts.document
    period = f"{document.period.start} – {document.period.end}" if document.period else ""
    yield " · ".join(filter(None, (document.title or document.source, document.issuer, str(document.date or ""), period)))
    yield from _kinds(facts)
    if facts.repairs:
        yield f"\nread as digits ({len(facts.repairs)})"
    for one in facts.repairs:
        yield f"  {one.printed} → {one.read}    {_quote(facts, one.span)}"
    for proposed in facts.proposed:
        yield f"\nproposed by {proposed.by} (confidence {proposed.confidence:g}): {len(proposed)}"
        yield from _kinds(replace(proposed, document=document))


def _kinds(facts: Facts) -> Iterator[str]:
    yield f"\nentities ({len(facts.entities)})"
    for entity in facts.entities:
        aliases = f" ({'、'.join(entity.aliases)})" if entity.aliases else ""
        yield f"  {entity.type:<18} {entity.name}{aliases}"
    yield f"\nobservations ({len(facts.observations)})"
    for seen in facts.observations:
        yield f"  {_figure(seen)}    {_quote(facts, seen.span)}"
    yield f"\nrelations ({len(facts.relations)})"
    for edge in facts.relations:
        read = "" if edge.basis == "stated" else f" (by its {edge.basis})"
        yield f"  {edge.subject} — {edge.predicate} → {edge.object}{read}    {_quote(facts, edge.span)}"
    yield f"\nevents ({len(facts.events)})"
    for event in facts.events:
        yield f"  {_event(event)}    {_quote(facts, event.span)}"


def _quote(facts: Facts, span: Span) -> str:
    words = " ".join(facts.document.quote(span).split())
    return f"「{words if len(words) <= _WORDS else words[: _WORDS - 1] + '…'}」"


def _figure(seen: Observation) -> str:
    size = {
        Disclosure.DISCLOSED: f"{seen.value}{seen.unit or ''}",
        Disclosure.WITHHELD: f"withheld ({seen.unit or ''})",
        Disclosure.APPROXIMATE: _rough(seen),
    }[seen.disclosure]
    more = [
        f"{float(seen.growth * 100):+g}%" if seen.growth is not None else "",
        f"rank {seen.rank}" if seen.rank else "",
        "planned" if seen.planned else "",
    ]
    return " ".join(filter(None, (f"{seen.about} / {seen.indicator}:", size, *more)))


def _rough(seen: Observation) -> str:
    """`~800亩` for a round value, `20..家` for a bound."""
    if seen.value is not None:
        return f"~{seen.value}{seen.unit or ''}"
    low, high = ("" if bound is None else bound for bound in (seen.lower, seen.upper))
    return f"{low}..{high}{seen.unit or ''}"


def _event(event: Event) -> str:
    told = {**event.sides(), "planned": event.planned}
    words = [wording(told[side]) for side, wording in _WORDING.items() if told.get(side)]
    money = [f"{event.amount}{event.unit}"] if isinstance(event, FundingGrant) and event.amount is not None else []
    return " · ".join([event.type, *words, *money])


_WORDING: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "object": str,
        "part": str,
        "status": str,
        "participants": "、".join,
        "planned": lambda _: "planned",
        "due": "due {}".format,
        "year": str,
        "recipients": "{} recipients".format,
    }
)
"""How a line tells the sides of an event, in this order."""
