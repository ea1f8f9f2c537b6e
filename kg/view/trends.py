"""The values of an indicator of a thing over time, as the page draws them: a run for each length of time, withheld ones as gaps."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.reason.intervals import TimeKind
from kg.reason.series import Line, Point, Series, series
from kg.show.over_time import figure_words, line_text, time_text
from kg.show.wording import growth_text, scaled
from kg.view.words import Both, both, named, words_of

if TYPE_CHECKING:
    from kg.store import Store

_DECEMBER = 12
_LEAST = 2
"""Times of which an indicator has to tell before it is drawn."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a run.

    Attributes:
        end: last day of its period (ISO 8601).
        when: its period, in Chinese and English.
        size: in the trend's unit; None where it is withheld, or told in words that give no number.
        text: the figure as printed, or that it is withheld, with its growth; in Chinese and English.
        planned: whether it is a goal.
        withheld: whether it is kept back.
        passages: IRIs of the passages that state it.
    """

    end: str
    when: Both
    size: float | None
    text: Both
    planned: bool
    withheld: bool
    passages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """Values of one length of time (a year so far, a month, a day), by its name and its kind (`cumulative`)."""

    name: Both
    kind: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """An indicator over time, with the unit that its sizes are told in."""

    label: str
    unit: str
    runs: tuple[Run, ...]

    @property
    def values(self) -> list[Value]:
        """The values of all runs."""
        return [value for run in self.runs for value in run.values]


def trends(store: "Store", subject: str = "") -> dict[str, list[Trend]]:
    """Trends of each thing (compact IRI), or of one: the indicators that have values of two times or more.

    Args:
        store: the graph.
        subject: IRI of the one thing.
    """
    alike: defaultdict[Line, list[Series]] = defaultdict(list)
    for one in series(store, subject):
        alike[_plain(one.line)].append(one)
    found: defaultdict[str, list[Trend]] = defaultdict(list)
    for line, many in alike.items():
        if made := _trend(line, many):
            found[vocab.compact(line.subject)].append(made)
    return dict(found)


def _plain(line: Line) -> Line:
    """A line without its kind of time: what is cumulative stands in one drawing with what is of a month."""
    return Line(line.subject, line.group, line.indicator, line.parts, line.unit, TimeKind.CUMULATIVE)


def _trend(line: Line, many: Iterable[Series]) -> Trend | None:
    points = [(one.line, point) for one in many for point in one.points if point.withheld or point.value is not None]
    told = {point.period for _, point in points if not point.figure.planned}
    sizes = [abs(point.value) for _, point in points if point.value is not None]
    if len(told) < _LEAST or not sizes:
        return None
    factor, unit = scaled(max(sizes), line.unit)
    runs: defaultdict[tuple[str, Both], list[Value]] = defaultdict(list)
    for own, point in sorted(points, key=lambda one: one[1].period.end):
        runs[own.kind, _length(own, point)].append(_value(own, point, factor))
    return Trend(f"{line.group} {line_text(line)}".strip(), unit, tuple(Run(name, kind, tuple(v)) for (kind, name), v in runs.items()))


def _length(line: Line, point: Point) -> Both:
    """The name of a length of time: `累计 1–6月`; of what there is on a day its kind alone."""
    zh, en = both(lambda lang: vocab.concept_text(f"inc:{line.kind}", lang))
    if line.kind == "stock":
        return zh, en
    first, last = point.period.start.month, point.period.end.month
    word = "month" if first == last else "whole_year" if (first, last) == (1, _DECEMBER) else "months"
    of_zh, of_en = both(lambda lang: words_of(lang)[word].format(first=first, last=last))
    return (f"{zh} {of_zh}", f"{en}, {of_en}")


def _value(line: Line, point: Point, factor: float) -> Value:
    figure, size = point.figure, point.value
    return Value(
        str(point.period.end), both(lambda lang: time_text(line, point.period, lang)), None if size is None else round(size / factor, 6),
        both(lambda lang: _text(point, words_of(lang))), figure.planned, point.withheld,
        tuple(dict.fromkeys(told.passage for told in figure.told)),
    )  # fmt: skip


def _text(point: Point, words: Mapping[str, str]) -> str:
    figure = point.figure
    grown = words["growth"].format(value=growth_text(figure.growth)) if figure.growth is not None else ""
    return words["semicolon"].join(filter(None, (figure_words(figure, words), grown, words["planned"] if figure.planned else "")))


def trend_json(trend: Trend, numbers: Mapping[str, int]) -> dict[str, Any]:
    """A trend with the numbers of its sentences, for the page."""
    return {
        "unit": trend.unit,
        "runs": [
            {**named(run.name), "kind": run.kind, "values": [_value_json(value, numbers) for value in run.values]} for run in trend.runs
        ],
    }


def _value_json(value: Value, numbers: Mapping[str, int]) -> dict[str, Any]:
    return {
        "end": value.end, "when": named(value.when), "size": value.size, "text": named(value.text), "planned": value.planned,
        "withheld": value.withheld, "sentences": [numbers[p] for p in value.passages if p in numbers],
    }  # fmt: skip
