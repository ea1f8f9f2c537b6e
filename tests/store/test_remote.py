"""The same commands against real engines: what is stored there, asked there and taken out there is what a workspace holds."""

import datetime as dt
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest
from rdflib import Literal, URIRef

import kg
from kg import vocab
from kg.errors import QueryError, StoreError, UsageError
from kg.query import questions
from kg.reason import derive
from kg.store import EmbeddedStore, Store, insertion
from kg.store.remote import RemoteStore
from kg.store.sparql import with_default
from tests.matrix import commands
from tests.servers import virtuoso_server
from tests.store.conftest import empty

FACT = (vocab.thing("云舟"), vocab.ino("cooperatesWith"), vocab.thing("蓝石"))


def run(*arguments: object, cwd: Path) -> str:
    """What a command prints; with `--store` no process is divided, so that it may as well run in this one."""
    done = commands.kg(*arguments, cwd=cwd)
    assert done.status == 0, done.err
    return done.out.decode()


def as_set(table: pd.DataFrame) -> set[tuple[str, ...]]:
    """The rows, without the moment at which a file was read."""
    return {tuple(map(str, row)) for row in table.drop(columns="read", errors="ignore").itertuples(index=False, name=None)}


def test_every_question_has_the_same_answer_there(engine_url: str, graph, example: Path, tmp_path: Path):
    listed = run("ingest", example, "-w", tmp_path / "w", "--store", engine_url, cwd=tmp_path)
    assert listed.count("added") == 6
    there = kg.workspace.workspace.Workspace(tmp_path / "w", engine_url)
    try:
        different = {name: as_set(there.ask(name)) ^ as_set(graph.ask(name)) for name in questions()}
        different = {name: rows for name, rows in different.items() if rows}
        assert different == {}
        everything = "SELECT ?s ?p ?o { ?s ?p ?o FILTER (?p != prov:endedAtTime) }"
        assert as_set(there.query(everything)) ^ as_set(graph.query(everything)) == set()
        assert len(there.query(everything)) == len(graph.query(everything))
        assert run("ingest", example, "-w", "w", "--store", engine_url, cwd=tmp_path).count("unchanged") == 6
    finally:
        with closing(RemoteStore(engine_url)) as store:
            store.replace([g for document in there.documents() for g in store.graphs_of(document.name)], [])


def test_the_other_commands_work_there_too(engine_url: str, tmp_path: Path):
    there = ("-w", "w", "--store", engine_url)
    (tmp_path / "news.txt").write_text("南山区科委2022年简报\n推动云舟与蓝石对接技术合作。\n", encoding="utf-8")
    (tmp_path / "facts.ttl").write_text("<urn:a> <urn:says> 'hello' .", encoding="utf-8")
    run("ingest", "news.txt", *there, cwd=tmp_path)
    run("import", "facts.ttl", *there, cwd=tmp_path)
    assert "news" in run("documents", *there, cwd=tmp_path)
    assert "conforms" in run("validate", *there, cwd=tmp_path)
    assert "云舟" in run("rank", "--by", "degree", *there, cwd=tmp_path)
    run("view", "-o", "graph.html", *there, cwd=tmp_path)
    run("report", "-o", "report.html", *there, cwd=tmp_path)
    run("export", "--format", "nq", "-o", "all.nq", *there, cwd=tmp_path)
    assert '"蓝石"' in (tmp_path / "graph.html").read_text(encoding="utf-8")
    assert "蓝石" in (tmp_path / "report.html").read_text(encoding="utf-8")
    assert '<urn:says> "hello"' in (tmp_path / "all.nq").read_text(encoding="utf-8")
    assert "hello" in run("query", "SELECT ?o { <urn:a> <urn:says> ?o }", *there, cwd=tmp_path)
    for name in ("facts", "news"):
        run("remove", name, *there, cwd=tmp_path)
    assert "(0 rows)" in run("documents", *there, cwd=tmp_path)
    assert "(0 rows)" in run("query", "SELECT ?s { ?s a ino:Cooperation }", *there, cwd=tmp_path)


class Breaking(RemoteStore):
    """An engine that stops taking updates after some."""

    left = 10_000

    def _update(self, request: str) -> None:
        self.left -= 1
        if self.left < 0:
            raise StoreError("the connection broke.")
        super()._update(request)


