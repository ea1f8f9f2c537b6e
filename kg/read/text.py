"""Plain text, and text saved from the page of a site that previews documents."""

from kg.model import Document
from kg.read.clean import Raw, cut, decode, document
from kg.read.preview import preview_cuts


def read_text(raw: Raw) -> Document:
    """Read `.txt`: the report's lines stay as they are; a preview page's own lines and page marks go."""
    text = decode(raw)
    cuts, title = preview_cuts(text)
    cleaned, offsets = cut(text, cuts)
    return document(raw, "text/plain", cleaned, offsets, title)
