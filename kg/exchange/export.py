"""The graph for other tools: RDF as it is stored, or the network of things for network and spreadsheet programs."""

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from kg import files
from kg.analyse import project
from kg.analyse.projection import WHOLE
from kg.errors import UsageError
from kg.exchange.networks import as_gexf, as_graphml, tables_of
from kg.show.serialization import as_bytes

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Store

RDF_FORMATS = ("nq", "trig", "ttl", "jsonld")
NETWORK_FORMATS = MappingProxyType({"graphml": as_graphml, "gexf": as_gexf})
TABLE_FORMATS = ("csv", "parquet")


def export(store: "Store", export_format: str, output: Path, projection: str = WHOLE) -> Path:
    """Write the graph.

    Args:
        store: the graph.
        export_format: `nq`, `trig` and `jsonld` hold the default graph and every passage's, `ttl` the default graph;
            `graphml` and `gexf` the network of things; `csv` and `parquet` its nodes and edges as two tables.
        output: a file; for `csv` and `parquet` a folder that is made.
        projection: which network, a name or a CONSTRUCT query.

    Returns:
        What was written.

    Raises:
        UsageError: no such format, or the file cannot stand there.
        WriteError: it cannot be written; what stood there is as before.
    """
    if export_format in TABLE_FORMATS:
        return _write_tables(project(store, projection), export_format, output)
    files.writable(output)
    if export_format in RDF_FORMATS:
        files.write_whole(output, lambda file: store.dump(file, export_format))
        return output
    if export_format in NETWORK_FORMATS:
        files.put(output, NETWORK_FORMATS[export_format](project(store, projection)))
        return output
    known = ", ".join((*RDF_FORMATS, *NETWORK_FORMATS, *TABLE_FORMATS))
    raise UsageError(f"--format is one of {known}, not '{export_format}'.")


def _write_tables(graph: "nx.MultiDiGraph[str]", export_format: str, output: Path) -> Path:
    if output.exists() and not output.is_dir():
        raise UsageError(f"{output} is a file. Name a folder for the two tables.")
    made = {name: as_bytes(table, export_format) for name, table in tables_of(graph).items()}
    output.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        files.put(output / f"{name}.{export_format}", content)
    return output
