"""What a language model answers, read with suspicion: JSON of the right shape, quotes that stand in the text, known terms."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from kg import vocab
from kg.extract.text.segment import fold
from kg.model import EVENTS, Disclosure, Document, Entity, Event, Facts, Observation, Relation, Span

_LONGEST = 60
"""Characters of a name or of an indicator at most."""


class Rejected(StrEnum):
    """Why a proposal does not count."""

    NO_JSON = "the answer is no JSON object of lists"
    NO_QUOTE = "the quote does not stand in the text"
    NOT_IN_QUOTE = "the quote does not hold the name or the value"
    UNKNOWN_TERM = "the ontology knows no such class, property or event"
    NO_VALUE = "a value is missing or of the wrong kind"


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a document that one request held."""

    text: str
    span: Span


@dataclass(slots=True)
class _Reading:
    """One answer being read: where its quotes are looked for, what is counted as rejected."""

    chunk: Chunk
    rejected: Counter[Rejected]

    def quoted(self, item: dict[str, Any]) -> Span | None:
        """Where an item's quote stands in the document; None, and counted, where it does not."""
        quote = item.get("quote")
        at = fold(self.chunk.text).find(fold(quote.strip())) if isinstance(quote, str) and quote.strip() else -1
        if at < 0:
            self.rejected[Rejected.NO_QUOTE] += 1
            return None
        start = self.chunk.span.start + at
        return Span(start, start + len(str(quote).strip()))

    def words(self, span: Span) -> str:
        """A quote as its figures are compared: folded, without commas."""
        return fold(self.chunk.text)[span.start - self.chunk.span.start : span.end - self.chunk.span.start].replace(",", "")

    def holds(self, span: Span, value: Decimal | None) -> bool:
        """Whether a quote holds a number as digits, where there is one."""
        return value is None or f"{value:f}" in self.words(span)

    def reject(self, why: Rejected) -> None:
        """Count a proposal that does not hold."""
        self.rejected[why] += 1


def read_answer(answer: str, chunk: Chunk, document: Document, rejected: Counter[Rejected]) -> Facts:
    """The proposals of an answer that hold; `rejected` counts the others by their reason."""
    reading = _Reading(chunk, rejected)
    try:
        told = json.loads(answer)
    except ValueError:
        told = None
    if not isinstance(told, dict) or not all(
        isinstance(told.get(k, []), list) for k in ("entities", "observations", "relations", "events")
    ):
        reading.reject(Rejected.NO_JSON)
        return Facts(document, ())
    items = {
        kind: [item for item in told.get(kind, []) if isinstance(item, dict)]
        for kind in ("entities", "observations", "relations", "events")
    }
    return Facts(
        document,
        (),
        tuple(_entities(reading, items["entities"])),
        tuple(_observations(reading, items["observations"])),
        tuple(_relations(reading, items["relations"])),
        tuple(_events(reading, items["events"])),
    )


def _name(reading: _Reading, item: dict[str, Any], key: str, span: Span) -> str | None:
    """A name that its quote holds; None, and counted, for anything else."""
    name = item.get(key)
    if not isinstance(name, str) or not 2 <= len(name.strip()) <= _LONGEST:
        reading.reject(Rejected.NO_VALUE)
        return None
    quote = fold(reading.chunk.text)[span.start - reading.chunk.span.start : span.end - reading.chunk.span.start]
    if fold(name.strip()) not in quote:
        reading.reject(Rejected.NOT_IN_QUOTE)
        return None
    return fold(name.strip())


def _entities(reading: _Reading, items: list[dict[str, Any]]) -> Iterator[Entity]:
    for item in items:
        span = reading.quoted(item)
        name = _name(reading, item, "name", span) if span else None
        if span is None or name is None:
            continue
        if item.get("type") not in vocab.things():
            reading.reject(Rejected.UNKNOWN_TERM)
            continue
        at = fold(reading.chunk.text).find(name, span.start - reading.chunk.span.start) + reading.chunk.span.start
        yield Entity(name, str(item["type"]), (Span(at, at + len(name)),))


def _relations(reading: _Reading, items: list[dict[str, Any]]) -> Iterator[Relation]:
    for item in items:
        span = reading.quoted(item)
        if span is None:
            continue
        if item.get("predicate") not in vocab.edges():
            reading.reject(Rejected.UNKNOWN_TERM)
            continue
        subject, thing = (_name(reading, item, key, span) for key in ("subject", "object"))
        if subject and thing and subject != thing:
            yield Relation(subject, str(item["predicate"]), thing, span)


def _observations(reading: _Reading, items: list[dict[str, Any]]) -> Iterator[Observation]:
    for item in items:
        span = reading.quoted(item)
        indicator = item.get("indicator")
        if span is None:
            continue
        value, unit = _number(item.get("value")), item.get("unit")
        if not isinstance(indicator, str) or not 2 <= len(indicator) <= _LONGEST or (value is None and item.get("value") is not None):
            reading.reject(Rejected.NO_VALUE)
            continue
        words = reading.words(span)
        if not reading.holds(span, value):
            reading.reject(Rejected.NOT_IN_QUOTE)
            continue
        growth = _number(item.get("growth_pct"))
        about = item.get("about")
        yield Observation(
            about if isinstance(about, str) else "", indicator, span, value=value,
            unit=unit if isinstance(unit, str) and unit in words else None,
            growth=growth / 100 if growth is not None and f"{abs(growth):f}" in words else None,
            disclosure=Disclosure.DISCLOSED if value is not None else Disclosure.WITHHELD, planned=item.get("planned") is True,
        )  # fmt: skip


def _events(reading: _Reading, items: list[dict[str, Any]]) -> Iterator[Event]:
    for item in items:
        span = reading.quoted(item)
        if span is None:
            continue
        kind = EVENTS.get(str(item.get("type")))
        if kind is None:
            reading.reject(Rejected.UNKNOWN_TERM)
            continue
        thing = _name(reading, item, "object", span) if item.get("object") is not None else None
        amount = _number(item.get("amount"))
        if item.get("object") is not None and thing is None:
            continue
        if not reading.holds(span, amount):
            reading.reject(Rejected.NOT_IN_QUOTE)
            continue
        told = {**_stated(reading, item, span), "object": thing, "amount": amount}
        try:
            event = kind(span, **{side.name: told[side.name] for side in fields(kind) if side.init and side.name in told})
        except ValueError:
            reading.reject(Rejected.NO_VALUE)
            continue
        yield event


def _stated(reading: _Reading, item: dict[str, Any], span: Span) -> dict[str, Any]:
    """The sides of an event that are left unset where they do not hold."""
    listed, status, unit = item.get("participants"), item.get("status"), item.get("unit")
    named = [_name(reading, {"name": n}, "name", span) for n in listed if isinstance(n, str)] if isinstance(listed, list) else []
    return {
        "participants": tuple(dict.fromkeys(name for name in named if name)),
        "status": fold(status) if isinstance(status, str) and status and fold(status) in fold(reading.chunk.text) else None,
        "unit": unit if isinstance(unit, str) and unit and unit in reading.words(span) else None,
        "planned": item.get("planned") is True,
    }


def _number(value: Any) -> Decimal | None:
    """A finite number, as a model may write it: 12.5 or "12.5"."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
