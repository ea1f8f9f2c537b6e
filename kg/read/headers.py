"""What the rows of a sheet are, by their words: a header, a row of totals, a note, who signed."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from types import MappingProxyType

from kg import lexicon
from kg.lexicon import any_word, pattern, pattern_text

_NUMBER = re.compile(r"[\d.,%\-/:+¥￥()（）\s]*")
_BRACKET = re.compile(r"[(（][^()（）]*[)）]")
_LONGEST = 30
"""Characters of a header, at most."""


def is_number(cell: str) -> bool:
    """Whether a cell holds nothing but digits and marks."""
    return _NUMBER.fullmatch(cell) is not None


@cache
def _known() -> Mapping[str, str]:
    """Header, folded → its role; indicators are figures."""
    found = {plain(word): "figure" for word in lexicon.words("indicators")}
    for line in lexicon.table("table_lines"):
        if line["role"] in ("ordinal", "aside"):
            found[plain(line["word"])] = line["role"]
    found |= {plain(line["header"]): line["role"] for line in lexicon.table("headers")}
    return MappingProxyType(found)


def plain(header: str) -> str:
    """A header without spaces, brackets and case."""
    return _BRACKET.sub("", re.sub(r"\s", "", header)).lower() or header.strip().lower()


@lru_cache(maxsize=4096)
def role(header: str) -> str:
    """What a cell means where it is a column's header, "" for one that the lexicon does not know; of a group, what its last part does."""
    if not 0 < len(header) <= _LONGEST:
        return ""
    words = plain(header.rpartition("/")[2])
    return _known().get(words) or _known().get(pattern("column_year").sub("", words), "")


def is_known_header(cells: Sequence[str]) -> bool:
    """Whether half of a row's cells, two at least, are headers that the lexicon knows, and none is a number."""
    words = [cell for cell in cells if cell.strip()]
    if len(set(words)) < 2:
        return False
    if any(is_number(cell) for cell in words):
        return False
    known = sum(role(cell) != "" for cell in words)
    return known >= 2 and known * 2 >= len(words)


@cache
def _lines(kind: str) -> re.Pattern[str]:
    return re.compile(rf"\s*{any_word('table_lines', kind)}", re.IGNORECASE)


_BEHIND = {
    "note": r"\s*\d{0,2}\s*(?:[:：.、]|$)|[(（]?\d",
    "signed": r"[^:：]{0,6}[:：]",
    "unit": r"\s*[:：]",
}


def line_kind(text: str) -> str:
    """`note`, `signed`, `unit` or `annex` for a line that begins like one (`注：`, `填报人：`, `单位：万元`, `附件1`), else ""."""
    bare = text.lstrip(" \t（(*※")
    for kind, behind in (*_BEHIND.items(), ("annex", pattern_text("annex_number"))):
        if (match := _lines(kind).match(bare)) and re.match(behind, bare[match.end() :]):
            return kind
    return ""


@cache
def _totals(loose: bool) -> re.Pattern[str]:
    words = "|".join(r"\s*".join(map(re.escape, word)) for word in lexicon.words("table_lines", "total"))
    whole = any_word("table_lines", "whole")
    of, count = (pattern_text(name) for name in ("total_of", "total_count"))
    before = rf"(?:{whole}|[^\s\d]{{1,6}}?)?" if loose else rf"(?:{whole}|{of})?"  # 区属小计, 剔除重复后合计
    return re.compile(rf"\s*{before}\s*(?:{words})\s*(?:[(（][^()（）]*[)）])?\s*[:：]?\s*(?:{count})?\s*", re.IGNORECASE)


_LEADING = 3
"""Cells at the beginning of a row among which the word for a total stands."""


def is_total(cells: Sequence[str], numbered: bool) -> bool:
    """Whether a row sums up others.

    Args:
        cells: the row.
        numbered: whether the rows of the table bear numbers, so that one without a number may sum up a group (`青浦镇小计`).
    """
    told = [cell for cell in cells if cell.strip()][:_LEADING]
    loose = numbered and bool(told) and not is_number(cells[0])
    return any(_totals(loose and place == 0).fullmatch(cell) for place, cell in enumerate(told))


def is_column_numbers(cells: Sequence[str]) -> bool:
    """Whether a row numbers the columns: `甲 | 乙 | 1 | 2 | 3`."""
    told = [cell.strip() for cell in cells if cell.strip()]
    if len(told) < 3 or any(pattern("column_number").fullmatch(cell) is None for cell in told):
        return False
    numbers = [int(cell.strip("()（）")) for cell in told if cell.strip("()（）").isdigit()]
    return numbers == list(range(1, len(numbers) + 1))
