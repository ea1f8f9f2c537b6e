"""What the front answers itself is a lookup and nothing else; it gives what a worker gives, is never late, and never long."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.serve import Settings, evaluator, lookup, responses
from kg.serve.evaluator import _survived
from kg.serve.intake import Intake
from kg.serve.lookup import Lookups, prefixes_of
from kg.serve.newest import Newest
from kg.serve.protocol import SparqlEndpoint
from kg.serve.tasks import Dataset, Query, Reply
from kg.store import snapshots_of
from kg.workspace.backup import backup, restore
from kg.workspace.workspace import Workspace
from tests import servers
from tests.hold.serving import AUTHORIZED, TOKEN, serving, small_graph
from tests.hold.test_damaged_service import damage

JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
PARK = "<https://w3id.org/innovation-kg/id/园区>"
DATA = f"""PREFIX id: <https://w3id.org/innovation-kg/id/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> INSERT DATA {{
  <urn:a> <urn:b> <urn:c> , 1 , 2.50 , "x" , "x"@zh , "a\\"b\\n<&>,;" , true , _:node .
  id:云舟 rdfs:label "云舟科技"@zh , "Yunzhou"@en-GB ; a <urn:Firm> ; <urn:in> {PARK} .
  id:蓝石 rdfs:label "蓝石" ; a <urn:Firm> ; <urn:in> {PARK} .
  <urn:c> <urn:b> <urn:a> . <urn:same> <urn:same> <urn:same> . <urn:p.q/r-s> <urn:b> "" .
  GRAPH <urn:here> {{ <urn:a> <urn:b> <urn:hidden> }} }}"""

TAKEN = [
    "SELECT ?p ?o { <urn:a> ?p ?o }",
    "select * where { <urn:a> <urn:b> ?o . }",
    "SELECT * WHERE{ ?s a <urn:Firm> }",
    "SELECT $s ?s { ?s <urn:b> <urn:a> } LIMIT 3",
    "\n PREFIX  x: <urn:>\r\n\tSELECT ?o{ x:a x:b ?o . } ",
    "PREFIX id: <urn:> PREFIX rdfs: <urn:x#> SELECT ?p ?o { id:a ?p ?o }",
    "SELECT ?o ?p { id:云舟 ?p ?o }",
    "SELECT ?名 { id:云舟 rdfs:label ?名 }",
    'SELECT ?s { ?s rdfs:label "云舟科技"@zh }',
    'SELECT ?s { ?s rdfs:label "Yunzhou"@en-gb . }',
    'SELECT ?s ?p { ?s ?p "x" }',
    'SELECT ?s ?p { ?s ?p "" . }',
    f"SELECT * {{ ?firm <urn:in> {PARK} }}",
    "SELECT * { <urn:a> <urn:b> <urn:c> }",
    "SELECT * { <urn:nobody> ?p ?o }",
    "SELECT ?o { <urn:a> <urn:b> ?o } LIMIT 0",
    "SELECT ?x ?o { <urn:a> <urn:b> ?o }",
    "SELECT ?o { unknown:a <urn:b> ?o }",
    "SELECT ?o { <urn:a> <urn:b> ?o . } limit 2",
    "SELECT ?s { ?s <urn:b> <urn:a]> }",
    "SELECT ?s { <urn:a> ?s id:-x }",
]
OTHERS = {
    "every statement": "SELECT ?s ?p ?o { ?s ?p ?o }",
    "a predicate alone": "SELECT ?s ?o { ?s <urn:b> ?o } LIMIT 5",
    "a variable that is repeated": "SELECT ?s { ?s <urn:same> ?s }",
    "one repeated under its other sign": "SELECT ?s { <urn:same> ?s $s }",
    "three times the same": "SELECT * { ?s ?s ?s }",
    "a column left out, of which many rows may be empty": "SELECT ?x { <urn:a> ?p ?o }",
    "not all of the variables": "SELECT ?p { <urn:a> ?p ?o }",
    "no column": "SELECT { <urn:a> ?p ?o }",
    "two patterns": "SELECT * { <urn:a> ?p ?o . ?o ?q ?r }",
    "two objects": "SELECT * { <urn:a> ?p ?o , ?q }",
    "two predicates": "SELECT * { <urn:a> ?p ?o ; ?q ?r }",
    "two dots": "SELECT * { <urn:a> ?p ?o . . }",
    "an escape in an IRI": "SELECT * { <urn:\\u0061> ?p ?o }",
    "a space by escape in an IRI": "SELECT * { <urn:a\\u0020> ?p ?o }",
    "a keyword by escape": "\\u0053ELECT * { <urn:a> ?p ?o }",
    "a bracket by escape": "SELECT * { <urn:a> ?p ?o \\u007d",
    "an escape in a name": "SELECT * { id:\\u4e91舟 ?p ?o }",
    "a local escape": "SELECT * { <urn:a> ?p id:a\\-b }",
    "a percent in a name": "SELECT * { id:a%20b ?p ?o }",
    "a dot in a name": "SELECT * { id:a.b ?p ?o }",
    "a name without a prefix": "PREFIX : <urn:> SELECT * { :a ?p ?o }",
    "a relative IRI": "SELECT * { <a> ?p ?o }",
    "a base": "BASE <urn:x/> SELECT * { <urn:a> ?p ?o }",
    "a base behind a prefix": "PREFIX x: <urn:> BASE <urn:x/> SELECT * { x:a ?p ?o }",
    "a relative prefix": "PREFIX x: <> SELECT * { x:a ?p ?o }",
    "a comment": "SELECT * { <urn:a> ?p ?o } # no more",
    "a comment that holds the end": "SELECT * { <urn:a> ?p ?o # }\n . ?o ?q ?r }",
    "a comment among prefixes": "PREFIX x: <urn:> # SELECT\nSELECT * { x:a ?p ?o }",
    "values behind": "SELECT * { <urn:a> ?p ?o } VALUES ?o { 1 2 }",
    "values within": "SELECT * { VALUES ?o { 1 } <urn:a> ?p ?o }",
    "an offset": "SELECT * { <urn:a> ?p ?o } OFFSET 1000000",
    "a limit and an offset": "SELECT * { <urn:a> ?p ?o } LIMIT 1 OFFSET 1",
    "a limit twice": "SELECT * { <urn:a> ?p ?o } LIMIT 1 LIMIT 1",
    "an endless limit": f"SELECT * {{ <urn:a> ?p ?o }} LIMIT {'9' * 30}",
    "an order": "SELECT * { <urn:a> ?p ?o } ORDER BY ?o",
    "distinct": "SELECT DISTINCT ?p { <urn:a> ?p ?o }",
    "distinct, all": "SELECT DISTINCT * { <urn:a> ?p ?o }",
    "reduced": "SELECT REDUCED * { <urn:a> ?p ?o }",
    "a group": "SELECT ?p (COUNT(?o) AS ?n) { <urn:a> ?p ?o } GROUP BY ?p",
    "an expression": "SELECT (1 AS ?x) ?p ?o { <urn:a> ?p ?o }",
    "a filter": "SELECT * { <urn:a> ?p ?o FILTER (?o = 1) }",
    "a function that counts up": "SELECT ?p ?o (STRUUID() AS ?u) { <urn:a> ?p ?o }",
    "a path": "SELECT * { <urn:a> <urn:b>+ ?o }",
    "a path of no length": "SELECT * { <urn:a> <urn:b>? ?o }",
    "a path both ways": "SELECT * { <urn:a> ^<urn:b> ?o }",
    "a path of two": "SELECT * { <urn:a> <urn:b>/<urn:b> ?o }",
    "a path of a": "SELECT * { <urn:a> a* ?o }",
    "a blank node": "SELECT * { _:x <urn:b> ?o }",
    "an anonymous node": "SELECT * { [] <urn:b> ?o }",
    "a list": "SELECT * { (1 2) <urn:b> ?o }",
    "a number": "SELECT * { ?s <urn:b> 1 }",
    "true": "SELECT * { ?s <urn:b> true }",
    "a typed string": 'SELECT * { ?s <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#integer> }',
    "another quote": "SELECT * { ?s <urn:b> 'x' }",
    "a long string": 'SELECT * { ?s <urn:b> """x""" }',
    "a quote within": 'SELECT * { ?s <urn:b> "a\\"b" }',
    "a string over lines": 'SELECT * { ?s <urn:b> "a\nb" }',
    "a literal as subject": 'SELECT * { "x" <urn:b> ?o }',
    "a as subject": "SELECT * { a <urn:b> ?o }",
    "a named graph": "SELECT * { GRAPH <urn:here> { <urn:a> ?p ?o } }",
    "a dataset": "SELECT * FROM <urn:here> { <urn:a> ?p ?o }",
    "named data": "SELECT * FROM NAMED <urn:here> { <urn:a> ?p ?o }",
    "a subquery": "SELECT * { { SELECT * { <urn:a> ?p ?o } } }",
    "a group in a group": "SELECT * { { <urn:a> ?p ?o } }",
    "an option": "SELECT * { <urn:a> ?p ?o OPTIONAL { ?o ?q ?r } }",
    "another server": "SELECT * { SERVICE <http://127.0.0.1:9/> { <urn:a> ?p ?o } }",
    "another server as a prefix": "PREFIX SERVICE: <urn:> SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "a quoted triple": "SELECT * { << <urn:a> <urn:b> 1 >> ?p ?o }",
    "a question": "ASK { <urn:a> ?p ?o }",
    "triples": "CONSTRUCT WHERE { <urn:a> ?p ?o }",
    "a description": "DESCRIBE <urn:a>",
    "an update": "DELETE WHERE { <urn:a> ?p ?o }",
    "something behind": "SELECT * { <urn:a> ?p ?o } x",
    "something before": "x SELECT * { <urn:a> ?p ?o }",
    "two queries": "SELECT * { <urn:a> ?p ?o } SELECT * { <urn:a> ?p ?o }",
    "an end that is missing": "SELECT * { <urn:a> ?p ?o",
    "nothing": "",
    "a letter that only looks like one": "\u017fELECT * { <urn:a> ?p ?o }",
    "a space that is none": "SELECT *\u00a0{ <urn:a> ?p ?o }",
    "a line that is none": "SELECT * { <urn:a> ?p\u2028?o }",
    "a mark of byte order": "\ufeffSELECT * { <urn:a> ?p ?o }",
    "a zero": "SELECT * { <urn:a> ?p ?o }\x00",
    "many characters": f"SELECT * {{ <urn:{'a' * 5000}> ?p ?o }}",
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("looked-up") / "kg-workspace"
    store = Workspace(folder).writing_embedded()
    store.update(DATA)
    store.close()
    return folder


@pytest.fixture(scope="module", autouse=True)
def _no_clock() -> Iterator[None]:
    """However busy the machine is, nothing takes long here."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(lookup, "perf_counter", lambda: 0.0)
        yield


