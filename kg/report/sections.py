"""What the report says: one function a section; a section that has nothing to say is left out."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib import resources
from typing import TYPE_CHECKING, Any

from kg import query, vocab
from kg.analyse import explained, project, rank
from kg.report.words import words

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

_TOP = 10
_RANKED = ("degree", "betweenness", "closeness", "eigenvector", "pagerank")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a section's table with the sentences that state it; `marked` cells are withheld figures."""

    cells: tuple[str, ...]
    sentences: tuple[str, ...]
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a remark, and tables: a title, column names and lines each."""

    key: str
    title: str
    note: str
    tables: tuple[tuple[str, tuple[str, ...], tuple[Line, ...]], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence stands: the document's title and the fragment of the passage's IRI."""

    number: int
    title: str
    place: str


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report; `evidence` maps each sentence to its source, in order of appearance."""

    lang: str
    title: str
    summary: str
    documents: tuple[str, ...]
    sections: tuple[Section, ...]
    evidence: dict[str, Source] = field(default_factory=dict)


def build(store: "Store", lang: str = "zh") -> Report:
    """Everything that the report says, in `zh` or `en`; names and sentences stay as they are."""
    graph = project(store)
    makers: tuple[Callable[[], Section], ...] = (
        lambda: _figures(store, lang),
        lambda: _rankings(graph, lang),
        lambda: _projects(store, lang),
        lambda: _policies(store, lang),
        lambda: _cooperation(store, lang),
        lambda: _awards(store, lang),
        lambda: _promises(store, lang),
    )
    made = [make() for make in makers]
    sections = tuple(section for section in made if any(lines for *_, lines in section.tables))
    told = words(lang)
    titles = tuple(dict.fromkeys(query.ask(store, "documents")["title"]))
    return Report(lang, told["report"], _summary(store, lang), titles, sections, _evidence(store, sections))


def _rows(store: "Store", name: str) -> list[Any]:
    """Answer of a query of `kg/report/queries`."""
    sparql = (resources.files("kg.report") / "queries" / f"{name}.rq").read_text(encoding="utf-8")
    return query.rows(store, sparql)


def _summary(store: "Store", lang: str) -> str:
    counted = _rows(store, "summary")[0]
    things = len(set(query.ask(store, "things")["iri"]))
    return words(lang)["summary"].format(things=things, **{key: int(value or 0) for key, value in counted._asdict().items()})


def _evidence(store: "Store", sections: Iterable[Section]) -> dict[str, Source]:
    """Sentences in order of appearance, numbered from 1."""
    rows = _rows(store, "evidence")
    places = {row.text: (row.title, str(row.passage).split("#")[-1]) for row in rows}
    used = dict.fromkeys(s for section in sections for *_, lines in section.tables for line in lines for s in line.sentences)
    return {text: Source(number, *places.get(text, ("", ""))) for number, text in enumerate(used, start=1)}


def _grouped(table: list[Any], cells: Callable[[Any], tuple[str, ...]], marked: Callable[[Any], bool] | None = None) -> tuple[Line, ...]:
    """Lines of a question's answer: rows that say the same become one line with all their sentences."""
    lines: dict[tuple[str, ...], tuple[dict[str, None], bool]] = {}
    for row in table:
        sentences, _ = lines.setdefault(cells(row), ({}, bool(marked and marked(row))))
        if getattr(row, "sentence", None):
            sentences.setdefault(row.sentence)
    return tuple(Line(key, tuple(sentences), mark) for key, (sentences, mark) in lines.items())


def _section(lang: str, key: str, columns: tuple[str, ...], lines: tuple[Line, ...]) -> Section:
    told = words(lang)
    return Section(key, told[key], told[f"{key}_note"], (("", tuple(told[c] for c in columns), lines),))


def _concept(lang: str, concept: str) -> str:
    return vocab.concept_label(concept.removeprefix("inc:"), lang)


def _figures(store: "Store", lang: str) -> Section:
    told = words(lang)
    table = _rows(store, "figures")

    def cells(row: Any) -> tuple[str, ...]:
        period = period_text(row.start, row.end, lang) if row.start else ""
        place = f"{row.scope or ''} {row.rank}".strip() if row.rank else ""
        return (row.of or "", row.indicator, figure_text(row, lang), percent(row.growth), place, period,
                _concept(lang, row.disclosure), told["yes"] if row.planned else told["no"])  # fmt: skip

    lines = _grouped(table, cells, lambda row: row.disclosure == "inc:withheld")
    columns = ("of", "indicator", "value", "growth", "rank", "period", "disclosure", "planned")
    return _section(lang, "figures", columns, lines)


