"""A CONSTRUCT rule of `ontology/rules` as it is read: what follows, from which patterns.

A plain rule is a group of triple patterns (predicates may be alternatives), VALUES and FILTERs that look at one solution each: what it
gives stays when statements come, and whatever is new rests on a new statement in one of its patterns. Where OPTIONAL, GRAPH and EXISTS
stand in a rule too, what it gave may follow no longer, and has to be asked for again. Others are evaluated as a whole.
(rdflib's parser would tell the same and takes longer to load than a report takes to be stored; a test compares both.)
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from kg import vocab
from kg.errors import OntologyError
from kg.store import Token, tokens

Told = Mapping[str, Sequence[tuple[str, str]]]
"""Subjects and objects of statements, as SPARQL writes them, by the IRI of their predicate."""
_TYPE = vocab.expand("rdf:type")
_CONSTANTS = ("pname", "iri", "string", "number", "word")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern: its variables (`?a`; "" for a constant), its predicates, and the IRI that its object is, where it is one."""

    subject: str
    predicates: frozenset[str]
    thing: str
    kind: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        """Its variables."""
        return tuple(name for name in (self.subject, self.thing) if name)

    def worded(self, other: str) -> str:
        """The pattern as SPARQL has it; a literal is left open, as `other`."""
        predicate = "|".join(f"<{iri}>" for iri in sorted(self.predicates))
        return f"{self.subject or other} {predicate} {self.thing or self.kind or other}"

    def rows(self, told: Told) -> list[tuple[str, ...]]:
        """What its variables are bound to by statements, each once; an object that is a literal is left to the query to compare."""
        pairs = chain.from_iterable(told.get(predicate, ()) for predicate in self.predicates)
        if self.subject and self.thing:
            return list(dict.fromkeys(pairs))
        if self.thing:
            return list(dict.fromkeys((thing,) for _, thing in pairs))
        return list(dict.fromkeys((subject,) for subject, thing in pairs if not self.kind or thing == self.kind))


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows, as one triple, from a group of patterns.

    `given` is that triple, `patterns` those of a plain rule, None where it is none; `touched` are all that such a one looks at, in
    whatever group, each with the one variable of every solution that tells which may change; None where they do not tell. `always`
    are the patterns of its outermost group.
    """

    head: str
    body: str
    given: Pattern
    reads: frozenset[str]
    patterns: tuple[Pattern, ...] | None
    touched: tuple[Pattern, ...] | None = None
    always: tuple[Pattern, ...] = ()

    @property
    def gives(self) -> frozenset[str]:
        """The predicate of what follows."""
        return self.given.predicates

    def query(self, variables: Sequence[str] = (), rows: Sequence[Sequence[str]] = ()) -> str:
        """CONSTRUCT what follows and is not there yet, of all solutions or of those with these rows."""
        values = " ".join(f"({' '.join(row)})" for row in rows)
        bound = f"VALUES ({' '.join(variables)}) {{ {values} }}" if variables else ""
        return f"CONSTRUCT {{ {self.head} }} WHERE {{ {bound}\n{self.body}\nFILTER NOT EXISTS {{ {self.head} }} }}"

    def about(self, name: str, rows: Sequence[Sequence[str]]) -> str:
        """SELECT those of some rows of a variable that each pattern about it holds for; "" where there is none."""
        told = [pattern.worded(f"?other{at}") for at, pattern in enumerate(self.always) if name in pattern.variables]
        values = f"VALUES ({name}) {{ {' '.join(f'({row[0]})' for row in rows)} }}"
        filters = " ".join(f"FILTER EXISTS {{ {one} }}" for one in told)
        return f"SELECT DISTINCT {name} {{ {values} {filters} }}" if told else ""


def read_rule(path: Path) -> Rule:
    """Read a rule: `CONSTRUCT { one triple } WHERE { … }`, prefixes as the ontology has them.

    Raises:
        OntologyError: it is of another form.
    """
    text = path.read_text(encoding="utf-8")
    found = tokens(text)
    outer = [place for place, token in enumerate(found) if token.depth == 0 and token.text in ("{", "}", "CONSTRUCT", "WHERE")]
    if [found[place].text for place in outer] != ["CONSTRUCT", "{", "}", "WHERE", "{", "}"]:
        raise OntologyError(f"{path} is no rule of the form CONSTRUCT {{ … }} WHERE {{ … }}. Word it so.")
    head, body = found[outer[1] + 1 : outer[2]], found[outer[4] + 1 : outer[5]]
    given, looked = _patterns(head), _patterns(body)
    if given is None or len(given) != 1:
        raise OntologyError(f"{path} must give one triple. Make a rule of each.")
    inside = text[found[outer[4]].end : found[outer[5]].start]
    reads = frozenset(_iri(token) for token in body if token.kind in ("pname", "iri") or token.text == "A")
    head_text = text[found[outer[1]].end : found[outer[2]].start].strip()
    if looked is None or any(within for _, within in looked):
        always = tuple(pattern for pattern, within in looked or () if not within)
        return Rule(head_text, inside, given[0][0], reads, None, None if looked is None else _touched(looked), always)
    return Rule(head_text, inside, given[0][0], reads, tuple(pattern for pattern, _ in looked))


Found = tuple[Pattern, str]
"""A pattern, and the kind of group in which it stands: OPTIONAL (or EXISTS) before GRAPH, "" for the outermost."""


def _patterns(found: Sequence[Token]) -> list[Found] | None:
    """The patterns of a group, None where something else stands in it."""
    try:
        return list(_read(found))
    except (_OtherwiseError, IndexError, StopIteration):
        return None


def _touched(looked: Sequence[Found]) -> tuple[Pattern, ...] | None:
    """Each pattern with the one of its variables that all solutions have; None where one has none."""
    always = {name for pattern, within in looked if within != "OPTIONAL" for name in pattern.variables}
    made = []
    for pattern, _ in looked:
        if pattern.subject in always:
            made.append(replace(pattern, thing=""))
        elif pattern.thing in always:
            made.append(replace(pattern, subject=""))
        else:
            return None
    return tuple(made)


class _OtherwiseError(Exception):
    """A group that is not plain."""


def _read(found: Sequence[Token], within: str = "") -> Iterator[Found]:
    at = 0
    while at < len(found):
        token = found[at]
        if token.text in ("FILTER", "OPTIONAL", "GRAPH"):
            opening = next(place for place in range(at + 1, len(found)) if found[place].text in ("(", "{"))
            end = _closing(found, opening)
            yield from _inside(found[at : end + 1], opening - at, within)
            at = end
        elif token.text == "VALUES" and found[at + 1].kind == "var" and found[at + 2].text == "{":
            at = _closing(found, at + 2)
        elif token.text != ".":
            made, at = _triples(found, at)
            yield from ((pattern, within) for pattern in made)
            continue
        at += 1


def _inside(found: Sequence[Token], opening: int, within: str) -> Iterator[Found]:
    """What a part of a group looks at: `FILTER (…)`, `FILTER NOT EXISTS {…}`, `OPTIONAL {…}` or `GRAPH ?g {…}`."""
    before, inner = [token.text for token in found[:opening]], found[opening + 1 : -1]
    if before == ["FILTER"]:
        for at, token in enumerate(inner):
            if token.text == "EXISTS":
                yield from _read(inner[at + 2 : _closing(inner, at + 1)], "OPTIONAL")
    elif before in (["FILTER", "EXISTS"], ["FILTER", "NOT", "EXISTS"], ["OPTIONAL"]):
        yield from _read(inner, "OPTIONAL")
    elif before[0] == "GRAPH" and opening == 2:
        yield from _read(inner, within or "GRAPH")
    else:
        raise _OtherwiseError


def _closing(found: Sequence[Token], at: int) -> int:
    """Where what opens here closes."""
    return next(place for place in range(at + 1, len(found)) if found[place].depth == found[at].depth)


def _triples(found: Sequence[Token], at: int) -> tuple[list[Pattern], int]:
    """The patterns of one subject, and where the next begins."""
    made, subject = [], _term(found[at])
    at += 1
    while True:
        predicates = {_verb(found[at])}
        while found[at + 1].text == "|":
            at += 2
            predicates.add(_verb(found[at]))
        at += 1
        while True:
            thing = _term(found[at])
            kind = f"<{_iri(found[at])}>" if found[at].kind in ("pname", "iri") else ""
            if subject == thing:  # twice the same variable, or none
                raise _OtherwiseError
            made.append(Pattern(subject, frozenset(predicates), thing, kind))
            at = _behind_literal(found, at + 1)
            if at == len(found) or found[at].text != ",":
                break
            at += 1
        if at == len(found) or found[at].text != ";":
            return made, at
        at += 1


def _behind_literal(found: Sequence[Token], at: int) -> int:
    """Behind the language of a string; one with a type, and a number with a point, is not plain."""
    return at + 1 if at < len(found) and found[at].kind == "lang" else at


def _term(token: Token) -> str:
    if token.kind not in ("var", *_CONSTANTS) or (token.kind == "word" and token.text not in ("TRUE", "FALSE")):
        raise _OtherwiseError
    return token.text if token.kind == "var" else ""


def _verb(token: Token) -> str:
    if token.kind in ("pname", "iri") or (token.kind, token.text) == ("word", "A"):
        return _iri(token)
    raise _OtherwiseError


def _iri(token: Token) -> str:
    if token.kind == "word":
        return _TYPE
    return token.text[1:-1] if token.kind == "iri" else vocab.expand(token.text)
