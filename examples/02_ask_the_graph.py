"""Build a graph in a folder, ask it a named question and one of your own."""

import tempfile

import kg
from kg import resources

with tempfile.TemporaryDirectory() as folder:
    graph = kg.open(folder)
    graph.ingest([resources.data() / "qingpu-2023h1"])
    print(graph.ask("cooperation-of", {"thing": "海思"}).to_string())
    print(graph.query("SELECT ?class (COUNT(?x) AS ?n) { ?x a ?c . ?c rdfs:label ?class FILTER (LANG(?class) = 'zh') } GROUP BY ?class"))
