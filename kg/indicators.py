"""Indicators and units by their standard names."""

from decimal import Decimal

from kg import lexicon


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
    scale = {"万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4}
    for word, factor in scale.items():
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


def canonical_indicator(indicator: str) -> str:
    """The standard name of an indicator: `营收` is `营业收入`; one that the lexicon does not know stays itself."""
    return lexicon.mapping("indicators", "canonical").get(indicator, indicator)


def dimension(indicator: str) -> str:
    """`money`, `area`, `people`, `count`, or "" where the lexicon does not say."""
    return lexicon.mapping("indicators", "dimension").get(indicator, "")
