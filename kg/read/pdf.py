"""PDF: the text of its pages; a page that is a picture is recognised (extra `[ocr]`)."""

from dataclasses import replace
from typing import Any

from kg.errors import ReadError
from kg.extras import need
from kg.model import Document, Region, Span
from kg.read.clean import Raw, cut, document
from kg.read.page_layout import layout_cuts
from kg.read.spacing import merged, spacing_cuts
from kg.read.zipped import brief

MAX_PAGES = 5_000
_FEW = 8
"""Characters below which a page with pictures counts as scanned."""


def read_pdf(raw: Raw) -> Document:
    """Read `.pdf`: page marks and running heads go, lines that a margin broke are joined; every passage knows its page.

    Raises:
        ReadError: no PDF, a broken or a protected one, one with too many pages.
        ExtraMissingError: the extra `[pdf]` is not installed, or `[ocr]` for a scanned page.
    """
    pdfium = need("pypdfium2", "pdf", f"{raw.path.name}: reading PDF")
    if b"%PDF-" not in raw.data[:1024]:
        raise ReadError(f"{raw.path} is no PDF (it begins with {raw.data[:4]!r}). Give it the ending of what it is, or pass --format.")
    try:
        with pdfium.PdfDocument(raw.data) as book:
            if len(book) > MAX_PAGES:
                raise ReadError(f"{raw.path} has {len(book):,} pages; at most {MAX_PAGES:,} are read. Split it.")
            return _document(raw, book, pdfium)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(f"{raw.path} is protected by a password. Save it without one.") from error
        raise ReadError(f"{raw.path} is a broken PDF ({brief(error)}). Save it again.") from error


def _document(raw: Raw, book: Any, pdfium: Any) -> Document:
    text, pages, regions = "", [], []
    for number, page in enumerate(book, start=1):
        words = _text(page)
        if len(words) < _FEW and _has_picture(page, pdfium):
            from kg.read.ocr import recognise  # noqa: PLC0415  # a second of loading that a PDF with text need not pay

            words, found = recognise(raw, page.render(scale=200 / 72).to_numpy(), number, len(text))
            regions += found
        else:
            regions.append(Region(Span(len(text), len(text) + len(words)), number))
        pages.append(Span(len(text), len(text) + len(words)))
        text += words + "\n"
        page.close()
    cleaned, offsets = cut(text, merged(layout_cuts(text, pages), spacing_cuts(text)))
    return replace(document(raw, "application/pdf", cleaned, offsets), regions=tuple(regions))


def _text(page: Any) -> str:
    """Text of a page, its lines apart by line feeds; a hyphen that breaks a word counts as none."""
    words = page.get_textpage()
    try:
        return str(words.get_text_range()).replace("\r\n", "\n").replace("\ufffe\n", "").replace("\ufffe", "").strip("\n")
    finally:
        words.close()


def _has_picture(page: Any, pdfium: Any) -> bool:
    return next(page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None
