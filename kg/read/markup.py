"""XML of office files: parsed within limits, its names short and alike for the transitional and the strict form."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

from kg.errors import ReadError

Element = Any
"""An element of lxml; its class is private there."""

MAX_TAGS = 10_000_000
"""Tags of one part; memory grows with them, some hundred bytes each."""
_OFF = frozenset({"0", "false", "off"})
_SPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/drawing/2014/chartex": "cx",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://purl.org/dc/elements/1.1/": "dc",
}
"""Namespaces that a document's text stands in (ISO/IEC 29500-1, annex A, and 29500-4), by their usual prefixes."""
_FULL: dict[str, tuple[str, ...]] = {
    prefix: tuple(space for space, known in _SPACES.items() if known == prefix) for prefix in dict.fromkeys(_SPACES.values())
}


def parse(data: bytes, where: str) -> Element:
    """Root of a part: nothing is fetched, no entity is expanded, nothing is guessed where it is broken.

    Raises:
        ReadError: broken, nested beyond 256 levels, with a document type, or with too many tags; it begins with `where`.
    """
    if data.count(b"<") > MAX_TAGS:
        raise ReadError(f"{where} holds more than {MAX_TAGS:,} XML tags. Split the document.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError(f"{where} is broken ({error.msg}). Open the document and save it again.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ReadError(f"{where} declares a document type, which no office document does. Open the document and save it again.")
    return root


@lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    space, _, local = tag.rpartition("}")
    return f"{_SPACES.get(space[1:], '?')}:{local}"


def kind(element: Element) -> str:
    """Name of an element with its usual prefix (`w:p`), `?:` before one of another namespace."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def unprefixed(element: Element) -> str:
    """Name of an element without its namespace (`p`), "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def value(element: Element | None, name: str = "w:val", default: str = "") -> str:
    """An attribute of an element that may be absent."""
    if element is None:
        return default
    prefix, _, local = name.rpartition(":")
    found = (element.get(f"{{{space}}}{local}") for space in _FULL[prefix]) if prefix else iter([element.get(local)])
    return next((text for text in found if text is not None), default)


def whole(text: str, default: int = 0) -> int:
    """A whole number of an attribute; what is none, or has more than nine digits, is `default`."""
    sign, digits = (-1, text[1:]) if text.startswith("-") else (1, text)
    return sign * int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 9 else default


def child(element: Element | None, *names: str) -> Element | None:
    """The element at the end of a path of child names (`w:pPr`, `w:rPr`), None where one is missing."""
    for name in names:
        element = next(children(element, name), None)
    return element


def children(element: Element | None, name: str) -> Iterator[Element]:
    """Children of one name, whatever their namespace where it has no prefix."""
    named = kind if ":" in name else unprefixed
    return (inner for inner in (() if element is None else element) if named(inner) == name)


def is_on(element: Element) -> bool:
    """Whether a property such as `w:strike` is switched on: it is where it stands without a value (17.17.4)."""
    return value(element, "w:val", "1").lower() not in _OFF
