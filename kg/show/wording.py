"""How figures and periods are worded, in the report as on the pages."""

from calendar import monthrange
from collections.abc import Mapping
from typing import Any

from kg.cells import day, number
from kg.units import name_of


def period_text(first: Any, last: Any, lang: str) -> str:
    """A period as people read it: `2023年`, `2023年1–6月` (`2023`, `2023-01 to 2023-06`), else both days.

    What is no day, in RDF of others, stays as it stands there.
    """
    start, end = day(first), day(last)
    if start is None or end is None:
        return f"{first} – {last}"
    whole = start.day == 1 and end.day == monthrange(end.year, end.month)[1] and start.year == end.year
    if not whole:
        return f"{start} – {end}"
    if (start.month, end.month) == (1, 12):
        return f"{start.year}年" if lang == "zh" else str(start.year)
    if lang == "zh":
        return f"{start.year}年{start.month}月" if start.month == end.month else f"{start.year}年{start.month}–{end.month}月"
    return f"{start:%Y-%m}" if start.month == end.month else f"{start:%Y-%m} to {end:%Y-%m}"


def figure_text(row: Any, words: Mapping[str, str]) -> str:
    """A figure as people read it: as printed, withheld, or with its bounds."""
    if row.disclosure == "inc:withheld":
        bounds = bounds_text(row, words)
        return f"{words['withheld']} ({bounds})" if bounds else words["withheld"]
    if row.printed and row.disclosure == "inc:approximate":
        return words["nearly" if row.upper is not None else "about"].format(value=row.printed)
    return str(row.printed) if row.printed else bounds_text(row, words)


def bounds_text(row: Any, words: Mapping[str, str]) -> str:
    """The bounds of a figure: `10亿元–100亿元`, `at least 10场`, or nothing."""
    low, high = (None if v is None else amount(v, row.unit or "") for v in (row.lower, row.upper))
    if low and high:
        return f"{low}–{high}"
    return words["at_least"].format(value=low) if low else words["at_most"].format(value=high) if high else ""


def growth_text(growth: Any) -> str:
    """A growth as a signed percentage: 0.123 is `+12.3%`; what is no number stays as it is."""
    share = number(growth)
    return str(growth) if share is None else f"{share * 100:+g}%"


def amount(given: Any, unit: str) -> str:
    """A value in its base unit with Chinese multipliers: 1.25e9 CNY is `12.5亿元`; what is no number stays as it is."""
    value = number(given)
    if value is None:
        return f"{given}{name_of(unit)}"
    factor, scaled_unit = scaled(value, unit)
    return f"{round(value / factor, 4):g}{scaled_unit}"


def scaled(value: float, unit: str) -> tuple[float, str]:
    """The multiplier that a value of a base unit is told in, and its name with the unit's: 1e8 and `亿元` for 1.25e9 CNY."""
    name = name_of(unit)
    return next(((size, f"{word}{name}") for size, word in ((1e8, "亿"), (1e4, "万")) if abs(value) >= size), (1, name))
