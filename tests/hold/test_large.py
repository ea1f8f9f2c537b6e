"""A list of many rows costs as many times more as it has rows, and is stored whole or not at all."""

from pathlib import Path

import pytest
from rdflib import Literal, URIRef

from kg import vocab
from kg.errors import StoreError
from kg.store import EmbeddedStore, Insertion, embedded, insertion
from kg.workspace.workspace import Workspace

COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def statements(rows: int) -> Insertion:
    """Three statements a row: one that all rows share, a text of several lines, and a name beyond ASCII."""
    kind, label, note = vocab.term("rdf:type"), vocab.term("rdfs:label"), vocab.term("rdfs:comment")
    quads = []
    for row in range(rows):
        graph, firm = URIRef(f"https://kg.example/doc/x#row={row}"), URIRef(f"https://kg.example/id/星岳{row}")
        quads += [
            (vocab.ino("Enterprise"), kind, vocab.term("owl:Class"), graph),
            (firm, label, Literal(f"星岳{row}\n“科技”\\有限公司 'a' \"b\"", lang="zh"), graph),
            (firm, note, Literal(row), graph),
        ]
    return insertion(quads)


def held(store: EmbeddedStore) -> set[str]:
    return {str(quad) for quad in store.oxigraph}


def test_many_statements_are_stored_as_few_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    few, many = EmbeddedStore(), EmbeddedStore.writing(tmp_path / "store")
    few.apply([], statements(40))
    monkeypatch.setattr(embedded, "LARGE", 100)
    monkeypatch.setattr(many, "change", lambda *_: pytest.fail("a transaction keeps all of it in memory"))
    many.apply([], statements(40))
    assert held(many) == held(few)
    assert len(held(many)) == 40 * 2 + 1 + 40 * 3
    many.close()


def test_many_statements_of_which_one_is_none_leave_the_store_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "LARGE", 100)
    store = EmbeddedStore.writing(tmp_path / "store")
    store.apply([], statements(1))
    before = held(store)
    good = statements(5000)
    bad = Insertion((*good.graphs, ("<https://kg.example/last>", ("<https://kg.example/a b> <p> .",))))
    with pytest.raises(StoreError, match="It is as before"):
        store.apply([], bad)
    assert held(store) == before
    store.close()
    with Workspace(tmp_path).reading() as again:
        assert held(again) == before  # type: ignore[arg-type]  # it is embedded


def test_a_long_list_is_loaded_derived_from_and_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded, "LARGE", 100)
    table, workspace = tmp_path / "企业名录.csv", Workspace(tmp_path / "w")
    for rows in (60, 40):
        table.write_text("企业名称,营业收入(万元)\n" + "".join(f"星岳{n}科技有限公司,{n}\n" for n in range(rows)), encoding="utf-8")
        workspace.ingest([table])
        found = [
            workspace.query(f"SELECT (COUNT(DISTINCT ?e) AS ?n) {{ ?e a {kind} }}").values.tolist()
            for kind in ("ino:Enterprise", "<http://www.w3.org/ns/org#Organization>")
        ]
        assert found == [[[rows]], [[rows]]]
