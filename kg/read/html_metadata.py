"""What a web page says of itself: its title, the day on which it was published, and who published it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

from lxml import etree, html

from kg import lexicon
from kg.lexicon import any_word, pattern

_SHORTEST, _LONGEST = 6, 90
"""Characters of a headline."""
_DATED = 120
"""Characters of the line that dates a page, at most."""
_FIRST = 4000
"""Lines of a page among which its headline and its date are looked for."""
_BELOW = 6
"""Lines below a headline among which a line that holds a day dates the page, whatever it says beside."""
_INLINE = frozenset(("a", "b", "em", "font", "i", "label", "small", "span", "strong", "sub", "sup", "u"))
_UNSHOWN = frozenset(("script", "style", "noscript", "template", "title"))
_ENDS = re.compile(r"[_|｜]|\s-|--|—|-")
"""What sites put between a headline and their own name."""


@dataclass(frozen=True, slots=True)
class Stated:
    """Title, day and source of a page, empty where it does not state them."""

    title: str = ""
    date: dt.date | None = None
    source: str = ""


def stated(page: html.HtmlElement) -> Stated:
    """What a page says of itself, by its meta elements, else by its lines.

    Its headline is the longest of its lines that `<title>` holds, since sites add their own name and channels there; without
    one, the line above the one that dates the page. Its day stands on a line that says so, or on a short one below the headline.
    """
    lines = list(islice(_lines(page), _FIRST))
    whole = " ".join((page.findtext(".//title") or "").split())
    metas = {role: list(_metas(page, role)) for role in ("title", "date", "source")}
    official = next((text for name, text in metas["title"] if not name.startswith("og:")), "")
    shared = next((text for name, text in metas["title"] if name.startswith("og:")), "")
    title = official or _headline(lines, whole) or shared or _above_date(lines) or _ENDS.split(whole)[0].strip()
    dated = (day for _, text in metas["date"] if (day := _day(text)))
    source = next((text for _, text in metas["source"]), "")
    return Stated(title, next(dated, None) or _published(lines, title), source or _source(lines))


def _lines(page: html.HtmlElement) -> Iterator[str]:
    """Lines of a page as they are shown, blank ones left out."""
    pieces: list[str] = []
    unshown = 0
    for event, element in etree.iterwalk(page, events=("start", "end")):
        known = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            unshown += known in _UNSHOWN
            pieces.append("" if known in _INLINE else "\n")
            pieces.append("" if unshown else element.text or "")
        else:
            unshown -= known in _UNSHOWN
            pieces.append("" if known in _INLINE else "\n")
            pieces.append("" if unshown else element.tail or "")
    yield from (told for line in "".join(pieces).split("\n") if (told := " ".join(line.split())))


def _metas(page: html.HtmlElement, role: str) -> Iterator[tuple[str, str]]:
    """Meta elements of a role with what they state, in the order of the lexicon."""
    held: dict[str, str] = {}
    for element in page.iter("meta"):
        name = (element.get("name") or element.get("property") or "").strip().lower()
        held.setdefault(name, " ".join((element.get("content") or "").split()))
    yield from ((name, held[name]) for name in lexicon.words("page_metas", role) if held.get(name))


def _key(text: str) -> str:
    """A text as titles are compared: without spaces and quotes, full-width forms made plain."""
    return re.sub(r"[\s“”\"'‘’]", "", unicodedata.normalize("NFKC", text))


def _headline(lines: Sequence[str], title: str) -> str:
    """The longest line that the page's `<title>` holds."""
    whole = _key(title)
    held = (line for line in lines if _SHORTEST <= len(line) <= _LONGEST and _key(line) in whole)
    if found := max(held, key=len, default=""):
        return found
    parts = (title, _ENDS.split(title)[0].strip())  # a mark such as `原创` stands before it on its line
    return next((part for part in parts if len(part) >= _SHORTEST and any(_key(part) in _key(line) for line in lines)), "")


@cache
def _opens(role: str) -> re.Pattern[str]:
    words = any_word("page_chrome", role)
    return re.compile(rf"\W*(?:{words})(?=\W|\d|$)")


def _dates(line: str) -> bool:
    """Whether a line says on which day the page was published: `发布时间:2023-08-23 来源:…`, `2023年8月23日 10:20`."""
    day = pattern("published_day").search(line) if len(line) <= _DATED else None
    if day is None:
        return False
    before = line[: day.start()]
    return not before.strip() or _label().search(before) is not None


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"{any_word('page_chrome', 'date')}\s*[:：]?\s*$")


def _above_date(lines: Sequence[str]) -> str:
    """The line above the first that dates the page, or what stands before the day on that line."""
    for above, line in pairwise(("", *lines)):
        if _dates(line):
            return above if _SHORTEST <= len(above) <= _LONGEST and not is_chrome(above) else ""
    return ""


def is_chrome(line: str) -> bool:
    """Whether a line belongs to a site and not to its article: `当前位置:首页>新闻`, `字体:大 中 小`."""
    return any(_opens(role).match(line) for role in ("date", "source", "aside"))


def _published(lines: Sequence[str], title: str) -> dt.date | None:
    """The day on the line that says when the page was published, else on a short line just below its headline."""
    at = next((index for index, line in enumerate(lines) if title and _key(line) == _key(title)), None)
    below = [] if at is None else [line for line in lines[at : at + _BELOW] if len(line) <= _DATED]
    said = (line for line in (*below, *lines) if _dates(line))
    return next((day for line in (*said, *below[1:]) if (day := _day(line))), None)


def _source(lines: Sequence[str]) -> str:
    """Who published the page, by the line that says so: `来源:区科技局`."""
    for line in lines:
        if len(line) <= _DATED and (found := _names_source().search(line)):
            return found["source"]
    return ""


@cache
def _names_source() -> re.Pattern[str]:
    words = any_word("page_chrome", "source")
    return re.compile(rf"(?:{words})\s*[:：]\s*(?P<source>[\u4e00-\u9fffA-Za-z0-9]{{2,30}})")


def _day(text: str) -> dt.date | None:
    found = pattern("published_day").search(text)
    try:
        return dt.date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None
