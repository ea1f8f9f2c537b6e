"""A store behind the SPARQL 1.1 Protocol: any engine that answers queries and takes updates over HTTP.

Engines differ in two things that matter here. Some join all graphs into the default graph: there the set of
statements is kept in the graph `graph/default`, and queries are worded so that they ask it. Some do not carry out an
update of several operations as a whole: there the graphs under way are noted in `graph/pending` first, and what a
broken run left is taken out by the next writer.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

import httpx
import pyoxigraph as ox
from rdflib import URIRef
from rdflib.term import Node

from kg import vocab
from kg.errors import KgError, QueryError, StoreError
from kg.store.base import Answer, Bindings, Store
from kg.store.replace import NOTHING, TOGETHER, Insertion, batches, insert_data, insertion, removal, renaming, replace_request, withdrawal
from kg.store.sparql import query_form, with_default
from kg.store.terms import to_rdflib

PART, GRAPHS = 1000, 200
"""Statements and graphs in one request, where an engine does not take a document whole."""
TIMEOUT = 600.0
_RESULTS, _GRAPH = "application/sparql-results+json", "text/turtle, application/n-triples;q=0.9"
_GRAPH_FORMATS = MappingProxyType(
    {
        "application/n-triples": ox.RdfFormat.N_TRIPLES,
        "text/plain": ox.RdfFormat.N_TRIPLES,
        "text/turtle": ox.RdfFormat.TURTLE,
    }
)
_PREFIXES = " ".join(f"PREFIX {prefix}: <{namespace}>" for prefix, namespace in vocab.PREFIXES.items())


class RemoteStore(Store):
    """A dataset on another machine.

    Args:
        url: where queries go; a name and password in it are sent as HTTP Basic authentication.
        update_url: where updates go; `KG_STORE_UPDATE` where it is left out, else `…/update` beside `…/query`, else `url`.

    Raises:
        StoreError: no SPARQL engine answers there.
    """

    def __init__(self, url: str, update_url: str | None = None) -> None:
        parts = urlsplit(url)
        self.url, self._where = url, f"{parts.scheme}://{parts.hostname}:{parts.port or 80}"  # the password stays out of messages
        usual = f"{url.removesuffix('/query')}/update" if url.endswith("/query") else url
        self._update_url = update_url or os.environ.get("KG_STORE_UPDATE") or usual
        token = os.environ.get("KG_STORE_TOKEN")
        self._client = httpx.Client(timeout=TIMEOUT, headers={"Authorization": f"Bearer {token}"} if token else {})
        self._default: URIRef | None = None
        self._whole: bool | None = None
        try:
            if self._ask(f"ASK {{ GRAPH {_DEFAULT.n3()} {{ ?s ?p ?o }} }}"):
                self._default = _DEFAULT
        except KgError:
            self.close()
            raise

    def answer(self, sparql: str, bindings: Bindings | None = None) -> Answer:
        """Evaluate SPARQL 1.1 on the engine."""
        asked = sparql if self._default is None else with_default(sparql, self._default)
        return self._query(f"{_PREFIXES}\n{_bound(asked, bindings or {})}")

    def _query(self, sparql: str) -> Answer:
        accept = _GRAPH if query_form(sparql) in ("CONSTRUCT", "DESCRIBE") else _RESULTS  # Virtuoso minds the first type only
        response = self._send(self.url, {"query": sparql}, QueryError, accept)
        kind = response.headers.get("content-type", "").split(";")[0].strip()
        try:
            if kind in _GRAPH_FORMATS:
                # a CONSTRUCT of the triples in memory gives them the type that a local answer has
                held = ox.Store()
                held.bulk_load(response.content, _GRAPH_FORMATS[kind])
                found = held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
            else:
                found = ox.parse_query_results(response.content, ox.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{self._where} answered with {kind or 'no type'}, which is no SPARQL result. Correct --store.") from error
        self._require_whole(response, found)
        return found

    def _require_whole(self, response: httpx.Response, found: Answer) -> None:
        """Refuse an answer that the engine cut off at its own limit (Virtuoso says so in a header)."""
        limit = response.headers.get("x-sparql-maxrows")
        if limit and isinstance(found, ox.QuerySolutions) and len(response.json()["results"]["bindings"]) >= int(limit):
            raise StoreError(f"{self._where} gives {limit} rows at most, and cut the answer off. Raise its limit (ResultSetMaxRows).")

    def _ask(self, sparql: str) -> bool:
        return bool(self._query(sparql))

    def _update(self, request: str) -> None:
        self._send(self._update_url, {"update": request}, StoreError)

    def _send(self, url: str, form: dict[str, str], wrong: type[QueryError | StoreError], accept: str = "*/*") -> httpx.Response:
        try:
            response = self._client.post(url, data=form, headers={"Accept": accept})
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            said = str(error) or type(error).__name__
            raise StoreError(f"{self._where} does not answer ({said}). Start it, or correct --store.") from error
        if response.is_error:
            said = " ".join(response.text.split())[:200].rstrip(".")
            raise wrong(f"SPARQL: the engine answered {response.status_code} ({said}).")
        return response

    def apply(self, old: Iterable[URIRef], inserted: Insertion, gone: Insertion = NOTHING) -> None:
        """Take graphs out and put statements in: as one request where the engine carries it out as a whole."""
        old = sorted(set(old))
        if self._whole is None:
            self._get_to_know()
        if self._whole:
            request = replace_request(old, inserted, self._default, gone)
            try:
                if request:
                    self._update(request)
            except StoreError as error:
                raise StoreError(f"{error} It is as before.") from error
            return
        self._apply_in_parts(old, inserted, gone)

    def rename(self, pairs: Sequence[tuple[URIRef, URIRef]], inserted: Insertion) -> None:
        """Give things other IRIs in every graph, and put statements in, some things a request; one that broke off may be sent again."""
        if self._whole is None:
            self._get_to_know()
        for part in inserted.parts(PART):  # it may be repeated, so that no note is needed by which its graphs would be taken out
            self._update(insert_data(part, self._default)[0])
        for some in batches(pairs, TOGETHER):
            self._update(renaming(some, self._default))

    def carry_out(self, worded: Callable[[URIRef | None], str]) -> None:
        """Carry out an update of ours; an engine that divides requests may stop between its operations, each of which may be repeated."""
        if self._whole is None:
            self._get_to_know()
        prologue = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in vocab.PREFIXES.items())
        self._update(prologue + worded(self._default))

    def _apply_in_parts(self, old: Sequence[URIRef], inserted: Insertion, gone: Insertion) -> None:
        new = [URIRef(graph.strip("<>")) for graph, _ in (*gone.graphs, *inserted.graphs)]
        touched = sorted({*old, *new})
        try:
            for some in batches(touched, PART):
                notes = "\n".join(map(_note, some))
                self._update(f"INSERT DATA {{ GRAPH {_PENDING.n3()} {{\n{notes}\n}} }}")
            self._take_out(old)
            for part in gone.parts(PART):
                self._update(" ;\n".join(withdrawal(part, self._default)))
            for part in inserted.parts(PART):
                self._update(insert_data(part, self._default)[0])
            self._update(f"DROP SILENT GRAPH {_PENDING.n3()}")
        except StoreError as error:
            try:
                self._clear_pending()
            except StoreError:
                raise StoreError(f"{error} What was stored of it is taken out by the next run.") from error
            raise StoreError(f"{error} Nothing of it was stored; run again.") from error

    def _take_out(self, graphs: Sequence[URIRef]) -> None:
        for some in batches(graphs, GRAPHS):
            self._update(" ;\n".join(removal(list(some), self._default)))

    def _clear_pending(self) -> None:
        """Take out what a run that broke off left half done."""
        found = self._query(f"SELECT ?graph {{ GRAPH {_PENDING.n3()} {{ ?graph ?p ?o }} }}")
        graphs = [URIRef(str(to_rdflib(row[0]))) for row in found] if isinstance(found, ox.QuerySolutions) else []
        self._take_out(graphs)
        if graphs:
            self._update(f"DROP SILENT GRAPH {_PENDING.n3()}")

    def _get_to_know(self) -> None:
        """Find out, by trying in a graph of our own, how the engine takes the default graph and several operations."""
        probe, note = _PROBE.n3(), _note(_PROBE)
        self._update(f"DROP SILENT GRAPH {probe}")
        self._update(f"INSERT DATA {{ GRAPH {probe} {{ {note} }} }}")
        if self._default is None and self._ask(f"ASK {{ {note} }}"):
            self._default = _DEFAULT
        self._update(f"DROP SILENT GRAPH {probe}")
        try:  # the second operation cannot be done: a graph that is there cannot be created
            self._update(f"INSERT DATA {{ GRAPH {probe} {{ {note} }} }} ; CREATE GRAPH {probe}")
            self._whole = False
        except StoreError:
            self._whole = not self._ask(f"ASK {{ GRAPH {probe} {{ ?s ?p ?o }} }}")
        self._update(f"DROP SILENT GRAPH {probe}")
        self._clear_pending()

    def holds(self, triples: Iterable[tuple[Node, Node, Node]]) -> set[tuple[Node, Node, Node]]:
        """Those of the triples that the default graph holds."""
        found: set[tuple[Node, Node, Node]] = set()
        for some in batches(sorted(triples), GRAPHS):
            lines = " ".join(f"({s.n3()} {p.n3()} {o.n3()})" for s, p, o in some)
            rows = self.rows(f"SELECT ?s ?p ?o {{ VALUES (?s ?p ?o) {{ {lines} }} ?s ?p ?o }}")
            found.update((s, p, o) for s, p, o in rows if s is not None and p is not None and o is not None)
        return found

    def close(self) -> None:
        """Close the connection."""
        self._client.close()


_DEFAULT, _PENDING, _PROBE = (vocab.graph(name) for name in ("default", "pending", "probe"))


def _note(graph: URIRef) -> str:
    [(_, [line])] = insertion([(graph, vocab.term("dct:isPartOf"), _PENDING, _PENDING)]).graphs
    return line


def _bound(sparql: str, bindings: Bindings) -> str:
    """A query with values for variables that it selects, as a clause behind it."""
    if not bindings:
        return sparql
    names, values = " ".join(f"?{name}" for name in bindings), " ".join(node.n3() for node in bindings.values())
    return f"{sparql}\nVALUES ({names}) {{ ({values}) }}"
