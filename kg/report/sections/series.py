"""Figures over time: each indicator of which two or more reports tell, what is cumulative, of a month or of a day apart."""

from collections import defaultdict

from kg import vocab
from kg.indicators import dimension
from kg.model import Period
from kg.reason.series import Point, Series
from kg.report.content import Cell, Content, Mark, Row, Share, Trend, Trends
from kg.report.material import Material
from kg.show.over_time import figure_words, line_text, rate_text, time_text
from kg.show.wording import scaled

_SHOWN = 4
_LEAST = 2


def series(material: Material) -> Content | None:
    """Series of two times or more, and charts of the longest."""
    found = [one for one in material.series if len(_times(one)) >= _LEAST and len(_documents(one)) >= _LEAST]
    if not found:
        return None
    rows = [_row(one, point, material) for one in found for point in one.points]
    drawn = [one for one in found if _drawable(one) >= _LEAST]
    first = sorted(drawn, key=lambda one: (not dimension(one.line.indicator), -_drawable(one), one.line))[:_SHOWN]
    trends = Trends(tuple(_trend(one, material) for one in first))
    return Content({"series": len(found), "points": len(rows), "charts": len(first)}, {"points": rows}, {"trends": trends} if first else {})


def _documents(one: Series) -> set[str]:
    """The reports that tell of a series."""
    return {told.document for point in one.points for told in point.figure.told}


def _times(one: Series) -> set[Period]:
    """The periods of which a series tells what was reached, or that it is withheld."""
    return {point.period for point in one.points if not point.figure.planned}


def _drawable(one: Series) -> int:
    """How many times a series has a figure, as printed, that was reached."""
    return len({point.period for point in one.points if point.value is not None and not point.figure.planned})


def _row(one: Series, point: Point, material: Material) -> Row:
    figure = point.figure
    before = [] if figure.planned else one.year_before(point)
    grown = [rate_text(base.size.grown_to(point.size)) for base in before if base.size and point.size]
    cells: dict[str, Cell] = {
        "of": f"{one.name} {one.line.group}".strip(),
        "indicator": line_text(one.line),
        "kind": vocab.concept_text(f"inc:{one.line.kind}", material.lang),
        "when": time_text(one.line, point.period, material.lang),
        "figure": figure_words(figure, material.words),
        "growth": Share(float(figure.growth), signed=True) if figure.growth is not None else None,
        "computed": "; ".join(filter(None, grown)),
        "planned": material.words["yes"] if figure.planned else "",
    }
    return Row(cells, tuple(told.sentence for told in figure.told), point.withheld)


def _trend(one: Series, material: Material) -> Trend:
    """A series as a chart: what is of unlike lengths of time is on lines of their own."""
    sizes = [abs(point.value) for point in one.points if point.value is not None]
    factor, unit = scaled(max(sizes, default=0), one.line.unit)
    lines: defaultdict[str, list[Mark]] = defaultdict(list)
    for point in one.points:
        if point.value is not None or point.withheld:
            size = None if point.value is None else point.value / factor
            lines[_length(one, point.period, material)].append(Mark(point.period.end, size, point.figure.printed, point.figure.planned))
    return Trend(f"{one.name} {one.line.group} {line_text(one.line)}".replace("  ", " "), unit, dict(lines))


def _length(one: Series, period: Period, material: Material) -> str:
    """The name of a length of time: `1–6`, nothing for a day."""
    if one.line.kind == "stock":
        return vocab.concept_text("inc:stock", material.lang)
    return material.words["months"].format(first=period.start.month, last=period.end.month)
