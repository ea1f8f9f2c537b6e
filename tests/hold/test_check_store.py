"""`kg check-store` tells what of a workspace is damaged, a line each, and changes nothing; where all is whole it says what there is."""

import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.exchange.export import export
from kg.store import snapshots_of
from kg.workspace.backup import backup, restore
from kg.workspace.check import check
from kg.workspace.workspace import Workspace
from tests.hold.kept import dumped, filled, tree
from tests.matrix.commands import kg
from tests.servers import BIN


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return filled(tmp_path_factory.mktemp("check"), reports=2)


@pytest.fixture
def workspace(whole: Workspace, tmp_path: Path) -> Workspace:
    """A copy, to be harmed."""
    return Workspace(shutil.copytree(whole.folder, tmp_path / "workspace"))


def newest(folder: Path) -> Path:
    snapshots = snapshots_of(folder / "store")
    return snapshots.folder / str(snapshots.newest())


def faults(folder: Path, notes: list[str] | None = None, plain: bool = False) -> list[str]:
    """What the command calls damaged; it has changed nothing. `plain`: told in lines, it tells as much."""
    before = tree(folder)
    done = kg("check-store", "--json", "-w", folder)
    assert tree(folder) == before
    said = json.loads(done.out)
    assert (done.status, done.err) == (1 if said["faults"] else 0, "")
    if plain:
        told = kg("check-store", "-w", folder)
        assert (told.status, len(told.out.decode().splitlines())) == (done.status, len(said["faults"]) + len(said["notes"]) + 1)
    if notes is not None:
        assert len(said["notes"]) == len(notes), said
        assert all(part in note for part, note in zip(notes, said["notes"], strict=True)), said
    return said["faults"]


def flip(file: Path, place: int, bits: int = 4) -> None:
    with file.open("r+b") as opened:
        opened.seek(place)
        [byte] = opened.read(1)
        opened.seek(place)
        opened.write(bytes([byte ^ bits]))


def test_a_whole_workspace_is_said_to_be_whole(workspace: Workspace):
    before = tree(workspace.folder)
    text = kg("check-store", "-w", workspace.folder).out.decode()
    assert text.endswith("2 documents, 2 source files. All of it can be read.\n")
    assert text.count("\n") == 1
    said = json.loads(kg("check-store", "--json", "-w", workspace.folder).out)
    assert (said["faults"], said["notes"]) == ([], [])
    assert tree(workspace.folder) == before
    in_default = workspace.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")["n"].tolist()
    in_graphs = workspace.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")["n"].tolist()
    assert ([said["graph"]["statements"]], [said["graph"]["in_graphs"]]) == (in_default, in_graphs)


def test_the_example_is_whole(graph: Workspace):
    assert kg("check-store", "-w", graph.folder).status == 0