Make = Callable[[Path], Lookups]


@pytest.fixture(scope="module")
def at_hand() -> Iterator[Make]:
    """Makes fronts that hold the newest snapshot of a workspace."""
    made: list[Lookups] = []

    def make(folder: Path) -> Lookups:
        made.append(Lookups(Settings(folder)))
        read(made[-1])
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def front(at_hand: Make, workspace: Path) -> Lookups:
    return at_hand(workspace)


def read(front: Lookups) -> None:
    """Let a worker have answered."""

    async def once() -> None:
        front.answered(asked(TAKEN[0]), Reply(200))
        if front._opening:
            await front._opening

    asyncio.run(once())


def asked(text: str, rows: str | None = JSON) -> Query:
    return Query(text, rows, None, "http://localhost:8000/sparql")


def as_any_query(folder: Path, task: Query) -> Reply:
    """What a worker gives that knows no lookups."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(evaluator, "found_by", lambda *_: None)
        return by_worker(folder, task)


def by_worker(folder: Path, task: Query) -> Reply:
    with closing(Newest(folder / "store")) as newest:
        return _survived(task, newest, Settings(folder))


@pytest.mark.parametrize("text", TAKEN)
def test_a_lookup_gets_the_same_bytes_in_every_media_type(front: Lookups, workspace: Path, text: str):
    assert prefixes_of(text) is not None
    for rows in (JSON, XML, CSV, TSV):
        plainly, here = as_any_query(workspace, asked(text, rows)), front.answer(asked(text, rows))
        assert here == (plainly if plainly.status == 200 else None)
        assert by_worker(workspace, asked(text, rows)) == plainly


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_lookup_never_runs_in_the_front(front: Lookups, kind: str):
    assert front.answer(asked(OTHERS[kind])) is None
    assert prefixes_of(OTHERS[kind]) is None


def test_a_lookup_in_another_dataset_or_for_a_media_type_that_is_not_ours_does_not_either(front: Lookups):
    assert front.answer(asked(TAKEN[0])) is not None
    assert front.answer(asked(TAKEN[0], None)) is None
    assert front.answer(Query(TAKEN[0], JSON, None, None, Dataset(("urn:here",), None))) is None
    assert front.answer(Query(TAKEN[0], JSON, None, None, Dataset(None, ("urn:here",)))) is None


_PIECES = st.sampled_from(
    [
        *("SELECT", "select", "*", "?s", "$s", "?p", "?o", "?x", "WHERE", "{", "}", ".", "a", "LIMIT", "2", "0", "OFFSET", ";", ",", "#"),
        *(
            "<urn:a>",
            "<urn:b>",
            "<urn:same>",
            "id:云舟",
            "rdfs:label",
            '"x"',
            '"x"@zh',
            "\n",
            " ",
            "",
            "PREFIX id: <urn:>",
            "\\u0020",
            "_:x",
        ),
    ]
)
_TERM = st.sampled_from(["?s", "?p", "?o", "$o", "<urn:a>", "<urn:b>", "<urn:same>", "id:云舟", "rdfs:label", "a", '"x"', "<urn:c>"])
_LOOKED_UP = st.builds(
    "{}SELECT {} {}{{ {} {} {} {}}}{}".format,
    st.sampled_from(["", "PREFIX id: <urn:> ", "PREFIX rdfs: <urn:no#>\n"]),
    st.sampled_from(["*", "?s ?p ?o", "?o", "?p ?o", "?s", "?x ?o"]),
    st.sampled_from(["", "WHERE "]),
    *[_TERM] * 3,
    st.sampled_from(["", ". ", ", 1 ", "; a ?t ", ". ?o ?q ?r "]),
    st.sampled_from(["", " LIMIT 1", " # end", " VALUES ?o { 1 }"]),
)


@settings(deadline=None, max_examples=300)
@given(text=st.one_of(st.lists(_PIECES, max_size=16).map(" ".join), _LOOKED_UP), rows=st.sampled_from([JSON, XML, CSV, TSV]))
def test_whatever_the_front_answers_a_worker_answers_too(front: Lookups, workspace: Path, text: str, rows: str):
    here = front.answer(asked(text, rows))
    plainly = as_any_query(workspace, asked(text, rows))
    assert here in (None, plainly)
    assert by_worker(workspace, asked(text, rows)) == plainly


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A thing of 20,000 statements, each as short as can be."""
    folder = tmp_path_factory.mktemp("many") / "kg-workspace"
    store = Workspace(folder).writing_embedded()
    store.update(f"INSERT DATA {{ {' '.join(f'<a:> <b:> {n} .' for n in range(20_000))} }}")
    store.close()
    return folder


