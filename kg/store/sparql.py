"""SPARQL as text: its tokens, and what has to be worded into it (SPARQL 1.1, 19.8).

A full parser is Oxigraph's business. What is worded here needs keywords, braces, IRIs and variables only; what may be evaluated is
never decided by these tokens.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from kg.errors import QueryError, UsageError

STRING = (
    r'"""(?:[^\\"]|\\.|"(?!""))*+(?:""")?+'
    r"|'''(?:[^\\']|\\.|'(?!''))*+(?:''')?+"
    r'|"(?:[^"\\\n\r]|\\.)*+"?+'
    r"|'(?:[^'\\\n\r]|\\.)*+'?+"
)
"""A string; one that nobody closes goes on to where it would have to be closed, so that no character is looked at twice."""
_TOKEN = re.compile(
    rf"(?P<comment>\#[^\n\r]*)|(?P<string>{STRING})"
    r"""
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<var>[?$]\w+)
    | (?P<lang>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<number>\d++)
    | (?P<pname>[\w.-]{0,200}+:(?:[\w.:%-]|\\.)*)
    | (?P<word>[A-Za-z_]\w*)
    | (?P<mark>\S)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token: its kind, its text (words in capitals), where it starts and ends, how many braces and brackets are open before it."""

    kind: str
    text: str
    start: int
    end: int
    depth: int


def tokens(text: str) -> list[Token]:
    """The tokens of a query or update, comments left out."""
    return list(_scanned(text))


def _scanned(text: str) -> Iterator[Token]:
    depth = 0
    for match in _TOKEN.finditer(text):
        kind, word = match.lastgroup or "", match[0]
        if kind == "comment":
            continue
        if kind == "mark" and word in ")}":
            depth -= 1
        yield Token(kind, word.upper() if kind == "word" else word, match.start(), match.end(), depth)
        if kind == "mark" and word in "({":
            depth += 1


def query_form(text: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE; "" where it is none of them."""
    form = _form(text)
    return form.text if form else ""


def prologue(text: str) -> str:
    """What stands before SELECT, ASK, CONSTRUCT or DESCRIBE: the base and the prefixes."""
    form = _form(text)
    return text[: form.start] if form else ""


def _form(text: str) -> Token | None:
    words = (token for token in _scanned(text) if token.depth == 0 and token.kind == "word")
    return next((word for word in words if word.text in ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")), None)


def with_default(text: str, default: URIRef) -> str:
    """A query for an engine whose default graph joins all graphs, with one named graph in the place of the default graph.

    What stands outside GRAPH is asked of `default`, and `GRAPH ?g` does not range over it.

    Raises:
        QueryError: the query brings its own dataset, or has no WHERE to word it into.
    """
    found = tokens(text)
    top = [token for token in found if token.depth == 0]
    if any(token.kind == "word" and token.text == "FROM" for token in top):
        raise QueryError("SPARQL: FROM cannot be asked of this engine, whose default graph is kept as a named one. Use GRAPH.")
    blocks = list(_blocks(found))
    form = query_form(text)
    where = _where_block(text, form, blocks, found)
    if where is None:
        return text  # nothing is matched: DESCRIBE <iri>
    start, end = where
    cuts = [(start + 1, f" GRAPH {default.n3()} {{"), (end, "} ")]
    for place, token in enumerate(found[:-2]):
        if token.text == "GRAPH" and token.kind == "word" and found[place + 1].kind == "var" and found[place + 2].text == "{":
            cuts.append((found[place + 2].end, f" FILTER ({found[place + 1].text} != {default.n3()}) "))
    if form == "CONSTRUCT" and len(blocks) == 1:  # CONSTRUCT WHERE { template }: the template has to be written out
        where_word = next(token for token in top if token.text == "WHERE")
        cuts.append((where_word.start, f"{text[start : end + 1]} "))
    return _worded(text, cuts)


def _blocks(found: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where the outermost groups in braces start and end."""
    start = None
    for token in found:
        if token.depth == 0 and token.text == "{":
            start = token.start
        elif token.depth == 0 and token.text == "}" and start is not None:
            yield start, token.start
            start = None


def _where_block(text: str, form: str, blocks: Sequence[tuple[int, int]], found: Sequence[Token]) -> tuple[int, int] | None:
    values = next((token.start for token in found if token.depth == 0 and token.text == "VALUES"), len(text))
    before = [block for block in blocks if block[0] < values]
    if form == "CONSTRUCT" and len(before) > 1:
        return before[1]
    return before[0] if before else None


def operations_start(update: str) -> int:
    """Where the first operation of an update starts, behind the base and the prefixes."""
    words = (token for token in _scanned(update) if token.kind == "word" and token.text not in ("BASE", "PREFIX"))
    return next((token.start for token in words), len(update))


def with_using(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """An update with the dataset of the protocol's `using-graph-uri` and `using-named-graph-uri` (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        UsageError: the update names a dataset itself, which the protocol does not allow beside these.
    """
    if not default and not named:
        return update
    found = tokens(update)
    if any(token.kind == "word" and token.text in ("USING", "WITH") and token.depth == 0 for token in found):
        raise UsageError("using-graph-uri cannot stand beside USING or WITH in the update. Keep one of them.")
    using = "".join(f"USING <{iri}> " for iri in default) + "".join(f"USING NAMED <{iri}> " for iri in named)
    cuts: list[tuple[int, str]] = []
    for place, token in enumerate(found):
        if token.depth == 0 and token.kind == "word" and token.text == "WHERE":
            if found[place - 1].text == "DELETE":  # DELETE WHERE { template } takes no USING: the template is written out
                opening = found[place + 1]
                closing = next(t for t in found[place + 2 :] if t.depth == 0 and t.text == "}")
                cuts.append((token.start, update[opening.start : closing.end] + " "))
            cuts.append((token.start, using))
    return _worded(update, cuts)


def in_total_order(text: str) -> str:
    """A query of ours that sorts any values: what is unbound, then text and IRIs by their signs, then numbers by size.

    Between numbers, days and text Oxigraph's order goes in circles ("12" before "1E9" before "2"), which may end the process.
    One that sorts by more than variables comes back as it is.
    """
    found = tokens(text)
    changes: list[tuple[int, int, str]] = []
    for start in (n for n, token in enumerate(found[:-1]) if (token.text, found[n + 1].text) == ("ORDER", "BY")):
        place, depth = start + 2, found[start].depth
        while place < len(found) and found[place].depth >= depth and found[place].text not in ("}", "LIMIT", "OFFSET", "VALUES"):
            direction = found[place].text if found[place].text in ("ASC", "DESC") else ""
            variable = found[place + 2 if direction else place]
            if variable.kind != "var":
                return text
            last = place + 3 if direction else place
            changes.append((found[place].start, found[last].end, _keys(variable.text, direction or "ASC")))
            place = last + 1
    return worded(text, changes)


def _keys(variable: str, direction: str) -> str:
    size = f"IF(isNumeric({variable}) && {variable} = {variable}, xsd:double({variable}), 0)"
    return " ".join(f"{direction}({key})" for key in (f"isNumeric({variable})", size, f"STR({variable})"))


def worded(text: str, changes: Sequence[tuple[int, int, str]]) -> str:
    """A text in which stretches are replaced (or, where they are empty, words put in), those of one place in their order."""
    pieces, done = [], 0
    for start, end, words in sorted(changes, key=lambda change: change[0]):
        pieces += [text[done:start], words]
        done = end
    return "".join([*pieces, text[done:]])


def _worded(text: str, cuts: Sequence[tuple[int, str]]) -> str:
    return worded(text, [(place, place, words) for place, words in cuts])
