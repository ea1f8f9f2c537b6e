"""A ranking of things by a centrality, with the ranks that they hold when ties are missing."""

from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analyse.centrality import ranks, scores
from kg.analyse.network import Network
from kg.analyse.stability import stability
from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd


def rank(graph: "nx.Graph[Any]", by: str, top: int = 20, runs: int = 0) -> "pd.DataFrame":
    """The nodes that are first by a centrality.

    Args:
        graph: a projection.
        by: one of `centralities`.
        top: how many.
        runs: resampled networks to rank as well (`kg.analyse.stability`); none where 0.

    Returns:
        Columns `rank` (equal values share one), with resampling `from` and `to` (the ranks of nine of ten resampled networks: a
        wide span is noise), `name`, `class`, `value`, `ties` (neighbours), best first. `attrs` holds `error` and `confidence` of
        an estimate.

    Raises:
        UsageError: no such centrality, or `top` below 1.
    """
    import pandas as pd  # noqa: PLC0415  # half a second that the rest of the module need not pay

    if top < 1:
        raise UsageError(f"--top must be at least 1, not {top}.")
    network = Network.of(graph)
    found = scores(network, by)
    places = ranks(found.values, by)
    order = sorted(range(network.n), key=lambda i: (places[i], graph.nodes[network.nodes[i]]["name"]))[:top]
    columns: dict[str, list[Any]] = {"rank": [int(places[i]) for i in order]}
    if runs:
        firm = stability(network, by, runs)
        columns |= {"from": [int(firm.low[i]) for i in order], "to": [int(firm.high[i]) for i in order]}
    data = [graph.nodes[network.nodes[i]] for i in order]
    columns |= {
        "name": [one["name"] for one in data],
        "class": [one["type"] for one in data],
        "value": [round(float(found.values[i]), 12) for i in order],
        "ties": [int(network.degrees[i]) for i in order],
    }
    table = pd.DataFrame(columns)
    table.attrs = {"error": found.error, "confidence": found.confidence}
    return table
