"""What a paragraph says: the text of its runs, fields, symbols and formulas, and what stands beside it (17.3)."""

from dataclasses import dataclass, field
from functools import cache
from itertools import groupby

from kg import lexicon
from kg.read.markup import Element, child, children, is_on, kind, value, whole
from kg.read.remarks import Tally
from kg.read.word.accepted import accepted, fields_closed
from kg.read.word.formula import linear
from kg.read.word.styles import Styles

_IN_PARAGRAPH = frozenset({"w:r", "m:oMath"})
_IN_RUN = frozenset(
    (
        "w:r", "w:t", "w:tab", "w:ptab", "w:br", "w:cr", "w:noBreakHyphen", "w:sym", "w:fldChar", "w:footnoteReference",
        "w:endnoteReference", "w:drawing", "w:pict", "w:object",
    )
)  # fmt: skip
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_NOTES = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_SHAPES = frozenset({"w:drawing", "w:pict", "w:object"})
_RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PRIVATE = range(0xF000, 0xF100)
"""Where symbol fonts have their characters."""


@dataclass(slots=True)
class Line:
    """A paragraph as it is read: its words, the shapes anchored in it, the notes it refers to as (part, identifier).

    `cut` is set where words of it are hidden or struck through.
    """

    text: str = ""
    shapes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    cut: bool = False

    def join(self, other: "Line") -> None:
        """Let a paragraph run on into this one."""
        self.text += other.text
        self.shapes += other.shapes
        self.notes += other.notes
        self.cut |= other.cut


class Inline:
    """Reads the paragraphs of one story (body, note, text box) in their order; a field may run over several of them."""

    def __init__(self, story: Element, styles: Styles, tally: Tally) -> None:
        self._styles, self._tally = styles, tally
        self._closed = fields_closed(story)
        self._within: list[bool] = []  # for each open field, whether its instruction is still being read
        self._spaced = story.getroottree().getroot().get(_SPACE) == "preserve"

    def read(self, paragraph: Element) -> Line:
        """What a paragraph says."""
        line = Line()
        style = self._styles.of_paragraph(paragraph)
        pieces: list[tuple[str, str]] = []
        for inner in accepted(paragraph, _IN_PARAGRAPH):
            if kind(inner) == "m:oMath":
                pieces.append(("", linear(inner)))
            else:
                self._run(inner, style, line, pieces)
        for why, group in groupby(pieces, key=lambda piece: piece[0]):
            words = "".join(text for _, text in group)
            if not why:
                line.text += words
            elif words.strip():
                self._tally.add(why, words)
                line.cut = True
        return line

    def _run(self, run: Element, style: str, line: Line, pieces: list[tuple[str, str]]) -> None:
        properties = child(run, "w:rPr")
        why = self._why_left_out(properties, style)
        for inner in accepted(run, _IN_RUN):
            name = kind(inner)
            if name == "w:fldChar":
                pieces.append((why, self._field(inner)))
            elif any(self._within):
                continue
            elif name == "w:r":  # the base text of a ruby
                self._run(inner, style, line, pieces)
            elif name in _SHAPES:
                line.shapes += [inner] if why != "hidden" else []
            elif name in _NOTES:
                line.notes += [(_NOTES[name], value(inner, "w:id"))] if not why else []
            else:
                pieces.append((why, self._said(inner, name, properties)))

    def _why_left_out(self, properties: Element | None, style: str) -> str:
        if self._styles.is_on("w:vanish", properties, style):
            return "hidden"
        struck = any(self._styles.is_on(name, properties, style) for name in ("w:strike", "w:dstrike"))
        return "struck" if struck else ""

    def _said(self, inner: Element, name: str, properties: Element | None) -> str:
        if name == "w:sym":
            return _symbol(value(inner, "w:font"), whole_hex(value(inner, "w:char")))
        if name != "w:t":
            return _SIGNS[name]
        text = inner.text or ""
        if not self._spaced and inner.get(_SPACE) != "preserve":
            text = text.strip(" \t\r\n")
        text = text.translate(_BLANKS)
        font = value(child(properties, "w:rFonts"), "w:ascii")
        if font.lower() in _symbols():
            text = "".join(_symbol(font, ord(char)) if ord(char) < 0x100 or ord(char) in _PRIVATE else char for char in text)
        return text.translate(_RAISED) if self._styles.raised(properties) else text

    def _field(self, mark: Element) -> str:
        """Follow a complex field (17.16.18); what a box of a form shows, which has no result in the text."""
        if mark not in self._closed:
            return ""
        what = value(mark, "w:fldCharType")
        if what == "begin":
            shown = _box(child(mark, "w:ffData")) if not any(self._within) else ""
            self._within.append(True)
            return shown
        if what == "separate":
            self._within[-1] = False
        else:
            self._within.pop()
        return ""


_BLANKS = str.maketrans({"\n": " ", "\r": " ", "\t": " "})


def whole_hex(text: str) -> int:
    """A character's code of an attribute, 0 where it is none."""
    return int(text, 16) if 0 < len(text) <= 4 and all(char in "0123456789abcdefABCDEF" for char in text) else 0


@cache
def _symbols() -> dict[str, dict[int, str]]:
    """Font (in small letters) → code → character."""
    found: dict[str, dict[int, str]] = {}
    for row in lexicon.table("symbols"):
        found.setdefault(row["font"].lower(), {})[int(row["code"], 16)] = row["character"]
    return found


def _symbol(font: str, code: int) -> str:
    """A character of a symbol font as one of Unicode; one that is not known there is nothing, unless it is a usual one."""
    known = _symbols().get(font.lower(), {}).get(code & 0xFF if code in _PRIVATE else code)
    usual = chr(code) if code >= 0x20 and not 0xD800 <= code < 0xF900 else ""
    return usual if known is None else known


def _box(form: Element | None) -> str:
    """What a drop-down list or a check box of a form shows (17.16.17)."""
    if (ticked := child(form, "w:checkBox")) is not None:
        state = next((found for name in ("w:checked", "w:default") if (found := child(ticked, name)) is not None), None)
        return "☒" if state is not None and is_on(state) else "☐"
    offered = child(form, "w:ddList")
    entries = [value(entry) for entry in children(offered, "w:listEntry")]
    at = whole(next((value(found) for name in ("w:result", "w:default") if (found := child(offered, name)) is not None), "0"))
    return entries[at] if 0 <= at < len(entries) else ""
