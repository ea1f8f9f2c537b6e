"""Numbers that Word counts for paragraphs (`一、`, `(一)`, `1.`) and does not write into their text (ISO/IEC 29500-1, 17.9)."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.read.markup import Element, child, children, is_on, value, whole
from kg.read.numerals import printed
from kg.read.word.styles import Styles

_LEVELS = 9


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is counted and printed; `text` is such as `%1、`, `restart` the level that restarts it."""

    text: str = ""
    form: str = "decimal"
    start: int = 1
    restart: int | None = None
    plain: bool = False
    style: str = ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list (`w:num`): the count that it shares (`w:abstractNum`), its levels, and where it begins anew."""

    count: str
    levels: Mapping[int, _Level]
    anew: Mapping[int, int]


class Numbering:
    """Counts the numbered paragraphs of a Word document, to be asked in the order in which they stand."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._lists = _lists(root, styles)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._begun: set[tuple[str, int]] = set()

    def label(self, paragraph: Element) -> str:
        """What Word prints before a paragraph, or "" where it counts none (bullets count none)."""
        listed, level = self._place(paragraph)
        if listed not in self._lists:
            return ""
        levels = self._lists[listed].levels
        counts = self._count(listed, level)
        own = levels.get(level, _Level(form="bullet"))
        if own.form in ("bullet", "none"):
            return ""
        text = own.text
        for at in range(level + 1):
            other = levels.get(at, _Level())
            form = "decimal" if own.plain and other.form != "decimalZero" else other.form
            text = text.replace(f"%{at + 1}", printed(counts.get(at, other.start), form))
        return text

    def _count(self, listed: str, level: int) -> dict[int, int]:
        """Counts of the levels with this paragraph; levels of one `w:abstractNum` go on counting from list to list."""
        known = self._lists[listed]
        counts = self._counts[known.count]
        if level in known.anew and (listed, level) not in self._begun:
            counts[level] = known.anew[level] - 1
        self._begun.add((listed, level))
        counts[level] = counts.get(level, known.levels.get(level, _Level()).start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            restart = known.levels.get(deeper, _Level()).restart
            if restart is None or (restart and level < restart):
                del counts[deeper]
        return counts

    def _place(self, paragraph: Element) -> tuple[str, int]:
        """List and level of a paragraph, its own or its style's; list "" where it has none."""
        style = self._styles.of_paragraph(paragraph)
        own, styled = child(paragraph, "w:pPr", "w:numPr"), self._styles.numbering(style)
        listed = next((value(found) for n in (own, styled) if (found := child(n, "w:numId")) is not None), "")
        stated = next((value(found) for n in (own, styled) if (found := child(n, "w:ilvl")) is not None), "")
        if not stated and listed in self._lists:
            linked = [style, *(value(one, "w:styleId") for one in self._styles.chain(style))]
            levels = self._lists[listed].levels
            return listed, next((at for name in linked for at, level in levels.items() if name and level.style == name), 0)
        return listed, min(max(whole(stated), 0), _LEVELS - 1)


def _lists(root: Element | None, styles: Styles) -> dict[str, _List]:
    kinds = {value(kind, "w:abstractNumId"): kind for kind in children(root, "w:abstractNum")}
    counts = {value(listed, "w:numId"): value(child(listed, "w:abstractNumId")) for listed in children(root, "w:num")}

    def levels(count: str, seen: tuple[str, ...] = ()) -> dict[int, _Level]:
        """Levels of a `w:abstractNum`, or of the one whose style it borrows (17.9.21)."""
        kind = kinds.get(count)
        if borrowed := value(child(kind, "w:numStyleLink")):
            other = counts.get(value(child(styles.numbering(borrowed), "w:numId")), "")
            return levels(other, (*seen, count)) if other not in (*seen, count) else {}
        return {whole(value(level, "w:ilvl")): _level(level) for level in children(kind, "w:lvl")}

    found = {}
    for listed in children(root, "w:num"):
        number = value(listed, "w:numId")
        known, anew = levels(counts[number]), {}
        for override in children(listed, "w:lvlOverride"):
            at = whole(value(override, "w:ilvl"))
            if (own := child(override, "w:lvl")) is not None:
                known[at] = _level(own)
            if (start := child(override, "w:startOverride")) is not None:
                anew[at] = whole(value(start))
                known[at] = replace(known.get(at, _Level()), start=anew[at])
        found[number] = _List(counts[number], known, anew)
    return found


def _level(level: Element) -> _Level:
    restart, plain = child(level, "w:lvlRestart"), child(level, "w:isLgl")
    return _Level(
        value(child(level, "w:lvlText")),
        value(child(level, "w:numFmt"), default="decimal"),
        whole(value(child(level, "w:start"), default="1"), 1),
        None if restart is None else whole(value(restart)),
        plain is not None and is_on(plain),
        value(child(level, "w:pStyle")),
    )
