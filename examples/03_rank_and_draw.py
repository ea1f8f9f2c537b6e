"""Project the graph to a network, rank its nodes, draw them to a page that opens offline."""

import tempfile
from pathlib import Path

import kg
from kg import resources
from kg.analyse import project, rank
from kg.view import scene, write_page

with tempfile.TemporaryDirectory() as folder:
    graph = kg.open(Path(folder) / "workspace")
    graph.ingest([resources.data() / "qingpu-2023h1"])
    with graph.reading() as store:
        network, shown = project(store), scene(store)
    print(rank(network, "betweenness", top=5))
    page = Path(folder) / "graph.html"
    write_page(shown, page)
    print(page.stat().st_size, "bytes")
