"""Web pages saved in one file (`.mht`, `.mhtml`; RFC 2557): the page, without the pictures and styles that came with it."""

import codecs
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32
from itertools import islice

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, decode
from kg.read.html import page_document

_MAX_PARTS = 10_000
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030"}
"""Encodings that files name and go beyond."""


def read_mht(raw: Raw) -> Document:
    """Read a saved page as `read_html` reads it; of several pages in the file the one that it names as its start, else the first.

    Raises:
        ReadError: no saved page, or one without text.
    """
    message = BytesParser(policy=compat32).parsebytes(raw.data)
    pages = [part for part in islice(message.walk(), _MAX_PARTS) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError(f"{raw.path} holds no saved page. Save the page again, as .mht or .html.")
    start = str(message.get_param("start") or "")
    page = next((part for part in pages if start and part.get("Content-ID", "").strip() == start), pages[0])
    return page_document(raw, _source(raw, page), "multipart/related")


def _source(raw: Raw, page: Message) -> str:
    """The page's text, in the encoding that its part names, else in the one that its bytes show."""
    data = page.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        raise ReadError(f"{raw.path} holds an empty page. Save the page again.")
    for named in _named(page):
        try:
            return data.decode(named).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
    return decode(Raw(raw.path, data))


def _named(page: Message) -> Iterator[str]:
    named = (page.get_content_charset() or "").lower()
    try:
        codecs.lookup(named)
    except (LookupError, ValueError):
        return
    yield _WIDER.get(named, named)
