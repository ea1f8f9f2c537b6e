"""The graph as a network: projection, centrality, layout."""

from kg.analyse.layout import positions
from kg.analyse.measures import MEASURES, centrality, rank
from kg.analyse.projection import project

__all__ = ["MEASURES", "centrality", "positions", "project", "rank"]
