"""Charts drawn offline by matplotlib: Chinese labels, colours and hatches that print and that colour-blind readers tell apart.

The same chart gives the same bytes: no dates, no random names.
"""

import datetime as dt
import io
import logging
import re
import warnings
from math import nan
from typing import TYPE_CHECKING, Any

from kg.extras import has
from kg.printed import xml_text
from kg.report.content import Bars, Chart, Course, Mark, Picture, Trend, Trends

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

COLOURS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442", "#555555")
"""Okabe and Ito's palette for colour-blind readers, black as grey."""
_SHAPES = ("o", "s", "^", "D", "v", "P", "X", "h")
_FONTS = (
    "Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "Microsoft YaHei", "SimHei", "PingFang SC", "Hiragino Sans GB", "Heiti SC",
    "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "Arial Unicode MS", "SimSun", "STSong",
)  # fmt: skip
"""Families that can draw simplified Chinese, best first."""
WIDTH_MM = 156.0
"""Width of the type area of an official paper (GB/T 9704-2012)."""
DPI = 200
_INCH = 25.4


def can_draw() -> bool:
    """Whether matplotlib, of the extra `report`, is here."""
    return has("matplotlib")


def chinese_font() -> str | None:
    """A family of this machine that can draw Chinese, or None."""
    from matplotlib import font_manager  # noqa: PLC0415  # of the extra `report`

    known = {font.name for font in font_manager.fontManager.ttflist}
    if not known & set(_FONTS):  # its list may be older than the fonts
        for path in font_manager.findSystemFonts():
            if re.search(r"CJK|SourceHan|NotoSansSC|msyh|simhei|PingFang|wqy", path, re.IGNORECASE):
                font_manager.fontManager.addfont(path)
        known = {font.name for font in font_manager.fontManager.ttflist}
    return next((name for name in _FONTS if name in known), None)


def as_svg(chart: Chart, axis: str = "") -> bytes:
    """A chart as SVG with its labels as text, which the reader's own fonts draw."""
    return _saved(chart, axis, "svg", {"Date": None, "Creator": None})


def as_png(chart: Chart, axis: str = "") -> bytes:
    """A chart as PNG, 156 mm wide at 200 dots an inch, which it states."""
    return _saved(chart, axis, "png", {"Software": None})


def _saved(chart: Chart, axis: str, file_format: str, metadata: dict[str, Any]) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415

    font = chinese_font()
    settings: Any = {
        "font.family": [*([font] if font else []), "DejaVu Sans"], "font.size": 9, "axes.unicode_minus": False,
        "svg.fonttype": "none", "svg.hashsalt": "kg", "hatch.linewidth": 0.6, "path.simplify": False,
    }  # fmt: skip
    with mpl.rc_context(settings), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of a rare character that no font here has
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
        drawn = _drawn(chart, axis)
        out = io.BytesIO()
        drawn.savefig(out, format=file_format, dpi=DPI, metadata=metadata)
    return out.getvalue()


def _drawn(chart: Chart, axis: str) -> "Figure":
    match chart:
        case Bars():
            return _bars(chart, axis)
        case Course():
            return _course(chart)
        case Trends():
            return _trends(chart)
        case Picture():
            return _picture(chart)


