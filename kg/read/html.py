"""Web pages: the text of their blocks and the rows of their tables, without scripts, styles and navigation."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from lxml import etree, html

from kg import lexicon
from kg.errors import ReadError
from kg.lexicon import pattern
from kg.model import Document
from kg.read.clean import Raw, cut, decode, document
from kg.read.html_limits import shallow, short_tags
from kg.read.html_metadata import stated
from kg.read.preview import preview_cuts
from kg.read.spacing import unspaced
from kg.read.table import Merge, Sheet, compose

_DROP = ("script", "style", "noscript", "template", "nav", "header", "footer", "aside", "iframe", "svg", "button", "select")
_BLOCKS = frozenset(
    (
        "address", "article", "blockquote", "body", "br", "dd", "div", "dl", "dt", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "hr",
        "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
    )
)  # fmt: skip
_NAMED = "//*[@id=$name or contains(concat(' ', normalize-space(@class), ' '), concat(' ', $name, ' '))]"
_MAIN_SHARE = 0.7
"""Share of a page's prose that the element holding its article has at least."""
_SAMPLES, _SAMPLE = 3, 20
_SMALL = frozenset(("p", "tr", "tbody", "table", "ul", "ol", "span", "h1", "section"))
"""Elements that lie within an article and hold none."""
_UNSHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_STRUCK = ("del", "s", "strike")
_CELL = 200
"""Characters of the longest cell of a table that lists things; a longer one lays out the page."""
_MAX_CELLS = 1_000_000
"""Cells of such a table, merged ones counted for each that they cover."""


def read_html(raw: Raw) -> Document:
    """Read `.html`: the page's article, a line for each block, the rows of its tables as rows.

    The article is `article` or `main`, the body of a page as sites of the government mark it, or the innermost element
    that holds most of the words outside of links.

    Raises:
        ReadError: no text in it.
    """
    return page_document(raw, decode(raw), "text/html")


def page_document(raw: Raw, source: str, media_type: str) -> Document:
    """A page's document from its source.

    Raises:
        ReadError: no text in it.
    """
    page = _page(raw, short_tags(re.sub(r"^\s*<\?xml[^>]*\?>", "", source)))
    said = stated(page)
    struck = _left_out(page)
    text, rows = compose(raw, list(_lines(_article(page))))
    cuts, preview_title = preview_cuts(text)
    cleaned, offsets = cut(text, cuts)
    if cleaned.endswith("\n"):
        cleaned = cleaned.rstrip("\n")
    made = document(raw, media_type, cleaned, offsets, preview_title or said.title)
    return replace(made, rows=() if cuts else rows, date=said.date, issuer=said.source, remarks=_remarks(raw, struck))


def _left_out(page: html.HtmlElement) -> list[str]:
    """Take out what a page does not show or strikes through; gives the words that are struck through.

    A hidden element that holds most of the page's prose stays: a script would show it.
    """
    for element in list(page.iter(*_DROP)):
        element.drop_tree()
    hidden = [one for one in page.xpath("//*[@hidden or @style]") if "hidden" in one.attrib or _UNSHOWN.search(one.get("style", ""))]
    words = _own_words(page) if hidden else {}
    for element in hidden:
        if words.get(element, 0) * 2 < words.get(page, 0):
            element.drop_tree()
    struck = [" ".join("".join(element.itertext()).split()) for element in page.iter(*_STRUCK)]
    for element in list(page.iter(*_STRUCK)):
        element.drop_tree()
    return [told for told in struck if told]


def _remarks(raw: Raw, struck: Sequence[str]) -> tuple[str, ...]:
    if not struck:
        return ()
    shown = ", ".join(f"'{told[:_SAMPLE]}'" for told in struck[:_SAMPLES])
    return (f"{raw.path.name}: struck-through words were left out ({len(struck)}): {shown}.",)


