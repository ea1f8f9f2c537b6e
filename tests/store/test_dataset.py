"""rdflib reads the store of a workspace without a copy: the same statements, and no change to them."""

import pytest
from rdflib import RDF, URIRef

import kg
from kg import vocab
from kg.errors import UsageError
from kg.store import EmbeddedStore
from kg.store.remote import RemoteStore

FACT = (URIRef("urn:x:a"), URIRef("urn:x:b"), URIRef("urn:x:c"))


def test_rdflib_counts_what_sparql_counts(graph):
    with graph.reading() as store:
        [[statements]] = store.table("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }").rows
        [[in_graphs]] = store.table("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").rows
        [[parks]] = store.table("SELECT (COUNT(*) AS ?n) { ?s a ino:Park }").rows
        dataset = store.dataset
        assert parks > 0
        assert len(set(dataset.subjects(RDF.type, vocab.ino("Park")))) == parks
        assert len(dataset.query("SELECT ?s { ?s a ino:Park }")) == parks
        assert len(dataset.default_graph) == statements
        assert len(list(dataset.quads())) == statements + in_graphs


def test_a_passage_is_a_graph_of_rdflib_s(graph):
    with graph.reading() as store:
        [(passage,)] = store.rows("SELECT ?g { GRAPH ?g { id:海思 a ino:Enterprise } } LIMIT 1")
        said = store.dataset.get_context(passage)
        assert (vocab.thing("海思"), RDF.type, vocab.ino("Enterprise")) in said
        assert len(said) == len(store.rows("SELECT * { GRAPH ?g { ?s ?p ?o } }", {"g": passage}))


def test_rdflib_cannot_change_a_snapshot(graph):
    with graph.reading() as store:
        before = len(store.dataset)
        for change in (
            lambda: store.dataset.add(FACT),
            lambda: store.dataset.remove((None, None, None)),
            lambda: store.dataset.update("INSERT DATA { <urn:x:a> <urn:x:b> <urn:x:c> }"),
        ):
            with pytest.raises(RuntimeError, match="read-write"):
                change()
        assert len(store.dataset) == before
    with graph.reading() as store:
        assert FACT not in store.dataset


def test_what_a_writer_changes_is_in_the_next_dataset_and_not_in_this_one(tmp_path):
    path = tmp_path / "workspace" / "store"
    EmbeddedStore.writing(path).close()
    reader = EmbeddedStore.reading(path)
    writer = EmbeddedStore.writing(path)
    writer.replace([], [(*FACT, vocab.passage("report", 0, 9))])
    writer.close()
    assert FACT not in reader.dataset
    reader.close()
    later = EmbeddedStore.reading(path)
    assert FACT in later.dataset
    later.close()


def test_an_engine_elsewhere_is_asked_with_sparql(monkeypatch):
    monkeypatch.setattr(RemoteStore, "__init__", lambda *_: None)
    monkeypatch.setattr(RemoteStore, "close", lambda _: None)
    there = kg.workspace.workspace.Workspace("w", "http://127.0.0.1:1/query")
    with there.reading() as store, pytest.raises(UsageError, match="Ask an engine at a URL with SPARQL"):
        _ = store.dataset