@pytest.mark.parametrize("rows", [JSON, XML, CSV, TSV])
def test_an_answer_that_does_not_fit_is_left_to_a_worker_before_it_is_long(
    many: Path, at_hand: Make, rows: str, monkeypatch: pytest.MonkeyPatch
):
    front, taken = at_hand(many), []

    class Noting(responses.Sink):
        def write(self, data: bytes) -> int:
            taken.append(len(data))
            return super().write(data)

    monkeypatch.setattr(responses, "Sink", Noting)
    assert front.answer(asked("SELECT ?o { <a:> <b:> ?o }", rows)) is None
    assert sum(taken) <= 48 * 1024
    once = len(taken)
    assert front.answer(asked("SELECT ?o { <a:> <b:> ?o }", rows)) is None
    assert len(taken) == once, "it is not tried again"
    assert front.answer(asked("SELECT ?o { <a:> <b:> ?o } LIMIT 9", rows)) is not None


WAITED, RECKONED, PUT_ASIDE = (1, 0.0), (0, 0.5), (0, 0.001)


@pytest.mark.parametrize(("did", "rests"), [(WAITED, True), (RECKONED, True), (PUT_ASIDE, False)])
def test_after_one_that_took_long_the_workers_have_them_for_a_hundred_times_as_long(
    workspace: Path, at_hand: Make, monkeypatch: pytest.MonkeyPatch, did: tuple[int, float], rests: bool
):
    front, clock, spent = at_hand(workspace), [100.0], [(0, 0.0)]
    monkeypatch.setattr(lookup, "perf_counter", lambda: clock[0])
    monkeypatch.setattr(lookup, "_spent", lambda: spent[0])
    assert front.answer(asked(TAKEN[0])) is not None

    def slowly(*_: object) -> Reply:
        clock[0] += 0.5
        spent[0] = did
        return Reply(200)

    with monkeypatch.context() as patched:
        patched.setattr(lookup, "written", slowly)
        assert front.answer(asked(TAKEN[0])) == Reply(200)
    for later in (0.0, 49.0):
        clock[0] += later
        assert (front.answer(asked(TAKEN[0])) is None) is rests
    clock[0] += 1.0
    assert front.answer(asked(TAKEN[0])) is not None


