"""Where Oxigraph departs from SPARQL 1.1, and a query can be worded so that the result is the recommendation's.

Each rewording keeps the meaning of the query and is made only where the construct stands in it; any other query is not even read:

- `GROUP_CONCAT` gives a simple literal (18.5.1.7); Oxigraph keeps a language tag that all values share.
- A path of length zero holds for a term that the graph does not know (18.2.2.4); Oxigraph wants it to be in the graph.
- `BNODE(label)` gives another node for each solution (17.4.2.9); Oxigraph gives one for each label.
- What `VALUES` leaves open of the variable of `GRAPH` stands for every named graph (18.6); Oxigraph leaves it unbound.
"""

import re
from collections.abc import Callable, Sequence

from kg.store.sparql import Token, tokens, worded

Change = tuple[int, int, str]
_ROW = "?solution_of_kg"
_MAY_BE_PATH = re.compile(r"\*(?!\s*(?:[){]|where\b|from\b))|\?(?!\w)")
"""`*` and `?` but those of `COUNT(*)`, `SELECT *` and `?variable`."""


def conforming(text: str, in_default_graph: Callable[[str], bool]) -> str:
    """A query whose result on Oxigraph is that of the recommendation; one that cannot be read comes back as it is.

    Args:
        text: the query.
        in_default_graph: whether a term, as it is written in the query with its prologue, is a subject or object there.
    """
    lower = text.lower()
    if not any(sign in lower for sign in ("group_concat", "bnode", "undef")) and not _MAY_BE_PATH.search(lower):
        return text
    try:
        return worded(text, _changes(tokens(text), in_default_graph))
    except StopIteration:  # a bracket that is not closed
        return text


def _changes(found: Sequence[Token], in_default_graph: Callable[[str], bool]) -> list[Change]:
    changes = _labelled_nodes(found)
    for place, token in enumerate(found[:-1]):
        if token.text == "GROUP_CONCAT" and token.kind == "word" and found[place + 1].text == "(":
            end = found[_closing(found, place + 1)].end
            changes += [(token.start, token.start, "STR("), (end, end, ")")]
        elif token.text == "VALUES" and token.kind == "word":
            changes += _open_graph(found, place)
        elif token.text in ("*", "?") and token.kind == "mark":
            changes += _zero_path(found, place, in_default_graph)
    return changes


def _closing(found: Sequence[Token], opening: int) -> int:
    """The place of the bracket that closes the one at `opening`."""
    depth = found[opening].depth
    return next(place for place in range(opening + 1, len(found)) if found[place].depth == depth and found[place].text in (")", "}"))


def _open_graph(found: Sequence[Token], place: int) -> list[Change]:
    """`GRAPH ?g { VALUES … ?g … UNDEF … }`: every graph is joined to it first."""
    opening = place - 1
    if opening < 2 or found[opening].text != "{" or found[opening - 1].kind != "var" or found[opening - 2].text != "GRAPH":
        return []
    variable = found[opening - 1].text
    start = next(n for n in range(place + 1, len(found)) if found[n].text == "{" and found[n].depth == found[place].depth)
    names = {token.text for token in found[place + 1 : start]}
    has_gap = any(token.text == "UNDEF" for token in found[start : _closing(found, start)])
    at = found[opening - 2].start
    return [(at, at, f"GRAPH {variable} {{}} ")] if variable in names and has_gap else []


def _zero_path(found: Sequence[Token], place: int, in_default_graph: Callable[[str], bool]) -> list[Change]:
    """`?s :p* :o` where the graph does not know `:o`: then `:o` itself is the one solution for `?s`, and the other way round."""
    start = place - 2
    if found[place - 1].text == ")":
        start = next((n for n in range(place - 2, -1, -1) if found[n].depth == found[place - 1].depth and found[n].text == "("), 0) - 1
    if start < 1 or place + 2 >= len(found) or found[start - 1].text not in ("{", "}", ".") or found[place + 2].text not in ("}", "."):
        return []
    ends = found[start], found[place + 1]
    constants = [end for end in ends if end.kind in ("iri", "pname")]
    if len(constants) != 1 or not any(end.kind == "var" for end in ends) or _inside_graph(found, start):
        return []
    variable = next(end.text for end in ends if end.kind == "var")
    if in_default_graph(constants[0].text):
        return []
    return [(ends[0].start, ends[1].end, f"VALUES {variable} {{ {constants[0].text} }}")]


def _inside_graph(found: Sequence[Token], place: int) -> bool:
    """Whether a token stands in a group of GRAPH, SERVICE or of a FROM clause's dataset."""
    if any(token.text == "FROM" and token.kind == "word" for token in found):
        return True
    depth = found[place].depth
    for number in range(place - 1, -1, -1):
        token = found[number]
        if token.text == "{" and token.depth < depth:
            depth = token.depth
            if number >= 2 and (found[number - 2].text in ("GRAPH", "SERVICE") or found[number - 2].text == "SILENT"):
                return True
    return False


def _labelled_nodes(found: Sequence[Token]) -> list[Change]:
    """`SELECT (BNODE(?label) AS ?node)`: what makes a solution another one goes into the label."""
    calls = [n for n, t in enumerate(found[:-2]) if t.text == "BNODE" and t.kind == "word" and t.depth == 1 and found[n + 2].text != ")"]
    words = {token.text for token in found if token.kind == "word" and token.depth == 0}
    where = next((n for n, token in enumerate(found) if token.text == "{" and token.depth == 0), None)
    if not calls or where is None or "GROUP" in words or "SELECT" not in words or any(n > where for n in calls):
        return []
    end = found[_closing(found, where)].start
    changes = [(end, end, f" BIND (STRUUID() AS {_ROW}) ")]
    for call in calls:
        first, last = found[call + 1].end, found[_closing(found, call + 1)].start
        changes += [(first, first, "CONCAT(STR("), (last, last, f"), {_ROW})")]
    return changes
