"""Styles and lists of OpenDocument: which words are seen, and which numbers are printed (OpenDocument 1.3, part 3, 16 and 19)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.read.markup import Element, unprefixed, whole
from kg.read.numerals import printed

_DEEPEST = 10
_PARENTS = 50
"""How many styles a style may descend from, so that a ring of them ends."""
_FORMS = {
    "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "①": "decimalEnclosedCircleChinese",
    "一": "chineseCounting", "壹": "chineseLegalSimplified", "甲": "ideographTraditional", "子": "ideographZodiac",
    "１": "decimalFullWidth", "ア": "decimal", "イ": "decimal",
}  # fmt: skip
"""First sign of a number's format (19.500) → its name in ISO/IEC 29500."""


def attribute(element: Element | None, name: str, default: str = "") -> str:
    """An attribute by its local name, in whatever namespace."""
    for key, value in () if element is None else element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return default


class _Style(NamedTuple):
    parent: str
    listed: str
    display: str
    struck: str


class _Level(NamedTuple):
    """How a level's number is printed: `shape` holds `%1%` for the number of level 1."""

    shape: str
    forms: tuple[str, ...]
    start: int


class Styles:
    """Styles of a document, those of its text and those that are named."""

    def __init__(self, roots: Sequence[Element]) -> None:
        self._styles: dict[str, _Style] = {}
        self.lists: dict[str, dict[int, _Level]] = {}
        for root in reversed(roots):
            for style in root.iter("{*}style"):
                found = _style(style)
                self._styles[attribute(style, "name")] = found
            for listed in root.iter("{*}list-style", "{*}outline-style"):
                self.lists["" if unprefixed(listed) == "outline-style" else attribute(listed, "name")] = _levels(listed)

    def _chain(self, name: str) -> list[_Style]:
        found: list[_Style] = []
        while name in self._styles and len(found) < _PARENTS:
            found.append(self._styles[name])
            name = found[-1].parent
        return found

    def unseen(self, name: str) -> str:
        """Why words of a style are not seen (`hidden`, `struck`), "" where they are."""
        chain = self._chain(name)
        if next((style.display for style in chain if style.display), "") == "none":
            return "hidden"
        struck = next((style.struck for style in chain if style.struck), "")
        return "struck" if struck and struck != "none" else ""

    def list_of(self, name: str) -> str:
        """List style of a paragraph's style."""
        return next((style.listed for style in self._chain(name) if style.listed), "")


def _style(style: Element) -> _Style:
    words = next((part for part in style if unprefixed(part) == "text-properties"), None)
    struck = attribute(words, "text-line-through-style") or attribute(words, "text-line-through-type")
    return _Style(attribute(style, "parent-style-name"), attribute(style, "list-style-name"), attribute(words, "display"), struck)


def _levels(listed: Element) -> dict[int, _Level]:
    numbered = {}
    forms = [""] * (_DEEPEST + 1)
    for level in listed:
        at = whole(attribute(level, "level"), 1)
        if unprefixed(level) not in ("list-level-style-number", "outline-level-style") or not 1 <= at <= _DEEPEST:
            continue
        forms[at] = attribute(level, "num-format")
        first = max(at - max(whole(attribute(level, "display-levels"), 1), 1) + 1, 1)
        usual = ".".join(f"%{one}%" for one in range(first, at + 1))
        shape = attribute(level, "num-list-format") or f"{attribute(level, 'num-prefix')}{usual}{attribute(level, 'num-suffix')}"
        if forms[at]:
            numbered[at] = _Level(shape, tuple(forms), whole(attribute(level, "start-value"), 1))
    return numbered


class Lists:
    """Counts the items of lists and the headings of a text, to be asked in the order in which they stand."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._now: dict[int, int] = {}
        self._known: dict[str, dict[int, int]] = {}
        self._last: dict[str, dict[int, int]] = {}
        self._headings: dict[int, int] = {}

    def begin(self, element: Element, style: str) -> None:
        """Begin a list, or go on with an earlier one where it says so (19.880 and 19.881)."""
        earlier = self._known.get(attribute(element, "continue-list"))
        if earlier is None and attribute(element, "continue-numbering") == "true":
            earlier = self._last.get(style)
        self._now = {} if earlier is None else earlier
        self._last[style] = self._now
        if name := attribute(element, "id"):
            self._known[name] = self._now

    def label(self, style: str, level: int, item: Element) -> str:
        """What is printed before the first paragraph of an item; bullets are nothing."""
        levels = self._styles.lists.get(style, {})
        return _counted(self._now, levels, level, whole(attribute(item, "start-value"), -1))

    def heading(self, heading: Element) -> str:
        """What is printed before a heading that the outline numbers (5.1.2)."""
        level = whole(attribute(heading, "outline-level"), 1)
        if attribute(heading, "is-list-header") == "true" or level not in self._styles.lists.get("", {}):
            return ""
        if attribute(heading, "restart-numbering") == "true":
            self._headings.pop(level, None)
        return _counted(self._headings, self._styles.lists[""], level, whole(attribute(heading, "start-value"), -1))


def _counted(counts: dict[int, int], levels: dict[int, _Level], level: int, stated: int) -> str:
    """Count an item and word its number."""
    own = levels.get(level, _Level("", (), 1))
    counts[level] = stated if stated >= 0 else counts.get(level, own.start - 1) + 1
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]

    def figure(found: re.Match[str]) -> str:
        at = whole(found[1], level)
        form = own.forms[at] if at < len(own.forms) else ""
        start = levels[at].start if at in levels else 1
        return printed(counts.get(at, start), _FORMS.get(form[:1], "decimal"))

    return re.sub(r"%(\d{1,2})%", figure, own.shape)
