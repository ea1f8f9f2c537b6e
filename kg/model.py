"""The plain types that the stages hand to each other: no RDF, no input or output.

Offsets count Unicode code points of `Document.text`, the end is exclusive (RFC 5147).
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from decimal import Decimal
from enum import StrEnum
from math import isfinite
from types import MappingProxyType
from typing import Any, Literal


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of text, `start` inclusive, `end` exclusive, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span needs 0 <= start <= end, not {self.start}, {self.end}")

    def __contains__(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, both ends inclusive."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period cannot end before it starts: {self.start}, {self.end}")


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a memory is looked at: reports of a place and those in it, and of a time; "" and None are all of it."""

    place: str = ""
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Piecewise map from offsets of the cleaned text to offsets of the text as it was read.

    `cleaned[i]` and `raw[i]` are where the i-th run of unchanged text begins on either side; both ascend.
    """

    cleaned: tuple[int, ...] = (0,)
    raw: tuple[int, ...] = (0,)

    def to_raw(self, offset: int) -> int:
        """Offset in the raw text of the character at `offset` of the cleaned text."""
        run = bisect_right(self.cleaned, offset) - 1
        return self.raw[run] + offset - self.cleaned[run]

    def span_to_raw(self, span: Span) -> Span:
        """The stretch of raw text that holds `span`, what was cut out of its middle included."""
        if span.start == span.end:
            return Span(self.to_raw(span.start), self.to_raw(span.start))
        return Span(self.to_raw(span.start), self.to_raw(span.end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its number (the first is 1), its place, its cells by column name.

    `fragment` is what its IRI ends in: `row=5` (RFC 7111), in a workbook `sheet=2&row=5`. `about` holds the lines around its
    table that may tell of it (the heading of its group, title, unit, notes, the sheet's name), the nearest first.
    """

    number: int
    span: Span
    cells: dict[str, Span]
    fragment: str
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Where a stretch of the text as read stands on paper, and how sure the reading of it is.

    `span` counts in the text as read (`OffsetMap.span_to_raw`); `page` counts from 1; `box` is left, top, width, height
    in per cent of the page (W3C Media Fragments), None where only the page is known; `confidence` is 0 to 1.
    """

    span: Span
    page: int
    box: tuple[float, float, float, float] | None = None
    confidence: float = 1.0


HomeBasis = Literal["given", "title", "issuer", "signature", "address", "file", "folder", "beside", "text"]
"""What tells whose report it is: a person; its title, the office that issues or signs it, an address, its file's or folder's name,
the reports in that folder; what it names most."""


@dataclass(frozen=True, slots=True)
class ReportHome:
    """Whose report a document is: the place, by its whole name, and the park, where it is one's own; "" where it does not say.

    `code` is the place's (GB/T 2260), "" where the gazetteer has none; `within` names what it lies in, the nearest first; `between`
    the places of one name of which nothing tells which is meant; `spans` are the words that say it, none where they stand elsewhere.
    """

    place: str = ""
    park: str = ""
    code: str = ""
    within: tuple[str, ...] = ()
    basis: HomeBasis | None = None
    spans: tuple[Span, ...] = ()
    between: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A report or a table after reading: cleaned text, and the way back to the file.

    `name` is the local name of the document in IRIs; `rows` is empty for prose, `regions` for files without pages;
    `remarks` say in one line each what the file holds and the text does not, and why (struck-through words, hidden rows);
    `folder` is the name of the folder in which the file lies; `home` says whose report it is.
    """

    name: str
    source: str
    media_type: str
    text: str
    sha256: str
    title: str = ""
    issuer: str = ""
    date: dt.date | None = None
    period: Period | None = None
    offsets: OffsetMap = field(default_factory=OffsetMap)
    rows: tuple[Row, ...] = ()
    regions: tuple[Region, ...] = ()
    remarks: tuple[str, ...] = ()
    folder: str = ""
    home: ReportHome = field(default_factory=ReportHome)

    def regions_of(self, raw: Span) -> tuple[Region, ...]:
        """Regions that a stretch of the text as read touches, in order."""
        first = bisect_right(self.regions, raw.start, key=lambda region: region.span.end)
        last = bisect_left(self.regions, raw.end, key=lambda region: region.span.start)
        return self.regions[first:last]

    def quote(self, span: Span) -> str:
        """The text that `span` covers."""
        return self.text[span.start : span.end]


