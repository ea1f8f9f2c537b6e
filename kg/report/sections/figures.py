"""Key figures: what moved most, and a table a district; each with whose it is and of when."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import numpy as np

from kg import lexicon
from kg.cells import number
from kg.indicators import canonical_indicator, dimension
from kg.report.content import Bar, Bars, Cell, Content, Row, Share
from kg.report.material import Material, figure_of, grouped, measured
from kg.report.whose import READ
from kg.show.wording import growth_text
from kg.units import dimension_of

_BARS, _MOVERS = 9, 12
_DISTRICTS, _ROWS, _LEAST_ROWS, _MOST_ROWS = 6, 24, 4, 14
"""Districts that a page tells of, their rows together, and those of each at least and at most."""
_MOST = 1e6
"""Growth beyond which a rate is a slip of a pen rather than a finding."""
_FENCE, _ENOUGH, _LONGER = 1.5, 6, 1.2
"""Spans between the quartiles beyond which a bar is cut, how many bars have quartiles, how much longer than the rest a cut one is."""


def figures(material: Material) -> Content | None:
    """All figures, what moved most, and the figures of each district."""
    answer = material.rows("figures")
    if not answer:
        return None
    named = {row.figure for row in answer if material.whose.is_named(row)}
    rows = grouped(answer, lambda row: _cells(row, material, row.figure in named), lambda row: bool(row.disclosure == "inc:withheld"))
    placed = [row for row in rows if row.cells["of"] and row.cells["period"]]
    hidden = [row for row in rows if row.withheld]
    chart, cut = _growth(placed, material.whose.several)
    districts = _by_district(placed)
    shown = dict(list(districts.items())[:_DISTRICTS])
    most = min(_MOST_ROWS, max(_LEAST_ROWS, _ROWS // max(1, len(shown))))
    values = {
        "figures": len(rows),
        "withheld": len(hidden),
        "withheld_said": tuple(s for row in hidden for s in row.sentences),
        "withheld_growing": sum(row.cells["growth"] is not None for row in hidden),
        "unplaced": len(rows) - len(placed),
        "read": sum(bool(row.cells["read"]) for row in placed),
        "movers": [_told(row) for row in _movers(placed, material.whose.several)],
        "cut": cut,
        "districts": [
            {"name": name, "rows": f"figures-{place}", "count": len(found), "most": most}
            for place, (name, found) in enumerate(shown.items())
        ],
        "elsewhere": len(districts) - len(shown),
        "elsewhere_figures": sum(map(len, districts.values())) - sum(map(len, shown.values())),
    }
    tables = {f"figures-{place}": found for place, found in enumerate(shown.values())}
    return Content(values, {"figures": rows, **tables}, {"growth": chart} if chart else {})


def _cells(row: Any, material: Material, named: bool) -> dict[str, Cell]:
    words, whose = material.words, material.whose
    subject, district = whose.subject(row), whose.district(row.document)
    read = bool(subject) and not named
    return {
        "district": district,
        "of": f"{subject}{READ}" if read else subject,
        "within": f"{subject.removeprefix(f'{district} ')}{READ if read else ''}",
        "indicator": row.indicator,
        "figure": figure_of(row, words),
        "growth": row.growth if (share := number(row.growth)) is None else Share(share, signed=True),
        "computed": None if row.growth is not None or row.figure not in material.computed else Share(material.computed[row.figure], True),
        "rank": f"{row.scope or ''} {row.rank}".strip() if row.rank else "",
        "period": whose.figure_time(row),
        "disclosure": material.concept(row.disclosure),
        "planned": words["yes"] if row.planned else "",
        "read": words["yes"] if read else "",
        "value": measured(row.value),
        "lower": measured(row.lower),
        "upper": measured(row.upper),
        "unit": row.unit or "",
        "start": row.start,
        "end": row.end,
    }


def _grown(row: Row) -> float | None:
    """The growth of what was reached: as told with a figure, else as computed from that of the year before."""
    cell = row.cells["growth"] if row.cells["growth"] is not None else row.cells["computed"]
    return cell.value if isinstance(cell, Share) and abs(cell.value) < _MOST and not row.cells["planned"] else None


def _weight(row: Row) -> tuple[bool, bool, float, str, str]:
    """What matters first: figures that moved, those that the lexicon knows, the most moved, those with a rank."""
    grown = _grown(row)
    known = bool(dimension(canonical_indicator(_measured(row)))) or dimension_of(str(row.cells["unit"])) == "money"
    rest = 0.0 if row.withheld or row.cells["rank"] else 1.0
    return grown is None, not known, rest if grown is None else -abs(grown), str(row.cells["indicator"]), str(row.cells["of"])


def _measured(row: Row) -> str:
    """What a figure measures, without the word for growth where it is a rate of growth: `投资` of `投资增速`."""
    return str(row.cells["indicator"]).removesuffix(lexicon.word("derived", kind="growth"))


def _movers(rows: Sequence[Row], several: bool) -> list[Row]:
    """The figures that moved most, where there are several districts at first one of each, so that all are heard."""
    moved = sorted((row for row in rows if _grown(row) is not None), key=_weight)
    if not several:
        return moved[:_MOVERS]
    first: dict[Cell, Row] = {}
    for row in moved:
        first.setdefault(row.cells["district"], row)
    ahead = list(first.values())
    return [*ahead, *(row for row in moved if not any(row is one for one in ahead))][:_MOVERS]


def _told(row: Row) -> dict[str, Any]:
    """A figure that moved, for a sentence: its size is left out where it is but the rate itself."""
    grown = _grown(row) or 0.0
    rate = row.cells["indicator"] != _measured(row)
    return {
        **row.cells, "what": _measured(row), "grown": growth_text(round(grown, 4)), "size": "" if rate else row.cells["figure"],
        "withheld": row.withheld, "said": row.sentences, "is_computed": row.cells["growth"] is None,
    }  # fmt: skip


def _by_district(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The figures of each district, what matters first; the districts of which most is told in front."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in sorted(rows, key=_weight):
        found[str(row.cells["district"])].append(row)
    return dict(sorted(found.items(), key=lambda one: (-sum(_grown(row) is not None for row in one[1]), -len(one[1]), one[0])))


def _growth(rows: Sequence[Row], several: bool) -> tuple[Bars | None, int]:
    """What moved most as bars, district by district, and how many of them are cut; bars of withheld figures are hollow."""
    first = _movers(rows, several)[:_BARS]
    growing = [(grown * 100, row) for row in first if (grown := _grown(row)) is not None]
    low, high = _fences([growth for growth, _ in growing])
    inside = [0.0, *(growth for growth, _ in growing if low <= growth <= high)]
    low, high = min(low, _LONGER * min(inside)), max(high, _LONGER * max(inside))  # one hardly longer than the next stays whole
    order = list(dict.fromkeys(row.cells["district"] for _, row in growing))
    growing.sort(key=lambda one: (order.index(one[1].cells["district"]), -one[0]))
    bars = [
        Bar(
            f"{row.cells['of']} {row.cells['period']}\n{_measured(row)}", min(max(growth, low), high), f"{round(growth, 1):+g}%",
            row.withheld, not low <= growth <= high,
        )
        for growth, row in growing
    ]  # fmt: skip
    return Bars(tuple(bars)) if len(bars) > 1 else None, sum(bar.cut for bar in bars)


def _fences(values: Sequence[float]) -> tuple[float, float]:
    """Tukey's fences: one and a half spans between the quartiles beyond these; no ends where there are too few values.

    Source: Tukey, Exploratory Data Analysis (1977), 2C.
    """
    if len(values) < _ENOUGH:
        return -float("inf"), float("inf")
    first, third = (float(one) for one in np.percentile(values, [25, 75]))
    return first - _FENCE * (third - first), third + _FENCE * (third - first)
