"""The graph as a network: projection, centrality, layout."""

from kg.analyse.exchange import as_gexf, as_graphml, tables_of
from kg.analyse.layout import positions
from kg.analyse.measures import MEASURES, centrality, rank
from kg.analyse.projection import project

__all__ = ["MEASURES", "as_gexf", "as_graphml", "centrality", "positions", "project", "rank", "tables_of"]
