"""Facts as the JSON object that `kg extract --json` prints."""

import datetime as dt
from decimal import Decimal
from typing import Any

from kg.model import Entity, Event, Facts, Observation, Period, Relation, ReportHome, Span


def as_json(facts: Facts) -> dict[str, Any]:
    """Keys `document`, `entities`, `observations`, `relations`, `events`, `repairs`; spans are `[start, end]` in code points.

    What a model proposes carries its name (`model`) and its `confidence`; what the rules read carries neither. A relation that
    no sentence states carries its `basis`, `name` or `report`, and the spans that give the context beside (`given`).
    """
    document = facts.document
    told: dict[str, Any] = {
        "document": {
            "title": document.title,
            "issuer": document.issuer,
            "date": _plain(document.date),
            "period": _plain(document.period),
            "home": _home(document.home),
            "text": document.text,
        },
        **_kinds(facts),
        "repairs": [{"printed": one.printed, "read": one.read, "span": _plain(one.span)} for one in facts.repairs],
    }
    for proposed in facts.proposed:
        for kind, items in _kinds(proposed).items():
            told[kind] += [{**item, "model": proposed.by, "confidence": proposed.confidence} for item in items]
    return told


def _home(home: ReportHome) -> dict[str, Any] | None:
    told = {key: _plain(getattr(home, key)) for key in ("place", "park", "code", "within", "basis", "spans", "between")}
    return {key: value for key, value in told.items() if value} or None


def _kinds(facts: Facts) -> dict[str, list[dict[str, Any]]]:
    return {
        "entities": [_entity(entity) for entity in facts.entities],
        "observations": [_observation(observation) for observation in facts.observations],
        "relations": [_relation(edge) for edge in facts.relations],
        "events": [_event(event) for event in facts.events],
    }


def _entity(entity: Entity) -> dict[str, Any]:
    spans = [_plain(span) for span in entity.spans]
    return {"name": entity.name, "type": entity.type, "aliases": list(entity.aliases), "spans": spans}


def _observation(seen: Observation) -> dict[str, Any]:
    return {
        "about": seen.about,
        "of": seen.of or None,
        "indicator": seen.indicator,
        "period": _plain(seen.period),
        "value": _plain(seen.value),
        "unit": seen.unit,
        "growth_pct": None if seen.growth is None else _plain(seen.growth * 100),
        "rank": seen.rank,
        "disclosure": seen.disclosure.value,
        "lower": _plain(seen.lower),
        "upper": _plain(seen.upper),
        "planned": seen.planned,
        "span": _plain(seen.span),
    }


def _relation(edge: Relation) -> dict[str, Any]:
    told = {"subject": edge.subject, "predicate": edge.predicate, "object": edge.object, "span": _plain(edge.span)}
    return told if edge.basis == "stated" else {**told, "basis": edge.basis, "given": _plain(edge.given)}


def _event(event: Event) -> dict[str, Any]:
    told = {name: _plain(value) for name, value in event.sides().items() if name != "recipient_type"}
    return {"type": event.type, **told, "planned": event.planned, "span": _plain(event.span)}


def _plain(value: Any) -> Any:
    """A value as JSON has it: dates as ISO strings, whole numbers without a fraction."""
    match value:
        case Span():
            return [value.start, value.end]
        case Period():
            return [value.start.isoformat(), value.end.isoformat()]
        case dt.date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case tuple():
            return [_plain(item) for item in value]
    return value
