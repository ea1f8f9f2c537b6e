"""The store beside Oxigraph called directly and rdflib's own: loading, eight kinds of question, and requests a second of the service.

`python -m bench.store [TRIPLES…]` (100000, 1000000 and 5000000 where left out; rdflib up to 1000000).
"""

import math
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
from rdflib import Dataset, Graph

from bench import serving
from bench.generated import thing, write
from kg import vocab
from kg.backup import restore
from kg.query import select
from kg.store import EmbeddedStore

SIZES = (100_000, 1_000_000, 5_000_000)
RDFLIB_UP_TO = 1_000_000
BARS = {"load / bulk_load": 0.7, "load / rdflib": 6.0, "query × pyoxigraph": 1.4, "query / rdflib": 25.0}
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in vocab.PREFIXES.items())
HUB = thing(1)
QUERIES = {
    "lookup": f"SELECT ?p ?o {{ {thing(77)} ?p ?o }}",
    "two hops": f"SELECT ?b ?c {{ {thing(40)} ino:cooperatesWith ?b . ?b ino:cooperatesWith ?c }}",
    "group by": "SELECT ?i (COUNT(*) AS ?n) (AVG(?v) AS ?mean) { ?o a ino:Observation ; ino:indicator ?i ; ino:value ?v } GROUP BY ?i",
    "three-way join": (
        "SELECT ?a ?b ?park { ?a ino:cooperatesWith ?b . ?a ino:locatedIn ?park . ?b ino:locatedIn ?park . ?park a ino:Park } LIMIT 20000"
    ),
    "negation": "SELECT ?e { ?e a ino:Enterprise FILTER NOT EXISTS { ?e ino:locatedIn ?park } }",
    "sums": "SELECT ?t (SUM(?v) AS ?total) { ?o ino:observedThing ?t ; ino:value ?v } GROUP BY ?t ORDER BY DESC(?total) LIMIT 50",
    "text contains": 'SELECT ?t ?name { ?t rdfs:label ?name FILTER (CONTAINS(?name, "4321")) }',
    "property path": f"SELECT ?up {{ {thing(6)} ino:locatedIn+ ?up }}",
}


def main(sizes: tuple[int, ...] = SIZES) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            one_size(Path(folder) / str(size), size)


def one_size(folder: Path, size: int) -> None:
    folder.mkdir()
    file = folder / "passages.nq"
    write(file, size)
    print(f"\n{size:,} statements in passages ({file.stat().st_size / 1e6:.0f} MB)")
    workspace = folder / "workspace"
    peer, ours = seconds(lambda: load_direct(folder / "peer", file)), seconds(lambda: restore(file, workspace))
    shown("load / bulk_load", peer / ours, f"ours {ours:.1f} s with the set in the default graph, bulk_load {peer:.1f} s without")
    graph = None
    if size <= RDFLIB_UP_TO:
        start = time.perf_counter()
        dataset = load_rdflib(file)
        took = time.perf_counter() - start
        shown("load / rdflib", took / ours, f"rdflib Memory {took:.1f} s without the set")
        graph = as_set(dataset) if size == RDFLIB_UP_TO else None
        del dataset
    store = EmbeddedStore.reading(workspace / "store")
    questions(store, graph)
    store.close()
    if size == RDFLIB_UP_TO:
        serving.compare(workspace, {name: PREFIXES + query for name, query in QUERIES.items()})
    shutil.rmtree(folder)


def load_direct(path: Path, file: Path) -> None:
    ox.Store(str(path)).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)


def load_rdflib(file: Path) -> Dataset:
    """rdflib's Memory store with the same file."""
    dataset = Dataset()
    dataset.parse(file, format="nquads")
    return dataset


def as_set(dataset: Dataset) -> Graph:
    """The same statements as a set, which is what the questions are asked of."""
    graph = Graph()
    for subject, predicate, value, _ in dataset.quads((None, None, None, None)):
        graph.add((subject, predicate, value))
    return graph


def questions(store: EmbeddedStore, graph: Graph | None) -> None:
    """Each query to a DataFrame: ours, pyoxigraph called directly on the same store, rdflib."""
    to_direct, to_rdflib = [], []
    for name, query in QUERIES.items():
        ours, direct = best(lambda q=query: select(store, q)), best(lambda q=query: directly(store.oxigraph, PREFIXES + q))
        to_direct.append(ours / direct)
        line = f"  {name:<16} ours {ours * 1000:>9.2f} ms   pyoxigraph {direct * 1000:>9.2f} ms"
        if graph is not None:
            rdflib_seconds = by_rdflib(graph, query)
            if rdflib_seconds is not None:
                to_rdflib.append(rdflib_seconds / ours)
            line += f"   rdflib {'fails' if rdflib_seconds is None else f'{rdflib_seconds * 1000:.0f} ms'}"
        print(line)
    shown("query × pyoxigraph", math.exp(statistics.mean(map(math.log, to_direct))), "geometric mean of eight", least=False)
    if to_rdflib:
        shown("query / rdflib", math.exp(statistics.mean(map(math.log, to_rdflib))), f"geometric mean of {len(to_rdflib)}")


def directly(store: ox.Store, query: str) -> pd.DataFrame:
    """What one writes without us: the values of the terms as they are."""
    found = store.query(query)
    names = [v.value for v in found.variables]
    return pd.DataFrame([[None if cell is None else cell.value for cell in row] for row in found], columns=names)


def by_rdflib(graph: Graph, query: str) -> float | None:
    """Seconds of rdflib's own engine; None where it breaks."""
    try:
        return seconds(lambda: pd.DataFrame([tuple(row) for row in graph.query(PREFIXES + query)]))
    except RecursionError:
        return None


def seconds(what: Callable[[], object]) -> float:
    start = time.perf_counter()
    what()
    return time.perf_counter() - start


def best(what: Callable[[], object], budget: float = 3.0) -> float:
    """The best of three runs or more, within a budget of seconds."""
    runs = [seconds(what) for _ in range(3)]
    while sum(runs) < budget and len(runs) < 50:
        runs.append(seconds(what))
    return min(runs)


def shown(name: str, ratio: float, note: str, least: bool = True) -> None:
    bar = BARS[name]
    met = ratio >= bar if least else ratio <= bar
    print(f"{name:<20} {ratio:>6.2f} (bar {bar:g}): {'met' if met else 'MISSED'}; {note}")


if __name__ == "__main__":
    main(tuple(int(float(size)) for size in sys.argv[1:]) or SIZES)