class Disclosure(StrEnum):
    """Whether a figure is given, masked (`XX亿元`) or given roughly (`10余场`)."""

    DISCLOSED = "disclosed"
    WITHHELD = "withheld"
    APPROXIMATE = "approximate"


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing; `type` is a class name of the ontology; `credit_code` is as printed (GB 32100-2015)."""

    name: str
    type: str
    spans: tuple[Span, ...]
    aliases: tuple[str, ...] = ()
    credit_code: str | None = None


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure: `value`, `lower` and `upper` are numbers as printed, in `unit` as printed.

    An approximate figure holds the bounds that its words give (`20多`, `超3亿`), or the round value that they
    name (`约800`, `近百`), never an invented interval. `growth` is year on year (同比) as a fraction, 0.123 for
    12.3 %; `rank` counts from 1; `planned` marks a figure that the text only intends or expects. `about` is what the text
    says it is of: a name, or a group without one (`规上工业企业`); `of` is the entity that this is or belongs to, "" where none.
    """

    about: str
    indicator: str
    span: Span
    period: Period | None = None
    value: Decimal | None = None
    unit: str | None = None
    growth: Decimal | None = None
    rank: int | None = None
    rank_scope: str | None = None
    disclosure: Disclosure = Disclosure.DISCLOSED
    lower: Decimal | None = None
    upper: Decimal | None = None
    planned: bool = False
    of: str = ""

    def __post_init__(self) -> None:
        if self.disclosure is Disclosure.WITHHELD and self.value is not None:
            raise ValueError(f"a {self.disclosure} figure cannot hold the value {self.value}")