@pytest.mark.parametrize("after", range(7))
def test_a_change_that_breaks_off_is_taken_out_by_the_next_writer(virtuoso_url: str, after: int):
    quads = [(*FACT, vocab.passage("report", n, n + 5)) for n in range(3)]
    quads += [(vocab.thing(f"企业{n}"), FACT[1], FACT[2], vocab.passage("report", 0, 5)) for n in range(2500)]
    with closing(Breaking(virtuoso_url)) as store:
        empty(store)
        store._get_to_know()
        store.left = after
        broken = after < 5  # a note, three parts, the note taken away
        if broken:
            with pytest.raises(StoreError, match="taken out by the next run" if after else "Nothing of it was stored"):
                store.apply([], insertion(quads))
        else:
            store.apply([], insertion(quads))
    with closing(RemoteStore(virtuoso_url)) as store:
        store.replace([], [(*FACT, vocab.passage("other", 0, 9))])
        [[there]] = store.table("SELECT (COUNT(*) AS ?n) { ?s ino:cooperatesWith id:蓝石 }").rows
        assert there == (1 if broken else 2501)
        empty(store)


@pytest.mark.parametrize("after", [0, 1])
def test_what_breaks_off_as_things_get_other_iris_takes_no_earlier_record_with_it(virtuoso_url: str, after: int):
    old, home = [vocab.thing(f"旧名{n}") for n in range(3)], vocab.graph("identity")
    records = [(one, vocab.term("dct:isReplacedBy"), vocab.thing("新名"), home) for one in old]
    with closing(Breaking(virtuoso_url)) as store:
        empty(store)
        store.replace([], records[:1])
        store.left = after
        with pytest.raises(StoreError, match="broke"):
            store.rename([(one, vocab.thing("新名")) for one in old[1:]], insertion(records[1:]))
    with closing(RemoteStore(virtuoso_url)) as store:
        store.rename([(one, vocab.thing("新名")) for one in old[1:]], insertion(records[1:]))
        assert len(store.rows("SELECT ?old { GRAPH graph:identity { ?old dct:isReplacedBy id:新名 } }")) == 3
        empty(store)


def test_a_refused_change_leaves_an_engine_as_it_was(oxigraph_url: str):
    with closing(RemoteStore(oxigraph_url)) as store:
        store.replace([], [(*FACT, vocab.passage("report", 0, 9))])
        wrong = insertion([(*FACT, vocab.passage("report", 10, 19))])
        broken = type(wrong)(((wrong.graphs[0][0], ("this is no statement",)),))
        with pytest.raises(StoreError, match="It is as before"):
            store.apply([vocab.passage("report", 0, 9)], broken)
        assert len(store.rows("SELECT ?g { GRAPH ?g { id:云舟 ino:cooperatesWith id:蓝石 } }")) == 1
        empty(store)


def test_an_answer_that_the_engine_cut_off_is_an_error(tmp_path: Path):
    with virtuoso_server(tmp_path, rows=5) as url, closing(RemoteStore(url)) as store:
        store.replace([], [(vocab.thing(f"企业{n}"), FACT[1], FACT[2], vocab.passage("report", 0, 9)) for n in range(9)])
        assert len(store.rows("SELECT ?s { ?s ino:cooperatesWith id:蓝石 } LIMIT 4")) == 4
        with pytest.raises(StoreError, match="cut the answer off"):
            store.rows("SELECT ?s { ?s ino:cooperatesWith id:蓝石 }")


def test_what_is_no_engine_is_said_in_one_line(tmp_path: Path, oxigraph_url: str):
    with pytest.raises(StoreError, match=r"^http://127\.0\.0\.1:1 does not answer"):
        RemoteStore("http://someone:secret@127.0.0.1:1/sparql")
    with pytest.raises(QueryError, match="answered 404"):
        RemoteStore(oxigraph_url.replace("/query", "/nowhere"))
    with pytest.raises(UsageError, match="takes the URL of a SPARQL endpoint"):
        kg.workspace.workspace.Workspace(tmp_path, "ftp://example.org/").documents()


