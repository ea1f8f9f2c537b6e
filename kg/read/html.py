"""Web pages: the text of their blocks, without scripts, styles and navigation."""

import re

from lxml import etree, html

from kg.errors import ReadError
from kg.model import Document
from kg.read.clean import Raw, cut, decode, document
from kg.read.preview import preview_cuts

_DROP = (
    "script",
    "style",
    "noscript",
    "template",
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "iframe",
    "svg",
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figcaption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)


def read_html(raw: Raw) -> Document:
    """Read `.html`: the `article` or `main` element where there is one, else the body; a line for each block.

    Raises:
        ReadError: no text in it.
    """
    source = re.sub(r"^\s*<\?xml[^>]*\?>", "", decode(raw))
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    try:
        page = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{raw.path} holds no HTML ({error}). Save the page again.") from error
    title = (page.findtext(".//title") or "").strip()
    main = next(iter(page.xpath("//article | //main")), page)
    for element in list(main.iter(*_DROP)):
        element.drop_tree()
    text = _text(main)
    cuts, preview_title = preview_cuts(text)
    cleaned, offsets = cut(text, cuts)
    return document(raw, "text/html", cleaned, offsets, preview_title or title)


def _text(root: html.HtmlElement) -> str:
    pieces: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        block = element.tag in _BLOCKS
        if event == "start":
            pieces += ["\n"] if block else []
            pieces.append(element.text or "")
        else:
            pieces += ["\n"] if block else []
            pieces.append((element.tail or "") if element is not root else "")
    lines = (re.sub(r"[ \t\r\f\xa0\u3000]+", " ", line).strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