@pytest.mark.parametrize("error", [ValueError("x"), OSError("Corruption"), MemoryError(), BaseException("a panic")])
def test_whatever_fails_is_left_to_a_worker(workspace: Path, at_hand: Make, monkeypatch: pytest.MonkeyPatch, error: BaseException):
    def fails(*_: object) -> Reply:
        raise error

    front = at_hand(workspace)
    monkeypatch.setattr(lookup, "written", fails)
    assert front.answer(asked(TAKEN[0])) is None


def test_nothing_is_opened_before_a_worker_has_answered(workspace: Path, at_hand: Make, tmp_path: Path):
    fresh = at_hand(tmp_path / "no workspace")
    assert fresh.answer(asked(TAKEN[0])) is None
    fresh = Lookups(Settings(workspace))
    assert fresh.answer(asked(TAKEN[0])) is None
    fresh.answered(asked(TAKEN[0]), Reply(500))
    fresh.answered(asked(OTHERS["every statement"]), Reply(200))
    assert fresh._opening is None
    read(fresh)
    assert fresh.answer(asked(TAKEN[0])) is not None
    fresh.close()


def test_a_change_is_never_answered_from_before_it(tmp_path: Path, at_hand: Make):
    folder = small_graph(tmp_path)
    front, which = at_hand(folder), asked("SELECT ?o { <urn:a> <urn:now> ?o }", CSV)
    assert front.answer(which) == Reply(200, "text/csv; charset=utf-8", b"o\r\n")
    for number in range(10):
        store = Workspace(folder).writing_embedded()
        store.update(f"DELETE WHERE {{ <urn:a> <urn:now> ?o }} ; INSERT DATA {{ <urn:a> <urn:now> {number} }}")
        store.close()
        if number % 2:
            assert front.answer(which) is None, "the snapshot that it holds is not the newest"
            read(front)
        else:
            read(front)
        assert front.answer(which) == Reply(200, "text/csv; charset=utf-8", f"o\r\n{number}\r\n".encode())


