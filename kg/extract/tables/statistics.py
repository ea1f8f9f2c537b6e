"""Tables of statistics, a row an indicator: its unit, its value, its growth, its rank, its aim."""

import re
from dataclasses import replace

from kg import lexicon
from kg.extract.document.header import home_district
from kg.extract.tables.columns import Column
from kg.extract.tables.list_titles import unit_of
from kg.extract.text.particles import PIECE
from kg.extract.text.segment import fold, stated_title
from kg.extract.words.quantities import Quantity, quantities
from kg.model import Disclosure, Document, Observation, Period, Span

_PLAIN = re.compile(r"-?[\d,]+(?:\.\d+)?")
_BRACKET = re.compile(r"\((?P<unit>[^()]{1,8})\)$")


def cell_quantity(words: str, unit: str) -> Quantity | None:
    """The figure of a cell: its unit stands in the cell, or in the header (`unit`); a share is in per cent.

    A bare number without a unit is a value without one; words without a figure give None.
    """
    negative = words.startswith("-") or (words.startswith("(") and words.endswith(")") and words[1:2].isdigit())
    bare = words.strip("()") if negative else words
    bare = bare.lstrip("-").lstrip("¥￥").strip()
    read = next((q for text in (bare, bare + unit) for q in quantities(text, []) if q.kind in ("amount", "share")), None)
    if read is None and _PLAIN.fullmatch(bare):
        counted = next(iter(quantities(f"{bare}{PIECE}", [])), None)
        read = replace(counted, unit="", base="") if counted else None
    if read is None:
        return None
    times = (100 if read.kind == "share" else 1) * (-1 if negative else 1)
    value, lower, upper = (None if size is None else size * times for size in (read.value, read.lower, read.upper))
    return replace(read, value=value, lower=lower, upper=upper)


def statistics(document: Document, known: list[tuple[Column, Span]], period: Period | None, lines: tuple[str, ...]) -> list[Observation]:
    """Figures of a row that names an indicator: the value, and the aim where a column tells it.

    Args:
        document: the table; its title says of which district it is.
        known: the row's cells with what their columns mean.
        period: of the table.
        lines: those around it, which may give the unit of figures that name none.

    Returns:
        No figure where the row names no indicator, or has no value for it.
    """
    cells = {column.role: (column, span, fold(document.quote(span)).strip()) for column, span in known}
    if "indicator" not in cells:
        return []
    indicator, _, aside = cells["indicator"][2].partition("(")
    inside = _BRACKET.search(f"({aside}") if aside else None
    unit = cells["unit"][2] if "unit" in cells else inside["unit"] if inside else ""
    unit = unit or unit_of((*lines, document.title), lexicon.mapping("indicators", "dimension").get(indicator.strip(), ""))
    growth = cell_quantity(cells["growth"][2], "%") if "growth" in cells else None
    rank = re.search(r"\d+", cells["rank"][2]) if "rank" in cells else None
    about = home_district(document) or stated_title(document) or indicator
    found = []
    for role, planned in (("value", False), ("target", True)):
        read = cell_quantity(cells[role][2], unit) if role in cells else None
        if read is None:
            continue
        grown = growth.value / 100 if growth and growth.value is not None and not planned else None
        found.append(
            Observation(
                about, indicator.strip(), cells[role][1], period, read.value, read.unit or unit or None, grown,
                int(rank[0]) if rank and not planned else None,
                disclosure=read.disclosure, lower=read.lower, upper=read.upper, planned=planned,
            )
        )  # fmt: skip
    if not found and growth is not None:
        found.append(
            Observation(
                about, indicator.strip() + lexicon.word("report_words", "speed"), cells["growth"][1], period, growth.value, "%",
                None if growth.value is None else growth.value / 100,
                disclosure=Disclosure.WITHHELD if growth.value is None else Disclosure.DISCLOSED,
            )
        )  # fmt: skip
    return found