@pytest.mark.parametrize("where", ["store", "snapshot"])
def test_a_flipped_byte_in_any_table_is_found(workspace: Workspace, where: str):
    folder = workspace.store_path if where == "store" else newest(workspace.folder)
    tables = [table for table in sorted(folder.glob("*.sst")) if table.stat().st_size > 2000]
    assert len(tables) >= 10, "a table an index, and one of words"
    chance = random.Random(7)  # noqa: S311  # places, not secrets
    for table in tables[:: {"store": 4, "snapshot": 1}[where]]:  # both are read in the same way
        size = table.stat().st_size
        place = chance.choice([chance.randrange(size * 2 // 3), size - 70])  # its last bytes are padding
        flip(table, place)
        assert check(workspace.folder).faults, (table, place)
        flip(table, place)
    assert check(workspace.folder).faults == ()


@pytest.mark.parametrize("where", ["store", "snapshot"])
@pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*"])
def test_damage_to_what_holds_the_tables_together_is_found(workspace: Workspace, where: str, name: str):
    folder = workspace.store_path if where == "store" else newest(workspace.folder)
    [file] = folder.glob(name)
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    [fault] = faults(workspace.folder)
    assert str(folder) in fault


def test_a_table_that_is_gone_is_found(workspace: Workspace):
    for table in newest(workspace.folder).glob("*.sst"):
        table.unlink()
    [fault] = faults(workspace.folder)
    assert "snapshot cannot be read" in fault


def test_a_store_of_ruins_is_one_line_each(workspace: Workspace):
    for folder in (workspace.store_path, newest(workspace.folder)):
        for file in folder.iterdir():
            file.write_bytes(b"\xff" * 5000)
    assert len(faults(workspace.folder, plain=True)) == 2


def test_a_source_file_that_is_gone_or_another_is_named(workspace: Workspace):
    first, second = sorted((workspace.folder / "sources").iterdir())
    first.unlink()
    second.write_bytes(second.read_bytes() + b" ")
    found = faults(workspace.folder, plain=True)
    assert sum(f"{second} is not what was ingested" in fault for fault in found) == 1
    assert sum("has no whole source file" in fault for fault in found) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="pipes and links of POSIX")
def test_a_source_file_that_is_a_pipe_is_not_waited_for(workspace: Workspace):
    first, _ = sorted((workspace.folder / "sources").iterdir())
    first.unlink()
    os.mkfifo(first)
    assert any("is a pipe" in fault for fault in faults(workspace.folder))


def test_a_graph_from_an_export_has_no_source_files_and_that_is_no_damage(workspace: Workspace, tmp_path: Path):
    with workspace.reading() as store:
        file = export(store, "nq", tmp_path / "graph.nq")
    assert kg("restore", file, "-w", tmp_path / "w").status == 0
    assert faults(tmp_path / "w", notes=["restored from an export"]) == []


def test_a_statement_of_a_document_that_left_the_default_graph_is_found(workspace: Workspace):
    with workspace.writing() as store:
        store.update("DELETE { ?s ?p ?o } WHERE { GRAPH ?passage { ?s ino:cooperatesWith ?o } ?s ?p ?o }")
    assert any("not in the default graph" in fault for fault in faults(workspace.folder))


def test_what_an_update_put_elsewhere_is_told_and_no_damage(workspace: Workspace):
    with workspace.writing() as store:
        store.update("INSERT DATA { <urn:a> <urn:b> 1 . GRAPH <urn:mine> { <urn:a> <urn:b> 2 , 3 } }")
    notes = ["2 statements of graphs that are no document's", "1 statements of the default graph are in no graph"]
    assert faults(workspace.folder, notes, plain=True) == []


def test_a_document_that_is_described_no_more_is_found(workspace: Workspace):
    with workspace.writing() as store:
        store.update("DELETE { GRAPH ?g { ?d a ino:Document } ?d a ino:Document } WHERE { GRAPH ?g { ?d a ino:Document } }")
    assert sum("which the graph does not describe" in fault for fault in faults(workspace.folder)) == 2


def test_decisions_that_cannot_be_read_are_found(workspace: Workspace):
    (workspace.folder / "decisions.csv").write_text("name,decision,as\n甲,maybe,乙\n", encoding="utf-8")
    [fault] = faults(workspace.folder)
    assert "decisions.csv" in fault


@pytest.mark.parametrize("line", [b"{", b"\xff\xfe", b"[]", b"[" * 100_000])
def test_a_line_of_the_audit_log_that_is_none_is_told(workspace: Workspace, line: bytes):
    with (workspace.folder / "audit.jsonl").open("ab") as log:
        log.write(line + b"\n")
    assert faults(workspace.folder, notes=["line 3 is no line of an audit log"]) == []


def test_it_reads_beside_a_writer(workspace: Workspace):
    with workspace.writing() as store:
        store.oxigraph.update("INSERT DATA { <urn:not> <urn:published> <urn:yet> }")
        done = kg("check-store", "-w", workspace.folder)
        assert (done.status, "Another process is writing" in done.out.decode()) == (0, True)


def test_a_backup_is_checked_as_it_lies_there(workspace: Workspace, tmp_path: Path):
    backup(workspace.folder, tmp_path / "copy")
    assert faults(tmp_path / "copy", notes=[]) == []
    for file in [*(tmp_path / "copy" / "sources").iterdir(), tmp_path / "copy" / "audit.jsonl"]:
        flip(file, 5)
    assert len(faults(tmp_path / "copy")) == 3
    (tmp_path / "copy" / "backup.json").write_text("null", encoding="ascii")
    done = kg("check-store", "-w", tmp_path / "copy")
    assert (done.status, done.out, done.err.count("\n")) == (1, b"", 1)


def test_a_folder_without_a_graph_is_one_line(tmp_path: Path):
    done = kg("check-store", "-w", tmp_path / "nothing")
    assert (done.status, done.out, "holds no graph" in done.err) == (1, b"", True)
    assert not (tmp_path / "nothing").exists()


def test_a_restored_backup_is_whole(workspace: Workspace, tmp_path: Path):
    backup(workspace.folder, tmp_path / "copy")
    restore(tmp_path / "copy", tmp_path / "w")
    assert faults(tmp_path / "w", notes=[]) == []
    assert dumped(Workspace(tmp_path / "w")) == dumped(workspace)


def test_the_command_itself_ends_with_status_1(workspace: Workspace):
    flip(max(newest(workspace.folder).glob("*.sst"), key=lambda table: table.stat().st_size), 3000)
    done = subprocess.run([BIN / "kg", "check-store", "-w", workspace.folder], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert "damaged: " in done.stdout
    assert "Restore a backup" in done.stdout