def rewritten(query: str) -> set[tuple]:
    """What a query worded for a default graph in a named one gives, where the real default graph holds something else."""
    store = EmbeddedStore()
    store.replace([], [(*FACT, vocab.passage("report", 0, 9))])
    store.oxigraph.update("DELETE WHERE { ?s ?p ?o } ; INSERT DATA { <urn:x> <urn:wrong> <urn:y> }")
    store.oxigraph.update(f"INSERT DATA {{ GRAPH <urn:default> {{ {FACT[0].n3()} {FACT[1].n3()} {FACT[2].n3()} }} }}")
    asked = with_default(query, vocab.URIRef("urn:default"))
    return {tuple(row) for row in store.table(asked).rows}


@pytest.mark.parametrize(
    ("query", "gives"),
    [
        ("SELECT ?s { ?s ?p ?o }", {("id:云舟",)}),
        ("SELECT ?s WHERE { ?s ?p ?o # } a comment\n }", {("id:云舟",)}),
        ("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", {(1,)}),
        ("SELECT ?g { ?s ?p ?o GRAPH ?g { ?s ?p ?o } FILTER (STR(?g) != '}') }", {("https://w3id.org/innovation-kg/doc/report#char=0,9",)}),
        ("ASK { ?s <urn:wrong> ?o }", {(False,)}),
        ("CONSTRUCT WHERE { ?s ?p ?o }", {("id:云舟", "ino:cooperatesWith", "id:蓝石")}),
        ("CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o }", {("id:蓝石", "ino:cooperatesWith", "id:云舟")}),
        ("SELECT ?s { { SELECT ?s { ?s ?p ?o } } } VALUES ?s { id:云舟 <urn:x> }", {("id:云舟",)}),
        ("SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s <urn:wrong> ?o } } GROUP BY ?s HAVING (COUNT(*) = 1)", {("id:云舟",)}),
    ],
)
def test_a_query_can_be_worded_for_a_default_graph_that_is_a_named_one(query: str, gives: set[tuple]):
    assert rewritten(query) == gives


def test_from_is_refused_there():
    with pytest.raises(QueryError, match="Use GRAPH"):
        rewritten("SELECT ?s FROM <urn:g> { ?s ?p ?o }")


@pytest.mark.parametrize("order", [("q1", "q2"), ("q2", "q1")])
def test_a_plan_for_a_later_stage_is_not_fulfilled_whichever_stage_an_engine_met_first(any_store: Store, order: tuple[str, str]):
    reached, planned, project, graph = (URIRef(f"urn:{name}") for name in ("reached", "planned", "project", "stages"))
    # strings of its own, since an engine remembers those of earlier tests
    stages = [(URIRef(f"urn:{stage}"), vocab.term("skos:notation"), Literal(f"{stage} of {order}"), graph) for stage in order]
    stages += [(vocab.concept("stages-of-building"), vocab.term("skos:member"), URIRef(f"urn:{stage}"), graph) for stage in order]
    milestones = [
        (node, *statement, URIRef(f"{milestone}-passage"))
        for milestone, is_planned, stage, day in (
            (reached, False, "q1", dt.date(2023, 12, 31)),
            (planned, True, "q2", dt.date(2023, 6, 30)),
        )
        for node, *statement in (
            (milestone, vocab.term("rdf:type"), vocab.ino("Milestone")),
            (milestone, vocab.ino("planned"), Literal(is_planned)),
            (milestone, vocab.ino("concerns"), project),
            (milestone, vocab.ino("status"), URIRef(f"urn:{stage}")),
            (URIRef(f"{milestone}-passage"), vocab.term("prov:wasDerivedFrom"), URIRef(f"{milestone}-report")),
            (URIRef(f"{milestone}-report"), vocab.ino("periodEnd"), Literal(day)),
        )
    ]
    for statement in (*stages, *milestones):
        any_store.replace([], [statement])
    derive(any_store)
    assert any_store.rows("SELECT ?a { ?a ino:fulfils ?b }") == []
    any_store.replace([], [(reached, vocab.ino("status"), URIRef("urn:q2"), graph)])
    derive(any_store)
    assert any_store.rows("SELECT ?a ?b { ?a ino:fulfils ?b }") == [(reached, planned)]
    any_store.replace([graph, URIRef("urn:reached-passage"), URIRef("urn:planned-passage"), vocab.graph("inferred")], [])