def _page(raw: Raw, source: str) -> html.HtmlElement:
    """The tree of a page; of one that nests deeper than the parser goes, with the same text but fewer elements."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        page = html.document_fromstring(source, parser=parser)
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            page = html.document_fromstring(shallow(source), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"{raw.path} holds no HTML ({error}). Save the page again.") from error
    body = page.find("body")
    while (behind := page.getnext()) is not None:  # libxml2 begins a second tree where a page goes on behind its end
        (page if body is None else body).append(behind)
    return page


def _article(page: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the article: marked as such, else the innermost with most of the page's prose."""
    body = page.find("body")
    element = page if body is None else body
    words = _own_words(page)
    whole = words.get(element, 0)
    marked: list[html.HtmlElement] = page.xpath("//article | //main")
    for name in lexicon.words("page_bodies"):
        marked = marked or page.xpath(_NAMED, name=name)
    best = max(marked, key=lambda one: words.get(one, 0), default=None)
    if best is not None and words.get(best, 0) * 2 >= whole:
        return best
    while True:
        inner = max((child for child in element if isinstance(child.tag, str)), key=lambda child: words.get(child, 0), default=None)
        if inner is None or inner.tag in _SMALL or words.get(inner, 0) < max(_MAIN_SHARE * whole, 1):
            return element
        element = inner


def _own_words(page: html.HtmlElement) -> dict[html.HtmlElement, int]:
    """Characters of prose in each element, outside of links, counted in one walk through the page; of all text where it has no prose."""
    prose = _counted(page, lambda text: _length(text) if pattern("prose").search(text) else 0)
    return prose if prose.get(page) else _counted(page, _length)


def _counted(page: html.HtmlElement, weight: Callable[[str], int]) -> dict[html.HtmlElement, int]:
    found: dict[html.HtmlElement, int] = {}
    links, count = 0, 0
    before: list[int] = []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        links += 0 if element.tag != "a" else 1 if event == "start" else -1
        if event == "start":
            before.append(count)
            count += 0 if links else weight(element.text or "")
        else:
            found[element] = count - before.pop()
            count += 0 if links else weight(element.tail or "")
    return found


def _length(text: str) -> int:
    return len("".join(text.split()))


def _lines(root: html.HtmlElement) -> Iterator[str | Sheet]:
    """Lines and tables of an article in the order in which they stand."""
    pieces: list[str] = []
    tables = 0
    skip: html.HtmlElement | None = None
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if skip is not None and not (event == "end" and element is skip):
            continue
        block = element.tag in _BLOCKS
        if event == "start":
            sheet = _sheet(element, tables + 1) if element.tag == "table" else None
            if sheet:
                yield from _told(pieces)
                pieces, tables, skip = [], tables + 1, element
                yield sheet
                continue
            pieces += ["\n"] if block else []
            pieces.append(element.text or "")
        else:
            skip = None
            pieces += ["\n"] if block else []
            pieces.append((element.tail or "") if element is not root else "")
    yield from _told(pieces)


def _told(pieces: list[str]) -> Iterator[str]:
    lines = (re.sub(r"[ \t\r\f\xa0\u3000]+", " ", line).strip() for line in "".join(pieces).split("\n"))
    yield from (unspaced(line) for line in lines if line)


def _sheet(table: html.HtmlElement, number: int) -> Sheet | None:
    """A table that lists things: two rows and columns at least, short cells, no table within."""
    if any(inner is not table for inner in table.iter("table")):
        return None
    rows = table.xpath(".//tr")
    if len(rows) < 2:
        return None
    held: dict[tuple[int, int], str] = {}
    merged: list[Merge] = []
    for index, row in enumerate(rows):
        column = 0
        for cell in row.xpath("./td | ./th"):
            while (index, column) in held:
                column += 1
            down, across = min(_span(cell, "rowspan"), len(rows) - index), _span(cell, "colspan")
            if len(held) + down * across > _MAX_CELLS:
                return None
            held.update({(index + d, column + a): "" for d in range(down) for a in range(across)})
            held[index, column] = " ".join("".join(cell.itertext()).split())
            if down * across > 1:
                merged.append((index, column, index + down - 1, column + across - 1))
    width = max((column for _, column in held), default=-1) + 1
    if width < 2 or any(len(words) > _CELL for words in held.values()):
        return None
    return Sheet([[held.get((index, c), "") for c in range(width)] for index in range(len(rows))], number, merged, "table")


def _span(cell: html.HtmlElement, name: str) -> int:
    words = cell.get(name, "1")
    return min(int(words), 100) if words.isdigit() and int(words) else 1