def test_a_graph_that_is_restored_beside_it_is_the_one_that_is_read(tmp_path: Path, at_hand: Make):
    folder = small_graph(tmp_path)
    backup(folder, tmp_path / "kept")
    store = Workspace(folder).writing_embedded()
    store.update("INSERT DATA { <urn:a> <urn:new> 1 }")
    store.close()
    front, which = at_hand(folder), asked("SELECT ?o { <urn:a> <urn:new> ?o }", CSV)
    assert front.answer(which) == Reply(200, "text/csv; charset=utf-8", b"o\r\n1\r\n")
    restore(tmp_path / "kept", folder, replace=True)
    assert front.answer(which) is None
    read(front)
    assert front.answer(which) == Reply(200, "text/csv; charset=utf-8", b"o\r\n")


def test_a_client_that_has_its_204_sees_its_change_by_lookups(tmp_path: Path):
    with serving(small_graph(tmp_path), f"token={TOKEN!r}, time_limit={servers.PATIENCE}") as url, servers.client(url) as client:
        for number in range(12):
            update = f"DELETE WHERE {{ <urn:n> <urn:is> ?o }} ; INSERT DATA {{ <urn:n> <urn:is> {number} }}"
            assert client.post("/sparql", data={"update": update}, headers=AUTHORIZED).status_code == 204
            for _ in range(4):
                answer = client.get("/sparql", params={"query": "SELECT ?o { <urn:n> <urn:is> ?o }"}, headers={"Accept": "text/csv"})
                assert (answer.status_code, answer.text) == (200, f"o\r\n{number}\r\n")


