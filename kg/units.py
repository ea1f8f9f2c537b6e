"""Units of `data/lexicon/units.csv`: their base units, what these measure, how they are called."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from kg import lexicon

_SCALES = (("万亿", Decimal(10) ** 12), ("亿", Decimal(10) ** 8), ("万", Decimal(10) ** 4))
"""Multipliers before a unit, the longest word first."""


def base_value(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A figure in its base unit: 12.5 亿元 is 1,250,000,000 CNY.

    Args:
        value: as printed.
        unit: as printed, a multiplier (万, 亿, 万亿) and a unit of `data/lexicon/units.csv`, or `%`.

    Returns:
        The value and the code of the base unit; an unknown unit stays itself.
    """
    if unit == "%":
        return value / 100, "1"
    for word, factor in _SCALES:
        if unit.startswith(word):
            value, unit = value * factor, unit.removeprefix(word)
            break
    for row in lexicon.table("units"):
        if row["unit"] == unit:
            return value * Decimal(row["factor"]), row["base"]
    return value, unit


def base_amount(value: Decimal, unit: str | None) -> tuple[Decimal, str]:
    """An amount of money in its base unit; one told without a unit is in yuan."""
    return base_value(value, unit or lexicon.word("units", base="CNY", factor="1"))


@cache
def _dimensions() -> Mapping[str, str]:
    return MappingProxyType({row["base"]: row["dimension"] for row in lexicon.table("units")})


def dimension_of(base: str) -> str:
    """What a base unit measures: `money`, `area`, `people`, `count` and so on; "" for one that the lexicon does not know."""
    return _dimensions().get(base, "")


def is_count(base: str) -> bool:
    """Whether a base unit counts things or people."""
    return dimension_of(base) in ("count", "people")


def is_whole(base: str) -> bool:
    """Whether figures in a base unit are whole numbers: of things or heads; working time (人年) is none."""
    return is_count(base) and not set(names_of(base)).intersection(lexicon.words("units", in_parts="yes"))


@cache
def names_of(base: str) -> tuple[str, ...]:
    """What a base unit and its multiples are called in print: 元 of CNY."""
    return tuple(row["unit"] for row in lexicon.table("units") if row["base"] == base)


@cache
def name_of(base: str) -> str:
    """The first name of a base unit that stands there as a code; one without a name stays as it is."""
    names = [row["unit"] for row in lexicon.table("units") if row["base"] == base and row["factor"] == "1"]
    return base if base in names else next(iter(names), base)
