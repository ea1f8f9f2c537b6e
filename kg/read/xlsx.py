"""Workbooks of Office Open XML (`.xlsx`, `.xlsm`, `.xltx`), transitional and strict: what each cell shows (ECMA-376 Part 1, 18.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from kg.read.grid import Tab, place
from kg.read.markup import Element
from kg.read.number_format import BUILT_IN, shown, shown_text, truth
from kg.read.package import Package

_REFERENCE = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_NO = ("0", "false", "off")
Words = list[tuple[str, bool]]
"""Runs of a rich text, each with whether it is struck through."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What a cell's style says: its number format, and whether its words are struck through."""

    code: str
    struck: bool = False


_GENERAL = _Look("General")


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share."""

    texts: list[Words]
    looks: list[_Look]
    date1904: bool


def tabs(package: Package) -> Iterator[tuple[str, Tab | None]]:
    """Sheets of a workbook in their order, each with its name; None for a hidden one.

    Raises:
        ReadError, zipfile.BadZipFile, lxml.etree.XMLSyntaxError: no workbook, or a broken one.
    """
    book = package.root(package.main)
    related = package.relations(package.main)
    shared = {kind: target for kind, target in related.values() if kind in ("sharedStrings", "styles")}
    properties = book.find("{*}workbookPr")
    whole = _Book(
        _shared_texts(package, shared.get("sharedStrings", "")),
        _looks(package.find(shared.get("styles", ""))),
        properties is not None and _is_set(properties, "date1904"),
    )
    for sheet in book.iterfind("{*}sheets/{*}sheet"):
        identity = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, target = related.get(identity, ("", ""))
        if kind == "worksheet" and target in package:
            visible = sheet.get("state", "visible") == "visible"
            yield sheet.get("name", ""), _tab(package.open(target), sheet.get("name", ""), whole) if visible else None


def _stream(stream: IO[bytes], *tags: str) -> Iterator[Any]:
    """Elements of some names as they close; what stands before them is let go of."""
    wanted = {f"{{*}}{tag}" for tag in tags}
    for _, element in etree.iterparse(stream, tag=wanted, resolve_entities=False, no_network=True, huge_tree=True):
        yield element
        element.clear()
        parent = element.getparent()
        while parent is not None and element.getprevious() is not None:
            del parent[0]


def _is_set(element: Any, name: str, default: str = "0") -> bool:
    return element.get(name, default).lower() not in _NO


def _shared_texts(package: Package, name: str) -> list[Words]:
    return [_words(item) for item in _stream(package.open(name), "si")] if name in package else []


def _words(item: Any) -> Words:
    """Runs of a text; readings of characters (`rPh`) are none."""
    runs: Words = []
    for child in item:
        kind = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if kind == "t":
            runs.append((_plain(child.text), False))
        elif kind == "r":
            strike = child.find("{*}rPr/{*}strike")
            runs.append(("".join(_plain(t.text) for t in child.iterfind("{*}t")), strike is not None and _is_set(strike, "val", "1")))
    return runs


def _plain(text: str | None) -> str:
    r"""`_x000D_` is a character that XML cannot hold (22.4.2.2)."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text or "").replace("\r", "") if text and "_x" in text else text or ""


def _looks(styles: Element | None) -> list[_Look]:
    if styles is None:
        return []
    codes = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.iterfind("{*}numFmts/{*}numFmt")}
    struck = [(s := font.find("{*}strike")) is not None and _is_set(s, "val", "1") for font in styles.iterfind("{*}fonts/{*}font")]
    found = []
    for style in styles.iterfind("{*}cellXfs/{*}xf"):
        number, font = style.get("numFmtId", "0"), style.get("fontId", "0")
        code = codes.get(number) or (BUILT_IN.get(int(number), "General") if number.isdigit() else "General")
        found.append(_Look(code, font.isdigit() and int(font) < len(struck) and struck[int(font)]))
    return found


def _tab(stream: IO[bytes], name: str, book: _Book) -> Tab:
    tab = Tab(name)
    row = -1
    for element in _stream(stream, "cols", "row", "mergeCell"):
        match etree.QName(element).localname:
            case "row":
                row = _number(element.get("r"), row + 1)
                if _is_set(element, "hidden"):
                    tab.hidden_rows.add(row)
                _read_row(tab, row, element, book)
            case "cols":
                tab.hidden_columns += [
                    (_number(one.get("min"), 0), _number(one.get("max"), 0)) for one in element if _is_set(one, "hidden")
                ]
            case _:
                ends = [_REFERENCE.fullmatch(end) for end in element.get("ref", "").replace("$", "").split(":")]
                if len(ends) == 2 and ends[0] and ends[1]:
                    corners = [(int(end["row"]) - 1, _column(end["column"])) for end in ends if end]
                    tab.merged.append((*corners[0], *corners[1]))
    return tab


def _number(words: str | None, otherwise: int) -> int:
    """A number from 1 as one from 0."""
    return int(words) - 1 if words and words.isdigit() and 0 < len(words) < 8 else otherwise


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _read_row(tab: Tab, row: int, element: Any, book: _Book) -> None:
    column = -1
    for cell in element:
        if not isinstance(cell.tag, str) or not cell.tag.endswith("}c"):
            continue
        match = _REFERENCE.fullmatch(cell.get("r", ""))
        column = _column(match["column"]) if match else column + 1
        tab.put(row, column, _cell(tab, cell, (row, column), book))


def _cell(tab: Tab, cell: Any, at: tuple[int, int], book: _Book) -> str:
    """What a cell shows; errors, formulas without a result and struck-through words are noted."""
    style = cell.get("s", "0")
    look = book.looks[int(style)] if style.isdigit() and int(style) < len(book.looks) else _GENERAL
    kind = cell.get("t", "n")
    held = {child.tag.rpartition("}")[2]: child for child in cell if isinstance(child.tag, str)}
    value = held["v"].text if "v" in held else None
    if kind == "e":
        tab.errors.append(f"{place(*at)} {value or ''}".strip())
        return ""
    if kind == "inlineStr":
        return _unstruck(tab, _words(held["is"]) if "is" in held else [], look, at)
    if kind == "s":
        known = value is not None and value.strip().isdigit() and int(value) < len(book.texts)
        return _unstruck(tab, book.texts[int(value or 0)] if known else [], look, at)
    if not value:
        tab.uncounted += [place(*at)] if "f" in held and kind != "str" else []
        return ""
    words = _shown(value, kind, look.code, book.date1904)
    if look.struck or kind == "str":
        return _unstruck(tab, [(words, False)], look, at)
    return words


def _unstruck(tab: Tab, words: Words, look: _Look, at: tuple[int, int]) -> str:
    if len(words) == 1 and not look.struck and not words[0][1]:
        return shown_text(words[0][0], look.code)
    text = "".join(run for run, struck in words if not struck)
    if look.struck or any(struck and run.strip() for run, struck in words):
        tab.struck += [place(*at)] if any(run.strip() for run, _ in words) else []
        return "" if look.struck else text
    return shown_text(text, look.code)


def _shown(value: str, kind: str, code: str, date1904: bool) -> str:
    match kind:
        case "b":
            return truth(value.strip() in ("1", "true"))
        case "d":
            return value.removesuffix("Z").removesuffix("T00:00:00").replace("T", " ")
        case "str":
            return _plain(value)
    try:
        return shown(float(value), code, date1904)
    except (ValueError, OverflowError):
        return value
