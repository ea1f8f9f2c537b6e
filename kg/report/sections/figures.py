"""Key figures: as printed, withheld, or with their bounds."""

from typing import Any

from kg.cells import number
from kg.report.content import Bar, Bars, Cell, Content, Row, Share
from kg.report.material import Material, grouped, measured
from kg.show.wording import figure_text, period_text

_BARS = 15
_MOST = 1e6
"""Growth beyond which a bar would leave no room for the others: a slip of a pen rather than a finding."""


def figures(material: Material) -> Content | None:
    """All figures, and the growth of those that have one."""
    answer = material.rows("figures")
    if not answer:
        return None
    rows = grouped(answer, lambda row: _cells(row, material), lambda row: bool(row.disclosure == "inc:withheld"))
    hidden = [row for row in rows if row.withheld]
    values = {
        "figures": len(rows),
        "withheld": len(hidden),
        "withheld_said": tuple(s for row in hidden for s in row.sentences),
        "withheld_growing": sum(row.cells["growth"] is not None for row in hidden),
    }
    return Content(values, {"figures": rows}, {"growth": chart} if (chart := _growth(rows)) else {})


def _cells(row: Any, material: Material) -> dict[str, Cell]:
    words = material.words
    return {
        "of": row.of or "",
        "indicator": row.indicator,
        "figure": figure_text(row, words),
        "growth": row.growth if (share := number(row.growth)) is None else Share(share, signed=True),
        "rank": f"{row.scope or ''} {row.rank}".strip() if row.rank else "",
        "period": period_text(row.start, row.end, material.lang) if row.start is not None else "",
        "disclosure": material.concept(row.disclosure),
        "planned": words["yes"] if row.planned else "",
        "value": measured(row.value),
        "lower": measured(row.lower),
        "upper": measured(row.upper),
        "unit": row.unit or "",
        "start": row.start,
        "end": row.end,
    }


def _growth(rows: list[Row]) -> Bars | None:
    """The fastest and slowest growth; bars of withheld figures are hollow."""
    growing: list[tuple[float, Row]] = [
        (cell.value, row) for row in rows if isinstance(cell := row.cells["growth"], Share) and abs(cell.value) < _MOST
    ]
    first = sorted(growing, key=lambda one: (-one[0], str(one[1].cells["indicator"])))[:_BARS]
    bars = [
        Bar(f"{row.cells['of']} {row.cells['indicator']}".strip(), growth * 100, f"{round(growth * 100, 1):+g}%", row.withheld)
        for growth, row in first
    ]
    return Bars(tuple(bars)) if len(bars) > 1 else None
