"""Names to things: which name stands for which thing, by rule and by the decisions of people."""

from kg.resolve.attributes import attributes, figures_beside, granting_place, status_concept
from kg.resolve.decisions import Decision, Resolver, read_decisions

__all__ = ["Decision", "Resolver", "attributes", "figures_beside", "granting_place", "read_decisions", "status_concept"]
