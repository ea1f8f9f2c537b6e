"""Rows of tables to facts: what a column means stands in `data/lexicon/headers.csv` or in a mapping of the user's."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from kg import lexicon
from kg.extract.names.mentions import clean_name
from kg.extract.tables.columns import Column, column_of
from kg.extract.tables.credit_code import is_credit_code
from kg.extract.tables.growth import Neighbours
from kg.extract.tables.list_titles import Granted, granted, unit_of
from kg.extract.tables.statistics import cell_quantity, statistics
from kg.extract.text.particles import DAY, END, MONTH, YEAR
from kg.extract.text.segment import fold
from kg.extract.words.periods import due_date, months, title_period, year_period
from kg.extract.words.quantities import quantities
from kg.lexicon import pattern
from kg.model import (
    AwardGrant,
    Document,
    Entity,
    Event,
    Facts,
    FundingGrant,
    Milestone,
    Observation,
    Period,
    PolicyAction,
    Recognition,
    Relation,
    Row,
    Span,
)

_SIDES = frozenset({"year", "batch", "grade", "recipients", "part", "stage", "planned", "due", "policy-status", "amount"})


@dataclass(slots=True)
class Collected:
    """Facts of a table, gathered row by row."""

    spans: dict[tuple[str, str], list[Span]] = field(default_factory=dict)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    observations: list[Observation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    kinds: dict[str, str] = field(default_factory=dict)

    def name(self, name: str, type_: str, span: Span) -> str:
        """Note that a cell names a thing; a thing named before by another column keeps its first class."""
        kind = self.kinds.setdefault(name, type_)
        self.spans.setdefault((name, kind), []).append(span)
        return name


@dataclass(slots=True)
class Line:
    """A row being read: its thing, the other sides, the period for which its figures hold."""

    document: Document
    row: Row
    subject: str
    kind: str
    period: Period | None
    sides: Mapping[str, str]
    winners: list[str] = field(default_factory=list)
    figures: list[Observation] = field(default_factory=list)

    @property
    def planned(self) -> bool:
        """Whether a column says that the row only intends what it tells."""
        return self.sides.get("planned", "").lower() in lexicon.words("report_words", "yes")

    @property
    def year(self) -> int | None:
        """Year of the row's event."""
        digits = re.search(r"(?:19|20)\d{2}", self.sides.get("year", ""))
        return int(digits[0]) if digits else None


def table_facts(document: Document, mapping: Mapping[str, Column] | None) -> Facts:
    """Facts of a table whose first column of a name says what each row is; a table without one states none.

    The passages are the rows that state something.

    Args:
        document: rows with their cells by header.
        mapping: what the columns mean, by header; the lexicon's meaning holds for the others.
    """
    found = Collected()
    told = []
    period = title_period(document.title)
    grants: dict[tuple[str, ...], Granted | None] = {}

    def meaning(header: str) -> Column | None:
        return (mapping or {}).get(header) or column_of(header)

    beside, nothing = Neighbours(document.rows, meaning), pattern("blank_cell")
    for row in document.rows:
        cells = {header: span for header, span in row.cells.items() if not nothing.fullmatch(fold(document.quote(span)).strip())}
        known = [(column, span) for header, span in cells.items() if (column := meaning(header)) and beside.tells(row, header, cells)]
        if key := _key(known):
            line = _row(document, row, known, key, period, found)
            if row.about not in grants:
                grants[row.about] = granted(document, row.about)
            if line and (given := grants[row.about]):
                _grant(line, given, found)
        elif seen := statistics(document, known, period, row.about):
            found.observations += seen
        else:
            continue
        told.append(row.span)
    return Facts(
        document,
        tuple(told),
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
        tuple(found.observations),
        tuple(dict.fromkeys(found.relations)),
        tuple(found.events),
        tuple(found.remarks),
    )


def _key(known: list[tuple[Column, Span]]) -> tuple[Column, Span] | None:
    """The column that says what a row is: the first of a name, else the first of who undertakes, builds or wins."""
    named = next((pair for pair in known if pair[0].role == "name"), None)
    if named:
        return named
    side = next(((column, span) for column, span in known if column.role in ("inverse", "winner")), None)
    return (Column("name", type=side[0].type), side[1]) if side else None


