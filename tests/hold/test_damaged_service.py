"""A service whose store is damaged says that, and what to do; it does not blame the query, and it goes on."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.serve.evaluator import _survived
from kg.serve.settings import Settings
from kg.serve.tasks import ReadGraph
from kg.store import EmbeddedStore, failure, snapshots_of
from kg.workspace.workspace import Workspace
from tests.hold.serving import serving
from tests.servers import PATIENCE, client

READING = {
    "rows": "SELECT * { ?s ?p ?o }",
    "rows of a graph": "SELECT * { GRAPH ?g { ?s ?p ?o } }",
    "sorted": "SELECT * { ?s ?p ?o } ORDER BY ?o",
    "triples": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "a count, which ends the process": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "groups, which end the process": "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s",
}


def damage(file: Path) -> None:
    """Turn every hundredth byte of what a file holds of statements around; its size, its head and its end stay."""
    data = bytearray(file.read_bytes())
    for place in range(2_000, len(data) * 8 // 10, 100):
        data[place] ^= 0x55
    file.write_bytes(data)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged") / "kg-workspace"
    store = Workspace(folder).writing_embedded()
    lines = " ".join(f"<urn:s{n}> <urn:p{n % 7}> '{'春' * (n % 30)}{n}' ." for n in range(20_000))
    store.update(f"INSERT DATA {{ {lines} GRAPH <urn:g> {{ {lines} }} }}")
    store.close()
    snapshots = snapshots_of(folder / "store")
    files = sorted((snapshots.folder / str(snapshots.newest())).glob("*.sst"), key=lambda file: file.stat().st_size)
    for file in files:
        if file.stat().st_size > 100_000:
            damage(file)
    return folder


@pytest.fixture(scope="module")
def url(workspace: Path) -> Iterator[str]:
    with serving(workspace, f"time_limit={PATIENCE}, memory_limit=400 * 2**20") as made:
        yield made


@pytest.mark.parametrize("kind", READING)
def test_a_query_that_meets_the_damage_gets_it_told(url: str, kind: str):
    with client(url) as asking:
        answer = asking.get("/sparql", params={"query": READING[kind]})
        assert (answer.status_code, answer.text.count("\n")) == (500, 1)
        assert "damaged" in answer.text
        assert "Restore a backup" in answer.text
        assert "Check the query" not in answer.text
        assert asking.get("/sparql", params={"query": "ASK { VALUES ?a { 1 } }"}).json()["boolean"] is True


def test_a_graph_that_meets_the_damage_too(url: str):
    with client(url) as asking:
        answers = [asking.get("/rdf-graph-store?default"), asking.get("/rdf-graph-store?graph=urn:g")]
    assert [answer.status_code for answer in answers] == [500, 500]
    assert all("Restore a backup" in answer.text for answer in answers)


def test_a_query_that_is_at_fault_is_still_told_so(url: str):
    with client(url) as asking:
        answer = asking.get("/sparql", params={"query": "SELECT (<urn:function>(1) AS ?x) {}"})
    assert (answer.status_code, "Check the query" in answer.text) == (400, True)


def test_commands_tell_the_damage_too(workspace: Path):
    store = EmbeddedStore.reading(workspace / "store")
    try:
        with pytest.raises(StoreError, match="Restore a backup"):
            store.rows("SELECT * { ?s ?p ?o }")
        with pytest.raises(StoreError, match="Restore a backup"):
            store.triples("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    finally:
        store.close()


@pytest.mark.parametrize(
    ("error", "calls", "told"),
    [
        (RuntimeError("Corruption: block checksum mismatch in 000010.sst"), False, StoreError),
        (RuntimeError("Corruption: block checksum mismatch in 000010.sst"), True, StoreError),
        (OSError("IO error: While pread: Input/output error"), True, StoreError),
        (OSError(5, "Input/output error"), False, StoreError),
        (OSError("Connection refused"), True, QueryError),
        (RuntimeError("The custom function <urn:f> is not supported"), False, QueryError),
        (RuntimeError("The variable encoding the service name is unbound"), False, QueryError),
        (RuntimeError("Unexpected default graph returned from the storage"), False, StoreError),
        (ValueError("Invalid base IRI"), False, QueryError),
    ],
)
def test_what_the_engine_says_tells_who_is_at_fault(error: Exception, calls: bool, told: type[Exception]):
    assert type(failure(error, calls)) is told


class Panic(BaseException):
    """What the engine's own faults become in Python: no Exception."""


@pytest.mark.parametrize("fault", [Panic("index out of bounds"), KeyError("x"), RecursionError(), ZeroDivisionError()])
def test_a_worker_survives_whatever_goes_wrong_in_a_task(fault: BaseException, capsys: pytest.CaptureFixture[str]):
    class Broken:
        def store(self) -> ox.Store:
            raise fault

    reply = _survived(ReadGraph(None, "text/turtle"), Broken(), Settings(Path()))  # type: ignore[arg-type]
    assert (reply.status, reply.spent, reply.body.count(b"\n")) == (500, True, 1)
    [line] = capsys.readouterr().err.splitlines()
    assert reply.body.decode().split()[-1].rstrip(".") in line
    assert type(fault).__name__ in line
