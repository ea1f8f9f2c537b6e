"""Numbers that Word counts for paragraphs (`一、`, `(一)`, `1.`) and does not write into their text (ECMA-376, 17.9)."""

from collections import defaultdict
from typing import Any

_DIGITS = "零一二三四五六七八九"
_HAN = ("chineseCounting", "chineseCountingThousand", "chineseLegalSimplified", "japaneseCounting", "ideographDigital", "taiwaneseCounting")


class Numbering:
    """Counts the numbered paragraphs of a Word document, to be asked in the order in which they stand."""

    def __init__(self, word: Any) -> None:
        self._levels = _levels(word)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def label(self, paragraph: Any) -> str:
        """What Word prints before a paragraph, or "" where it counts none (bullets count none)."""
        found = _number_of(paragraph)
        if found is None or found[0] not in self._levels:
            return ""
        listed, level = found
        levels = self._levels[listed]
        counts = self._counts[listed]
        counts[level] = counts.get(level, levels.get(level, ("", "", 1))[2] - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        text, form, _ = levels.get(level, ("", "bullet", 1))
        if form in ("bullet", "none"):
            return ""
        for at in range(level + 1):
            start = levels.get(at, ("", "decimal", 1))
            text = text.replace(f"%{at + 1}", _printed(counts.get(at, start[2]), start[1]))
        return text


def _number_of(paragraph: Any) -> tuple[str, int] | None:
    """List and level of a paragraph, its own or its style's."""
    properties = [paragraph._p.pPr]
    style = paragraph.style
    while style is not None:
        properties.append(style.element.pPr)
        style = style.base_style
    for held in properties:
        numbered = None if held is None else held.numPr
        if numbered is not None and numbered.numId is not None:
            return str(numbered.numId.val), numbered.ilvl.val if numbered.ilvl is not None else 0
    return None


def _levels(word: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    """List → level → (text such as `%1、`, form of its number, first number)."""
    try:
        root = word.part.numbering_part.element
    except (KeyError, NotImplementedError):
        return {}
    space = root.nsmap["w"]

    def value(element: Any, name: str, usual: str) -> str:
        child = element.find(f"{{{space}}}{name}")
        return usual if child is None else child.get(f"{{{space}}}val", usual)

    kinds = {
        kind.get(f"{{{space}}}abstractNumId"): {
            int(level.get(f"{{{space}}}ilvl")): (
                value(level, "lvlText", ""),
                value(level, "numFmt", "decimal"),
                int(value(level, "start", "1")),
            )
            for level in kind.findall(f"{{{space}}}lvl")
        }
        for kind in root.findall(f"{{{space}}}abstractNum")
    }
    return {
        listed.get(f"{{{space}}}numId"): kinds.get(value(listed, "abstractNumId", ""), {}) for listed in root.findall(f"{{{space}}}num")
    }


def _printed(number: int, form: str) -> str:
    """A number in the form that a list asks for; forms that Chinese offices do not use stay digits."""
    if form in _HAN:
        return _han(number)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + number - 1)
    if form == "decimalEnclosedCircleChinese" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


def _han(number: int) -> str:
    """`十二` for 12, up to 99."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return str(number)
    return ("" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十") + (_DIGITS[ones] if ones else "")
