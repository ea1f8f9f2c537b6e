"""Questions to the graph: named ones of `ontology/questions`, and free SPARQL, as pandas tables."""

import re
from collections import namedtuple
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from keyword import iskeyword
from typing import TYPE_CHECKING, Any

from rdflib import Literal, URIRef

from kg import resources, vocab
from kg.errors import QueryError
from kg.store import Store, in_total_order

if TYPE_CHECKING:
    import pandas as pd

_HEADER = re.compile(r"^#[ ]*(zh|en|param (\w+)):[ ]*(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: its wording in both languages, its SPARQL, its parameters with their usual values.

    A parameter without a usual value may be left out: the question is then asked of all things.
    """

    name: str
    zh: str
    en: str
    sparql: str
    parameters: Mapping[str, str]


@cache
def questions() -> dict[str, Question]:
    """The named questions by name, in alphabetical order."""
    return {q.name: q for q in map(_read, sorted((resources.ontology() / "questions").glob("*.rq")))}


def _read(path: Any) -> Question:
    text = path.read_text(encoding="utf-8")
    wording = {match[1]: match[3].strip() for match in _HEADER.finditer(text)}
    parameters = {match[2]: match[3].strip() for match in _HEADER.finditer(text) if match[2]}
    return Question(path.stem, wording["zh"], wording["en"], text, parameters)


def question(name: str) -> Question:
    """A named question.

    Raises:
        QueryError: there is none of this name.
    """
    if name not in questions():
        raise QueryError(f"There is no question '{name}'. `kg questions` lists them: {', '.join(questions())}.")
    return questions()[name]


def ask(store: Store, name: str, parameters: Mapping[str, str] | None = None) -> "pd.DataFrame":
    """Answer a named question.

    Args:
        store: where the graph is.
        name: of the question.
        parameters: names of things for its parameters; those left out take their usual values.

    Raises:
        QueryError: no such question or parameter, or no thing of that name in the graph.
    """
    asked = question(name)
    unknown = set(parameters or {}) - set(asked.parameters)
    if unknown:
        known = ", ".join(asked.parameters) or "none"
        raise QueryError(f"Question '{name}' has no parameter '{min(unknown)}'. Its parameters: {known}.")
    chosen = {**asked.parameters, **(parameters or {})}
    bindings = {key: thing_called(store, value) for key, value in chosen.items() if value}
    # Oxigraph binds only variables that the query selects; a column that says what was asked is of no use.
    return select(store, in_total_order(asked.sparql), bindings).drop(columns=list(bindings), errors="ignore")


def asked_and_told(store: Store, name: str, parameters: Mapping[str, str]) -> list[Any]:
    """The cells of the answer to a named question, before them the things (compact IRIs) of which it was asked; as of `ask`."""
    answer = ask(store, name, parameters)
    chosen = {**question(name).parameters, **parameters}
    things = [vocab.compact(str(thing_called(store, value))) for value in chosen.values() if value]
    return [*things, *answer.to_numpy().ravel().tolist()]


def thing_called(store: Store, name: str) -> URIRef:
    """The thing that a name, another name or an IRI (`id:…`) stands for.

    Raises:
        QueryError: nothing in the graph has that name, or several things have.
    """
    if re.fullmatch(r"""https?://[^\s<>"{}|\\^`]+""", name):
        return URIRef(name)
    direct = vocab.thing(name.removeprefix("id:"))
    replaced = store.rows("SELECT ?thing ?now { GRAPH graph:identity { ?thing dct:isReplacedBy ?now } } LIMIT 1", {"thing": direct})
    if replaced:
        return URIRef(str(replaced[0][1]))
    if store.rows("SELECT ?thing { ?thing rdfs:label|dct:isReplacedBy ?o } LIMIT 1", {"thing": direct}):
        return direct
    things: list[str] = []
    for called in ("rdfs:label", "skos:altLabel"):
        found = store.rows(f"SELECT DISTINCT ?thing ?name {{ ?thing {called} ?name }} LIMIT 9", {"name": Literal(name, lang="zh")})
        things = things or sorted(str(row[0]) for row in found)
    if not things:
        raise QueryError(f"Nothing in the graph is called '{name}'. `kg query --name things` lists what is there.")
    if len(things) > 1:
        listed = ", ".join(vocab.compact(thing) for thing in things)
        raise QueryError(f"'{name}' is the name of several things: {listed}. Give one of these in its place.")
    return URIRef(things[0])


def rows(store: Store, sparql: str, bindings: Mapping[str, Any] | None = None) -> list[Any]:
    """Evaluate a SELECT and give named tuples, None where a variable is unbound; one named as a word of Python gets `_` (`class_`).

    Raises:
        QueryError: the query cannot be parsed or evaluated.
    """
    found = store.table(sparql, bindings)
    make = namedtuple("Solution", [f"{name}_" if iskeyword(name) else name for name in found.names])  # type: ignore[misc]  # the query's names
    return [make(*row) for row in found.rows]


def links(store: Store, sparql: str) -> list[tuple[str, str, str]]:
    """Evaluate a CONSTRUCT and give its triples between two different resources, IRIs shortened, in alphabetical order.

    Raises:
        QueryError: the query cannot be parsed or evaluated, or is no CONSTRUCT.
    """
    between = {(s, p, o) for s, p, o in store.triples(sparql) if not isinstance(o, Literal) and s != o}
    return sorted((vocab.compact(str(s)), vocab.compact(str(p)), vocab.compact(str(o))) for s, p, o in between)


def select(store: Store, sparql: str, bindings: Mapping[str, Any] | None = None) -> "pd.DataFrame":
    """Evaluate SPARQL and give a table: a column a variable, `answer` for ASK, three columns for CONSTRUCT.

    Literals become numbers, dates, booleans or text; things become IRIs, shortened where a prefix is known.

    Raises:
        QueryError: the query cannot be parsed or evaluated.
    """
    import pandas as pd  # noqa: PLC0415  # half a second that other commands need not pay

    found = store.table(sparql, bindings)
    return pd.DataFrame(found.rows, columns=found.names)
