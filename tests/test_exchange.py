"""The graph in other tools: RDF that rdflib reads back, networks that networkx reads back, tables."""

import subprocess
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
import rdflib
from lxml import etree
from rdflib import Dataset, URIRef

from kg import vocab
from kg.errors import UsageError
from kg.exchange.export import export
from kg.store.terms import to_oxigraph
from tests.servers import BIN


@pytest.fixture
def exported(graph, tmp_path: Path):
    def write(export_format: str) -> Path:
        with graph.reading() as store:
            return export(store, export_format, tmp_path / f"graph.{export_format}")

    return write


def as_terms(triples) -> set[tuple]:
    """Triples as terms in which a plain string is of type xsd:string, whoever read them."""
    return {tuple(map(to_oxigraph, triple)) for triple in triples}


@pytest.mark.parametrize(("ending", "named"), [("nq", True), ("trig", True), ("jsonld", True), ("ttl", False)])
def test_rdf_comes_back_as_it_was(graph, exported, ending: str, named: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(rdflib, "NORMALIZE_LITERALS", False)  # else it writes +00:00 for Z
    back = Dataset()
    back.parse(exported(ending), format={"nq": "nquads", "jsonld": "json-ld", "ttl": "turtle"}.get(ending, ending))
    with graph.reading() as store:
        held = store.default_graph()
        passages = {str(row[0]) for row in store.rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")}
    assert as_terms(back.default_graph) == as_terms(held)
    graphs = {str(g.identifier) for g in back.graphs() if len(g)} - {str(back.default_graph.identifier)}
    assert graphs == (passages if named else set())


@pytest.mark.parametrize(("ending", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_a_network_has_its_names_and_sentences(exported, ending: str, read):
    network = read(exported(ending))
    hisilicon = network.nodes["id:海思"]
    assert (hisilicon["label"], hisilicon["class"]) == ("海思", "Enterprise")
    [between] = [d for _, end, d in network.edges(data=True) if d["relation"] == "cooperatesWith"]
    assert "在我委牵线下，海思与上汽开展技术合作，产业化由此起步。" in between["sentences"].splitlines()


GEXF = {"g": "http://www.gexf.net/1.2draft", "viz": "http://www.gexf.net/1.2draft/viz"}


def test_a_network_opens_in_gephi_with_places_colours_and_sizes(exported):
    tree = etree.parse(str(exported("gexf")))
    nodes = tree.findall(".//g:node", GEXF)
    places = {(p.get("x"), p.get("y")) for p in tree.iterfind(".//viz:position", GEXF)}
    assert len(places) == len(nodes) == len(tree.findall(".//viz:size", GEXF)) == 61
    by_label = {node.get("label"): node for node in nodes}
    colour = by_label["海思"].find("viz:color", GEXF)
    assert (colour.get("r"), colour.get("g"), colour.get("b")) == ("0", "114", "178")  # #0072b2, enterprises
    sizes = {label: float(node.find("viz:size", GEXF).get("value")) for label, node in by_label.items()}
    assert max(sizes, key=sizes.get) == "青浦区"
    assert min(sizes.values()) > 0
    edges = tree.findall(".//g:edge", GEXF)
    assert len({edge.get("id") for edge in edges}) == len(edges)
    assert {edge.get("label") for edge in edges} >= {"cooperatesWith", "develops"}


def test_graphml_has_places_centralities_and_clusters(exported):
    network = nx.read_graphml(exported("graphml"))
    data = network.nodes["id:海思"]
    assert {"x", "y", "size", "color", "degree", "betweenness", "cluster"} <= set(data)
    assert network.nodes["id:MCU芯片"]["cluster"] == data["cluster"]


def test_another_projection_can_be_taken_out(graph, tmp_path: Path):
    with graph.reading() as store:
        export(store, "csv", tmp_path / "policies", "policy")
    assert "Award" not in set(pd.read_csv(tmp_path / "policies" / "nodes.csv")["class"])


@pytest.mark.parametrize(("ending", "read"), [("csv", pd.read_csv), ("parquet", pd.read_parquet)])
def test_tables_are_nodes_and_edges(exported, ending: str, read):
    folder = exported(ending)
    nodes, edges = read(folder / f"nodes.{ending}"), read(folder / f"edges.{ending}")
    assert list(nodes.columns) == ["id", "label", "class", "degree", "betweenness", "cluster", "x", "y", "sentences"]
    assert list(edges.columns) == ["source", "target", "relation", "weight", "since", "context", "sentences"]
    assert nodes.set_index("label").loc["海思", "degree"] == 8
    assert edges[edges["relation"] == "cooperatesWith"]["weight"].tolist() == [5.0]
    assert set(edges["source"]) | set(edges["target"]) <= set(nodes["id"])
    assert "海思" in set(nodes["label"])


def test_control_characters_of_a_document_do_not_break_a_network_file(tmp_path: Path):
    network = nx.MultiDiGraph()
    network.add_node("id:a", name="甲\x00\x0b<b>", type="Enterprise", sentences=["一\x1f二"])
    from kg.exchange.networks import as_gexf, as_graphml

    for data in (as_graphml(network), as_gexf(network)):
        (tmp_path / "n.xml").write_bytes(data)
    assert nx.read_gexf(tmp_path / "n.xml").nodes["id:a"]["label"] == "甲<b>"


def test_what_cannot_be_written_is_named(graph, tmp_path: Path):
    with graph.reading() as store:
        with pytest.raises(UsageError, match="--format is one of nq"):
            export(store, "docx", tmp_path / "x")
        with pytest.raises(UsageError, match="folder that exists"):
            export(store, "nq", tmp_path / "nowhere" / "x.nq")
        (tmp_path / "file").touch()
        with pytest.raises(UsageError, match="Name a folder"):
            export(store, "csv", tmp_path / "file")
    assert vocab.thing("海思") == URIRef("https://w3id.org/innovation-kg/id/海思")


def test_what_was_exported_can_be_imported_elsewhere(exported, tmp_path: Path):
    file = exported("ttl")
    for command in (["import", file], ["query", "ASK { id:海思 ino:cooperatesWith id:上汽集团 }"]):
        run = subprocess.run([BIN / "kg", *command, "-w", "new"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stderr
    assert "True" in run.stdout
