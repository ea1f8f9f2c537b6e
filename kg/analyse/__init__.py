"""The graph as a network: projection, centralities, communities, what-if, partners, layout."""

from kg.analyse.centrality import centralities, centrality, explained, known_centrality, scores
from kg.analyse.community import Communities, Portrait, communities, portraits
from kg.analyse.layout import positions
from kg.analyse.network import Network
from kg.analyse.projection import among, one_mode, project, projections
from kg.analyse.ranking import rank
from kg.analyse.stability import Stability, stability
from kg.analyse.structure import Whole, bridges, cut_off, whole

__all__ = [
    "Communities",
    "Network",
    "Portrait",
    "Stability",
    "Whole",
    "among",
    "bridges",
    "centralities",
    "centrality",
    "communities",
    "cut_off",
    "explained",
    "known_centrality",
    "one_mode",
    "portraits",
    "positions",
    "project",
    "projections",
    "rank",
    "scores",
    "stability",
    "whole",
]