Basis = Literal["stated", "name", "report"]
"""What makes an edge true: a sentence or row that states it, a name inside a name, or whose report it is."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A plain edge; `predicate` is a property name of the ontology, the ends are entity names.

    `span` holds the words that state it or, where it is read from the context (`basis`), that name the thing; `given` are the
    places that give the context beside: the title, a heading, the line of an office.
    """

    subject: str
    predicate: str
    object: str
    span: Span
    basis: Basis = "stated"
    given: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happens to a thing and has more than two sides: one class a kind, each with the sides of its kind.

    A side without a default is never empty, another is None or empty where unset; no name or word is blank, none of a row stands
    twice; a number is one or more, a sum above nothing.
    `planned` marks what the text only intends; `evidence` holds further spans that state it.
    """

    span: Span
    planned: bool = field(default=False, kw_only=True)
    evidence: tuple[Span, ...] = field(default=(), kw_only=True)

    def __post_init__(self) -> None:
        if self.type not in EVENTS:
            raise TypeError(f"an event is one of {', '.join(EVENTS)}, not a bare {self.type}")
        for side in fields(self):
            value = getattr(self, side.name)
            words = [one for one in (value if isinstance(value, tuple) else (value,)) if isinstance(one, str)]
            unset, no_row = side.default is MISSING and value is None, isinstance(side.default, tuple) and not isinstance(value, tuple)
            if not all(map(str.strip, words)) or len({*words}) < len(words) or unset or no_row:
                raise ValueError(f"the {side.name} of a {self.type} cannot be {value!r}")
            if isinstance(value, int | Decimal) and not isinstance(value, bool) and not (isfinite(value) and value > 0):
                raise ValueError(f"the {side.name} of a {self.type} cannot be {value}")
        self._check()

    def _check(self) -> None:
        """Refuse what sides of this kind cannot say together."""

    @property
    def type(self) -> str:
        """Its kind, the name of its class."""
        return type(self).__name__

    def sides(self) -> dict[str, Any]:
        """What it tells beside its spans and whether it is planned, by name, unset sides left out."""
        told = {side.name: getattr(self, side.name) for side in fields(self) if side.name not in ("span", "planned", "evidence")}
        return {name: value for name, value in told.items() if value not in (None, ())}


@dataclass(frozen=True, slots=True)
class Cooperation(Event):
    """Joint work: who works with each other, or on what; `fields` names its industries or technologies."""

    object: str | None = None
    participants: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()

    def _check(self) -> None:
        if self.object is None and len(set(self.participants)) < 2:
            raise ValueError(f"a cooperation has two participants or an object, not {self.participants}")


@dataclass(frozen=True, slots=True)
class Honour(Event):
    """A grant of `object`, an award or a title, to `participants`; `status` is the batch in which it is given.

    `recipients` counts takers without names, of the class `recipient_type`.
    """

    object: str
    participants: tuple[str, ...] = ()
    status: str | None = None
    year: int | None = None
    recipients: int | None = None
    recipient_type: str | None = None

    def _check(self) -> None:
        if self.recipient_type is not None and self.recipients is None:
            raise ValueError(f"takers of the class {self.recipient_type} need a count")


@dataclass(frozen=True, slots=True)
class AwardGrant(Honour):
    """An award given."""


@dataclass(frozen=True, slots=True)
class Recognition(Honour):
    """A title given."""


@dataclass(frozen=True, slots=True)
class FundingGrant(Event):
    """Money that `participants` give for `object`, or for so many `projects`.

    `amount` is in `unit` as printed, None where its words only bound it (`3600余万元`).
    """

    object: str
    participants: tuple[str, ...] = ()
    year: int | None = None
    amount: Decimal | None = None
    unit: str = field(kw_only=True)
    projects: int | None = None


@dataclass(frozen=True, slots=True)
class PolicyAction(Event):
    """What `participants` do to the policy `object`: `status` is the verb as printed."""

    object: str
    participants: tuple[str, ...] = ()
    status: str = field(kw_only=True)
    due: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Milestone(Event):
    """The stage, `status` as printed, that a building project or a `part` of it has reached, or is to reach by `due`."""

    object: str
    part: str | None = None
    status: str = field(kw_only=True)
    due: dt.date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Commitment(Event):
    """What `participants` intend with `object`, in the words `status`: always planned."""

    object: str
    participants: tuple[str, ...] = ()
    status: str | None = None
    due: dt.date | None = None
    planned: bool = field(default=True, init=False)


EVENTS: Mapping[str, type[Event]] = MappingProxyType(
    {kind.__name__: kind for kind in (Cooperation, AwardGrant, FundingGrant, PolicyAction, Milestone, Commitment, Recognition)}
)
"""Kinds of events by name."""


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters that a recognition took for others: `printed` as the text has them, `read` as the context proves them."""

    span: Span
    printed: str
    read: str


@dataclass(frozen=True, slots=True)
class Facts:
    """All that one document states, every fact with its span; `remarks` say what was left out and why.

    `by` names the model that proposes them, "" for the rules; `confidence` is 1 for what rules read. What models propose
    stands beside, in `proposed`, and repeats nothing.
    """

    document: Document
    passages: tuple[Span, ...]
    entities: tuple[Entity, ...] = ()
    observations: tuple[Observation, ...] = ()
    relations: tuple[Relation, ...] = ()
    events: tuple[Event, ...] = ()
    remarks: tuple[str, ...] = ()
    repairs: tuple[Repair, ...] = ()
    by: str = ""
    confidence: float = 1.0
    proposed: tuple["Facts", ...] = ()

    def __len__(self) -> int:
        own = len(self.entities) + len(self.observations) + len(self.relations) + len(self.events)
        return own + sum(len(one) for one in self.proposed)

    def with_document(self, **changes: Any) -> "Facts":
        """The same facts of a document of which some fields are set anew."""
        return replace(self, document=replace(self.document, **changes))
