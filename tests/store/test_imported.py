"""RDF of other tools: any format, a graph of its own, its source recorded, gone with its document."""

from pathlib import Path

import pytest
from rdflib import Graph

import kg
from kg.errors import ReadError, UsageError

TURTLE = """@prefix ino: <https://w3id.org/innovation-kg/ontology#> .
@prefix id: <https://w3id.org/innovation-kg/id/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
id:云舟 a ino:Enterprise ; rdfs:label "云舟"@zh ; ino:locatedIn [ a ino:Park ; rdfs:label "滨江园"@zh ] .
"""
FORMATS = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "jsonld": "json-ld", "n3": "n3", "nq": "nquads", "trig": "trig"}


@pytest.fixture
def graph(tmp_path: Path):
    return kg.open(tmp_path / "graph")


@pytest.mark.parametrize(("ending", "name"), FORMATS.items())
def test_any_format_comes_in(graph, tmp_path: Path, ending: str, name: str):
    path = tmp_path / f"data.{ending}"
    parsed = Graph().parse(data=TURTLE, format="turtle")
    if name == "trig":
        path.write_text(TURTLE.replace("id:云舟 a", "<urn:g> { id:云舟 a") + "}", encoding="utf-8")
    elif name == "nquads":
        lines = parsed.serialize(format="nt").splitlines()
        path.write_text("\n".join(f"{line.rstrip(' .')} <urn:g> ." for line in lines if line), encoding="utf-8")
    else:
        parsed.serialize(path, format=name, encoding="utf-8")
    assert graph.add_rdf(path).status == "added"
    assert list(graph.query("SELECT ?n { id:云舟 ino:locatedIn/rdfs:label ?n }")["n"]) == ["滨江园"]


def test_it_stands_in_a_graph_of_its_own_with_its_source_and_leaves_with_it(graph, tmp_path: Path):
    path = tmp_path / "mapped.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    graph.add_rdf(path)
    told = graph.query("SELECT ?g ?file { GRAPH ?g { id:云舟 ino:locatedIn ?park } ?g prov:wasDerivedFrom/dct:source ?file }")
    assert told.to_dict("records") == [{"g": "https://w3id.org/innovation-kg/doc/mapped#import", "file": "mapped.ttl"}]
    assert graph.validate() == []
    assert [d.name for d in graph.documents()] == ["mapped"]
    graph.remove("mapped")
    assert graph.query("SELECT ?s { ?s ino:locatedIn ?o }").empty


def test_the_same_file_again_replaces_what_it_stated(graph, tmp_path: Path):
    path = tmp_path / "mapped.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    graph.add_rdf(path)
    path.write_text(TURTLE.replace("滨江园", "临江园"), encoding="utf-8")
    assert graph.add_rdf(path).status == "replaced"
    assert list(graph.query("SELECT ?n { id:云舟 ino:locatedIn/rdfs:label ?n }")["n"]) == ["临江园"]


@pytest.mark.parametrize(
    ("name", "content"), [("bad.ttl", b"x y z"), ("bad.jsonld", b"{"), ("bad.rdf", b"<rdf"), ("none.ttl", b"# nothing\n")]
)
def test_a_bad_file_is_refused_and_nothing_changes(graph, tmp_path: Path, name: str, content: bytes):
    good = tmp_path / "good.ttl"
    good.write_text(TURTLE, encoding="utf-8")
    graph.add_rdf(good)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(ReadError) as error:
        graph.add_rdf(path)
    assert "Nothing was stored" in str(error.value)
    assert "\n" not in str(error.value)
    assert [d.name for d in graph.documents()] == ["good"]


def test_an_unknown_format_is_wrong_use(graph, tmp_path: Path):
    path = tmp_path / "data.xyz"
    path.write_text(TURTLE, encoding="utf-8")
    with pytest.raises(UsageError, match="which RDF format"):
        graph.add_rdf(path)
    assert graph.add_rdf(path, "ttl").status == "added"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"<b>粗</b>"^^rdf:XMLLiteral', "<b>粗</b>"),
        ('"P1Y2M"^^xsd:duration', "P1Y2M"),
        ('"AAEC"^^xsd:base64Binary', "AAEC"),
        ('"2023-13-45"^^xsd:date', "2023-13-45"),
        ('"很多"^^xsd:decimal', "很多"),
        ('"12"^^xsd:integer', 12),
    ],
)
def test_a_value_of_a_rare_type_is_answered_as_it_is_written(graph, tmp_path: Path, written: str, read: object):
    prefixes = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> ."
    (tmp_path / "rare.ttl").write_text(f"{prefixes} <urn:a> <urn:b> {written} .", encoding="utf-8")
    graph.add_rdf(tmp_path / "rare.ttl")
    assert list(graph.query("SELECT ?o { <urn:a> <urn:b> ?o }")["o"]) == [read]
