"""What a report is made of, whatever it is written as: sections of headings, statements, tables and charts."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from kg.printed import xml_text


@dataclass(frozen=True, slots=True)
class Share:
    """A fraction that is shown as a percentage: 0.123 is 12.3 %; `signed` with + or -."""

    value: float
    signed: bool = False


Cell = str | int | float | dt.date | Share | None


def shown(cell: Cell, digits: int = 0) -> str:
    """A cell as a page shows it."""
    if cell is None:
        return ""
    if isinstance(cell, Share):
        return f"{round(cell.value * 100, 2):{'+' if cell.signed else ''}g}%"
    if isinstance(cell, float):
        return f"{cell:,.{digits}f}"
    return f"{cell:,}" if isinstance(cell, int) else xml_text(str(cell))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: cells by column key, the sentences that state it, whether it is of a withheld figure."""

    cells: Mapping[str, Cell]
    sentences: tuple[str, ...]
    withheld: bool = False


def first_sentences(rows: Iterable[Row]) -> tuple[str, ...]:
    """A sentence of each row, each once."""
    return tuple(dict.fromkeys(sentence for row in rows for sentence in row.sentences[:1]))


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a chart; `hollow` for what is planned, `cut` where it would be longer, `text` stands at its end.

    Whatever number is given (a whole one, a Decimal, one of numpy) is kept as a float; one without an end cannot be drawn.
    """

    label: str
    value: float
    text: str
    hollow: bool = False
    cut: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "value", float(self.value))
        if not isfinite(self.value):
            raise ValueError(f"a bar cannot be {self.value} long")


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars, the first on top."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A node of a picture: place in pixels, radius 0 to 1, group (0 the first), label or nothing."""

    x: float
    y: float
    size: float
    group: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A network: dots, and the pairs of them (as positions) that are joined."""

    dots: tuple[Dot, ...]
    ties: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a trend: its day, its size, its label; `hollow` for what is planned, without a size where it is withheld."""

    day: dt.date
    value: float | None
    text: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator over time: marks of one length of time (all of a year, its first half, a day) under a name, joined by a line."""

    label: str
    unit: str
    lines: Mapping[str, Sequence[Mark]]


@dataclass(frozen=True, slots=True)
class Trends:
    """Small charts of indicators over time, side by side."""

    trends: tuple[Trend, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A stage of a project: its column in a course, the month that it is told of or due in; `hollow` where it is planned."""

    column: int
    text: str
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """Projects by stage: the stages in their order, and for each project the stages that it reached or plans."""

    stages: tuple[str, ...]
    projects: tuple[tuple[str, tuple[Stop, ...]], ...]


Chart = Bars | Course | Picture | Trends


@dataclass(frozen=True, slots=True)
class Content:
    """What a section has to say: values for its template, rows of its tables, its charts."""

    values: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    charts: Mapping[str, Chart] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """Words of a paragraph."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """The sentences that state what stands before."""

    sentences: tuple[str, ...]


Run = Text | Cite


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading within a section, level 2 or 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of kind `statement`, `item` (of a list) or `note` (a remark on method, which no sentence states)."""

    kind: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key of its cells, heading, decimals of its numbers; `sheet_only` where only a spreadsheet has room for it."""

    key: str
    heading: str
    digits: int = 0
    sheet_only: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table: name (of a sheet), caption, columns, all rows, how many of them a page shows.

    `only` is `page` or `sheet` where just pages, or just the workbook, have it, else "".
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    most: int
    only: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption and, for bars, what their length shows."""

    chart: Chart
    caption: str
    axis: str = ""


Block = Heading | Paragraph | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its name, title and blocks."""

    name: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands: the document's title and the fragment of the passage's IRI."""

    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; `sources` says of each sentence of the graph where it stands."""

    lang: str
    title: str
    documents: tuple[str, ...]
    words: Mapping[str, str]
    sections: tuple[Section, ...]
    sources: Mapping[str, Source]


class Citations:
    """Sentences numbered from 1 in the order in which a writer comes upon them."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def of(self, sentences: Sequence[str], most: int = 5) -> list[int]:
        """Numbers of the first few of some sentences."""
        return [self.numbers.setdefault(sentence, len(self.numbers) + 1) for sentence in sentences[:most]]


def on_page(block: Block) -> bool:
    """Whether a block is for pages; some tables are for the workbook alone."""
    return not (isinstance(block, Table) and block.only == "sheet")


class Captions:
    """Tables and charts numbered, each kind from 1, in the order in which a writer comes upon them."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = words
        self._counted = {"table": 0, "figure": 0}

    def label(self, block: Table | Figure) -> tuple[str, int]:
        """The word for a kind, and the number: 表, 3."""
        kind = "table" if isinstance(block, Table) else "figure"
        self._counted[kind] += 1
        return self.words[kind], self._counted[kind]

    def of(self, block: Table | Figure) -> str:
        """A caption with its number: `表 3 各群成员`."""
        word, number = self.label(block)
        return f"{word} {number} {block.caption}" if block.caption else ""
