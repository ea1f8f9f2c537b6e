"""What reports tell over time as tables: a thing's timeline, its series, changes between periods, contradictions."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from kg import vocab
from kg.model import Disclosure, Period
from kg.reason.changes import Change, Side
from kg.reason.contradictions import Contradiction, Kind
from kg.reason.intervals import Interval
from kg.reason.records import Figure, Told
from kg.reason.series import Line, Point, Series
from kg.reason.timeline import Entry
from kg.show.wording import amount, figure_text, growth_text, period_text, words

if TYPE_CHECKING:
    import pandas as pd

_DIGITS = 1
_SHARE = "1"
"""The base unit of shares and rates, which are shown in per cent and apart by percentage points."""


@cache
def words_of(lang: str) -> Mapping[str, str]:
    """The words of these tables in `zh` or `en`: disclosures as the ontology has them, those for bounds, for what and when a line is."""
    return MappingProxyType({**words(lang), **{one: vocab.concept_text(f"inc:{one}", lang) for one in Disclosure}})


def entries(found: Iterable[Entry], lang: str) -> "pd.DataFrame":
    """Columns `when`, `by`, `kind`, `what`, `figure`, `growth`, `planned`, `documents`, `sentences`."""
    rows = [
        (
            when_text(one.when, lang), words_of(lang).get(one.by, one.by), vocab.label_or_name(one.kind, lang), one.words,
            figure_words(one.figure, words_of(lang)) if one.figure else None, _rate(one.figure),
            words_of(lang)["planned"] if one.planned else None, *_places(one.told),
        )
        for one in found
    ]  # fmt: skip
    return _table(["when", "by", "kind", "what", "figure", "growth", "planned", "documents", "sentences"], rows)


def points(found: Iterable[Series], lang: str) -> "pd.DataFrame":
    """A row a point; `told` is the growth that its report tells, `computed` that from the figure of the year before, `against` that figure.

    Columns `indicator`, `of`, `kind`, `when`, `figure`, `value` (in the base unit), `unit`, `state`, `told`, `computed`, `against`,
    `documents`, `sentences`.
    """
    rows = [_point(series, point, lang) for series in found for point in series.points]
    columns = [
        "indicator",
        "of",
        "kind",
        "when",
        "figure",
        "value",
        "unit",
        "state",
        "told",
        "computed",
        "against",
        "documents",
        "sentences",
    ]
    return _table(columns, rows)


def _point(series: Series, point: Point, lang: str) -> tuple[Any, ...]:
    line, figure, words = series.line, point.figure, words_of(lang)
    before = [] if figure.planned else series.year_before(point)
    grown = [before_one.size.grown_to(point.size) for before_one in before if before_one.size and point.size]
    told = [text for text in map(rate_text, grown) if text]
    against = "\n".join(f"{when_text(one.period, lang)}: {figure_words(one.figure, words)}" for one in before) if told else None
    return (
        line_text(line), line.group or None, vocab.concept_text(f"inc:{line.kind}", lang), time_text(line, point.period, lang),
        figure_words(figure, words),
        None if figure.value is None or _is_rate(figure, line) else float(figure.value), line.unit or None,
        words["planned" if figure.planned else figure.disclosure], _rate(figure), "\n".join(told) or None, against, *_places(figure.told),
    )  # fmt: skip


def _is_rate(figure: Figure, line: Line) -> bool:
    """Whether a point of a series of sizes tells its growth alone."""
    return figure.growth is not None and figure.unit == _SHARE and line.unit != _SHARE


def changes(found: Iterable[Change], lang: str) -> "pd.DataFrame":
    """Columns `what`, `change`, `name`, `of`, `before`, `after`, `growth`, then documents and sentences of both sides."""
    words = words_of(lang)
    rows = [
        (
            words[one.what], words[one.kind], one.name, vocab.label_or_name(one.of, lang) or None,
            _side(one.before, lang), _side(one.after, lang),
            rate_text(one.grown) or None, *_places(one.before.told if one.before else ()), *_places(one.after.told if one.after else ()),
        )
        for one in found
    ]  # fmt: skip
    told = ["documents-before", "sentences-before", "documents-after", "sentences-after"]
    return _table(["what", "change", "name", "of", "before", "after", "growth", *told], rows)


def _side(side: Side | None, lang: str) -> str | None:
    if side is None or side.figure is None:
        return side.words if side else None
    return f"{figure_words(side.figure, words_of(lang))} ({when_text(side.figure.period, lang)})"


def contradictions(found: Iterable[Contradiction], lang: str) -> "pd.DataFrame":
    """What does not go together, a row each, its figures with their documents and sentences a line each.

    Columns `finding`, `thing`, `of`, `indicator`, `when`, `figures`, `expected`, `apart`, `may-be`, `documents`, `sentences`.
    """
    rows = []
    for one in found:
        told = [place for side in one.sides for place in side.told]
        rows.append((
            vocab.concept_text(f"inc:{one.kind}", lang), one.name, one.line.group or None, line_text(one.line),
            time_text(one.line, one.period, lang), "\n".join(_says(one, side.figure, lang) for side in one.sides), _expected(one, lang),
            _apart(one), "\n".join(vocab.concept_text(f"inc:{why}", lang) for why in one.explanations) or None,
            *_places(told),
        ))  # fmt: skip
    return _table(["finding", "thing", "of", "indicator", "when", "figures", "expected", "apart", "may-be", "documents", "sentences"], rows)


def _says(found: Contradiction, figure: Figure, lang: str) -> str:
    """A figure with its growth where that is what does not fit, and its time where that is another."""
    rate = _rate(figure) if found.kind in (Kind.RATES, Kind.MISFIT) else None
    when = f" ({when_text(figure.period, lang)})" if figure.period != found.period else ""
    told = figure_words(figure, words_of(lang))
    return f"{told}{when}" if not rate or when else f"{told} {rate}"


def _expected(found: Contradiction, lang: str) -> str:
    if found.kind in (Kind.RATES, Kind.MISFIT):
        return rate_text(found.expected)
    return interval_text(found.expected, found.line.unit, words_of(lang))


def _apart(found: Contradiction) -> str:
    """How far the last side is from what was expected, at least."""
    last, here = found.sides[-1].says, found.expected
    ends = (last.low, here.high) if last.above(here) else (last.high, here.low)
    if ends[0] is None or ends[1] is None:
        return ""
    gap = ends[0] - ends[1]
    if found.line.unit == _SHARE or found.kind in (Kind.RATES, Kind.MISFIT):
        return f"{gap * 100:+.2f} pp"
    return f"{'+' if gap > 0 else '-'}{amount(abs(gap), found.line.unit)}"


def line_text(line: Line) -> str:
    """An indicator with what it is restricted to: `营业收入 (规模以上)`."""
    return f"{line.indicator} ({'、'.join(line.parts)})" if line.parts else line.indicator


def time_text(line: Line, period: Period, lang: str) -> str:
    """The time of a point: the day of a stock, else the period."""
    return str(period.end) if line.kind == "stock" else when_text(period, lang)


def when_text(period: Period | None, lang: str) -> str:
    """A period, or a day, as people read it; nothing for none."""
    if period is None:
        return ""
    return str(period.start) if period.start == period.end else period_text(period.start, period.end, lang)


def figure_words(figure: Figure, words: Mapping[str, str]) -> str:
    """A figure as printed, withheld, or with its bounds; `words` say what is no plain figure."""
    return figure_text(figure.disclosure, figure.printed, (figure.lower, figure.upper), figure.unit, words)


def interval_text(one: Interval, unit: str, words: Mapping[str, str]) -> str:
    """An interval in Chinese multipliers: `55.65亿元–55.75亿元`."""
    if unit == _SHARE:
        return "..".join(dict.fromkeys(f"{(end * 100).normalize():f}%" for end in (one.low, one.high) if end is not None))
    if one.low is not None and one.low == one.high:
        return amount(one.low, unit)
    return figure_text(Disclosure.APPROXIMATE, None, (one.low, one.high), unit, words)


def rate_text(one: Interval | None) -> str:
    """A growth in per cent: `+25.6%`, both ends where the first digit behind the point depends on rounding, nothing where none is known."""
    if one is None or (one.low is None and one.high is None):
        return ""
    low, high = (None if end is None else f"{round(end * 100, _DIGITS):+.{_DIGITS}f}%" for end in (one.low, one.high))
    if low and high:
        return low if low == high else f"{low}..{high}"
    return f"≥{low}" if low else f"≤{high}"


def _rate(figure: Figure | None) -> str | None:
    return growth_text(figure.growth) if figure and isinstance(figure.growth, Decimal) else None


def _places(told: Sequence[Told]) -> tuple[str, str]:
    """The documents that tell something, and their sentences: a line each, in the same order."""
    return "\n".join(map(_line, (one.document for one in told))), "\n".join(map(_line, (one.sentence for one in told)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _table(columns: list[str], rows: list[Any]) -> "pd.DataFrame":
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    return pd.DataFrame(rows, columns=columns, dtype=object)