def period_text(start: dt.date, end: dt.date, lang: str) -> str:
    """A period as the report shows it: `2023年`, `2023年1–6月` (`2023`, `2023-01 to 2023-06`), else both days."""
    whole = start.day == 1 and (end + dt.timedelta(days=1)).day == 1 and start.year == end.year
    if not whole:
        return f"{start} – {end}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年" if lang == "zh" else str(start.year)
    if lang == "zh":
        return f"{start.year}年{start.month}月" if start.month == end.month else f"{start.year}年{start.month}–{end.month}月"
    return f"{start:%Y-%m}" if start.month == end.month else f"{start:%Y-%m} to {end:%Y-%m}"


def percent(growth: float | None) -> str:
    """`+12.3%`, or nothing."""
    return "" if growth is None else f"{round(growth * 100, 2):+g}%"


def figure_text(row: Any, lang: str) -> str:
    """A figure as the report shows it: as printed, withheld, or with its bounds."""
    told = words(lang)
    if row.disclosure == "inc:withheld":
        return told["withheld"]
    if row.printed and row.disclosure == "inc:approximate":
        return told["nearly" if row.upper is not None else "about"].format(value=row.printed)
    if row.printed:
        return str(row.printed)
    low, high = (None if v is None else amount(float(v), row.unit or "") for v in (row.lower, row.upper))
    if low and high:
        return f"{low}–{high}"
    return told["at_least"].format(value=low) if low else told["at_most"].format(value=high) if high else ""


def amount(value: float, unit: str) -> str:
    """A value in its base unit with Chinese multipliers: 1.25e9 CNY is `12.5亿元`."""
    name = {"CNY": "元", "USD": "美元", "M2": "平方米"}.get(unit, unit)
    for size, word in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{round(value / size, 4):g}{word}{name}"
    return f"{round(value, 4):g}{name}"


def _rankings(graph: "nx.MultiDiGraph[str]", lang: str) -> Section:
    told = words(lang)
    columns = tuple(told[c] for c in ("rank", "name", "class", "score", "ties"))
    sentences = {data["name"]: tuple(data["sentences"][:3]) for _, data in graph.nodes(data=True)}
    tables = []
    for measure in _RANKED if graph.number_of_edges() else ():
        name, meaning = explained(measure, lang)
        lines = tuple(_ranked(row, lang, sentences) for row in rank(graph, measure, _TOP).to_dict("records"))
        tables.append((f"{name}: {meaning}" if lang == "en" else f"{name}：{meaning}", columns, lines))
    return Section("rankings", told["rankings"], told["rankings_note"], tuple(tables))


def _ranked(row: dict[Any, Any], lang: str, sentences: dict[str, tuple[str, ...]]) -> Line:
    cells = (str(row["rank"]), row["name"], vocab.label(row["class"], lang), f"{row['value']:.3f}", str(row["ties"]))
    return Line(cells, sentences[row["name"]])


def _projects(store: "Store", lang: str) -> Section:
    told = words(lang)
    table = _rows(store, "projects")

    def cells(row: Any) -> tuple[str, ...]:
        kind = told["intended"] if row.planned else told["reached"]
        return (_concept(lang, row.stage), row.project, row.part or "", kind, str(row.due or ""))

    return _section(lang, "projects", ("stage", "project", "part", "state", "due"), _grouped(table, cells))


def _policies(store: "Store", lang: str) -> Section:
    table = _rows(store, "policies")
    lines = _grouped(table, lambda row: (_concept(lang, row.status), row.policy))
    return _section(lang, "policies", ("status", "policy"), lines)


def _cooperation(store: "Store", lang: str) -> Section:
    pairs = _rows(store, "cooperation")
    fields = _rows(store, "fields")
    effects = _rows(store, "effects")

    def cells(row: Any) -> tuple[str, ...]:
        brought = dict.fromkeys(f"{e.indicator} {figure_text(e, lang)}" for e in effects if e.iri == row.iri)
        joined = "、".join(f.field for f in fields if f.iri == row.iri)
        return (row.a, row.b, joined, "；".join(brought))

    return _section(lang, "cooperation", ("a", "b", "fields", "effects"), _grouped(pairs, cells))


def _awards(store: "Store", lang: str) -> Section:
    table = _rows(store, "awards")

    def cells(row: Any) -> tuple[str, ...]:
        return (
            _concept(lang, row.grade),
            row.award,
            str(row.year or "")[:4],
            "" if row.winners is None else f"{row.winners:g}",
        )

    return _section(lang, "awards", ("grade", "award", "year", "winners"), _grouped(table, cells))


def _promises(store: "Store", lang: str) -> Section:
    table = query.rows(store, query.question("promises").sparql)

    def cells(row: Any) -> tuple[str, ...]:
        return (row.thing, row.part or "", row.promise, str(row.due or ""))

    return _section(lang, "promises", ("thing", "part", "promise", "due"), _grouped(table, cells))
