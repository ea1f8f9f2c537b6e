"""Web pages made for no reader: nested thousands of elements deep, or with thousands of attributes on one.

libxml2 gives up on a page that nests deeper than 2048 elements, and takes quadratic time over the attributes of one. Here the
tags that are too deep become line breaks, or nothing where they set no line apart; no character of the text is lost.
"""

import re
from collections import Counter

MAX_DEPTH = 500
"""Elements within one another that are kept."""
_MAX_TAG = 16_384
"""Characters of a tag from which on it stands without its attributes."""
_LONG = re.compile(rf"<([A-Za-z][A-Za-z0-9]*)(?=[\s/])[^<>]{{{_MAX_TAG},}}>")
_MARKUP = re.compile(
    r"<!--(?:.*?-->|.*)|<(?P<raw>script|style|template|noscript|textarea)\b[^<>]*>(?:.*?</(?P=raw)\s*>|.*)|"
    r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_VOID = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"))
_ENDS_ITSELF = frozenset(("p", "li", "td", "th", "tr", "dt", "dd", "option"))
"""Elements that end where the next of their kind starts, with or without a tag that says so."""
_INLINE = frozenset(
    (
        "a", "abbr", "b", "big", "code", "del", "em", "font", "i", "ins", "label", "mark", "o", "s", "small", "span", "strong", "sub",
        "sup", "u",
    )
)  # fmt: skip


def short_tags(source: str) -> str:
    """A page in which no tag bears more attributes than a reader needs."""
    return _LONG.sub(r"<\1>", source)


def shallow(source: str) -> str:
    """A page with the same text whose elements lie at most `MAX_DEPTH` deep; takes time linear in its length."""
    pieces: list[str] = []
    nested: list[tuple[str, bool]] = []  # name, whether its tag is kept
    known: Counter[str] = Counter()
    at = 0

    def leave() -> tuple[str, bool]:
        name, kept = nested.pop()
        known[name] -= 1
        return name, kept

    for tag in _MARKUP.finditer(source):
        pieces.append(source[at : tag.start()])
        at = tag.end()
        name = (tag["name"] or "").lower()
        if not name or name in _VOID:
            pieces.append(tag[0] if name else "")
        elif tag["end"]:
            left = ""
            while known[name] and left != name:
                left, kept = leave()
            if left:
                pieces.append(tag[0] if kept else _break(name))
        else:
            if nested and name in _ENDS_ITSELF and nested[-1][0] == name:
                leave()
            kept = len(nested) < MAX_DEPTH
            nested.append((name, kept))
            known[name] += 1
            pieces.append(tag[0] if kept else _break(name))
    pieces.append(source[at:])
    return "".join(pieces)


def _break(name: str) -> str:
    return "" if name in _INLINE else "<br>"
