"""An export that is broken, cut to nothing, deep, or calls for a page of the network takes the place of no graph."""

from pathlib import Path

import pytest

from kg.exchange.export import export
from kg.workspace.workspace import Workspace
from tests.hold.kept import dumped, filled, tree
from tests.matrix.commands import kg

DEEP = 100_000
BROKEN = {
    "nothing.nq": b"",
    "nothing.trig": b"",
    "nothing.jsonld": b"",
    "remarks.nq": b"# a remark\n\n",
    "prefixes.trig": b"@prefix a: <urn:a> .\n",
    "no-node.jsonld": b"[]",
    "zeros.nq": b"\0" * 5000,
    "utf-16.nq": "<urn:a> <urn:b> <urn:c> .\n".encode("utf-16"),
    "not-utf-8.nq": b'<urn:a> <urn:b> "\xb9\xab" .\n',
    "cut.nq": b"<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <ur",
    "cut.trig": b"<urn:g> { <urn:a> <urn:b> <urn:c> .",
    "cut.jsonld": b'[{"@id": "urn:a", "urn:b": [{"@id": "urn:c"}',
    "another.nq": b"<rdf:RDF/>",
    "remote.jsonld": b'{"@context": "http://127.0.0.1:9/context", "@id": "urn:a", "urn:b": 1}',
    "imported.jsonld": b'{"@context": {"@version": 1.1, "@import": "http://127.0.0.1:9/context"}, "@id": "urn:a", "urn:b": 1}',
    "deep.jsonld": b'[{"@id":"urn:a","urn:b":' * DEEP,
    "lists.jsonld": b"[" * DEEP + b"]" * DEEP,
    "nodes.trig": b"<urn:a> <urn:b> " + b"[ <urn:b> " * DEEP,
    "lists.trig": b"<urn:a> <urn:b> " + b"( " * DEEP,
    "triples.trig": b"<urn:a> <urn:b> " + b"<<( <urn:a> <urn:b> " * DEEP,
}


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    return filled(tmp_path_factory.mktemp("exports"))


FIRST = ["nothing.nq", "prefixes.trig", "no-node.jsonld", "utf-16.nq", "not-utf-8.nq", "cut.nq", "remote.jsonld", "nodes.trig"]
"""One of each kind, since each is a process; the others are slow together."""


@pytest.mark.parametrize("name", [*FIRST, *(pytest.param(name, marks=pytest.mark.slow) for name in BROKEN if name not in FIRST)])
def test_a_broken_export_is_one_line_and_the_graph_stays(workspace: Workspace, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(BROKEN[name])
    before = tree(workspace.folder)
    done = kg("restore", tmp_path / name, "-w", workspace.folder, "--replace")
    assert (done.status, done.out, done.err.count("\n")) == (1, b"", 1), done
    assert name in done.err
    assert "Nothing was stored" in done.err
    assert tree(workspace.folder) == before


@pytest.mark.parametrize("quarters", [3, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("ending", ["nq", "trig", "jsonld"])
def test_an_export_cut_at_any_byte_but_a_line_end_is_refused(workspace: Workspace, tmp_path: Path, ending: str, quarters: int):
    with workspace.reading() as store:
        whole = export(store, ending, tmp_path / f"whole.{ending}").read_bytes()
    before = dumped(workspace)
    place = len(whole) * quarters // 4
    while whole[place - 1 : place] in (b"\n", b"}", b"."):
        place += 1
    (tmp_path / f"cut.{ending}").write_bytes(whole[:place])
    done = kg("restore", tmp_path / f"cut.{ending}", "-w", workspace.folder, "--replace")
    assert (done.status, done.out, done.err.count("\n")) == (1, b"", 1), done
    assert dumped(workspace) == before
