"""How deep and how long a query may be: Oxigraph walks it by calls within calls, and ends the process where the stack is used up.

A query that a person or a program words for people stays far below. What slips past (a bracket in a string that reads otherwise
here) ends the process that evaluates, which those that wait for it tell as one line.
"""

import re

from kg.errors import QueryError
from kg.store.sparql import STRING

MAX_DEPTH = 100
"""Brackets that may be open at a time: a call of a function takes about 8 kB of stack each, and Windows gives 1 MB."""
MAX_STEPS = 2000
"""Parts that may be chained: patterns, operators, steps of a path. Planning takes time that grows with the square and more."""
_PART = re.compile(
    rf"\#[^\n\r]*+|(?P<term>{STRING}"
    r"""
        | <[^<>"{}|^`\\\x00-\x20]*+>
        | [?$@]\w++ | [\w.-]{0,200}+:(?:[\w:%-]|\.(?=[\w:%-])|\\.)*+ | \d[\d.]*+)
    | (?P<data>\b(?:INSERT|DELETE)\s*+DATA\b)
    | (?P<word>(?:UNION|OPTIONAL|MINUS|FILTER|BIND|VALUES|GRAPH|SERVICE|LATERAL|EXISTS|HAVING|AS)\b)
    | (?P<open>[({\[]|<<)
    | (?P<close>[)}\]]|>>)
    | (?P<step>\|\||&&|[!+*/|^.;,=?-])
    | \w++""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)

_IRI = r'[ ]?<[^<>"\'()\[\]{}|^`\\\x00-\x20]*+>'
_ROWS = re.compile(rf"\((?:{_IRI}){{1,9}}[ ]?\)|\{{(?:{_IRI})++[ ]?\}}")
"""A few IRIs in round brackets, or any number in braces, as VALUES has them by the hundred: on one line, so that no comment ends there.

No quote and no bracket stands in them, which might belong to a string or to what is nested.
"""


def refuse_depth(text: str) -> None:
    """Refuse a query or an update that would use up the stack.

    Rows of VALUES, lists in round brackets and what INSERT DATA holds may be as long as they like.

    Raises:
        QueryError: it nests too deeply, or chains too many parts.
    """
    if _is_small(text) or _is_small(_ROWS.sub(" ", text)):
        return
    opened, listed = [""], [0]  # brackets, and the terms in each that no comma parts: a collection is a chain too
    steps, data = 0, False
    for match in _PART.finditer(text):
        kind = match.lastgroup
        if kind == "open":
            opened.append(match[0])
            listed.append(0)
            if len(opened) > MAX_DEPTH + 1:
                raise QueryError(f"SPARQL: it nests more than {MAX_DEPTH} brackets at {_place(text, match.start())}. Ask in smaller parts.")
            steps += match[0] != "(" and not data
        elif kind == "close":
            if len(opened) > 1:
                opened.pop()
                listed.pop()
            data = data and len(opened) > 1
        elif kind == "data":
            data = True
        elif opened[-1] == "(" and (kind == "term" or match[0] == ","):
            listed[-1] += 1 if kind == "term" else -1
        elif kind in ("word", "step") and not data:
            steps += 1
        if max(steps, listed[-1]) > MAX_STEPS:
            raise QueryError(f"SPARQL: it chains more than {MAX_STEPS} parts at {_place(text, match.start())}. Ask in smaller parts.")


def _is_small(text: str) -> bool:
    """Whether a text is within the bounds however it is read: each bracket and each part has a character at least."""
    return len(text) <= MAX_STEPS and sum(map(text.count, "({[<")) < MAX_DEPTH


def _place(text: str, start: int) -> str:
    return f"line {text.count(chr(10), 0, start) + 1}, column {start - text.rfind(chr(10), 0, start)}"
