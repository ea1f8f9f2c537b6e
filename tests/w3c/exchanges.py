"""The protocol tests: HTTP requests as the manifests describe them, sent to our server, and what has to come back."""

import re
from pathlib import Path
from urllib.parse import quote

import httpx
import pyoxigraph as ox
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from tests.w3c.manifest import MF, UT, Case, path_of
from tests.w3c.results import Content, same
from tests.w3c.run import FailedError, Http

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"),
}


def run_exchange(case: Case, http: Http, root: Path) -> None:
    """Send the requests of a test one after the other.

    Raises:
        FailedError: an answer is not what the test says.
    """
    graph = case.graph
    named = {str(graph.value(one, RDFS_LABEL)): str(graph.value(one, UT.graph)) for one in graph.objects(case.node, UT.graphData)}
    http.fill(_content(root, named))
    http.held = None
    seen: dict[str, str] = {}
    action = graph.value(case.node, MF.action)
    for number, request in enumerate(Collection(graph, graph.value(action, HT.requests)), 1):
        answer = _send(graph, request, http, seen)
        for response in graph.objects(request, HT.resp):
            _check(graph, response, answer, f"request {number}", http, seen)


RDFS_LABEL = Namespace("http://www.w3.org/2000/01/rdf-schema#").label


def _content(root: Path, named: dict[str, str]) -> Content:
    quads = []
    for label, iri in named.items():
        for quad in ox.parse(path=path_of(root, iri), format=ox.RdfFormat.N_TRIPLES, base_iri=iri):
            quads.append(ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(label)))
    return Content(tuple(quads), tuple(named))


def _filled(text: str, http: Http, seen: dict[str, str]) -> str:
    """A text of a test with our host and path, and what earlier answers gave, in the place of its variables."""
    for name, value in seen.items():
        text = text.replace(quote(name, safe=""), quote(value, safe="")).replace(name, value)
    host = http.url.removeprefix("http://")
    return (
        text.replace("http://www.example/gsp", f"{http.url}/rdf-graph-store")
        .replace(quote("http://www.example/gsp", safe=""), quote(f"{http.url}/rdf-graph-store", safe=""))
        .replace("$HOST$", host)
        .replace("$GRAPHSTORE$", "rdf-graph-store")
    )


def _send(graph: Graph, request: Node, http: Http, seen: dict[str, str]) -> httpx.Response:
    path = _filled(str(graph.value(request, HT.absolutePath)), http, seen)
    path = re.sub(r"^/gsp", "/rdf-graph-store", path)
    url = path if path.startswith("http") else f"{http.url}{path}"
    fields = (
        {
            str(graph.value(one, HT.fieldName)): _filled(str(graph.value(one, HT.fieldValue)), http, seen)
            for one in Collection(graph, graph.value(request, HT.headers) or graph.value())
        }
        if graph.value(request, HT.headers)
        else {}
    )
    fields.pop("content-length", None)
    return http.client.request(str(graph.value(request, HT.methodName)), url, content=_body(graph, request, http, seen), headers=fields)


def _body(graph: Graph, node: Node, http: Http, seen: dict[str, str]) -> bytes | None:
    body = graph.value(node, HT.body)
    if body is None:
        return None
    encoding = str(graph.value(body, CNT.characterEncoding) or "utf-8")
    return _filled(str(graph.value(body, CNT.chars)), http, seen).encode(encoding)


def _check(graph: Graph, response: Node, answer: httpx.Response, which: str, http: Http, seen: dict[str, str]) -> None:
    statuses = [str(one).split("#")[-1] for one in graph.objects(response, MF.expectedStatus)]
    if statuses and not any(_has_status(answer.status_code, one) for one in statuses):
        raise FailedError(f"{which}: {answer.status_code} instead of {statuses}: {answer.text[:200]}")
    kind = answer.headers.get("content-type", "").split(";")[0]
    wanted = graph.value(response, MF.expectedFormat)
    if wanted is not None and kind not in FORMATS[str(wanted)]:
        raise FailedError(f"{which}: {kind} instead of {wanted}")
    boolean = graph.value(response, MF.expectedBoolean)
    if boolean is not None and answer.json()["boolean"] is not boolean.toPython():
        raise FailedError(f"{which}: {answer.text} instead of {boolean}")
    location = graph.value(response, MF.expectedLocation)
    if location is not None:
        if "location" not in answer.headers:
            raise FailedError(f"{which}: no Location")
        seen[str(location)] = answer.headers["location"]
    body = graph.value(response, HT.body)
    if body is not None and "turtle" in kind:
        base = str(answer.url)
        text = _filled(str(graph.value(body, CNT.chars)), http, seen)
        found, expected = ({ox.Quad(*t) for t in _triples(content, base)} for content in (answer.text, text))
        if not same(found, expected):
            raise FailedError(f"{which}: {answer.text} instead of {text}")


def _triples(text: str, base: str) -> list[tuple]:
    return [(q.subject, q.predicate, q.object) for q in ox.parse(text, ox.RdfFormat.TURTLE, base_iri=base)]


def _has_status(status: int, wanted: str) -> bool:
    names = {"Created": 201, "NoContent": 204, "OK": 200, "NotFound": 404, "BadRequest": 400, "UnsupportedMediaType": 415}
    if match := re.fullmatch(r"StatusCode(\d)xx", wanted):
        return status // 100 == int(match[1])
    return status == names.get(wanted, -1)


def run_description(case: Case, http: Http) -> None:
    """The three tests of the service description.

    Raises:
        FailedError: it is not as it should be.
    """
    answer = http.client.get(f"{http.url}/sparql", headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    services = list(graph.subjects(predicate=SD.endpoint))
    match case.iri.split("#")[-1]:
        case "returns-rdf":
            good = answer.status_code == 200 and len(graph) > 0
        case "has-endpoint-triple":
            good = [str(one) for one in graph.objects(predicate=SD.endpoint)] == [f"{http.url}/sparql"]
        case _:
            known = {"endpoint", "supportedLanguage", "feature", "resultFormat", "inputFormat", "defaultDataset", "defaultGraph"}
            used = {str(p).removeprefix(str(SD)) for p in graph.predicates() if str(p).startswith(str(SD))}
            good = len(services) == 1 and used <= known and all((s, None, SD.Service) in graph for s in services)
    if not good:
        raise FailedError(answer.text[:500])