class InPlace:
    """A pool whose tasks are done at once, and counted."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.done, self.rests = folder, 0, True

    async def run(self, task: Query, *_: object) -> Reply:
        self.done += 1
        return by_worker(self.folder, task)


@contextmanager
def endpoint(folder: Path) -> Iterator[tuple[Callable[..., tuple[list, bytes]], InPlace]]:
    """Answers a request to `/sparql`: status and headers, body."""
    own = Settings(folder)
    pool = InPlace(folder)
    lookups = Lookups(own)
    app = SparqlEndpoint(pool, own, Intake(own), lookups)  # type: ignore[arg-type]  # it does what a pool does
    loop = asyncio.new_event_loop()

    def ask(method: str, text: str, accept: str, beside: str = "", together: int = 1) -> tuple[list, bytes]:
        sent: list[dict] = []

        async def send(message: dict) -> None:
            sent.append(message)

        async def receive() -> dict:
            return {"type": "http.request", "body": urlencode({"query": text}).encode()}

        async def once() -> None:
            await asyncio.gather(*(app(scope, receive, send) for _ in range(together)))  # type: ignore[arg-type]  # a scope of its own
            if lookups._opening:
                await lookups._opening

        headers = [(b"host", b"localhost"), (b"accept", accept.encode()), (b"content-type", b"application/x-www-form-urlencoded")]
        query = "" if method == "POST" else urlencode({"query": text})
        scope = {"type": "http", "method": method, "path": "/sparql", "scheme": "http", "headers": headers}
        scope["query_string"] = (query + beside).encode()
        loop.run_until_complete(once())
        assert sent == sent[:2] * together
        return [sent[0]["status"], sent[0]["headers"]], sent[1]["body"]

    try:
        yield ask, pool
    finally:
        lookups.close()
        loop.close()


@pytest.mark.parametrize("accept", [JSON, XML, CSV, TSV, "*/*", "text/html", "application/json;q=0.3, text/csv;q=0.2", "image/png, text/*"])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_status_headers_and_body_are_those_of_a_worker(workspace: Path, method: str, accept: str):
    with endpoint(workspace) as (ask, pool):
        first = ask(method, TAKEN[0], accept)
        assert pool.done == 1
        second = ask(method, TAKEN[0], accept)
        assert pool.done == (2 if first[0][0] == 406 else 1)
        assert second == first
        assert ask(method, TAKEN[0] + "#", accept) == first
        graphs = ask("GET", TAKEN[0], JSON, "&default-graph-uri=urn:here")
        assert b"urn:hidden" in graphs[1]


def test_of_several_that_come_at_once_a_worker_that_rests_takes_the_others(workspace: Path):
    with endpoint(workspace) as (ask, pool):
        first = ask("GET", TAKEN[0], JSON)
        assert ask("GET", TAKEN[0], JSON, together=5) == first
        assert pool.done == 1 + 4
        pool.rests = False
        assert ask("GET", TAKEN[0], JSON, together=5) == first
        assert pool.done == 1 + 4


def test_on_a_damaged_store_the_answer_is_that_it_is_damaged(tmp_path: Path):
    folder = tmp_path / "kg-workspace"
    store = Workspace(folder).writing_embedded()
    lines = " ".join(f"<urn:s{n}> <urn:p{n % 7}> '{'春' * (n % 30)}{n}' ." for n in range(20_000))
    store.update(f"INSERT DATA {{ {lines} }}")
    store.close()
    snapshots = snapshots_of(folder / "store")
    place = snapshots.folder / str(snapshots.newest())
    for file in place.glob("*.sst"):
        if file.stat().st_size > 100_000:
            damage(file)
    with endpoint(folder) as (ask, pool):
        for number in range(0, 20_000, 400):
            (status, _), body = ask("GET", f"SELECT ?p ?o {{ <urn:s{number}> ?p ?o }}", CSV)
            assert (status, b"damaged" in body) in ((200, False), (500, True))
        assert pool.done > 10
