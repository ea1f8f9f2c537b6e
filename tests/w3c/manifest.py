"""The tests that the W3C's SPARQL 1.1 manifests list."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import RDF, RDFS, Graph, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

BASE = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
UT = Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
DAWGT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-dawg#")


@dataclass(frozen=True)
class Dataset:
    """Files of a default graph and of named ones."""

    default: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """One test: where it stands, what it runs on which data, what has to come out; IRIs of files under BASE."""

    iri: str
    name: str
    group: str
    kind: str
    action: str = ""
    data: Dataset = field(default_factory=Dataset)
    result: str = ""
    expected: Dataset = field(default_factory=Dataset)
    node: Node | None = None
    graph: Graph | None = None


def path_of(root: Path, iri: str) -> Path:
    return root / iri.removeprefix(BASE)


def cases(root: Path, manifest: str) -> Iterator[Case]:
    """Tests of a manifest, with those that it includes; those that are not approved any more are left out."""
    group = manifest.split("/", maxsplit=1)[0]
    graph = Graph().parse(root / manifest, publicID=BASE + manifest, format="turtle")
    me = next(graph.subjects(RDF.type, MF.Manifest), URIRef(BASE + manifest))
    for included in graph.objects(me, MF.include):
        for one in Collection(graph, included):
            yield from cases(root, str(one).removeprefix(BASE))
    for entries in graph.objects(me, MF.entries):
        for node in Collection(graph, entries):
            if (node, DAWGT.approval, DAWGT.Withdrawn) not in graph and (node, DAWGT.approval, DAWGT.Deprecated) not in graph:
                yield _case(graph, node, group)


def _case(graph: Graph, node: Node, group: str) -> Case:
    kind = str(graph.value(node, RDF.type) or "").split("#")[-1]
    action, result = graph.value(node, MF.action), graph.value(node, MF.result)
    name = str(graph.value(node, MF.name) or "")
    if kind == "UpdateEvaluationTest":
        request = str(graph.value(action, UT.request))
        return Case(str(node), name, group, kind, request, _dataset(graph, action), "", _dataset(graph, result), node, graph)
    query = graph.value(action, QT.query) or action
    data = Dataset(
        tuple(map(str, graph.objects(action, QT.data))), tuple((str(one), str(one)) for one in graph.objects(action, QT.graphData))
    )
    return Case(str(node), name, group, kind, str(query or ""), data, str(result or ""), Dataset(), node, graph)


def _dataset(graph: Graph, node: Node | None) -> Dataset:
    named = [(str(graph.value(one, RDFS.label)), str(graph.value(one, UT.graph))) for one in graph.objects(node, UT.graphData)]
    return Dataset(tuple(map(str, graph.objects(node, UT.data))), tuple(sorted(named)))
