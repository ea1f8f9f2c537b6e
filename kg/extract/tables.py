"""Rows of tables to facts: what a column means stands in `data/lexicon/columns.csv`."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg import lexicon
from kg.extract.credit_code import is_credit_code
from kg.extract.mentions import clean_name
from kg.extract.segment import fold
from kg.model import Document, Entity, Event, Facts, Relation, Row, Span

_SEPARATOR = re.compile(r"[、;；|]")
_YES = ("是", "计划", "yes", "true", "1")


@dataclass(slots=True)
class Collected:
    """Facts of a table, gathered row by row."""

    spans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)

    def name(self, name: str, type_: str, span: Span) -> str:
        """Note that a cell names a thing; a thing named before by another column keeps its first class."""
        kind = next((t for n, t in self.spans if n == name), type_)
        self.spans.setdefault((name, kind), []).append(span)
        return name


def table_facts(document: Document) -> Facts:
    """Facts of a table whose first known column names a thing in each row; a table without one states none."""
    columns = {r["column"]: r for r in lexicon.table("columns")}
    found = Collected()
    for row in document.rows:
        known = [(columns[c], s) for c, s in row.cells.items() if c in columns]
        key = next(((column, span) for column, span in known if column["role"] == "name"), None)
        if key:
            _row(document, row, known, key, found)
    return Facts(
        document,
        tuple(row.span for row in document.rows),
        tuple(
            Entity(
                name,
                kind,
                tuple(dict.fromkeys(spans)),
                tuple(dict.fromkeys(found.aliases.get(name, []))),
                found.codes.get(name),
            )
            for (name, kind), spans in found.spans.items()
        ),
        (),
        tuple(dict.fromkeys(found.relations)),
        tuple(found.events),
        tuple(found.remarks),
    )


def _cells(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    """Names in a cell, which may hold a row of them, each with its span."""
    at = span.start
    for piece in _SEPARATOR.split(document.quote(span)):
        name = clean_name(fold(piece))
        if name:
            yield name, Span(at, at + len(piece))
        at += len(piece) + 1


def _row(
    document: Document,
    row: Row,
    known: list[tuple[lexicon.Row, Span]],
    key: tuple[lexicon.Row, Span],
    found: Collected,
) -> None:
    column, span = key
    subject = found.name(clean_name(fold(document.quote(span))), column["type"], span)
    sides: dict[str, str] = {}
    winners: list[str] = []
    for cell, place in known:
        match cell["role"]:
            case "alias":
                found.aliases.setdefault(subject, []).extend(name for name, _ in _cells(document, place))
                found.spans[subject, next(t for n, t in found.spans if n == subject)].append(place)
            case "relation" | "inverse" | "winner":
                for name, where in _cells(document, place):
                    other = found.name(name, cell["type"], where)
                    ends = (subject, other) if cell["role"] == "relation" else (other, subject)
                    found.relations.append(Relation(ends[0], cell["predicate"], ends[1], row.span))
                    winners += [other] if cell["role"] == "winner" else []
            case "name":
                pass
            case "credit-code":
                _credit_code(document, row, subject, fold(document.quote(place)).strip().upper(), found)
            case role:
                sides[role] = fold(document.quote(place)).strip()
    found.events += _events(subject, column["type"], sides, tuple(winners), row.span)


def _credit_code(document: Document, row: Row, subject: str, code: str, found: Collected) -> None:
    if is_credit_code(code):
        found.codes[subject] = code
    else:
        found.remarks.append(
            f"{document.source}, row {row.number}: '{code}' is no unified social credit code; it was left out. Correct it."
        )


def _events(subject: str, kind: str, sides: dict[str, str], winners: tuple[str, ...], span: Span) -> Iterator[Event]:
    """The event that a row's sides make: a stage of a project, an action on a policy, an award given."""
    planned = sides.get("planned", "").lower() in _YES
    if kind == "Project" and "stage" in sides:
        yield Event(
            "Milestone", span, subject, part=sides.get("part"), status=sides["stage"], planned=planned,
            due=_date(sides.get("due", "")) if planned else None,
        )  # fmt: skip
    if kind == "Policy" and "policy-status" in sides:
        yield Event("PolicyAction", span, subject, status=sides["policy-status"], planned=planned)
    if kind == "Award" and ("year" in sides or "recipients" in sides or winners):
        count = sides.get("recipients", "")
        yield Event(
            "AwardGrant", span, subject, participants=winners, year=_number(sides.get("year", "")),
            recipients=_number(count), recipient_type="Enterprise" if count else None,
        )  # fmt: skip


def _number(text: str) -> int | None:
    digits = re.match(r"\d+", text)
    return int(digits[0]) if digits else None


def _date(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
