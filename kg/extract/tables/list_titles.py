"""What the lines around a table state of each of its rows: what a list grants (`高新技术企业名单(2024年6月)`), the unit of its figures."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kg import lexicon
from kg.extract.text.particles import MAGNITUDES, NUMERALS
from kg.extract.text.segment import fold
from kg.lexicon import any_of, pattern
from kg.model import Document, Span

_QUOTES = re.compile("[“”\"'《》\\s]")
_YEAR = re.compile(r"(?<!\d)(20\d{2})(?!\d)")
_SHORTEST, _LONGEST = 4, 20
"""Characters of the name of a recognition."""


@dataclass(frozen=True, slots=True)
class Granted:
    """What the rows of a list received, or are to receive (`planned`), and where the text names it, if it does."""

    name: str
    type: Literal["Recognition", "Award"]
    planned: bool
    year: int | None
    place: Span | None


def granted(document: Document, about: tuple[str, ...]) -> Granted | None:
    """What a list's title says that each of its rows received, or None.

    Args:
        document: the table; its title and the name of its file tell of its rows too.
        about: lines around the table, the nearest first.
    """
    lines = [fold(line) for line in (*about, document.title, document.source.rpartition(".")[0]) if line]
    found = next(((line, *told) for line in lines if (told := _named(line))), None)
    if found is None or any(_says("refused", line) and _says("list", line) for line in lines):
        return None
    line, name, kind = found
    grade = _grade().fullmatch(lines[0])  # 一等奖, over a group of rows
    name += grade["grade"] if grade and kind == "Award" and not name.endswith(grade["grade"]) else ""
    years = [int(match[1]) for text in (line, *lines) for match in [_YEAR.search(text)] if match]
    spelt = (variant for variant in _spellings(name) if variant in document.text)
    at = document.text.find(variant) if (variant := next(spelt, "")) else -1
    place = Span(at, at + len(variant)) if at >= 0 else None
    return Granted(name, kind, _says("intended", line), years[0] if years else None, place)


def unit_of(about: Iterable[str], dimension: str) -> str:
    """The unit that a note such as `单位:万元` gives to figures of a dimension (`money`), "" where none does."""
    dimensions = lexicon.mapping("units", "dimension")
    for line in about:
        if note := pattern("list_unit").search(fold(line)):
            for unit in re.split("[、,/ ]+", note["units"].strip()):
                if dimensions.get(re.sub(f"^[{MAGNITUDES}]+", "", unit)) == dimension:
                    return unit
    return ""


def _named(line: str) -> tuple[str, Literal["Recognition", "Award"]] | None:
    """The recognition or the award in the title of a list."""
    if not _says("list", line):
        return None
    plain = _QUOTES.sub("", line)
    known = max((variant for variant in _variants() if variant in plain), key=len, default="")
    if known:
        return _variants()[known], "Recognition"
    before = pattern("list_before")
    award = pattern("list_award").search(before.sub("", plain))
    if award:
        return before.sub("", award["name"]), "Award"
    honoured = _honoured(plain)
    return (honoured, "Recognition") if honoured else None


def _honoured(plain: str) -> str:
    """`省级企业技术中心` of a title: what bears a level or a word of honour, "" where nothing does."""
    tail = any_of(word for role in ("said", "intended", "list") for word in lexicon.words("list_titles", role))
    core = pattern("list_before").sub("", pattern("list_upto").sub("", re.sub(r"\([^()]*\)$", "", plain)))
    core = re.sub(rf"(?:{tail})+$", "", core)
    ends = core.endswith(lexicon.words("object_endings", "given", type="Recognition"))
    if not ends or not _SHORTEST <= len(core) <= _LONGEST or _says("common", core):
        return ""
    level = pattern("list_level").search(core)
    titled = level and len(core) - level.end() > 2 and not core.endswith(lexicon.words("list_titles", "kind"))
    return core if titled or any(word in core for word in lexicon.words("honours")) else ""


@cache
def _grade() -> re.Pattern[str]:
    grades = "|".join(lexicon.words("awards", "grade"))
    return re.compile(rf"\s*(?:[{NUMERALS[:6]}]、|\([{NUMERALS[:6]}]\))?\s*(?P<grade>{grades})\s*(?:\([^()]*\))?:?")


def _says(role: str, line: str) -> bool:
    return any(word in line for word in lexicon.words("list_titles", role))


@cache
def _variants() -> Mapping[str, str]:
    """Spelling without quotes → name, of the recognitions that are known."""
    found = {}
    for row in lexicon.table("recognitions"):
        for variant in (row["name"], *filter(None, row["aliases"].split("|"))):
            found[_QUOTES.sub("", fold(variant))] = row["name"]
    return found


def _spellings(name: str) -> list[str]:
    """How a text may spell a recognition or an award, the longest first."""
    rows = (row for row in lexicon.table("recognitions") if row["name"] == name)
    spelt = {name, *(alias for row in rows for alias in row["aliases"].split("|") if alias)}
    return sorted(spelt, key=len, reverse=True)
