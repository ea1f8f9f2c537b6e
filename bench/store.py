"""The store beside Oxigraph called directly and rdflib's own: loading, eight kinds of question, and requests a second of the service.

`python -m bench.store [--load] [TRIPLES…]` (100000, 1000000 and 5000000 where left out, rdflib up to 1000000); `--load` leaves
the questions out.
"""

import math
import shutil
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyoxigraph as ox
from rdflib import Dataset, Graph

from bench import seconds, serving
from bench.generated import thing, write
from kg import vocab
from kg.query import select
from kg.store import EmbeddedStore
from kg.store.conformance import conforming
from kg.store.load import load_dataset
from kg.workspace.backup import restore

PATIENCE = 60
SIZES = (100_000, 1_000_000, 5_000_000)
RDFLIB_UP_TO = 1_000_000
BARS = {"load / bulk_load": 0.7, "load / rdflib": 6.0, "query × pyoxigraph": 1.4, "query / rdflib": 25.0, "wording / lookup": 0.02}
PREFIXES = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in vocab.PREFIXES.items())
QUERIES = {
    "lookup": f"SELECT ?p ?o {{ {thing(77)} ?p ?o }}",
    "two hops": f"SELECT ?b ?c {{ {thing(40)} ino:cooperatesWith ?b . ?b ino:cooperatesWith ?c }}",
    "group by": "SELECT ?i (COUNT(*) AS ?n) (AVG(?v) AS ?mean) { ?o a ino:Observation ; ino:indicator ?i ; ino:value ?v } GROUP BY ?i",
    "three-way join": (
        "SELECT ?a ?b ?park { ?a ino:cooperatesWith ?b . ?a ino:locatedIn ?park . ?b ino:locatedIn ?park . ?park a ino:Park } LIMIT 20000"
    ),
    "negation": "SELECT ?e { ?e a ino:Enterprise FILTER NOT EXISTS { ?e ino:locatedIn ?park } }",
    "sums": "SELECT ?t (SUM(?v) AS ?total) { ?o ino:about ?t ; ino:value ?v } GROUP BY ?t ORDER BY DESC(?total) LIMIT 50",
    "text contains": 'SELECT ?t ?name { ?t rdfs:label ?name FILTER (CONTAINS(?name, "4321")) }',
    "property path": f"SELECT ?up {{ {thing(6)} ino:locatedIn+ ?up }}",
}


def main(sizes: tuple[int, ...] = SIZES, only_load: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            one_size(Path(folder) / str(size), size, only_load)


def one_size(folder: Path, size: int, only_load: bool = False) -> None:
    folder.mkdir()
    file = folder / "passages.nq"
    write(file, size)
    print(f"\n{size:,} statements in passages ({file.stat().st_size / 1e6:.0f} MB)")
    workspace = folder / "workspace"
    peer, ours = seconds(lambda: load_direct(folder / "peer", file)), seconds(lambda: restore(file, workspace))
    whole = folder / "whole.nq"
    store = EmbeddedStore.reading(workspace / "store")
    with whole.open("wb") as out:
        store.dump(out, "nq")
    same = seconds(lambda: load_direct(folder / "same", whole))
    whole.unlink()
    shown("load / bulk_load", same / ours, f"ours {ours:.1f} s making the set, bulk_load {same:.1f} s of a file that has it")
    print(f"{'':<20} {peer / ours:>6.2f} where bulk_load leaves the set out ({peer:.1f} s)")
    graph = None
    if size <= RDFLIB_UP_TO:
        memory = seconds(lambda: load_dataset(ox.Store(), file, "nq"))  # before rdflib's objects are there for the garbage collector
        start = time.perf_counter()
        dataset = load_rdflib(file)
        took = time.perf_counter() - start
        shown("load / rdflib", took / memory, f"both in memory, passages and set: rdflib {took:.1f} s, ours {memory:.1f} s")
        print(f"{'':<20} {took / ours:>6.2f} with ours on disk; bulk_load on disk, passages alone: {took / peer:.2f}")
        graph = dataset.default_graph if size == RDFLIB_UP_TO else None
    if not only_load:
        questions(store, graph)
    store.close()
    if not only_load and size == RDFLIB_UP_TO:
        serving.compare(workspace, {name: PREFIXES + query for name, query in QUERIES.items()})
    shutil.rmtree(folder)


def load_direct(path: Path, file: Path) -> None:
    ox.Store(str(path)).bulk_load(path=str(file), format=ox.RdfFormat.N_QUADS)


def load_rdflib(file: Path) -> Dataset:
    """rdflib's Memory store with the same file, and its statements as a set in the default graph."""
    dataset = Dataset()
    dataset.parse(file, format="nquads")
    for subject, predicate, value, _ in list(dataset.quads((None, None, None, None))):
        dataset.default_graph.add((subject, predicate, value))
    return dataset


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
            line += " (stopped)" if rdflib_seconds and rdflib_seconds >= PATIENCE else ""
        print(line)
    shown("query × pyoxigraph", math.exp(statistics.mean(map(math.log, to_direct))), "geometric mean of eight", least=False)
    worded, asked = best(lambda: [conforming(query, bool) for query in QUERIES.values()]), best(lambda: select(store, QUERIES["lookup"]))
    shown("wording / lookup", worded / len(QUERIES) / asked, "whether a query has what is worded anew", least=False)
    if to_rdflib:
        shown("query / rdflib", math.exp(statistics.mean(map(math.log, to_rdflib))), f"geometric mean of {len(to_rdflib)}")


def directly(store: ox.Store, query: str) -> pd.DataFrame:
    """What one writes without us: the values of the terms as they are."""
    found = store.query(query)
    names = [v.value for v in found.variables]
    return pd.DataFrame([[None if cell is None else cell.value for cell in row] for row in found], columns=names)


def by_rdflib(graph: Graph, query: str) -> float | None:
    """Seconds of rdflib's own engine, stopped at PATIENCE and counted as that; None where it breaks."""

    def stop(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        return seconds(lambda: pd.DataFrame([tuple(row) for row in graph.query(PREFIXES + query)]))
    except RecursionError:
        return None
    except TimeoutError:
        return float(PATIENCE)
    finally:
        signal.alarm(0)


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
    given = [argument for argument in sys.argv[1:] if argument != "--load"]
    main(tuple(int(float(size)) for size in given) or SIZES, "--load" in sys.argv)