def _row(
    document: Document, row: Row, known: list[tuple[Column, Span]], key: tuple[Column, Span], period: Period | None, found: Collected
) -> Line | None:
    """What a row states; None where it names nothing."""
    column, span = key
    name = clean_name(fold(document.quote(span)))
    if not name:
        return None
    sides = {
        cell.role: fold(document.quote(place)).strip() + (cell.unit if cell.role == "amount" else "")
        for cell, place in known
        if cell.role in _SIDES
    }
    subject = found.name(_graded(name, column.type, sides), column.type, span)
    line = Line(document, row, subject, column.type, period, sides)
    for cell, place in known:
        if place != span:
            _cell(line, cell, place, found)
    found.observations += line.figures
    found.events += _events(line)
    return line


_HOLDERS = ("Enterprise", "Park", "Platform", "ResearchInstitute")
"""Classes of things that receive a recognition."""


def _grant(line: Line, given: Granted, found: Collected) -> None:
    """What the title of a list says that its row received, unless a column of the row tells that."""
    columns = [column for header in line.row.cells if (column := column_of(header))]
    if any((column.role, column.type) == ("name", given.type) for column in columns):
        return
    if given.type == "Recognition" and line.kind not in _HOLDERS:
        return
    name = _graded(given.name, given.type, line.sides)
    found.name(name, given.type, given.place or line.row.span)
    if not given.planned:
        found.relations.append(Relation(line.subject, "receivesAward", name, line.row.span))
    kind = AwardGrant if given.type == "Award" else Recognition
    who = (line.subject, *(winner for winner in line.winners if winner != line.subject))
    found.events.append(
        kind(line.row.span, name, who, status=line.sides.get("batch") or None, year=line.year or given.year, planned=given.planned)
    )


def _cell(line: Line, cell: Column, place: Span, found: Collected) -> None:
    """What one cell adds to its row's thing."""
    document, words = line.document, fold(line.document.quote(place)).strip()
    match cell.role:
        case "alias":
            found.aliases.setdefault(line.subject, []).extend(name for name, _ in _names(document, place))
            found.spans[line.subject, found.kinds[line.subject]].append(place)
        case "name":
            _other_thing(line, cell, place, found)
        case "relation" | "inverse" | "winner":
            for name, where in _names(document, place):
                other = found.name(name, cell.type, where)
                winning = cell.role == "winner" and line.kind in ("Award", "Recognition")
                line.winners += [other] if cell.role == "winner" and other not in line.winners else []
                predicate = cell.predicate if winning or cell.role != "winner" else "undertakes"
                ends = (line.subject, other) if cell.role == "relation" else (other, line.subject)
                found.relations.append(Relation(ends[0], predicate, ends[1], line.row.span))
        case "credit-code":
            _credit_code(line, words.upper(), found)
        case "figure":
            line.figures += _figure(line, cell, place, words)
        case "growth":
            _grow(line, cell, words)
        case "reached" | "intended":
            due = due_date(_dotted(words), line.period or year_period(1900))
            if cell.predicate and due and due.year > 1900:
                planned = cell.role == "intended"
                found.events.append(
                    Milestone(
                        line.row.span, line.subject, status=cell.predicate, planned=planned,
                        due=due if planned else None, year=due.year,
                    )
                )  # fmt: skip


def _graded(name: str, kind: str, sides: Mapping[str, str]) -> str:
    """An award's name with the grade that another column of the row tells: `科技进步奖` and `一等奖`."""
    grade = sides.get("grade", "")
    grade += lexicon.word("report_words", "award") if grade and not grade.endswith(lexicon.words("report_words", "award", "grade")) else ""
    return f"{name}{grade}" if kind == "Award" and not name.endswith(grade) else name


def _names(document: Document, span: Span) -> Iterator[tuple[str, Span]]:
    """Names in a cell, which may hold a row of them, each with its span; two on lines of their own stand with a space between them."""
    at = span.start
    for piece in pattern("names_apart").split(document.quote(span)):
        name = clean_name(fold(piece))
        if name:
            yield name, Span(at, at + len(piece))
        at += len(piece) + 1


@cache
def _joins() -> Mapping[tuple[str, str], str]:
    return {(r["subject"], r["object"]): r["predicate"] for r in lexicon.table("row_relations")}


