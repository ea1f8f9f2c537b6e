"""CONSTRUCT rules of `ontology/rules`, applied until nothing new follows: to a whole graph, or to what came since they were.

Both ways give the same statements. Those of plain rules are found semi-naively: what is new rests on a new statement in one of a rule's
patterns, so each pattern is bound to the new statements in turn. What other rules give may no longer follow when statements come: it goes
before they do, and is made again in the end (stratified evaluation; Abiteboul, Hull, Vianu, Foundations of Databases, 13.1 and 15.2): of
what went that which still follows, and what follows from solutions in which a new statement stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from rdflib import Literal, URIRef

from kg import resources, vocab
from kg.reason.rule import Rule, Told, read_rule
from kg.store import Insertion, Store, batches, insertion

MAX_ROUNDS = 20
"""A chain of parks or parts longer than this is taken to be a fault of the data."""
ROWS = 400
"""Statements that a pattern is bound to in one query."""
MOST = 20_000
"""Statements from which on a rule is evaluated as a whole, which then is faster."""
_INFERRED = vocab.graph("inferred")
_MARK = vocab.term("dct:hasVersion")


def is_current(store: Store, version: str) -> bool:
    """Whether what the rules give is there, from the present documents and this version's rules.

    Before a document changes the mark goes, and with it, in one transaction, what may no longer follow then; a run that was cut off in
    between shows by the missing mark.
    """
    marks = store.rows("SELECT ?version { GRAPH graph:inferred { graph:inferred dct:hasVersion ?version } }")
    return [str(row[0]) for row in marks] == [version]


def derive(store: Store, version: str = "") -> int:
    """Replace `graph/inferred` by what the rules give.

    Args:
        store: the graph.
        version: of the software, kept as the mark that the work was finished.

    Returns:
        How many statements follow that no passage states.
    """
    store.replace([_INFERRED], [])
    plain, others = rules()
    made = _grown(store, plain, None)
    return len(made) + _finished(store, others, version)


class Following:
    """What follows while documents come into a graph and go: begun before the first change, finished after the last."""

    def __init__(self, store: Store, version: str) -> None:
        self._store, self._version = store, version
        self._current, self._begun = is_current(store, version), False
        self._new: dict[str, None] | None = {} if self._current else None
        self._gone: list[str] = []

    def begin(self) -> None:
        """Before statements are added: take out the mark, and what may no longer follow."""
        if self._begun:
            return
        self._begun = True
        if not self._current or not _stratified(*rules()):
            self.outdated()
            self._store.replace([_INFERRED], [])
            return
        given = {iri for rule in rules()[1] for iri in rule.gives} | {str(_MARK)}
        values = " ".join(f"<{iri}>" for iri in sorted(given))
        self._gone = self._store.lines(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ VALUES ?p {{ {values} }} GRAPH graph:inferred {{ ?s ?p ?o }} }}")
        self._store.apply([], Insertion(), _inferred(self._gone))

    def outdated(self) -> None:
        """Statements go, or their number is beyond use: all is to be derived again."""
        self._current, self._new = False, None

    def added(self, inserted: Insertion) -> None:
        """Note what was added."""
        if self._new is None:
            return
        read = _read()
        self._new |= dict.fromkeys(line for line in inserted.everything if line.split(" ", 2)[1] in read)
        if len(self._new) > 10 * MOST:
            self.outdated()

    def renamed(self, things: Iterable[URIRef]) -> None:
        """Note that things were found to be these, and were given their IRIs in all graphs, after `begin`.

        What was derived of them is derived again: a FILTER may have kept two apart that are one now. Of others it holds as it did.
        """
        for some in batches([(one.n3(),) for one in things], ROWS):
            values = f"VALUES ?x {{ {' '.join(iri for (iri,) in some)} }}"
            said = "{ ?x ?p ?o BIND (?x AS ?s) } UNION { ?s ?p ?x BIND (?x AS ?o) }"
            self.added(Insertion((("", tuple(self._store.lines(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {values} {said} }}"))),)))

    def known_as(self, now: Mapping[URIRef, URIRef]) -> None:
        """Note that some of the things that were added were given the IRIs that things of their names had before, after `begin`.

        Only for things of which nothing was said under the old IRIs but what was added: what follows anew then rests on that alone.
        """
        if self._new is not None and now:
            iris = {old.n3(): new.n3() for old, new in now.items()}
            parts = (line[:-2].split(" ", 2) for line in self._new)
            self._new = dict.fromkeys(f"{iris.get(subject, subject)} {said} {iris.get(thing, thing)} ." for subject, said, thing in parts)

    def finish(self) -> None:
        """Make what follows now."""
        if self._new is None:
            derive(self._store, self._version)
        elif self._begun:
            plain, others = rules()
            _restated(self._store, self._new)
            grown = _grown(self._store, plain, list(self._new))
            _finished(self._store, others, self._version, [*self._new, *grown], self._gone)


@cache
def rules() -> tuple[tuple[Rule, ...], tuple[Rule, ...]]:
    """The plain rules of the ontology, and the others."""
    found = [read_rule(path) for path in sorted((resources.ontology() / "rules").glob("*.rq"))]
    return tuple(rule for rule in found if rule.patterns), tuple(rule for rule in found if not rule.patterns)


@cache
def _read() -> frozenset[str]:
    """Predicates, as SPARQL writes them, of what rules rest on or give."""
    plain, others = rules()
    return frozenset(f"<{iri}>" for rule in (*plain, *others) for iri in (*rule.reads, *rule.gives))


def _stratified(plain: Sequence[Rule], others: Sequence[Rule]) -> bool:
    """Whether no rule rests on what the others give, or gives it too."""
    given = [iri for rule in others for iri in rule.gives]
    used = {iri for rule in (*plain, *others) for iri in rule.reads} | {iri for rule in plain for iri in rule.gives}
    return len(set(given)) == len(given) and not used & set(given)


def _grown(store: Store, plain: Sequence[Rule], new: Sequence[str] | None) -> list[str]:
    """Add what plain rules give, until nothing new does; and tell it.

    Args:
        store: the graph.
        plain: the rules.
        new: statements that came (`<s> <p> <o> .`); None for a graph of which nothing is known.
    """
    made: list[str] = []
    for _ in range(MAX_ROUNDS):
        told = None if new is None else _told(new)
        given = store.lines(*(query for rule in plain for query in _queries(rule, told)))
        if not given:
            break
        new = sorted(given)
        store.apply([], _inferred(new))
        made += new
    return made


def _finished(store: Store, others: Sequence[Rule], version: str, new: Sequence[str] | None = None, gone: Sequence[str] = ()) -> int:
    """Add what the other rules give, and the mark; the number of it.

    Args:
        store: the graph.
        others: the rules.
        version: for the mark.
        new: statements that came; None for a graph of which nothing is known.
        gone: what they gave before these came.
    """
    told, before = (None if new is None else _told(new)), _told(gone)
    given = sorted(store.lines(*(query for rule in others for query in _queries_again(store, rule, told, before))))
    mark = insertion([(_INFERRED, _MARK, Literal(version), _INFERRED)])
    store.apply([], Insertion((*_inferred(given).graphs, *mark.graphs)))
    return len(given)


def _restated(store: Store, new: Iterable[str]) -> None:
    """Take these out of `graph/inferred`: what a passage states stays where it is stated, what still follows is derived again."""
    given = {f"<{iri}>" for rule in rules()[0] for iri in rule.gives}
    came = {line for line in new if line.split(" ", 2)[1] in given}
    gone: list[str] = []
    for some in batches(dict.fromkeys((line.split(" ", 1)[0],) for line in came), ROWS):
        values = f"VALUES ?s {{ {' '.join(subject for (subject,) in some)} }}"
        held = store.lines(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {values} GRAPH graph:inferred {{ ?s ?p ?o }} }}")
        gone += [line for line in held if line in came]
    if gone:
        store.apply([], Insertion(), _inferred(gone))


def _queries(rule: Rule, told: Told | None) -> Iterator[str]:
    """What a plain rule is asked: as a whole, or bound to statements that came, pattern by pattern."""
    bound = {} if told is None else {pattern: pattern.rows(told) for pattern in rule.patterns or ()}
    if told is None or any(len(rows) > MOST for rows in bound.values()):
        yield rule.query()
        return
    for pattern, rows in bound.items():
        for some in batches(rows, ROWS):
            yield rule.query(pattern.variables, some)


def _queries_again(store: Store, rule: Rule, told: Told | None, before: Told) -> Iterator[str]:
    """What another rule is asked: as a whole, or for what it gave before, and for each variable bound to what of it came."""
    held, bound = rule.given.rows(before), defaultdict[str, dict[tuple[str, ...], None]](dict)
    for pattern in rule.touched or ():
        bound[pattern.variables[0]] |= dict.fromkeys(pattern.rows(told or {}))
    if told is None or rule.touched is None or any(len(rows) > MOST for rows in (held, *bound.values())):
        yield rule.query()
        return
    for some in batches(held, ROWS):
        yield rule.query(rule.given.variables, some)
    for name, rows in bound.items():
        for some in batches(_that_may(store, rule, name, rows), ROWS):
            yield rule.query((name,), some)


def _that_may(store: Store, rule: Rule, name: str, rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The rows of one variable for which the patterns that always hold, each by itself, do: a figure has a period, but is no report."""
    for some in batches(rows, ROWS):
        query = rule.about(name, some)
        kept = {f"<{iri}>" for [iri] in store.texts(query)[0]} if query else set()
        yield from (row for row in some if not query or row[0] in kept or row[0][0] != "<")


def _told(new: Sequence[str]) -> Told:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in new:
        subject, predicate, thing = line.split(" ", 2)
        found[predicate[1:-1]].append((subject, thing[:-2]))  # without the stop behind it
    return found


def _inferred(lines: Sequence[str]) -> Insertion:
    return Insertion(((_INFERRED.n3(), tuple(lines)),) if lines else ())
