"""What was backed up comes back as it was, whatever happened in between."""

import io
import json
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import vocab
from kg.errors import ReadError, StoreError, UsageError, WorkspaceBusyError
from kg.exchange.export import export
from kg.store.load import write_with_set
from kg.workspace.backup import backup, restore
from tests.test_workspace import REPORT, statements


@pytest.fixture
def workspace(tmp_path: Path):
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    made = kg.open(tmp_path / "workspace")
    made.ingest([tmp_path / "report.txt"])
    return made


def files(folder: Path) -> set[str]:
    return {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file() and "snapshots" not in p.parts and "store" not in p.parts}


def test_a_backup_comes_back_in_another_place(workspace, tmp_path: Path):
    backup(workspace.folder, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "elsewhere")
    elsewhere = kg.open(tmp_path / "elsewhere")
    assert statements(elsewhere) == statements(workspace)
    assert files(elsewhere.folder) == files(workspace.folder) - {"names.sqlite"}  # what is known of names is made anew
    assert [one.status for one in elsewhere.ingest([tmp_path / "report.txt"])] == ["unchanged"]


def test_a_backup_is_of_its_moment_and_takes_the_place_of_what_came_later(workspace, tmp_path: Path):
    before = statements(workspace)
    backup(workspace.folder, tmp_path / "copy")
    (tmp_path / "later.txt").write_text(REPORT.replace("蓝石", "星尘"), encoding="utf-8")
    workspace.ingest([tmp_path / "later.txt"])
    assert statements(workspace) != before
    with pytest.raises(UsageError, match="pass --replace"):
        restore(tmp_path / "copy", workspace.folder)
    restore(tmp_path / "copy", workspace.folder, replace=True)
    assert statements(workspace) == before
    assert [d.name for d in workspace.documents()] == ["report"]
    audit = (workspace.folder / "audit.jsonl").read_text(encoding="utf-8")
    assert "later.txt" in audit, "what was done is not forgotten"


def test_a_backup_is_made_beside_a_writer_and_a_restore_waits_for_it(workspace, tmp_path: Path):
    with workspace.writing() as store:
        store.oxigraph.update("INSERT DATA { <urn:not> <urn:published> <urn:yet> }")
        backup(workspace.folder, tmp_path / "copy")
        with pytest.raises(WorkspaceBusyError):
            restore(tmp_path / "copy", workspace.folder, replace=True)
    assert workspace.documents()[0].name == "report"


def test_a_restore_that_was_cut_off_between_its_renames_leaves_the_graph_that_was(workspace):
    before = statements(workspace)
    workspace.store_path.rename(workspace.folder / "store.replaced")
    assert statements(workspace) == before


@pytest.mark.parametrize("harm", ["manifest", "count", "store"])
def test_a_damaged_backup_is_refused_and_the_workspace_stays(workspace, tmp_path: Path, harm: str):
    copy = tmp_path / "copy"
    backup(workspace.folder, copy)
    before = statements(workspace)
    if harm == "manifest":
        (copy / "backup.json").write_text("{", encoding="utf-8")
    elif harm == "count":
        (copy / "backup.json").write_text(json.dumps({"statements": 1}), encoding="utf-8")
    else:
        for table in (copy / "store").glob("*.sst"):
            table.write_bytes(b"\0" * 100)
    with pytest.raises(StoreError, match="is damaged"):
        restore(copy, workspace.folder, replace=True)
    assert statements(workspace) == before


@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_an_export_comes_back_as_a_workspace(workspace, tmp_path: Path, ending: str):
    with workspace.reading() as store:
        file = export(store, ending, tmp_path / f"graph.{ending}")
    restore(file, tmp_path / "elsewhere")
    elsewhere = kg.open(tmp_path / "elsewhere")
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert statements(elsewhere) == statements(workspace)
    assert sorted(map(str, elsewhere.query(everything).values)) == sorted(map(str, workspace.query(everything).values))


def test_passages_alone_give_the_default_graph_as_a_set(tmp_path: Path):
    file = tmp_path / "passages.nq"
    estimated = vocab.graph("estimated").n3()
    twice = "".join(f'<urn:a> <urn:p> "x" <urn:g{n}> .\n' for n in (1, 2))
    file.write_text(f'{twice}<urn:a> <urn:p> "guess" {estimated} .\n', encoding="utf-8")
    restore(file, tmp_path / "workspace")
    workspace = kg.open(tmp_path / "workspace")
    assert workspace.query("SELECT ?o { ?s ?p ?o }")["o"].tolist() == ["x"]
    assert workspace.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")["n"].tolist() == [3]


def test_quads_in_any_writing_become_the_same_set(tmp_path: Path):
    lines = [
        '<urn:a> <urn:p> "plain" <urn:g> .',
        '<urn:a>\t<urn:p>   "a tab \\" and a quote <urn:no>"@zh-CN <urn:g> .  # a comment',
        "<urn:a> <urn:p> <urn:b> .",
        '<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> <urn:g> .',
        "",
    ]
    file = tmp_path / "mixed.nq"
    out = io.BytesIO()
    write_with_set(io.BytesIO("\n".join(lines).encode()), out)
    written = [q for q in ox.parse(out.getvalue(), ox.RdfFormat.N_QUADS) if q.graph_name == ox.DefaultGraph()]
    assert {str(q.object) for q in written} == {
        '"plain"',
        '"a tab \\" and a quote <urn:no>"@zh-cn',
        "<urn:b>",
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
    }
    file.write_text("\n".join(lines), encoding="utf-8")
    restore(file, tmp_path / "workspace")
    assert len(kg.open(tmp_path / "workspace").query("SELECT ?o { <urn:a> <urn:p> ?o }")) == 1  # the file brings a default graph


def test_a_blank_node_stays_one_node_in_its_passage_and_in_the_default_graph(tmp_path: Path):
    file = tmp_path / "passages.nq"
    file.write_text("_:a <urn:p> <urn:x> <urn:g> .\n<urn:y> <urn:q> _:a <urn:g> .\n", encoding="utf-8")
    restore(file, tmp_path / "workspace")
    workspace = kg.open(tmp_path / "workspace")
    assert workspace.query("ASK { ?n <urn:p> <urn:x> . GRAPH <urn:g> { <urn:y> <urn:q> ?n } }")["answer"].tolist() == [True]


def test_a_broken_export_leaves_the_workspace_as_it_was(workspace, tmp_path: Path):
    before = statements(workspace)
    (tmp_path / "broken.nq").write_text("<urn:a> <urn:b> <urn:c> <urn:g> .\n<urn:a> <urn:b", encoding="utf-8")
    with pytest.raises(ReadError, match="is no nq"):
        restore(tmp_path / "broken.nq", workspace.folder, replace=True)
    assert statements(workspace) == before


def test_wrong_folders_are_named(workspace, tmp_path: Path):
    with pytest.raises(UsageError, match="is no backup"):
        restore(tmp_path, tmp_path / "elsewhere")
    with pytest.raises(StoreError, match="nothing to back up"):
        backup(tmp_path / "nowhere", tmp_path / "copy")
    (tmp_path / "copy").mkdir()
    with pytest.raises(UsageError, match="Name a new folder"):
        backup(workspace.folder, tmp_path / "copy")
