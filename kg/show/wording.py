"""How figures and periods are worded, in the report as on the pages."""

import tomllib
from calendar import monthrange
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from kg.cells import day, number
from kg.model import Disclosure
from kg.units import name_of


@cache
def words(lang: str) -> Mapping[str, str]:
    """The words of `words.toml` in `zh` or `en`, which tables, pages and report share."""
    told: dict[str, dict[str, str]] = tomllib.loads((resources.files("kg.show") / "words.toml").read_text(encoding="utf-8"))
    return MappingProxyType(told[lang])


def half_widths(text: str) -> int:
    """Room that a text takes, in half characters: a Chinese one takes two."""
    return sum(2 if ord(letter) > 0xFF else 1 for letter in text)


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


def figure_text(disclosure: str, printed: str | None, bounds: tuple[Any, Any], unit: str, words: Mapping[str, str]) -> str:
    """A figure as people read it: as printed, withheld, or with its bounds.

    Args:
        disclosure: a `Disclosure`, or the concept of one (`inc:withheld`).
        printed: number and unit, where a number is printed.
        bounds: lower and upper, in the base unit; None where there is none.
        unit: the base unit.
        words: `withheld`, `about`, `nearly`, `at_least`, `at_most`.
    """
    kind, told = disclosure.removeprefix("inc:"), _bounds_text(bounds, unit, words)
    if kind == Disclosure.WITHHELD:
        return f"{words['withheld']} ({told})" if told else words["withheld"]
    if printed and kind == Disclosure.APPROXIMATE:
        return words["nearly" if bounds[1] is not None else "about"].format(value=printed)
    return printed or told


def _bounds_text(bounds: tuple[Any, Any], unit: str, words: Mapping[str, str]) -> str:
    """The bounds of a figure: `10亿元–100亿元`, `at least 10场`, or nothing."""
    low, high = (None if end is None else amount(end, unit) for end in bounds)
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
