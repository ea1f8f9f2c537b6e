"""The Word document that a report is written into: it brings page, styles, numbering of headings and page numbers.

Ours have the form of official papers (GB/T 9704-2012); a user may give another that has the same styles.
"""

import io
import zipfile
from copy import deepcopy
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.exceptions import InvalidXmlError
from docx.shared import Emu
from lxml.etree import LxmlError

from kg import files
from kg.errors import ReadError, UsageError
from kg.read.clean import Raw
from kg.read.word.package import Package

STYLES = {
    WD_STYLE_TYPE.PARAGRAPH: (
        "Title", "Heading 1", "Heading 2", "Heading 3", "Text of report", "Remark", "Caption", "Table text", "Small table text", "Evidence",
    ),
    WD_STYLE_TYPE.TABLE: ("Table Grid",),
}  # fmt: skip
"""Styles that a template must have, as docs/report.md lists them."""
WITHHELD, TABLE = "Withheld", "Report table"
"""Styles that a template may have: one that lacks them gets ours, the table's on its own `Table Grid`."""
_OURS = ((WITHHELD, WD_STYLE_TYPE.CHARACTER), (TABLE, WD_STYLE_TYPE.TABLE))
MOST = 20 * 1024 * 1024
"""Bytes of a template at most."""
_NO_DOCX = (AttributeError, IndexError, InvalidXmlError, KeyError, LxmlError, TypeError, ValueError)
"""What python-docx raises where a package is none of a document, or lacks what it asks for."""
_USUAL_SIZE, _DEPTH, _LEAST_MM = 10.5, 20, 50
"""Points where no style says them, how many styles may be based on each other, the narrowest page in millimetres."""


def opened(template: Path | None, lang: str) -> Any:
    """A document to write a report into; what a template's pages hold stays before it.

    Args:
        template: a user's own; ours in `lang` where it is left out.
        lang: `zh` or `en`.

    Raises:
        UsageError: it lacks a style, is no `.docx` or is too large.
    """
    ours = Path(__file__).parent / "templates" / f"{lang}.docx"
    path = template or ours
    data = files.contents(path, MOST, UsageError)
    try:
        Package(Raw(path, data)).document()  # refuses what is locked, broken or unpacks beyond the limits
        document = Document(io.BytesIO(data))
        known = {(style.name, style.type) for style in document.styles}
        fits = text_width(document) >= _LEAST_MM and document.core_properties is not None
    except ReadError as error:
        raise UsageError(str(error)) from error
    except _NO_DOCX as error:
        raise UsageError(f"{path} is no .docx that can be a template. Open it in Word and save it as .docx.") from error
    asked = [(name, kind) for kind, names in STYLES.items() for name in names] + [one for one in _OURS if one[0] in document.styles]
    if missing := [name for name, kind in asked if (name, kind) not in known]:
        raise UsageError(f"{path} lacks the style {', '.join(missing)}. docs/report.md lists those that a template must have.")
    if not fits:
        raise UsageError(f"{path} leaves less than {_LEAST_MM} mm between its margins. Widen its page.")
    for name, kind in _OURS:
        if name not in document.styles:
            document.styles.element.append(deepcopy(Document(str(ours)).styles[name].element))
            document.styles[name].base_style = document.styles["Table Grid"] if kind == WD_STYLE_TYPE.TABLE else None
    for blank in document.element.body.xpath("./w:p[not(w:r)][following-sibling::*[1][self::w:sectPr]]"):
        document.element.body.remove(blank)  # Word keeps a paragraph on a page without text
    return document


def text_width(document: Any) -> int:
    """Millimetres between the margins of the pages that the report is written on."""
    section = document.sections[-1]
    return round(float(Emu(section.page_width - section.left_margin - section.right_margin).mm))


def type_size(style: Any) -> float:
    """Points of a style's letters, or of those of the style that it is based on."""
    for _ in range(_DEPTH):
        if style is None or style.font.size:
            break
        style = style.base_style
    return float(style.font.size.pt) if style is not None and style.font.size else _USUAL_SIZE


def repacked(data: bytes) -> bytes:
    """A zip archive with the time of day taken out of its entries, which stay in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            made = zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0))
            made.compress_type, made.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(made, old.read(entry))
    return out.getvalue()