def _other_thing(line: Line, cell: Column, place: Span, found: Collected) -> None:
    """A second thing that a row names, joined with the first as `data/lexicon/row_relations.csv` says."""
    for name, where in _names(line.document, place):
        other = found.name(_graded(name, cell.type, line.sides), cell.type, where)
        predicate = _joins().get((line.kind, cell.type), "")
        if predicate:
            ends = (other, line.subject) if predicate.endswith("~") else (line.subject, other)
            found.relations.append(Relation(ends[0], predicate.removesuffix("~"), ends[1], line.row.span))
        if cell.type == "Award":
            found.events.append(AwardGrant(line.row.span, other, tuple(line.winners), year=line.year))
        if cell.type == "Recognition" and line.kind in ("Enterprise", "Park", "Platform"):
            found.events.append(Recognition(line.row.span, other, (line.subject,), year=line.year))


def _credit_code(line: Line, code: str, found: Collected) -> None:
    found.codes[line.subject] = code
    if not is_credit_code(code):
        found.remarks.append(
            f"{line.document.source}, row {line.row.number}: '{code}' is no unified social credit code (GB 32100-2015); "
            "it is kept as unverified. Correct it."
        )


def _period(line: Line, cell: Column) -> Period | None:
    """The time of a figure: that of its header, else the row's year, else the table's."""
    year = cell.year or line.year or (line.period.start.year if line.period else None)
    if cell.part and year:
        month = re.fullmatch(rf"(1[0-2]|[1-9]){MONTH}", cell.part)
        return months(year, int(month[1]), int(month[1])) if month else title_period(f"{year}{YEAR}{cell.part}")
    return year_period(year) if year and (cell.year or line.year) else line.period


def _figure(line: Line, cell: Column, place: Span, words: str) -> Iterator[Observation]:
    """A figure of the row's thing; the unit stands in the cell or in the header."""
    read = cell_quantity(words, cell.unit or unit_of((*line.row.about, line.document.title), cell.type))
    if read is not None:
        period = _period(line, cell)
        planned = line.planned or any(word in cell.predicate for word in lexicon.words("verbs", "plan"))
        yield Observation(
            line.subject, cell.predicate, place, period, read.value, read.unit or None,
            disclosure=read.disclosure, lower=read.lower, upper=read.upper, planned=planned,
        )  # fmt: skip


def _grow(line: Line, cell: Column, words: str) -> None:
    """A growth is that of the figure to its left, or of the one under the same group: `营业收入/同比`."""
    growth = cell_quantity(words, cell.unit or "%")
    at = next((i for i, seen in reversed([*enumerate(line.figures)]) if not cell.predicate or seen.indicator == cell.predicate), None)
    if growth is not None and growth.value is not None and at is not None and line.figures[at].growth is None:
        line.figures[at] = replace(line.figures[at], growth=growth.value / 100)


def _events(line: Line) -> Iterator[Event]:
    """The event that a row's sides make: a stage of a project, an action on a policy, an award or money given."""
    sides, span = line.sides, line.row.span
    if line.kind == "Project" and sides.get("stage"):
        due = _date(sides.get("due", "")) if line.planned else None
        yield Milestone(span, line.subject, part=sides.get("part") or None, status=sides["stage"], planned=line.planned, due=due)
    if line.kind == "Policy" and sides.get("policy-status"):
        yield PolicyAction(span, line.subject, status=sides["policy-status"], planned=line.planned)
    if line.kind == "Award" and ("year" in sides or "recipients" in sides or line.winners):
        digits = re.match(r"\d+", sides.get("recipients", ""))
        count = int(digits[0]) or None if digits else None
        if line.winners or count or digits is None:  # a row that counts none tells of no grant
            kind = "Enterprise" if count else None
            yield AwardGrant(span, line.subject, tuple(line.winners), year=line.year, recipients=count, recipient_type=kind)
    if money := sides.get("amount"):
        read = next((q for q in quantities(money, []) if q.kind == "amount" and q.base), None)
        if read and read.value != 0:
            yield FundingGrant(span, line.subject, year=line.year, amount=read.value, unit=read.unit)


def _dotted(words: str) -> str:
    """`2023.6`, `2023-06-30`, `2023/6` as `2023年6月30日`."""
    match = re.fullmatch(r"(20\d{2})(?:[-./](\d{1,2})(?:[-./](\d{1,2}))?)?", words)
    if match is None:
        return words
    if match[2] is None:
        return f"{words}{YEAR}"
    return f"{match[1]}{YEAR}{int(match[2])}{MONTH}" + (f"{int(match[3])}{DAY}" if match[3] else END)


def _date(text: str) -> dt.date | None:
    return due_date(_dotted(text), None)