def _canvas(height_mm: float) -> "Figure":
    """A figure of the type area's width, which no window system knows of."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    made = Figure(figsize=(WIDTH_MM / _INCH, height_mm / _INCH), layout="constrained")
    engine: Any = made.get_layout_engine()
    engine.set(rect=(0, 0, 0.97, 1))
    return made


def _bars(chart: Bars, axis: str) -> "Figure":
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415

    two_lines = any("\n" in bar.label for bar in chart.bars)
    figure = _canvas(18 + (7.4 if two_lines else 6.5) * len(chart.bars))
    axes = figure.add_subplot()
    places = list(range(len(chart.bars)))[::-1]
    for place, bar in zip(places, chart.bars, strict=True):
        axes.barh(
            place, bar.value, height=0.66, color="white" if bar.hollow else COLOURS[0], edgecolor=COLOURS[0],
            hatch="////" if bar.hollow else None, linewidth=0.9,
        )  # fmt: skip
        axes.annotate(
            bar.text, (bar.value, place), xytext=(4 if bar.value >= 0 else -4, 0), textcoords="offset points", va="center",
            ha="left" if bar.value >= 0 else "right", parse_math=False,
        )  # fmt: skip
        if bar.cut:
            axes.annotate(
                "//", (bar.value, place), xytext=(-9 if bar.value >= 0 else 9, 0), textcoords="offset points", va="center", ha="center",
                color="#333333" if bar.hollow else "white", fontweight="bold", parse_math=False, fontsize=11,
                bbox={"boxstyle": "square,pad=0", "fc": "white" if bar.hollow else COLOURS[0], "ec": "none"},
            )  # fmt: skip
    labels = ["\n".join(short(line, 26) for line in bar.label.split("\n")) for bar in chart.bars]
    axes.set_yticks(places, labels, parse_math=False, fontsize=7.5 if two_lines else 9)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel(axis, parse_math=False)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.axvline(0, color="#333333", linewidth=0.8)
    axes.margins(x=0.12)
    axes.xaxis.set_major_locator(MaxNLocator(integer=all(bar.value.is_integer() for bar in chart.bars)))
    return figure


def _course(chart: Course) -> "Figure":
    """A row a project, a column a stage: reached ones filled and joined, planned ones hollow and joined by dashes, each with its time."""
    figure = _canvas(14 + 6.4 * len(chart.projects))
    axes = figure.add_subplot()
    for row, (_, stops) in enumerate(chart.projects):
        reached, planned = [one for one in stops if not one.hollow], [one for one in stops if one.hollow]
        axes.plot([one.column for one in reached], [row] * len(reached), color=COLOURS[0], marker="o", markersize=6, linewidth=1.6)
        ahead = [*reached[-1:], *planned] if planned and (not reached or planned[-1].column > reached[-1].column) else planned
        axes.plot([one.column for one in ahead], [row] * len(ahead), color=COLOURS[0], linestyle=":", linewidth=1, zorder=0)
        axes.plot(
            [one.column for one in planned], [row] * len(planned), color=COLOURS[0], marker="o", markersize=6, markerfacecolor="white",
            linestyle="none",
        )  # fmt: skip
        for one in stops:
            axes.annotate(
                one.text, (one.column, row), xytext=(0, 4.5), textcoords="offset points", ha="center", fontsize=6, parse_math=False
            )
    names = [short(name, 20) for name, _ in chart.projects]
    axes.set_yticks(range(len(names)), names, parse_math=False, fontsize=7.5)
    axes.set_xticks(range(len(chart.stages)), chart.stages, parse_math=False, fontsize=7.5, rotation=35, ha="left")
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.set_xlim(-0.6, len(chart.stages) - 0.4)
    axes.set_ylim(len(chart.projects) - 0.5, -0.7)
    axes.grid(axis="x", color="#e3e7ec", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    return figure


def _picture(chart: Picture) -> "Figure":
    from matplotlib.collections import LineCollection  # noqa: PLC0415

    figure = _canvas(92)
    axes = figure.add_subplot()
    axes.add_collection(
        LineCollection(
            [((chart.dots[a].x, -chart.dots[a].y), (chart.dots[b].x, -chart.dots[b].y)) for a, b in chart.ties],
            colors="#b8bec6",
            linewidths=0.6,
            zorder=1,
        )
    )
    for group in sorted({dot.group for dot in chart.dots}):
        dots = [dot for dot in chart.dots if dot.group == group]
        axes.scatter(
            [dot.x for dot in dots], [-dot.y for dot in dots], s=[18 + 110 * dot.size for dot in dots], zorder=2, linewidths=0.5,
            color=COLOURS[group % len(COLOURS)], marker=_SHAPES[(group + group // len(COLOURS)) % len(_SHAPES)], edgecolors="white",
            label=str(group + 1),
        )  # fmt: skip
    for dot in chart.dots:
        if dot.label:
            axes.annotate(
                short(dot.label, 12), (dot.x, -dot.y), xytext=(0, 7), textcoords="offset points", ha="center", fontsize=7.5, zorder=3,
                parse_math=False, bbox={"boxstyle": "square,pad=0.1", "fc": "white", "ec": "none", "alpha": 0.75},
            )  # fmt: skip
    axes.set_axis_off()
    axes.margins(0.08)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8, handletextpad=0.2)
    return figure


_COLUMNS = 2


def _trends(chart: Trends) -> "Figure":
    rows = -(-len(chart.trends) // _COLUMNS)
    figure = _canvas(4 + 46 * rows)
    grid = figure.subplots(rows, _COLUMNS, squeeze=False).ravel()
    for axes, trend in zip(grid, chart.trends, strict=False):
        _trend(axes, trend)
    for axes in grid[len(chart.trends) :]:
        axes.set_axis_off()
    return figure


def _trend(axes: "Axes", trend: Trend) -> None:
    """Lines from mark to mark of one length of time, planned ones hollow and not joined; a withheld one is a cross on the axis."""
    for number, (label, marks) in enumerate(trend.lines.items()):
        colour, shape = COLOURS[number % len(COLOURS)], _SHAPES[number % len(_SHAPES)]
        done = [
            (mark.day.toordinal(), nan if mark.value is None else mark.value) for mark in marks if not mark.hollow
        ]  # broken where withheld
        days, values = [day for day, _ in done], [value for _, value in done]
        axes.plot(days, values, color=colour, marker=shape, markersize=4, linewidth=1.2, label=label)
        planned = [(mark.day.toordinal(), mark.value) for mark in marks if mark.value is not None and mark.hollow]
        axes.scatter(
            [day for day, _ in planned], [value for _, value in planned], s=22, marker=shape, facecolors="white", edgecolors=colour
        )
        hidden = [mark.day.toordinal() for mark in marks if mark.value is None]
        axes.scatter(hidden, [0] * len(hidden), marker="x", s=18, color=colour, clip_on=False, zorder=3)
    axes.set_title(short(trend.label, 26), fontsize=8.5, parse_math=False)
    axes.set_ylabel(trend.unit, fontsize=7.5, parse_math=False)
    axes.set_xticks(*_years(trend), fontsize=7.5)
    axes.tick_params(axis="y", labelsize=7.5)
    axes.spines[["top", "right"]].set_visible(False)
    axes.margins(x=0.12, y=0.18)
    if all((mark.value or 0) >= 0 for marks in trend.lines.values() for mark in marks):
        axes.set_ylim(bottom=0)
    if len(trend.lines) > 1:
        axes.legend(frameon=False, fontsize=7)


def _years(trend: Trend) -> tuple[list[int], list[str]]:
    """Where the ticks stand, and what they say: the ends of the years that the marks are of."""
    ends: list[Mark] = [mark for marks in trend.lines.values() for mark in marks]
    years = sorted({mark.day.year for mark in ends})
    step = max(1, -(-len(years) // 6))
    return [dt.date(year, 12, 31).toordinal() for year in years[::step]], [str(year) for year in years[::step]]


def short(label: str, most: int = 22) -> str:
    """A label that leaves room for what it labels."""
    label = xml_text(label)
    return label if len(label) <= most else f"{label[: most - 1]}…"
