"""Plain text, and text saved from the page of a site that previews documents."""

from kg.model import Document
from kg.read.clean import Raw, cut, decode, document
from kg.read.page_layout import layout_cuts
from kg.read.preview import preview_cuts
from kg.read.spacing import merged, spacing_cuts


def read_text(raw: Raw) -> Document:
    """Read `.txt`: a preview page's own lines and page marks go; lines that a margin broke are joined."""
    text = decode(raw)
    cuts, title = preview_cuts(text)
    cleaned, offsets = cut(text, merged(cuts or layout_cuts(text), spacing_cuts(text)))
    return document(raw, "text/plain", cleaned, offsets, title)
